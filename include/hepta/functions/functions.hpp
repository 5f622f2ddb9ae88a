/// \file
/// Functions of random inputs whose statistics are known: moments,
/// percentiles, sensitivity indices and tail probabilities.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/core/tile.hpp"
#include "hepta/sampling/design.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::functions {

/// A statistic of a function's output that is known.
struct Reference
{
    /// "mean", "variance", "P05" (percentile), "first_order/<input>",
    /// "total/<input>", "shapley/<input>" (shares of the variance),
    /// "probability_below_0".
    std::string quantity;
    double value = 0.0;
    double uncertainty = 0.0;  ///< absolute: rounding, or a standard error
    std::string source;
};

/// The equations, one kernel each; where they stand in the literature is said
/// beside the functions that use them.
enum class Form
{
    ishigami,            ///< constants: a, b
    sobol_g,             ///< constants: a_i
    borehole,            ///<
    otl_circuit,         ///<
    piston,              ///<
    wing_weight,         ///<
    linear,              ///< constants: intercept, coefficients
    product,             ///<
    convex_domain,       ///<
    four_branch,         ///< constants: p
    quadratic_strength,  ///<
    gayton_hat,          ///<
    pipe_crack,          ///< constants: radius, thickness, moment
    damped_oscillator,   ///< constants: peak factor
};

/// A function, its random inputs, and what is known of its output.
struct TestFunction
{
    std::string name;
    /// Input i has row i of a tile. Independent unless `correlation` says so.
    std::vector<sampling::Input> inputs;
    /// Of the inputs' normal scores, row-major [n x n]; empty: independent.
    std::vector<double> correlation;
    std::string unit;  ///< of the output
    std::vector<Reference> references;
    Form form = Form::linear;
    std::vector<double> constants;

    /// The function at `tile_lanes` samples: `inputs` has a row per input,
    /// `out` is aligned as a row of a tile. Same bits for both sets.
    void evaluate(InstructionSet set, const Tile& inputs, double* out) const;

    /// The inputs as the design of a run.
    [[nodiscard]] sampling::DesignSpec design() const;

    /// \return nullptr if the quantity is not known
    [[nodiscard]] const Reference* find(std::string_view quantity) const;
};

/// All of them; made once.
[[nodiscard]] std::span<const TestFunction> all();

/// \throws InputError if there is none, naming those there are
[[nodiscard]] const TestFunction& find(std::string_view name);

}  // namespace hepta::functions
