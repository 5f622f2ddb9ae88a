/// \file
/// What holds in every model, however odd: shares are fractions, limits hold,
/// and the vector kernels say what the scalar reference says.
#include "lanes.hpp"
#include "reference/paths.hpp"

#include <gmock/gmock.h>

#include <algorithm>
#include <cfenv>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace hepta {
namespace {

using model::Model;
using reference::Trajectory;
using tests::differences;
using tests::Lane;
using tests::Outputs;
using tests::RandomModel;
using tests::run;
using tests::same_bits;
using tests::simulate;

/// Shares in [0, 1] that sum to 1, in every year: the largest departure.
double share_error(const Lane& lane)
{
    double worst = 0.0;
    for (std::size_t z = 0; z < lane.out.size(); ++z) {
        for (std::size_t t = 0; t < lane.out[z].size(); ++t) {
            std::size_t row = lane.layout.share.first_row;
            for (const model::Sector& sector : lane.model.spec.sectors) {
                double sum = 0.0;
                for (std::size_t i = 0; i < sector.technologies.size(); ++i) {
                    const double share = lane.at(z, t, row++);
                    worst = std::max({worst, -share, share - 1.0});
                    sum += share;
                }
                worst = std::max(worst, std::fabs(sum - 1.0));
            }
        }
    }
    return worst;
}

/// How far a use grew above its limit, relative to the use, worst of all.
double limit_error(const Lane& lane)
{
    double worst = 0.0;
    const std::vector<double> input = lane.model.sample(lane.lane);
    const auto& spec = lane.model.spec;
    for (std::size_t r = 0; r < spec.resources.size(); ++r) {
        const model::Resource& resource = spec.resources[r];
        const auto limits =
            reference::points(resource.limit, reference::Sample(input));
        const std::size_t row = lane.layout.resource_use.first_row + r;
        for (std::size_t z = 0; z < lane.out.size(); ++z) {
            // from the second year: the pandemic's factor is on the first
            for (std::size_t t = 1; t + 1 < lane.out[z].size(); ++t) {
                const int next_year = spec.first_year + static_cast<int>(t) + 1;
                const double limit = reference::linear(limits, next_year) *
                                     resource.limit_factor;
                const double before = lane.at(z, t, row);
                const double after = lane.at(z, t + 1, row);
                const double allowed = std::max(limit, before);
                worst = std::max(worst, (after - allowed) / (1.0 + allowed));
            }
        }
    }
    return worst;
}

/// Largest turnover of a technology in a step, 1/L_i + rho + g. Above 1.29, the
/// zero of 1 - x + x^2/2 - x^3/4, Runge-Kutta's last stage takes shares below 0
/// and may leave none to a technology that could take what others give up.
double largest_turnover(const Lane& lane)
{
    const model::Spec& spec = lane.model.spec;
    const std::vector<double> input = lane.model.sample(lane.lane);
    double largest = 0.0;
    for (std::size_t z = 0; z < lane.out.size(); ++z) {
        for (std::uint32_t s = 0; s < spec.sectors.size(); ++s) {
            const model::Sector& sector = spec.sectors[s];
            const std::uint32_t activity = lane.layout.activity.row(s);
            double growth = 0.0;
            for (std::size_t t = 1; t < lane.out[z].size(); ++t) {
                growth = std::max(growth,
                                  std::log(lane.at(z, t, activity) /
                                           lane.at(z, t - 1, activity)));
            }
            for (const model::Technology& technology : sector.technologies) {
                largest = std::max(largest,
                                   1.0 / input[technology.lifetime] + growth +
                                       input[sector.early_retirement_rate] *
                                           spec.scenarios[z].retirement_factor);
            }
        }
    }
    return largest / spec.steps_per_year;
}

/// A sample whose base-year shares are off by a rounding of the whole, 1: what
/// is left of it after others have their part is as uncertain as that.
std::vector<double> with_other_shares(const Lane& lane, double by)
{
    std::vector<double> input = lane.model.sample(lane.lane);
    for (const model::Sector& sector : lane.model.spec.sectors) {
        for (const model::Technology& technology : sector.technologies) {
            double& share = input[technology.share_2020];
            share += share > 0.0 ? by : 0.0;
        }
    }
    return input;
}

/// What the trajectory moves by when all its operations are rounded up, down,
/// and towards zero, and shares are off by a rounding: a measure of how
/// ill-conditioned it is. [metric]
std::vector<double> moved_by_rounding(const Lane& lane, const Trajectory& slow)
{
    std::vector<double> moved(lane.layout.metrics().size(), 0.0);
    for (const double by : {0.0, 0x1p-56}) {
        const std::vector<double> input = with_other_shares(lane, by);
        for (const int mode : {FE_UPWARD, FE_DOWNWARD, FE_TOWARDZERO}) {
            std::fesetround(mode);
            const auto other = simulate(lane.model.spec, input);
            std::fesetround(FE_TONEAREST);
            if (!other) {
                continue;
            }
            const auto part =
                differences(lane.layout,
                            slow,
                            [&](std::size_t z, std::size_t t, std::size_t row) {
                                return (*other)[z][t][row];
                            });
            for (std::size_t i = 0; i < moved.size(); ++i) {
                moved[i] = std::max(moved[i], part[i]);
            }
        }
    }
    return moved;
}

/// What was found in all models.
struct Findings
{
    int n_models = 0, n_samples = 0, n_flagged = 0, n_compared = 0;
    int n_ill_conditioned = 0;  ///< of the compared
    std::vector<std::string> other_bits, other_flags, differ;
    double share_error = 0.0, limit_error = 0.0;
    double largest = 0.0;  ///< difference of those that are well conditioned
};

constexpr double tolerance = 1e-11;

/// Compare a sample with the scalar reference.
void compare(const Lane& lane, const std::string& name, Findings& findings)
{
    const std::vector<double> input = lane.model.sample(lane.lane);
    const auto slow = simulate(lane.model.spec, input);
    if (slow.has_value() != lane.is_finite()) {
        findings.other_flags.push_back(name);
    }
    if (!slow) {
        return;
    }
    ++findings.n_compared;
    const std::vector<double> found = differences(
        lane.layout, *slow, [&](std::size_t z, std::size_t t, std::size_t row) {
            return lane.at(z, t, row);
        });
    const double worst = *std::max_element(found.begin(), found.end());
    if (worst <= tolerance) {
        findings.largest = std::max(findings.largest, worst);
        return;
    }
    ++findings.n_ill_conditioned;
    const std::vector<double> moved = moved_by_rounding(lane, *slow);
    for (std::size_t i = 0; i < found.size(); ++i) {
        if (!(found[i] <= tolerance + 4.0 * moved[i])) {
            findings.differ.push_back(
                name + ": " + lane.layout.metrics()[i].name + " by " +
                std::to_string(found[i]) + ", by rounding " +
                std::to_string(moved[i]));
        }
    }
}

/// All models of the test; every sixteenth sample against the reference.
Findings look_at_models(std::uint64_t n_models)
{
    Findings findings;
    const bool has_avx512 = detect_instruction_set() == InstructionSet::avx512;
    for (std::uint64_t seed = 0; seed < n_models; ++seed) {
        const RandomModel random = tests::random_model(seed);
        const Model model(random.spec, InstructionSet::avx2);
        const Outputs out = run(model, random.inputs);
        ++findings.n_models;
        if (has_avx512 &&
            !same_bits(out,
                       run(Model(random.spec, InstructionSet::avx512),
                           random.inputs))) {
            findings.other_bits.push_back("model " + std::to_string(seed));
        }
        for (std::size_t i = 0; i < tile_lanes; ++i) {
            const Lane lane{random, model.layout(), out, i};
            ++findings.n_samples;
            if (lane.is_finite()) {
                findings.share_error =
                    std::max(findings.share_error, share_error(lane));
                if (random.has_free_technology &&
                    largest_turnover(lane) < 1.29) {
                    findings.limit_error =
                        std::max(findings.limit_error, limit_error(lane));
                }
            } else {
                ++findings.n_flagged;
            }
            if (i % 16 == seed % 16) {
                compare(lane,
                        "model " + std::to_string(seed) + ", sample " +
                            std::to_string(i),
                        findings);
            }
        }
    }
    return findings;
}

/// Looked at once for all the claims below.
const Findings& findings()
{
    static const Findings all =
        look_at_models(std::getenv("HEPTA_TEST_ALL") != nullptr ? 20000 : 1000);
    return all;
}

TEST(RandomModels, AreManyAndMostlyValid)
{
    std::printf(
        "%d models, %d samples, %d flagged; %d compared, %d of them "
        "ill-conditioned, the others within %.2g\n",
        findings().n_models,
        findings().n_samples,
        findings().n_flagged,
        findings().n_compared,
        findings().n_ill_conditioned,
        findings().largest);
    EXPECT_LT(findings().n_flagged, findings().n_samples / 20);
    EXPECT_LT(findings().n_ill_conditioned, findings().n_compared / 50);
}

TEST(RandomModels, KeepSharesFractionsThatSumToOne)
{
    EXPECT_LE(findings().share_error, 1e-12);
}

TEST(RandomModels, LetNoUseGrowAboveItsLimitWhereAnotherTechnologyIsFree)
{
    EXPECT_LE(findings().limit_error, 1e-11);
}

TEST(RandomModels, GiveTheSameBitsWithBothInstructionSets)
{
    EXPECT_THAT(findings().other_bits, ::testing::IsEmpty());
}

TEST(RandomModels, AreNotFiniteExactlyWhereTheReferenceRefusesThem)
{
    EXPECT_THAT(findings().other_flags, ::testing::IsEmpty());
}

TEST(RandomModels, EqualTheScalarReferenceAsFarAsRoundingLets)
{
    EXPECT_THAT(findings().differ, ::testing::IsEmpty());
}

/// The comparison must see a kernel that is wrong by a millionth.
TEST(RandomModels, WouldShowALifetimeThatIsOffByAMillionth)
{
    int n_seen = 0;
    constexpr int n_models = 50;
    for (std::uint64_t seed = 0; seed < n_models; ++seed) {
        RandomModel random = tests::random_model(seed);
        const Model model(random.spec, InstructionSet::avx2);
        const Outputs out = run(model, random.inputs);
        for (const model::Sector& sector : random.spec.sectors) {
            for (const model::Technology& technology : sector.technologies) {
                random.inputs.row(technology.lifetime)[0] *= 1.0 + 1e-6;
            }
        }
        Findings wrong;
        compare({random, model.layout(), out, 0}, "", wrong);
        n_seen += wrong.differ.empty() ? 0 : 1;
    }
    EXPECT_GT(n_seen, n_models * 8 / 10);
}

}  // namespace
}  // namespace hepta
