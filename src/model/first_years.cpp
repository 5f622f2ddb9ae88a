#include "hepta/model/first_years.hpp"

#include "first_years_kernel.hpp"

#include <utility>

namespace hepta::model {

FirstYears::FirstYears(std::vector<FirstYearRule> rules,
                       std::vector<Contest> contests)
    : rules_(std::move(rules)), contests_(std::move(contests))
{
    for (const FirstYearRule& rule : rules_) {
        flat_.push_back({rows_.size(),
                         rule.rows.size(),
                         rule.limit,
                         rule.threshold,
                         rule.contest,
                         rule.below,
                         rule.from_year});
        rows_.insert(rows_.end(), rule.rows.begin(), rule.rows.end());
    }
}

FirstYears::FirstYears() = default;
FirstYears::FirstYears(FirstYears&&) noexcept = default;
FirstYears& FirstYears::operator=(FirstYears&&) noexcept = default;
FirstYears::~FirstYears() = default;

FirstYears::Workspace FirstYears::make_workspace() const
{
    return {Tile(rules_.size()),
            Tile(rules_.size()),
            Tile(contests_.size()),
            Tile(contests_.size())};
}

void FirstYears::observe(InstructionSet set,
                         std::size_t year,
                         const Tile& outputs,
                         Workspace& work) const
{
    const FirstYearTables tables{flat_.data(),
                                 flat_.size(),
                                 rows_.data(),
                                 contests_.data(),
                                 contests_.size()};
    const FirstYearTile tile{outputs.data(),
                             work.found.data(),
                             work.first_value.data(),
                             work.incumbent.data(),
                             work.incumbent_cost.data()};
    if (set == InstructionSet::avx512) {
        avx512::observe_first_years(tables, year, tile);
    } else {
        avx2::observe_first_years(tables, year, tile);
    }
}

}  // namespace hepta::model
