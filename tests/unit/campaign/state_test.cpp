// States add up in any order, and come back from a file as they were.
#include "hepta/campaign/state.hpp"

#include "hepta/campaign/result.hpp"
#include "hepta/core/error.hpp"
#include "hepta/statistics/percentile.hpp"

#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace hepta::campaign {
namespace {

using Ranges = std::vector<SampleRange>;

/// A configuration that has what the datasets of /state need.
config::RunConfig two_events()
{
    config::RunConfig config;
    config.model.scenarios.resize(1);
    config.model.scenarios[0].name = "one";
    config.events.resize(2);
    config.events[0].name = "first";
    config.events[1].name = "second";
    config.sha256 = "digest";
    return config;
}

/// Two cells, counted with numbers that differ by `salt`.
State state_of(SampleRange range, std::uint64_t salt)
{
    State state;
    state.ranges = {range};
    state.plans.resize(2);
    state.plans[0].n_inner = 64;
    state.plans[0].origin[1] = 0.1;
    state.plans[0].edges_per_unit = 4;
    state.plans[1].n_inner = 128;
    state.plans[1].first_bin = statistics::bin::count(64);
    state.plans[1].atom_width = 1e-300;
    state.counts.resize(statistics::bin::count(64) +
                        statistics::bin::count(128));
    for (std::size_t i = 0; i < state.counts.size(); ++i) {
        state.counts[i] = (i * 7 + salt) % 11;
    }
    state.sums.resize(2);
    for (statistics::MomentSums& sums : state.sums) {
        sums.sum = -static_cast<statistics::Int128>(salt) << 70;
        sums.sum_of_squares = static_cast<statistics::UInt128>(salt) << 120;
        sums.n_clamped = salt;
        sums.minimum = -1.0 - static_cast<double>(salt);
        sums.maximum = 1.0 / (1.0 + static_cast<double>(salt));
    }
    state.events = {{salt, salt + 1}, {2 * salt, 3 * salt}};
    state.invalid_samples = {range.begin, range.end - 1};
    state.n_invalid = 2;
    return state;
}

/// As datasets: what a result would hold.
std::string digest(const State& state)
{
    const config::RunConfig config = two_events();
    return result_hash(make_state_group(State(state), config),
                       identity_of(config));
}

std::string message_of(const std::function<void()>& body)
{
    try {
        body();
    } catch (const ResultError& error) {
        return error.what();
    }
    return "no error";
}

TEST(State, AddsUpToTheSameInAnyOrder)
{
    const std::vector<State> parts = {
        state_of({0, 10}, 1), state_of({10, 30}, 2), state_of({50, 60}, 3)};
    std::vector<std::string> digests;
    for (const std::vector<int>& order :
         {std::vector{0, 1, 2}, {2, 1, 0}, {1, 2, 0}}) {
        State sum;
        for (const int i : order) {
            add(sum, State(parts[static_cast<std::size_t>(i)]));
        }
        EXPECT_EQ(sum.ranges, (Ranges{{0, 30}, {50, 60}}));
        EXPECT_EQ(sum.n_samples(), 40u);
        EXPECT_EQ(sum.n_invalid, 6u);
        EXPECT_EQ(sum.events[1].defined, 18u);
        EXPECT_EQ(sum.sums[0].minimum, -4.0);
        digests.push_back(digest(sum));
    }
    EXPECT_EQ(digests[0], digests[1]);
    EXPECT_EQ(digests[0], digests[2]);
    EXPECT_NE(digests[0], digest(parts[0]));
}

TEST(State, RefusesSamplesThatItHas)
{
    State sum = state_of({0, 10}, 1);
    EXPECT_EQ(message_of([&] {
                  add(sum, state_of({5, 20}, 1));
              }),
              "samples 5 to 9 are covered twice");
    EXPECT_EQ(digest(sum), digest(state_of({0, 10}, 1)));
}

TEST(State, RefusesOtherBins)
{
    State other = state_of({10, 20}, 1);
    other.plans[1].offset += 1.0;
    State sum = state_of({0, 10}, 1);
    EXPECT_EQ(message_of([&] { add(sum, std::move(other)); }),
              "samples were counted in different bins or events");
}

TEST(State, ComesBackFromItsDatasets)
{
    const State state = state_of({3, 2000}, 5);

    const State read =
        state_from_group("a.h5", make_state_group(State(state), two_events()));

    EXPECT_EQ(read.plans, state.plans);
    EXPECT_EQ(read.ranges, state.ranges);
    EXPECT_EQ(read.counts, state.counts);
    EXPECT_EQ(read.invalid_samples, state.invalid_samples);
    EXPECT_EQ(digest(read), digest(state));
}

TEST(State, NamesDatasetsThatAreMissingOrContradictEachOther)
{
    const auto error_after = [](const std::function<void(io::Group&)>& harm) {
        io::Group group = make_state_group(state_of({0, 9}, 1), two_events());
        harm(group);
        return message_of(
            [&] { (void)state_from_group("a.h5", std::move(group)); });
    };
    const auto values = [](io::Group& group,
                           const std::string& name) -> io::Values& {
        for (io::Variable& variable : group.variables) {
            if (variable.name == name) {
                return variable.values;
            }
        }
        throw std::logic_error(name);
    };

    EXPECT_EQ(error_after([](io::Group& group) {
                  std::erase_if(group.variables, [](const io::Variable& v) {
                      return v.name == "sum_low";
                  });
              }),
              "a.h5: /state/sum_low is missing");
    EXPECT_EQ(error_after([&](io::Group& group) {
                  values(group, "minimum") = std::vector<double>(3);
              }),
              "a.h5: /state/minimum has 3 values, not 2");
    EXPECT_EQ(error_after([&](io::Group& group) {
                  values(group, "clamped") = std::vector<double>(2);
              }),
              "a.h5: /state/clamped has an unexpected type");
    EXPECT_EQ(error_after([&](io::Group& group) {
                  values(group, "counts") = std::vector<std::uint64_t>(5);
              }),
              "a.h5: /state/counts does not have the bins that the plans say");
    EXPECT_EQ(error_after([&](io::Group& group) {
                  values(group, "covered") = std::vector<std::uint64_t>{5, 4};
              }),
              "a.h5: /state/covered holds no ranges in order");
}

TEST(MissingRanges, AreWhatIsNotCovered)
{
    EXPECT_EQ(missing_ranges({0, 100}, {}), (Ranges{{0, 100}}));
    EXPECT_EQ(missing_ranges({0, 100}, {{0, 100}}), Ranges{});
    EXPECT_EQ(missing_ranges({10, 100}, {{0, 20}, {30, 40}, {90, 200}}),
              (Ranges{{20, 30}, {40, 90}}));
    EXPECT_EQ(missing_ranges({10, 20}, {{0, 10}, {20, 30}}),
              (Ranges{{10, 20}}));
    EXPECT_EQ(to_string({{20, 30}, {40, 90}}), "20:30, 40:90");
}

}  // namespace
}  // namespace hepta::campaign
