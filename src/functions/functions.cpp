#include "hepta/functions/functions.hpp"

#include "catalogue.hpp"
#include "hepta/core/error.hpp"
#include "kernel.hpp"

#include <algorithm>
#include <cassert>

namespace hepta::functions {
namespace {

std::vector<TestFunction> make_all()
{
    std::vector<TestFunction> functions;
    for (auto part : {closed_forms(), engineering(), tails()}) {
        for (TestFunction& function : part) {
            functions.push_back(std::move(function));
        }
    }
    return functions;
}

}  // namespace

void TestFunction::evaluate(InstructionSet set,
                            const Tile& tile,
                            double* out) const
{
    assert(tile.n_rows() >= inputs.size());
    const KernelCall call{
        form, constants.data(), inputs.size(), tile.data(), out};
    if (set == InstructionSet::avx512) {
        avx512::evaluate(call);
    } else {
        avx2::evaluate(call);
    }
}

sampling::DesignSpec TestFunction::design() const
{
    sampling::DesignSpec spec;
    spec.inputs = inputs;
    spec.n_rows = static_cast<std::uint32_t>(inputs.size());
    if (!correlation.empty()) {
        sampling::CorrelatedBlock block;
        for (const sampling::Input& input : inputs) {
            block.members.push_back(input.name);
        }
        block.correlation = correlation;
        spec.blocks.push_back(std::move(block));
    }
    return spec;
}

const Reference* TestFunction::find(std::string_view quantity) const
{
    const auto found = std::find_if(
        references.begin(), references.end(), [&](const Reference& r) {
            return r.quantity == quantity;
        });
    return found == references.end() ? nullptr : &*found;
}

std::span<const TestFunction> all()
{
    static const std::vector<TestFunction> functions = make_all();
    return functions;
}

const TestFunction& find(std::string_view name)
{
    std::string known;
    for (const TestFunction& function : all()) {
        if (function.name == name) {
            return function;
        }
        known += (known.empty() ? "" : ", ") + function.name;
    }
    throw InputError("there is no test function '" + std::string(name) +
                     "'\n  hint: there are " + known);
}

}  // namespace hepta::functions
