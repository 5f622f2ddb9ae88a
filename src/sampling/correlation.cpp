#include "correlation.hpp"

#include "hepta/core/error.hpp"

#include <Eigen/Cholesky>
#include <Eigen/Core>

#include <cmath>
#include <cstddef>
#include <sstream>

namespace hepta::sampling {
namespace {

// A member that the ones before it explain up to this variance has no draw of
// its own left.
constexpr double smallest_variance = 1e-12;

using Matrix =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
using Index = Eigen::Index;

[[noreturn]] void reject(const CorrelatedBlock& block,
                         std::size_t i,
                         std::size_t j,
                         const std::string& problem)
{
    const double r = block.correlation[i * block.members.size() + j];
    std::ostringstream text;
    text << "correlation of '" << block.members[j] << "' and '"
         << block.members[i] << "': " << r << ' ' << problem;
    throw InputError(text.str());
}

void check_entries(const CorrelatedBlock& block)
{
    const std::size_t n = block.members.size();
    if (n == 0 || block.correlation.size() != n * n) {
        std::ostringstream text;
        text << "correlated block";
        if (n > 0) {
            text << " of '" << block.members[0] << "' and " << n - 1 << " more";
        }
        text << ": has " << block.correlation.size() << " correlations, needs "
             << n * n;
        throw InputError(text.str());
    }
    const double* r = block.correlation.data();
    for (std::size_t i = 0; i < n; ++i) {
        if (!(std::abs(r[i * n + i] - 1.0) < 1e-12)) {
            reject(block, i, i, "is not 1");
        }
        for (std::size_t j = 0; j < i; ++j) {
            if (!(std::abs(r[i * n + j] - r[j * n + i]) < 1e-12)) {
                std::ostringstream problem;
                problem << "differs from " << r[j * n + i]
                        << ", the same the other way round";
                reject(block, i, j, problem.str());
            }
            if (!(std::abs(r[i * n + j]) < 1.0)) {
                reject(block, i, j, "is outside (-1, 1)");
            }
        }
    }
}

/// Values of the correlation of members i and j that the other members up to
/// i allow.
struct Allowed
{
    double middle = 0.0;
    double half_width = -1.0;  ///< none if negative
};

Allowed allowed_correlation(const Matrix& r, Index i, Index j)
{
    Matrix others(i - 1, i - 1);
    Eigen::MatrixX2d to_pair(i - 1, 2);
    for (Index a = 0; a < i - 1; ++a) {
        const Index from = a + (a >= j ? 1 : 0);
        to_pair.row(a) << r(from, j), r(from, i);
        for (Index b = 0; b < i - 1; ++b) {
            others(a, b) = r(from, b + (b >= j ? 1 : 0));
        }
    }
    const Eigen::Matrix2d explained =
        i == 1 ? Eigen::Matrix2d::Zero().eval()
               : (to_pair.transpose() * others.llt().solve(to_pair)).eval();
    const double free_j = 1.0 - explained(0, 0), free_i = 1.0 - explained(1, 1);
    if (free_i <= smallest_variance || free_j <= smallest_variance) {
        return {};
    }
    return {explained(0, 1), std::sqrt(free_i * free_j)};
}

/// Member i cannot follow the ones before it: name the pair (i, j) that is
/// furthest outside what the others allow.
[[noreturn]] void reject_member(const CorrelatedBlock& block, std::size_t i)
{
    const auto n = static_cast<Index>(block.members.size());
    const Matrix r = Eigen::Map<const Matrix>(block.correlation.data(), n, n);
    const auto row = static_cast<Index>(i);
    Allowed best;
    double worst_excess = -1.0;
    Index pair = 0;
    for (Index j = 0; j < row; ++j) {
        const Allowed allowed = allowed_correlation(r, row, j);
        const double excess =
            std::abs(r(row, j) - allowed.middle) - allowed.half_width;
        if (allowed.half_width >= 0.0 && excess > worst_excess) {
            worst_excess = excess;
            best = allowed;
            pair = j;
        }
    }
    std::ostringstream problem;
    problem << "contradicts the others of its block, which is not positive "
               "definite\n  hint: ";
    if (best.half_width >= 0.0) {
        problem << "they allow " << best.middle - best.half_width << " to "
                << best.middle + best.half_width;
    } else {
        problem << "more than one correlation of '" << block.members[i]
                << "' has to change";
    }
    reject(block, i, static_cast<std::size_t>(pair), problem.str());
}

}  // namespace

std::vector<double> factorise(const CorrelatedBlock& block)
{
    check_entries(block);
    const std::size_t n = block.members.size();
    std::vector<double> factor(n * (n + 1) / 2);
    for (std::size_t i = 0; i < n; ++i) {
        double* row = factor.data() + i * (i + 1) / 2;
        double variance = 1.0;
        for (std::size_t j = 0; j < i; ++j) {
            const double* other = factor.data() + j * (j + 1) / 2;
            double rest = block.correlation[i * n + j];
            for (std::size_t k = 0; k < j; ++k) {
                rest -= row[k] * other[k];
            }
            row[j] = rest / other[j];
            variance -= row[j] * row[j];
        }
        if (variance < smallest_variance) {
            reject_member(block, i);
        }
        row[i] = std::sqrt(variance);
    }
    return factor;
}

}  // namespace hepta::sampling
