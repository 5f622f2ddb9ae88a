// Limit states: the output is negative where the system fails.
//
// The probabilities were computed for this file from the definitions, in one
// dimension by composite Gauss quadrature, since the published ones come from
// simulations with errors of 1 to 5 %; those are named for comparison.
#include "catalogue.hpp"

#include <numbers>

namespace hepta::functions {
namespace {

using sampling::Normal;

TestFunction of_scores(const std::string& name,
                       Form form,
                       const std::vector<double>& constants,
                       const std::string& source)
{
    return {.name = name,
            .inputs = inputs_of(
                {{"x1", "1", Normal{0.0, 1.0}}, {"x2", "1", Normal{0.0, 1.0}}},
                source),
            .unit = "1",
            .form = form,
            .constants = constants};
}

TestFunction with_probability(TestFunction function,
                              const std::string& digits,
                              const std::string& published)
{
    function.references.push_back(
        rounded("probability_below_0",
                digits,
                "one-dimensional quadrature of the definition; published: " +
                    published));
    return function;
}

std::vector<TestFunction> of_two_inputs()
{
    const std::string waarts =
        "Waarts (2000), Structural Reliability Using Finite Element Analysis, "
        "TU Delft";
    TestFunction strength{.name = "quadratic_strength",
                          .inputs = inputs_of({{"x1", "1", Normal{11.0, 1.0}},
                                               {"x2", "1", Normal{1.5, 0.5}}},
                                              waarts),
                          .unit = "1",
                          .form = Form::quadratic_strength};
    TestFunction crack{
        .name = "pipe_crack",
        .inputs = inputs_of({{"stress", "MPa", Normal{301.079, 14.78}},
                             {"angle", "radian", Normal{0.503, 0.049}}},
                            "Verma et al. (2016), "
                            "doi:10.1007/978-1-4471-6269-8_8"),
        .unit = "MN m",
        .form = Form::pipe_crack,
        .constants = {0.3377, 0.03377, 3.0}};
    const double root_2 = std::numbers::sqrt2;
    return {
        with_probability(
            of_scores("convex_domain", Form::convex_domain, {}, waarts),
            "4.20730551e-3",
            "4.2692e-3 of Waarts (2000)"),
        with_probability(
            of_scores("four_branch", Form::four_branch, {3.5 * root_2}, waarts),
            "2.22279507e-3",
            "2.185961e-3 of Waarts (2000)"),
        with_probability(
            of_scores("four_branch_narrow",
                      Form::four_branch,
                      {3.0 * root_2},
                      "Echard et al. (2011), doi:10.1016/j.strusafe.2011.01."
                      "002"),
            "4.45733149e-3",
            "4.416e-3 of Echard et al. (2011), 4.460e-3 of Schoebi et al. "
            "(2017)"),
        with_probability(
            strength, "2.65898794e-4", "2.7009e-4 of Waarts (2000)"),
        with_probability(
            of_scores("gayton_hat",
                      Form::gayton_hat,
                      {},
                      "Echard et al. (2013), doi:10.1016/j.ress.2012.10.008"),
            "2.874538e-5",
            "2.85e-5 (2.64 %) of Echard et al. (2013)"),
        with_probability(crack,
                         "3.419914521e-2",
                         "3.4353e-2 of Li et al. (2018), 10^6 samples"),
    };
}

/// Displacement of a secondary oscillator under white noise against the force
/// that its spring bears.
TestFunction damped_oscillator(const std::string& name,
                               double mean_force,
                               const Reference& probability)
{
    const std::string source =
        "Der Kiureghian & De Stefano (1991), "
        "doi:10.1061/(ASCE)0733-9399(1991)117:12(2904); peak factor 3";
    return {.name = name,
            .inputs = inputs_of({{"mp", "kg", lognormal_of(1.5, 0.1)},
                                 {"ms", "kg", lognormal_of(0.01, 0.1)},
                                 {"kp", "N/m", lognormal_of(1.0, 0.2)},
                                 {"ks", "N/m", lognormal_of(0.01, 0.2)},
                                 {"zeta_p", "1", lognormal_of(0.05, 0.4)},
                                 {"zeta_s", "1", lognormal_of(0.02, 0.5)},
                                 {"S0", "m2/s3", lognormal_of(100.0, 0.1)},
                                 {"Fs", "N", lognormal_of(mean_force, 0.1)}},
                                source),
            .unit = "N",
            .references = {probability},
            .form = Form::damped_oscillator,
            .constants = {3.0}};
}

}  // namespace

std::vector<TestFunction> tails()
{
    // Given the other inputs the probability is that of Fs: smooth, so that
    // importance sampling by a shifted normal needs few points.
    const std::string conditional =
        "32 shifted sets of 2^17 Sobol points, importance sampling of the "
        "probability given all but Fs; standard error over the sets; "
        "published, metamodel-based importance sampling with an error below "
        "5 %, Dubourg (2011): ";
    std::vector<TestFunction> functions = of_two_inputs();
    functions.push_back(damped_oscillator(
        "damped_oscillator_15",
        15.0,
        {"probability_below_0", 4.77408e-3, 1.7e-6, conditional + "4.80e-3"}));
    functions.push_back(damped_oscillator(
        "damped_oscillator_21.5",
        21.5,
        {"probability_below_0", 4.41463e-5, 1.9e-8, conditional + "4.46e-5"}));
    functions.push_back(damped_oscillator(
        "damped_oscillator_27.5",
        27.5,
        {"probability_below_0", 3.78481e-7, 1.8e-10, conditional + "3.76e-7"}));
    return functions;
}

}  // namespace hepta::functions
