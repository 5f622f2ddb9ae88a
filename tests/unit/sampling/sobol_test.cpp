#include "draw_rows.hpp"
#include "example_spec.hpp"
#include "hepta/sampling/sobol_points.hpp"
#include "sampler_twin.hpp"

#include <boost/random/sobol.hpp>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <string>
#include <vector>

namespace hepta::sampling {
namespace {

constexpr std::uint64_t seed = 0x5eed5eed5eed;

SamplerPlan sobol(std::uint32_t n_randomisations = 16,
                  std::vector<std::string> order = {})
{
    SamplerPlan plan;
    plan.kind = SamplerKind::sobol;
    plan.n_randomisations = n_randomisations;
    plan.order = std::move(order);
    return plan;
}

/// Names "input/0" ... of `independent`, which is their order of rows.
std::vector<std::string> row_order(std::size_t n)
{
    std::vector<std::string> names;
    for (std::size_t i = 0; i < n; ++i) {
        names.push_back(numbered("input", i));
    }
    return names;
}

DesignSpec uniforms(std::size_t n)
{
    return independent(std::vector<Distribution>(n, Uniform{}));
}

Rows draw_uniforms(std::size_t n_inputs,
                   std::uint32_t n_randomisations,
                   std::uint64_t first_sample,
                   std::size_t n_samples,
                   InstructionSet set = detect_instruction_set())
{
    const Design design(uniforms(n_inputs),
                        seed,
                        set,
                        sobol(n_randomisations, row_order(n_inputs)));
    return draw_rows(design, first_sample, n_samples);
}

TEST(SobolPoints, BeginAsPublished)
{
    // Dimensions 1 ... 3: 0, 1/2, 1/4 and 3/4, then eighths.
    const auto directions = direction_numbers(3);
    const auto eighth = [&](std::size_t dimension, std::uint64_t point) {
        return sobol_integer(&directions[64 * dimension], point) >> 61;
    };
    const std::vector<std::vector<std::uint64_t>> expected = {
        {0, 4, 2, 6, 1, 5, 3, 7},
        {0, 4, 6, 2, 5, 1, 3, 7},
        {0, 4, 6, 2, 3, 7, 5, 1}};
    for (std::size_t dimension = 0; dimension < 3; ++dimension) {
        for (std::uint64_t point = 0; point < 8; ++point) {
            EXPECT_EQ(eighth(dimension, point), expected[dimension][point])
                << "dimension " << dimension << ", point " << point;
        }
    }
}

TEST(SobolPoints, AreThoseOfBoostInTheOrderOfTheGrayCode)
{
    const std::size_t n_dimensions = max_sobol_dimensions;
    const auto directions = direction_numbers(n_dimensions);
    boost::random::sobol engine(n_dimensions);
    for (const std::uint64_t first :
         {1ull, 1000ull, 0x1234'5678ull, 0x8765'4321'0fedull}) {
        engine.seed(first - 1);
        for (std::uint64_t n = first; n < first + 8; ++n) {
            for (std::size_t d = 0; d < n_dimensions; ++d) {
                ASSERT_EQ(sobol_integer(&directions[64 * d], n ^ n >> 1),
                          engine())
                    << "dimension " << d << ", point " << n;
            }
        }
    }
}

TEST(Sobol, EqualsItsScalarTwinForAnySeedNameAndSample)
{
    std::mt19937_64 random(20270101);
    const std::size_t n_inputs = 19;
    const auto directions = direction_numbers(n_inputs);
    for (const InstructionSet set : supported_sets()) {
        for (const std::uint32_t n_randomisations : {1, 2, 4, 8, 16, 32, 64}) {
            const std::uint64_t first =
                (random() >> (random() % 60)) / tile_lanes * tile_lanes;
            const Rows rows = draw_uniforms(
                n_inputs, n_randomisations, first, 3 * tile_lanes, set);
            for (std::size_t i = 0; i < n_inputs; ++i) {
                for (std::size_t lane = 0; lane < 3 * tile_lanes; ++lane) {
                    ASSERT_EQ(rows[i][lane],
                              twin_sobol(seed,
                                         first + lane,
                                         numbered("input", i),
                                         &directions[64 * i],
                                         n_randomisations))
                        << n_randomisations << " randomisations, sample "
                        << first + lane << ", input " << i;
                }
            }
        }
    }
}

TEST(Sobol, BothInstructionSetsGiveTheSameBits)
{
    const std::vector<InstructionSet> sets = supported_sets();
    if (sets.size() < 2) {
        GTEST_SKIP() << "this processor has no AVX-512";
    }
    const auto rows = [](InstructionSet set) {
        return draw_rows(
            Design(example_spec(), seed, set, sobol()), 1 << 20, 1024);
    };
    EXPECT_EQ(rows(InstructionSet::avx2), rows(InstructionSet::avx512));
}

TEST(Sobol, TakesEachStratumOnceInEveryDimensionAndRandomisation)
{
    const std::size_t n_inputs = 10;
    const std::uint32_t n_randomisations = 16;
    for (std::uint32_t m = 1; m <= 12; ++m) {
        const std::size_t n_points = std::size_t{1} << m;
        // The second net of the sequence.
        const std::uint64_t first = n_points * n_randomisations;
        const Rows rows =
            draw_uniforms(n_inputs, n_randomisations, first, first);
        for (std::size_t i = 0; i < n_inputs; ++i) {
            std::vector<int> count(first, 0);
            for (std::size_t s = 0; s < first; ++s) {
                const std::uint64_t stratum = stratum_of(rows[i][s], n_points);
                ++count[stratum * n_randomisations + s % n_randomisations];
            }
            ASSERT_EQ(count, std::vector<int>(first, 1))
                << "2^" << m << " points, input " << i;
        }
    }
}

TEST(Sobol, TakesEachStratumOnceBeyond32BitsOfPoints)
{
    // Points 2^40 ... 2^40 + 2^10 - 1, in strata of 2^-10, and the 2^9 points
    // that differ in bits 32 ... 40 alone, in strata of 2^-41.
    const std::uint32_t n_randomisations = 2;
    const Rows rows =
        draw_uniforms(3, n_randomisations, std::uint64_t{1} << 41, 1 << 11);
    for (const std::vector<double>& u : rows) {
        std::vector<int> count(1 << 11, 0);
        for (std::size_t s = 0; s < u.size(); ++s) {
            ++count[2 * stratum_of(u[s], 1 << 10) + s % 2];
        }
        EXPECT_EQ(count, std::vector<int>(1 << 11, 1));
    }
    std::vector<std::vector<double>> far(3);
    for (std::uint64_t high = 0; high < 512; ++high) {
        const Rows tile = draw_uniforms(3, 2, high << 33, tile_lanes);
        for (std::size_t i = 0; i < 3; ++i) {
            far[i].push_back(tile[i][0]);
        }
    }
    for (std::vector<double>& u : far) {
        std::sort(u.begin(), u.end());
        EXPECT_EQ(std::unique(u.begin(), u.end()), u.end());
    }
    // The first dimension is the index in reverse: bits beyond 32 of the index
    // move the number within a cell of 2^-32.
    EXPECT_EQ(stratum_of(far[0].front(), std::uint64_t{1} << 32),
              stratum_of(far[0].back(), std::uint64_t{1} << 32));
}

TEST(Sobol, FirstTwoDimensionsFillEveryElementaryInterval)
{
    const std::uint32_t n_randomisations = 2, m = 10;
    const std::size_t n_points = std::size_t{1} << m;
    const Rows rows =
        draw_uniforms(2, n_randomisations, 0, n_points * n_randomisations);
    for (std::uint32_t split = 0; split <= m; ++split) {
        std::vector<int> count(n_points * n_randomisations, 0);
        for (std::size_t s = 0; s < count.size(); ++s) {
            const std::uint64_t column = stratum_of(rows[0][s], 1ull << split);
            const std::uint64_t line =
                stratum_of(rows[1][s], 1ull << (m - split));
            const std::uint64_t cell = column << (m - split) | line;
            ++count[cell * n_randomisations + s % n_randomisations];
        }
        EXPECT_EQ(count, std::vector<int>(count.size(), 1))
            << "2^" << split << " columns";
    }
}

TEST(Sobol, AddedInputsAtTheEndOfTheOrderLeaveTheOthersAsTheyWere)
{
    const Rows few = draw_uniforms(11, 16, 1 << 16, 256);
    Rows many = draw_uniforms(40, 16, 1 << 16, 256);
    many.resize(few.size());
    EXPECT_EQ(many, few);
}

TEST(Sobol, InputsThatAreNotInTheOrderFollowByName)
{
    // In order of name: input/0, input/1, input/10, input/2 ...
    std::vector<std::string> names = row_order(12);
    std::sort(names.begin(), names.end());
    const auto rows = [](std::vector<std::string> order) {
        return draw_rows(Design(uniforms(12),
                                seed,
                                detect_instruction_set(),
                                sobol(16, std::move(order))),
                         0,
                         64);
    };
    const Rows by_name = rows({});
    EXPECT_EQ(by_name, rows(names));
    EXPECT_EQ(by_name, rows({"input/0"}));
    EXPECT_NE(by_name, rows({"input/1"}));
}

TEST(Sobol, FixedInputInTheOrderHoldsItsDimension)
{
    DesignSpec fixed = uniforms(5);
    fixed.inputs[1].distribution = Fixed{0.25};
    const auto rows = [](DesignSpec spec) {
        return draw_rows(Design(std::move(spec),
                                seed,
                                detect_instruction_set(),
                                sobol(16, row_order(5))),
                         0,
                         64);
    };
    Rows expected = rows(uniforms(5));
    expected[1].assign(64, 0.25);
    EXPECT_EQ(rows(fixed), expected);
}

TEST(Sobol, PadsBeyondTheTableWithPlainDraws)
{
    const std::size_t n_padded = 5, n = max_sobol_dimensions + n_padded;
    const Design design(
        uniforms(n), seed, detect_instruction_set(), sobol(16, row_order(n)));
    const Rows plain = draw_rows(uniforms(n), seed, 0, tile_lanes);

    const Rows rows = draw_rows(design, 0, tile_lanes);

    EXPECT_EQ(design.n_padded(), n_padded);
    for (std::size_t i = 0; i < n; ++i) {
        EXPECT_EQ(rows[i] == plain[i], i >= max_sobol_dimensions) << i;
    }
}

TEST(Sobol, RunsOfCorrelatedInputsEqualEverySampleComputedAlone)
{
    // The score of a correlated input is that of its own uniform number: with
    // the matrix of independence, Sobol points come back.
    DesignSpec spec = uniforms(3);
    spec.blocks = {{{"input/0", "input/1"}, {1.0, 0.0, 0.0, 1.0}}};
    spec.loadings = {{"input/2", "input/1", 0.0}};
    const Rows plain = draw_uniforms(3, 16, 0, 512);

    const Rows rows = draw_rows(
        Design(spec, seed, detect_instruction_set(), sobol(16, row_order(3))),
        0,
        512);

    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t s = 0; s < 512; ++s) {
            EXPECT_NEAR(rows[i][s], plain[i][s], 1e-14);
        }
    }
}

}  // namespace
}  // namespace hepta::sampling
