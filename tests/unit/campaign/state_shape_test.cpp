// A state is used with the configuration that it was counted by, and no other.
#include "campaign/state_shape.hpp"

#include "hepta/campaign/accumulator.hpp"
#include "hepta/campaign/derived.hpp"
#include "hepta/core/error.hpp"
#include "hepta/core/instruction_set.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hepta::campaign {
namespace {

class StateShapeTest : public testing::Test
{
  protected:
    State count()
    {
        const auto plans = plan_cells(engine_, cells_, 32, 1);
        Accumulator accumulator(
            engine_,
            cells_,
            events_of(config_, engine_.model().layout()),
            plans,
            64,
            1,
            batches_of(engine_.sampler()),
            plan_derived(config_, engine_.model().layout()));
        accumulator.add({0, 32});
        return accumulator.take();
    }

    /// What is said of the state after a change.
    template <class Change>
    std::string refusal(Change change)
    {
        State state = count();
        change(state);
        try {
            check_shape("a.h5", state, config_, engine_, cells_);
        } catch (const ResultError& error) {
            return error.what();
        }
        return "";
    }

    const config::RunConfig config_ = config::load(
        HEPTA_SOURCE_DIR "/tests/fuzz/corpus/config/small.toml", {});
    const Engine engine_{config_, choose_instruction_set("")};
    const CellMap cells_{config_, engine_.model().layout()};
};

TEST_F(StateShapeTest, WhatWasCountedFits)
{
    EXPECT_EQ(refusal([](State&) {}), "");
}

TEST_F(StateShapeTest, OtherNumbersOfAnythingAreRefused)
{
    EXPECT_NE(refusal([](State& s) { s.plans.pop_back(); }), "");
    EXPECT_NE(refusal([](State& s) { s.events.emplace_back(); }), "");
    EXPECT_NE(refusal([](State& s) { s.derived.years.clear(); }), "");
    EXPECT_NE(refusal([](State& s) { s.derived.joints.resize(9); }), "");
    EXPECT_NE(refusal([](State& s) { s.replicates.n = 16; }), "");
    EXPECT_NE(refusal([](State& s) { s.batches.n = 1; }), "");
}

TEST_F(StateShapeTest, BinsThatValuesFallBesideAreRefused)
{
    const std::string said =
        refusal([](State& s) { s.plans[3].bins_per_t[0] = 1e9; });
    EXPECT_EQ(said, "a.h5: is damaged: its bins do not hold what lies in them");
}

}  // namespace
}  // namespace hepta::campaign
