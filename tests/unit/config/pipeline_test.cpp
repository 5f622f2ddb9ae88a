// Announced projects and commitments, as the files give them.
#include "hepta/model/pipeline.hpp"

#include "unit/config/small_run.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

namespace hepta::config {
namespace {

using namespace testing;

std::string number(const std::string& value, const std::string& unit)
{
    return "{value = " + value + ", unit = \"" + unit + "\", source = \"s\"}\n";
}

std::string count(const std::string& key, const std::string& value)
{
    return key + " = " + number(value, "projects");
}

const std::string rates =
    "all.announced_to_fid_annual_hazard = " + number("0.036", "1/yr") +
    "all.fid_to_operation_delay = " + number("4", "yr") +
    "all.fid_to_operation_success = " + number("0.9", "fraction") +
    "all.operating_share_of_past_fid = " + number("0.5", "fraction");

std::string with_pipeline(const std::string& rest)
{
    return small_run() + "\n[pipeline]\n" + rates + rest;
}

void expect_fault(const std::string& text, const std::string& part)
{
    const std::string message = faults_of(text);
    EXPECT_NE(message.find(part), std::string::npos) << message;
}

TEST(PipelineFile, TheLatestCountOfTheAnnouncedIsTaken)
{
    const RunConfig run = load_text(with_pipeline(
        count("all.announced.2024-04", "473") +
        count("all.operational.2024-04", "68") +
        count("all.fid.2024-04", "42") + count("all.announced.2025-11", "857") +
        count("all.operational.2025-11", "82") +
        count("all.fid.2025-11", "62") +
        count("all.operational_or_fid.2026-06", "161") +
        count("steel.announced.2024-11", "52") +
        count("steel.operational_or_fid.2024-11", "6")));

    const model::ProjectSpec& spec = run.projects;
    ASSERT_EQ(spec.groups.size(), 2u);
    EXPECT_EQ(spec.groups[0].name, "all");
    EXPECT_DOUBLE_EQ(spec.groups[0].date, 2025 + 10.5 / 12);
    EXPECT_EQ(spec.groups[0].past_decision, model::no_row);
    EXPECT_NE(spec.groups[0].operating, model::no_row);
    EXPECT_EQ(spec.groups[1].operating, model::no_row);
    EXPECT_NE(spec.groups[1].past_decision, model::no_row);
    EXPECT_EQ(spec.first_year, 2026);
    EXPECT_EQ(spec.last_year, run.model.last_year);
    const sampling::Input& input =
        run.design.inputs.at(spec.groups[0].announced);
    EXPECT_EQ(input.name, "pipeline/all/announced");
    EXPECT_EQ(std::get<sampling::Fixed>(input.distribution).value, 857.0);
    EXPECT_NE(run.sha256, load_text(small_run()).sha256);
}

TEST(PipelineFile, TheDesignIsElseAsWithout)
{
    const RunConfig with = load_text(
        with_pipeline(count("all.announced.2025-11", "857") +
                      count("all.operational_or_fid.2025-11", "144")));
    const RunConfig without = load_text(small_run());
    ASSERT_GT(with.design.inputs.size(), without.design.inputs.size());
    for (std::size_t i = 0; i < without.design.inputs.size(); ++i) {
        EXPECT_EQ(with.design.inputs[i].name, without.design.inputs[i].name);
    }
    // knots stand behind all inputs: none shares its row with one
    std::set<std::uint32_t> rows;
    for (const auto& input : with.design.inputs) {
        rows.insert(input.row);
    }
    for (const auto& knot : with.design.knots) {
        rows.insert(knot.row);
    }
    EXPECT_EQ(rows.size(), with.design.n_rows);
    EXPECT_EQ(with.model.sectors[0].activity[0].row, with.design.knots[1].row);
}

TEST(PipelineFile, SectorsOutsideTheRunAreLeftOut)
{
    const RunConfig run = load_text(
        with_pipeline(count("cement.announced.2024-11", "39") +
                      count("cement.operational_or_fid.2024-11", "4")));
    EXPECT_TRUE(run.projects.groups.empty());
}

TEST(PipelineFile, FaultsAreNamed)
{
    const std::string announced = count("steel.announced.2024-11", "52");
    const std::string past = count("steel.operational_or_fid.2024-11", "6");

    expect_fault(with_pipeline(announced), "past their decision beside it");
    expect_fault(with_pipeline(announced + past +
                               count("steel.operational.2024-11", "7")),
                 "gives 7 operating projects, more than the 6 of "
                 "operational_or_fid");
    expect_fault(with_pipeline(announced + past +
                               count("steel.total_tracked.2024-11", "57")),
                 "gives 58 projects in all stages, more than the 57 of "
                 "total_tracked");
    expect_fault(small_run() + "\n[pipeline]\n" + announced + past,
                 "pipeline.all.fid_to_operation_delay is missing");
    expect_fault(with_pipeline(count("stel.announced.2024-11", "52")),
                 "is not a sector");
    expect_fault(with_pipeline(count("steel.anounced.2024-11", "52")),
                 "announced");
    expect_fault(with_pipeline(count("steel.announced.November", "52")),
                 "is not a date");
    expect_fault(with_pipeline(count("steel.announced.2024-13", "52")),
                 "is not a date");
    expect_fault(with_pipeline(count("steel.announced", "52")), "has no date");
    expect_fault(with_pipeline(count("steel.announced.2024-11", "-1")),
                 "outside");
    expect_fault(
        with_pipeline("steel.capacity_per_project = " + number("1", "Mt")),
        "has one of `capacity_per_project` and `avoided_per_unit`");
}

TEST(PipelineFile, AllFaultsAreToldAtOnceWithTheirPlaces)
{
    const std::string message =
        faults_of(with_pipeline(count("steel.announced.2024-11", "52") +
                                count("steel.operational_or_fid.2024-11", "6") +
                                count("steel.operational.2024-11", "7") +
                                count("steel.total_tracked.2024-11", "20") +
                                count("all.announced.2025-11", "857")));
    EXPECT_NE(message.find("more than the 6"), std::string::npos) << message;
    EXPECT_NE(message.find("more than the 20"), std::string::npos) << message;
    EXPECT_NE(message.find("beside it"), std::string::npos) << message;
    EXPECT_NE(message.find(".toml:"), std::string::npos) << message;
}

TEST(CommitmentFile, HasACoveredShareAndARate)
{
    const std::string share =
        "steel.covered_share = " + number("0.2", "fraction of activity");
    const std::string rate = "all.delivery_rate = " + number("0.3", "fraction");
    const RunConfig run =
        load_text(small_run() + "\n[commitments]\n" + share + rate);
    ASSERT_EQ(run.commitments.size(), 1u);
    EXPECT_EQ(run.design.inputs.at(run.commitments[0].covered).name,
              "commitments/steel/covered_share");
    EXPECT_EQ(run.design.inputs.at(run.commitments[0].delivery).name,
              "commitments/all/delivery_rate");

    expect_fault(small_run() + "\n[commitments]\n" + share,
                 "has no delivery rate");
    expect_fault(small_run() + "\n[commitments]\n" + rate +
                     "all.covered_share = " + number("0.2", "fraction"),
                 "has a covered share");
}

const RunConfig& seven()
{
    static const RunConfig run =
        load(std::string(HEPTA_SOURCE_DIR) + "/configs/seven_sectors.toml");
    return run;
}

double median_of(model::Row row)
{
    return sampling::quantile(seven().design.inputs.at(row).distribution, 0.5);
}

TEST(ShippedPipeline, StartsFromTheTrackersCounts)
{
    const model::ProjectSpec& spec = seven().projects;
    ASSERT_EQ(spec.groups.size(), 7u);
    const model::ProjectGroup& all = spec.groups.back();
    EXPECT_EQ(all.name, "all");
    EXPECT_EQ(median_of(all.announced), 857.0);
    EXPECT_EQ(median_of(all.operating) + median_of(all.decided), 144.0);
    double past = 0.0, announced = 0.0;
    for (const model::ProjectGroup& group : spec.groups) {
        if (group.name == "all") {
            continue;
        }
        const auto value = [&](model::Row row) {
            return sampling::central(
                seven().design.inputs.at(row).distribution);
        };
        announced += value(group.announced);
        past += group.past_decision == model::no_row
                    ? value(group.operating) + value(group.decided)
                    : value(group.past_decision);
    }
    // the tracker of November 2024, and the announced of April 2024
    EXPECT_EQ(past, 136.0);
    EXPECT_EQ(announced, 473.0);
}

/// From the 42 + 68 and 473 of April 2024, the range of the hazard covers the
/// 144 of November 2025; from these, the 161 of June 2026.
TEST(ShippedPipeline, CoversTheDecisionsSince)
{
    const auto& hazard =
        seven().design.inputs.at(seven().projects.decision_hazard).distribution;
    const auto decided = [&](double q, double announced, double years) {
        return announced *
               (1 - std::exp(-sampling::quantile(hazard, q) * years));
    };
    EXPECT_LT(110 + decided(0.05, 473, 19.0 / 12), 144);
    EXPECT_GT(110 + decided(0.95, 473, 19.0 / 12), 144);
    EXPECT_LT(144 + decided(0.05, 857, 7.0 / 12), 161);
    EXPECT_GT(144 + decided(0.95, 857, 7.0 / 12), 161);
}

}  // namespace
}  // namespace hepta::config
