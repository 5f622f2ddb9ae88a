#include "counted_cell.hpp"
#include "nist_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

namespace hepta::statistics {
namespace {

/// A data set with what NIST certifies of it.
struct DataSet
{
    std::string name;
    std::vector<double> values;
    double mean, standard_deviation, autocorrelation;
};

std::vector<double> in_units(const std::vector<int>& values, double unit)
{
    std::vector<double> result;
    for (const int x : values) {
        result.push_back(x / unit);
    }
    return result;
}

const std::vector<DataSet>& data_sets()
{
    static const std::vector<DataSet> sets = {
        {"Lew",
         in_units(nist::lew, 1.0),
         -177.435,
         277.332168044316,
         -0.307304800605679},
        {"Lottery",
         in_units(nist::lottery, 1.0),
         518.958715596330,
         291.699727470969,
         -0.120948622967393},
        {"Mavro",
         in_units(nist::mavro, 1e5),
         2.001856,
         0.000429123454003053,
         0.937989183438248},
        {"Michelso",
         in_units(nist::michelso, 100.0),
         299.8524,
         0.0790105478190518,
         0.535199668621283},
    };
    return sets;
}

double n_digits(double found, double certified)
{
    return -std::log10(std::max(std::abs(found / certified - 1.0), 1e-16));
}

// NumAcc1 to 4 are in moments_test. PiDigits is not here: the digits of pi,
// computed, have a mean of 4.5358, and the certified one is 4.5348.
TEST(Nist, MeansAndStandardDeviationsHaveNineDigits)
{
    for (const DataSet& set : data_sets()) {
        const CountedCell cell =
            count_values(plan_of_first(set.values), set.values);
        const Moments found = moments(cell.plan, cell.counts, cell.sums);

        EXPECT_EQ(found.n, set.values.size()) << set.name;
        EXPECT_GT(n_digits(found.mean, set.mean), 13.0) << set.name;
        EXPECT_GT(n_digits(found.standard_deviation, set.standard_deviation),
                  9.0)
            << set.name;
    }
}

// The certified autocorrelations depend on the order: no number is wrong, none
// in the wrong place.
TEST(Nist, DataAreThoseThatAreCertified)
{
    for (const DataSet& set : data_sets()) {
        long double squares = 0, products = 0;
        const long double mean = set.mean;
        for (std::size_t i = 0; i < set.values.size(); ++i) {
            squares += (set.values[i] - mean) * (set.values[i] - mean);
            if (i > 0) {
                products += (set.values[i - 1] - mean) * (set.values[i] - mean);
            }
        }
        EXPECT_GT(n_digits(static_cast<double>(products / squares),
                           set.autocorrelation),
                  9.0)
            << set.name;
    }
}

}  // namespace
}  // namespace hepta::statistics
