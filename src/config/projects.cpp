#include "projects.hpp"

#include "links.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

namespace hepta::config {
namespace {

constexpr std::string_view all = "all";
constexpr std::string_view input_group = "pipeline";

const CountAt* count_at(const ProjectEntry& project,
                        std::string_view stage,
                        std::string_view date)
{
    const auto counts = project.counts.find(stage);
    if (counts == project.counts.end()) {
        return nullptr;
    }
    const auto found = std::find_if(
        counts->second.begin(), counts->second.end(), [&](const CountAt& c) {
            return c.date == date;
        });
    return found == counts->second.end() ? nullptr : &*found;
}

/// A group as of one date; `announced` is null if there is none.
struct Snapshot
{
    const CountAt* announced = nullptr;
    const CountAt* operating = nullptr;
    const CountAt* decided = nullptr;
    const CountAt* past_decision = nullptr;

    [[nodiscard]] bool is_split() const noexcept
    {
        return operating != nullptr && decided != nullptr;
    }
};

Snapshot latest_of(const ProjectEntry& project)
{
    const auto counts = project.counts.find("announced");
    if (counts == project.counts.end() || counts->second.empty()) {
        return {};
    }
    const CountAt& announced = *std::max_element(
        counts->second.begin(),
        counts->second.end(),
        [](const CountAt& a, const CountAt& b) { return a.time < b.time; });
    return {&announced,
            count_at(project, "operational", announced.date),
            count_at(project, "fid", announced.date),
            count_at(project, "operational_or_fid", announced.date)};
}

bool is_in_run(const ProjectEntry& project, const Catalogue& catalogue)
{
    return project.name == all ||
           find_named(catalogue.sectors, project.name) != nullptr;
}

/// Counts of one date that contradict each other.
void check_counts(const ProjectEntry& project, Diagnostics& diagnostics)
{
    const auto value = [](const CountAt* count) {
        return count == nullptr ? 0.0 : count->number.value;
    };
    const auto check = [&](std::string_view of,
                           std::string_view limit,
                           auto&& counted,
                           std::string_view what) {
        const auto counts = project.counts.find(of);
        if (counts == project.counts.end()) {
            return;
        }
        for (const CountAt& count : counts->second) {
            const CountAt* most = count_at(project, limit, count.date);
            const double n = counted(count.date);
            if (most != nullptr && n > most->number.value) {
                diagnostics.add(
                    count.number.place,
                    count.number.path,
                    fmt::format("gives {:g} {}, more than the {:g} of {}",
                                n,
                                what,
                                most->number.value,
                                limit),
                    "correct one of the counts");
            }
        }
    };
    const auto past = [&](const std::string& date) {
        const double split = value(count_at(project, "operational", date)) +
                             value(count_at(project, "fid", date));
        return std::max(split,
                        value(count_at(project, "operational_or_fid", date)));
    };
    check(
        "operational",
        "operational_or_fid",
        [&](const std::string& date) {
            return value(count_at(project, "operational", date));
        },
        "operating projects");
    check("operational", "total_tracked", past, "projects past their decision");
    check(
        "announced",
        "total_tracked",
        [&](const std::string& date) {
            return value(count_at(project, "announced", date)) + past(date);
        },
        "projects in all stages");
}

void require_rate(const Catalogue& catalogue,
                  const ProjectEntry& user,
                  std::string_view rate,
                  Diagnostics& diagnostics)
{
    const ProjectEntry* shared = find_named(catalogue.projects, all);
    if (shared == nullptr || shared->rates.find(rate) == shared->rates.end()) {
        diagnostics.add(shared == nullptr ? user.place : shared->place,
                        fmt::format("pipeline.all.{}", rate),
                        "is missing",
                        fmt::format("pipeline.{} needs it", user.name));
    }
}

void check_group(const Catalogue& catalogue,
                 const ProjectEntry& project,
                 Diagnostics& diagnostics)
{
    const bool has_capacity = project.rates.count("capacity_per_project") > 0;
    const bool has_avoided = project.rates.count("avoided_per_unit") > 0;
    if (has_capacity != has_avoided) {
        diagnostics.add(project.place,
                        project.path,
                        "has one of `capacity_per_project` and "
                        "`avoided_per_unit`",
                        "give both, or none");
    }
    if (has_capacity && project.name == all) {
        diagnostics.add(project.place,
                        project.path,
                        "has a capacity",
                        "give capacities by sector; `all` is their sum");
    }
    const Snapshot latest = latest_of(project);
    if (latest.announced == nullptr) {
        return;
    }
    if (!latest.is_split() && latest.past_decision == nullptr) {
        diagnostics.add(latest.announced->number.place,
                        latest.announced->number.path,
                        "has no count of projects past their decision beside "
                        "it",
                        fmt::format("give operational_or_fid.{0}, or "
                                    "operational.{0} and fid.{0}",
                                    latest.announced->date));
    }
    for (const char* rate : {"announced_to_fid_annual_hazard",
                             "fid_to_operation_delay",
                             "fid_to_operation_success"}) {
        require_rate(catalogue, project, rate, diagnostics);
    }
    if (!latest.is_split()) {
        require_rate(
            catalogue, project, "operating_share_of_past_fid", diagnostics);
    }
}

/// Report a name that is nearly a sector, or nearly `all`.
template <class T>
void check_name(const T& entry,
                const Catalogue& catalogue,
                Diagnostics& diagnostics)
{
    std::vector<std::string> known = names_of(catalogue.sectors);
    known.emplace_back(all);
    const bool is_known =
        std::find(known.begin(), known.end(), entry.name) != known.end();
    if (!is_known && !nearest(entry.name, known).empty()) {
        diagnostics.add(entry.place,
                        entry.path,
                        "is not a sector",
                        suggest(entry.name, known));
    }
}

}  // namespace

void check_projects(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    for (const ProjectEntry& project : catalogue.projects) {
        check_name(project, catalogue, diagnostics);
        check_counts(project, diagnostics);
        if (is_in_run(project, catalogue)) {
            check_group(catalogue, project, diagnostics);
        }
    }
}

model::ProjectSpec build_projects(const Catalogue& catalogue,
                                  const model::Spec& model,
                                  InputRegistry& registry)
{
    model::ProjectSpec spec;
    spec.last_year = model.last_year;
    double last_date = model.first_year;
    const auto add = [&](const std::string& name, const Number& number) {
        return registry.add("pipeline/" + name, number, input_group);
    };
    bool needs_share = false;
    for (const ProjectEntry& project : catalogue.projects) {
        const Snapshot latest = latest_of(project);
        if (latest.announced == nullptr || !is_in_run(project, catalogue)) {
            continue;
        }
        const auto input = [&](const char* key, const Number& number) {
            return add(fmt::format("{}/{}", project.name, key), number);
        };
        model::ProjectGroup group{.name = project.name,
                                  .date = latest.announced->time};
        group.announced = input("announced", latest.announced->number);
        if (latest.is_split()) {
            group.operating = input("operational", latest.operating->number);
            group.decided = input("fid", latest.decided->number);
        } else {
            group.past_decision =
                input("operational_or_fid", latest.past_decision->number);
            needs_share = true;
        }
        const auto capacity = project.rates.find("capacity_per_project");
        if (capacity != project.rates.end()) {
            group.capacity = input("capacity_per_project", capacity->second);
            group.avoided =
                input("avoided_per_unit",
                      project.rates.find("avoided_per_unit")->second);
        }
        last_date = std::max(last_date, group.date);
        spec.groups.push_back(std::move(group));
    }
    if (spec.groups.empty()) {
        return spec;
    }
    spec.first_year = static_cast<int>(std::ceil(last_date));
    std::stable_partition(spec.groups.begin(),
                          spec.groups.end(),
                          [](const model::ProjectGroup& group) {
                              return group.capacity != model::no_row;
                          });
    const Numbers& rates = find_named(catalogue.projects, all)->rates;
    const auto rate = [&](const char* key) {
        return add(fmt::format("all/{}", key), rates.find(key)->second);
    };
    spec.decision_hazard = rate("announced_to_fid_annual_hazard");
    spec.delay = rate("fid_to_operation_delay");
    spec.success = rate("fid_to_operation_success");
    if (needs_share) {
        spec.operating_share = rate("operating_share_of_past_fid");
    }
    return spec;
}

void check_commitments(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const CommitmentEntry* shared = find_named(catalogue.commitments, all);
    for (const CommitmentEntry& entry : catalogue.commitments) {
        check_name(entry, catalogue, diagnostics);
        const bool has_rate =
            entry.numbers.count("delivery_rate") > 0 ||
            (shared != nullptr && shared->numbers.count("delivery_rate") > 0);
        const bool has_share = entry.numbers.count("covered_share") > 0;
        if (entry.name == all) {
            if (has_share) {
                diagnostics.add(entry.place,
                                entry.path,
                                "has a covered share",
                                "give it by sector: units of activity differ");
            }
        } else if (has_share && !has_rate) {
            diagnostics.add(entry.place,
                            entry.path,
                            "has no delivery rate",
                            "add `delivery_rate`, here or for `all`");
        }
    }
}

std::vector<Commitment> build_commitments(const Catalogue& catalogue,
                                          InputRegistry& registry)
{
    std::vector<Commitment> out;
    const auto add = [&](const CommitmentEntry& entry, const char* key) {
        return registry.add(fmt::format("commitments/{}/{}", entry.name, key),
                            entry.numbers.find(key)->second,
                            "commitments");
    };
    const CommitmentEntry* shared = find_named(catalogue.commitments, all);
    model::Row delivery = model::no_row;
    for (const CommitmentEntry& entry : catalogue.commitments) {
        if (find_named(catalogue.sectors, entry.name) == nullptr ||
            entry.numbers.count("covered_share") == 0) {
            continue;
        }
        Commitment commitment{entry.name, add(entry, "covered_share"), {}};
        if (entry.numbers.count("delivery_rate") > 0) {
            commitment.delivery = add(entry, "delivery_rate");
        } else {
            delivery = delivery == model::no_row ? add(*shared, "delivery_rate")
                                                 : delivery;
            commitment.delivery = delivery;
        }
        out.push_back(std::move(commitment));
    }
    return out;
}

}  // namespace hepta::config
