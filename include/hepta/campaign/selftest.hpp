/// \file
/// Functions with known answers, through the same sampler, counts, reduction
/// and statistics as the model.
#pragma once

#include "hepta/core/instruction_set.hpp"
#include "hepta/parallel/communicator.hpp"

#include <nlohmann/json_fwd.hpp>

#include <cstdint>
#include <string>
#include <vector>

namespace hepta::campaign {

struct SelftestOptions
{
    std::vector<std::string> functions;  ///< empty: all
    std::vector<std::string> samplers;   ///< empty: mc, sobol, lhs
    std::uint64_t samples = std::uint64_t{1} << 20;
    std::uint64_t seed = 1;
    int n_threads = 1;
    InstructionSet instruction_set = InstructionSet::avx2;
};

/// One statistic beside its reference.
struct SelftestCheck
{
    std::string function;
    std::string sampler;
    std::string quantity;  ///< "mean", "variance", "P05", …
    double value = 0.0;
    double standard_error = 0.0;
    double reference = 0.0;
    double uncertainty = 0.0;  ///< of the reference
    std::string source;        ///< of the reference

    /// Difference in standard errors, both uncertainties together.
    [[nodiscard]] double z() const;
    /// |z| <= 5.
    [[nodiscard]] bool has_passed() const;
};

/// All statistics that have a reference (collective; rank 0's result, empty
/// elsewhere). Standard errors: from independent samples for `mc`; for `lhs`
/// the same, which is too large there; over randomisations for means and
/// percentiles of `sobol`.
/// \throws InputError if a function or sampler is unknown, or the number of
///         samples does not suit `sobol`
[[nodiscard]] std::vector<SelftestCheck> selftest(
    const SelftestOptions& options, const parallel::Communicator& comm);

/// A table, and a last line that counts the failures.
[[nodiscard]] std::string selftest_text(
    const std::vector<SelftestCheck>& checks);
[[nodiscard]] nlohmann::ordered_json selftest_json(
    const std::vector<SelftestCheck>& checks);

}  // namespace hepta::campaign
