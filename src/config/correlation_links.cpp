#include "correlations.hpp"
#include "links.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Eigenvalues>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>

namespace hepta::config {
namespace {

/// Below this the factor of a matrix loses its last digits.
constexpr double smallest_eigenvalue = 1e-10;

void report(const NameAt& name,
            const std::string& problem,
            const std::string& hint,
            Diagnostics& diagnostics)
{
    diagnostics.add(name.place, name.path, problem, hint);
}

void check_known(const NameAt& name,
                 const std::string& kind,
                 const std::string& wanted,
                 const std::vector<std::string>& known,
                 Diagnostics& diagnostics)
{
    if (std::find(known.begin(), known.end(), wanted) == known.end()) {
        report(name,
               fmt::format("refers to {} `{}`, which is not defined",
                           kind,
                           printable(wanted)),
               suggest(wanted, known),
               diagnostics);
    }
}

void check_label(const NameAt& name,
                 const Catalogue& catalogue,
                 Diagnostics& diagnostics)
{
    const std::size_t colon = name.name.find(':');
    if (colon == std::string::npos) {
        check_known(name,
                    "driver",
                    name.name,
                    names_of(catalogue.drivers),
                    diagnostics);
        return;
    }
    const std::string kind = name.name.substr(0, colon);
    const std::string rest = name.name.substr(colon + 1);
    if (kind == "price") {
        check_known(
            name, "driver", rest, names_of(catalogue.drivers), diagnostics);
    } else if (kind == "learning") {
        check_known(name,
                    "component",
                    rest,
                    names_of(catalogue.components),
                    diagnostics);
    } else if (kind == "activity") {
        if (!is_absent_sector(catalogue, rest)) {
            check_known(
                name, "sector", rest, names_of(catalogue.sectors), diagnostics);
        }
    } else if (kind != "diffusion") {
        report(name,
               fmt::format("\"{}\" is no kind of quantity", printable(kind)),
               suggest(kind, {"price", "activity", "learning", "diffusion"}),
               diagnostics);
    }
}

void check_pairs(const Catalogue& catalogue, Diagnostics& diagnostics)
{
    const auto& pairs = catalogue.correlation_pairs;
    for (std::size_t i = 0; i < pairs.size(); ++i) {
        check_label(pairs[i].first, catalogue, diagnostics);
        check_label(pairs[i].second, catalogue, diagnostics);
        const std::string& a = pairs[i].first.name;
        const std::string& b = pairs[i].second.name;
        if (a == b) {
            report(pairs[i].first,
                   "pairs a quantity with itself",
                   "remove the pair",
                   diagnostics);
        }
        const bool again =
            std::any_of(pairs.begin(),
                        pairs.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](const CorrelationPair& p) {
                            return (p.first.name == a && p.second.name == b) ||
                                   (p.first.name == b && p.second.name == a);
                        });
        if (again) {
            report(pairs[i].first,
                   fmt::format("gives the pair {}, {} twice", a, b),
                   "remove one of them",
                   diagnostics);
        }
    }
}

/// Values of one correlation that all others allow.
struct Allowed
{
    double low = 0.0, high = 0.0;
};

/// The correlation of i and j may be c'a +- sqrt((1 - a'a)(1 - c'c)) with a, c
/// their parts explained by the other members; nothing if these are no
/// correlation matrix themselves, with i or with j.
std::optional<Allowed> allowed_correlation(const Eigen::MatrixXd& matrix,
                                           Eigen::Index i,
                                           Eigen::Index j)
{
    std::vector<Eigen::Index> others;
    for (Eigen::Index k = 0; k < matrix.rows(); ++k) {
        if (k != i && k != j) {
            others.push_back(k);
        }
    }
    const Eigen::MatrixXd inner = matrix(others, others);
    const Eigen::LLT<Eigen::MatrixXd> factor(inner);
    if (factor.info() != Eigen::Success) {
        return std::nullopt;
    }
    const Eigen::VectorXd to_i = matrix(others, i), to_j = matrix(others, j);
    const Eigen::VectorXd solved = factor.solve(to_j);
    const double free_i = 1.0 - to_i.dot(factor.solve(to_i));
    const double free_j = 1.0 - to_j.dot(solved);
    if (free_i <= 0.0 || free_j <= 0.0) {
        return std::nullopt;
    }
    const double middle = to_i.dot(solved);
    const double half_width = std::sqrt(free_i * free_j);
    return Allowed{middle - half_width, middle + half_width};
}

/// Rank correlation of a correlation of normal scores.
double rank_correlation(double r)
{
    return 6.0 / std::numbers::pi * std::asin(std::clamp(r, -1.0, 1.0) / 2.0);
}

/// The pair furthest outside what the others allow breaks the matrix; if no
/// pair alone does, the strongest of the pairs is named.
void report_indefinite(const LabelledMatrix& block,
                       const Eigen::MatrixXd& matrix,
                       const Catalogue& catalogue,
                       Diagnostics& diagnostics)
{
    const auto index = [&](const std::string& label) {
        return std::find(block.labels.begin(), block.labels.end(), label) -
               block.labels.begin();
    };
    const CorrelationPair* worst = nullptr;
    double worst_excess = -1.0;
    std::string hint;
    for (const CorrelationPair& pair : catalogue.correlation_pairs) {
        const Eigen::Index i = index(pair.first.name);
        const Eigen::Index j = index(pair.second.name);
        if (i >= matrix.rows() || j >= matrix.rows() || i == j) {
            continue;
        }
        const std::optional<Allowed> allowed =
            allowed_correlation(matrix, i, j);
        const double r = matrix(i, j);
        const double excess =
            allowed ? std::max({allowed->low - r, r - allowed->high, 0.0})
                    : std::abs(r) * 1e-6;
        if (excess > worst_excess) {
            worst_excess = excess;
            worst = &pair;
            hint = allowed
                       ? fmt::format("the other pairs allow {:.3f} to {:.3f}",
                                     rank_correlation(allowed->low),
                                     rank_correlation(allowed->high))
                       : "several pairs contradict each other; bring the "
                         "strong ones nearer to 0";
        }
    }
    report(worst->first,
           fmt::format("{}, {} = {} makes the correlation matrix not positive "
                       "definite",
                       worst->first.name,
                       worst->second.name,
                       worst->rank),
           hint,
           diagnostics);
}

void check_definite(const LabelledMatrix& block,
                    const Catalogue& catalogue,
                    Diagnostics& diagnostics)
{
    const auto n = static_cast<Eigen::Index>(block.labels.size());
    const Eigen::MatrixXd matrix =
        Eigen::Map<const Eigen::MatrixXd>(block.correlation.data(), n, n);
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(
        matrix, Eigen::EigenvaluesOnly);
    if (solver.eigenvalues()(0) <= smallest_eigenvalue) {
        report_indefinite(block, matrix, catalogue, diagnostics);
    }
}

const std::vector<std::string>& factor_parameters()
{
    static const std::vector<std::string> names = {"capex_2020",
                                                   "opex_non_energy",
                                                   "feedstock_cost",
                                                   "lifetime",
                                                   "energy_input",
                                                   "process_ghg",
                                                   "capture_rate",
                                                   "diffusion_rate",
                                                   "availability_year",
                                                   "seed_share",
                                                   "max_share_2050"};
    return names;
}

}  // namespace

void check_correlation_links(const Catalogue& catalogue,
                             Diagnostics& diagnostics)
{
    check_pairs(catalogue, diagnostics);
    std::vector<std::string> seen;
    const auto check_parameter = [&](const NameAt& name) {
        check_known(
            name, "parameter", name.name, factor_parameters(), diagnostics);
        if (std::find(seen.begin(), seen.end(), name.name) != seen.end()) {
            report(name,
                   fmt::format("gives `{}` a second factor", name.name),
                   "an input leans on one factor",
                   diagnostics);
        }
        seen.push_back(name.name);
    };
    for (const SharedFactor& shared : catalogue.shared_factors) {
        check_parameter(shared.parameter);
    }
    for (const NewcomerFactor& newcomer : catalogue.newcomer_factors) {
        check_parameter(newcomer.parameter);
        check_label(newcomer.factor, catalogue, diagnostics);
    }
    for (const LabelledMatrix& block :
         connected_blocks(catalogue.correlation_pairs)) {
        check_definite(block, catalogue, diagnostics);
    }
}

}  // namespace hepta::config
