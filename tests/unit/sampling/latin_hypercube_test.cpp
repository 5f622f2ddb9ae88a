#include "draw_rows.hpp"
#include "example_spec.hpp"
#include "hepta/core/error.hpp"
#include "sampler_twin.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <vector>

namespace hepta::sampling {
namespace {

constexpr std::uint64_t seed = 0xcafe;

SamplerPlan lhs(std::uint64_t n_samples)
{
    SamplerPlan plan;
    plan.kind = SamplerKind::lhs;
    plan.n_samples = n_samples;
    return plan;
}

Design hypercube(std::uint64_t n_samples,
                 std::size_t n_inputs,
                 std::uint64_t key = seed,
                 InstructionSet set = detect_instruction_set())
{
    return Design(independent(std::vector<Distribution>(n_inputs, Uniform{})),
                  key,
                  set,
                  lhs(n_samples));
}

TEST(LatinHypercube, TakesEachStratumOnceInEveryInput)
{
    for (const std::size_t n : {1, 2, 3, 7, 31, 32, 33, 1000, 4096}) {
        Rows rows = draw_rows(hypercube(n, 5), 0, n);
        for (std::vector<double>& u : rows) {
            u.resize(n);
            std::vector<int> count(n, 0);
            for (const double x : u) {
                ++count[stratum_of(x, n)];
            }
            EXPECT_EQ(count, std::vector<int>(n, 1)) << n << " samples";
        }
    }
}

TEST(LatinHypercube, EqualsItsScalarTwin)
{
    for (const InstructionSet set : supported_sets()) {
        for (const std::uint64_t n : {1ull,
                                      2ull,
                                      7ull,
                                      1000ull,
                                      4096ull,
                                      1'000'000ull,
                                      (1ull << 40) + 1,
                                      1ull << 48}) {
            const std::uint64_t last = (n - 1) / tile_lanes * tile_lanes;
            for (const std::uint64_t first : {std::uint64_t{0}, last}) {
                const Rows rows =
                    draw_rows(hypercube(n, 3, seed, set), first, tile_lanes);
                for (std::size_t lane = 0; lane < tile_lanes; ++lane) {
                    if (first + lane >= n) {
                        break;
                    }
                    for (std::size_t i = 0; i < 3; ++i) {
                        ASSERT_EQ(
                            rows[i][lane],
                            twin_lhs(
                                seed, first + lane, numbered("input", i), n))
                            << n << " samples, sample " << first + lane;
                    }
                }
            }
        }
    }
}

TEST(LatinHypercube, BothInstructionSetsGiveTheSameBits)
{
    const std::vector<InstructionSet> sets = supported_sets();
    if (sets.size() < 2) {
        GTEST_SKIP() << "this processor has no AVX-512";
    }
    const auto rows = [](InstructionSet set) {
        return draw_rows(Design(example_spec(), seed, set, lhs(1000)), 0, 1000);
    };
    EXPECT_EQ(rows(InstructionSet::avx2), rows(InstructionSet::avx512));
}

TEST(LatinHypercube, DrawsNumbersInsideTheUnitIntervalUpToItsLargestSize)
{
    const std::uint64_t n = 1ull << 48;
    for (const std::uint64_t first : {std::uint64_t{0}, n - 3200}) {
        for (const std::vector<double>& u :
             draw_rows(hypercube(n, 3), first, 3200)) {
            for (const double x : u) {
                ASSERT_GE(x, 0x1p-53);
                ASSERT_LE(x, 1.0 - 0x1p-53);
            }
        }
    }
}

TEST(LatinHypercube, RefusesSamplesBeyondItsSize)
{
    const Design design = hypercube(1000, 1);
    EXPECT_NO_THROW(draw_rows(design, 992, tile_lanes));
    try {
        draw_rows(design, 1024, tile_lanes);
        FAIL();
    } catch (const InputError& error) {
        EXPECT_STREQ(error.what(),
                     "sample 1024 is beyond the Latin hypercube of 1000 "
                     "samples\n  hint: it cannot be extended; mc and sobol "
                     "can");
    }
}

/// Mean over keys of the product of the normalised strata of samples 0 and 1
/// in inputs a and b of a hypercube of 20: -1/19 in one input, 0 in two.
double mean_product(std::size_t a, std::size_t b, std::size_t n_keys)
{
    const double n = 20.0;
    double sum = 0.0;
    for (std::uint64_t key = 0; key < n_keys; ++key) {
        const Rows rows = draw_rows(hypercube(20, 2, key), 0, tile_lanes);
        const auto score = [&](std::size_t input, std::size_t sample) {
            const auto stratum =
                static_cast<double>(stratum_of(rows[input][sample], 20));
            return (stratum - (n - 1.0) / 2.0) /
                   std::sqrt((n * n - 1.0) / 12.0);
        };
        sum += score(a, 0) * score(b, 1);
    }
    return sum / static_cast<double>(n_keys);
}

TEST(LatinHypercube, PairsOfSamplesAreAsInARandomPermutation)
{
    const std::size_t n_keys = 4000;
    const double five_errors = 5.0 / std::sqrt(static_cast<double>(n_keys));
    EXPECT_NEAR(mean_product(0, 0, n_keys), -1.0 / 19.0, five_errors);
    EXPECT_NEAR(mean_product(0, 1, n_keys), 0.0, five_errors);
}

}  // namespace
}  // namespace hepta::sampling
