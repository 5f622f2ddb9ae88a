#include "draw_rows.hpp"
#include "example_spec.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<long> n_allocations = 0;

}  // namespace

// Replaces the allocation of this whole test program, to count it. Not inline:
// GCC 12 would see a plain free() of what `new` made.
[[gnu::noinline]] void* operator new(std::size_t size)
{
    ++n_allocations;
    if (void* p = std::malloc(size == 0 ? 1 : size)) {
        return p;
    }
    throw std::bad_alloc();
}
[[gnu::noinline]] void* operator new(std::size_t size,
                                     const std::nothrow_t&) noexcept
{
    ++n_allocations;
    return std::malloc(size == 0 ? 1 : size);
}
[[gnu::noinline]] void operator delete(void* p) noexcept
{
    std::free(p);
}
[[gnu::noinline]] void operator delete(void* p, std::size_t) noexcept
{
    std::free(p);
}

namespace hepta::sampling {
namespace {

void expect_no_allocation(const SamplerPlan& plan, InstructionSet set)
{
    const Design design(example_spec(), 3, set, plan);
    Tile inputs(design.spec().n_rows);
    Design::Workspace workspace = design.make_workspace();
    const long before = n_allocations;
    ASSERT_GT(before, 0);

    for (std::uint64_t s = 0; s < 10 * tile_lanes; s += tile_lanes) {
        design.draw(s, inputs, workspace);
    }

    EXPECT_EQ(n_allocations, before);
}

TEST(Design, DrawsWithoutAllocating)
{
    SamplerPlan plan;
    plan.n_samples = 1000;
    plan.tilts = {{"block/0", 0.5}};
    for (const InstructionSet set : supported_sets()) {
        for (const SamplerKind kind :
             {SamplerKind::mc, SamplerKind::sobol, SamplerKind::lhs}) {
            plan.kind = kind;
            expect_no_allocation(plan, set);
        }
    }
}

}  // namespace
}  // namespace hepta::sampling
