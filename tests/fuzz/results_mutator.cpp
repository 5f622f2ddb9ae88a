/// \file
/// Damages a result file: bytes, fields of HDF5's structures, or an item of
/// the tree that it holds. What is no result file becomes one first.
#include "random.hpp"
#include "small_result.hpp"
#include "tree_mutator.hpp"

#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace {

using hepta::fuzz::Random;

constexpr std::string_view signatures[] = {"\x89HDF",
                                           "GCOL",
                                           "TREE",
                                           "SNOD",
                                           "HEAP",
                                           "OHDR",
                                           "OCHK",
                                           "FRHP",
                                           "FHDB",
                                           "FHIB",
                                           "BTHD",
                                           "BTLF",
                                           "BTIN"};

std::vector<std::size_t> places_of(std::string_view bytes,
                                   std::string_view wanted)
{
    std::vector<std::size_t> places;
    for (std::size_t at = bytes.find(wanted); at != std::string_view::npos;
         at = bytes.find(wanted, at + 1)) {
        places.push_back(at);
    }
    return places;
}

std::uint64_t number_at(std::string_view bytes, std::size_t at)
{
    std::uint64_t number = 0;
    std::memcpy(
        &number, bytes.data() + at, std::min(bytes.size() - at, sizeof number));
    return number;
}

/// The header of an object in a global heap.
std::size_t some_heap_object(std::string_view bytes, Random& random)
{
    const std::vector<std::size_t> heaps = places_of(bytes, "GCOL");
    if (heaps.empty()) {
        return random.below(bytes.size());
    }
    const std::size_t heap = random.one_of(heaps);
    std::vector<std::size_t> objects;
    for (std::size_t at = heap + 16; at + 16 < bytes.size();) {
        objects.push_back(at);
        const std::uint64_t n = number_at(bytes, at + 8);
        if ((number_at(bytes, at) & 0xFFFF) == 0 || n > bytes.size()) {
            break;
        }
        at += 16 + (n + 7) / 8 * 8;
    }
    return objects.empty() ? heap : random.one_of(objects);
}

/// One of the references to an object in a global heap.
std::size_t some_heap_reference(std::string_view bytes, Random& random)
{
    const std::vector<std::size_t> heaps = places_of(bytes, "GCOL");
    if (heaps.empty()) {
        return random.below(bytes.size());
    }
    const std::uint64_t heap = random.one_of(heaps);
    const std::string address(reinterpret_cast<const char*>(&heap),
                              sizeof heap);
    const std::vector<std::size_t> places = places_of(bytes, address);
    return places.empty() ? heap
                          : std::max<std::size_t>(random.one_of(places), 4) - 4;
}

/// Where a field may begin: in a structure, a heap, a reference, or anywhere.
std::size_t some_field(std::string_view bytes, Random& random)
{
    switch (random.below(4)) {
        case 0:
            return some_heap_object(bytes, random) + 2 * random.below(8);
        case 1:
            return some_heap_reference(bytes, random) + 4 * random.below(4);
        case 2: {
            const auto places = places_of(bytes, random.one_of(signatures));
            return places.empty() ? random.below(bytes.size())
                                  : random.one_of(places) + random.below(64);
        }
        default:
            return random.below(bytes.size());
    }
}

std::uint64_t some_extreme(std::uint64_t old, Random& random)
{
    const std::uint64_t extremes[] = {
        0,
        1,
        old + 1,
        old - 1,
        old + 8,
        old * 2,
        old ^ (std::uint64_t{1} << random.below(64)),
        0x7F,
        0xFF,
        0x7FFF,
        0xFFFF,
        0x7FFFFFFF,
        0x80000000,
        0xFFFFFFFF,
        0x7FFFFFFFFFFFFFFF,
        0xFFFFFFFFFFFFFFFF};
    return random.one_of(extremes);
}

void change_field(std::string& bytes, Random& random)
{
    const std::size_t at = some_field(bytes, random);
    if (at >= bytes.size()) {
        return;
    }
    const std::uint64_t value = some_extreme(number_at(bytes, at), random);
    const std::size_t n =
        std::min(std::size_t{1} << random.below(4), bytes.size() - at);
    std::memcpy(bytes.data() + at, &value, n);
}

void change_run(std::string& bytes, Random& random)
{
    constexpr char fills[] = {'\0', '\1', '\x7F', '\xFF'};
    const std::size_t at = random.below(bytes.size());
    const std::size_t n = std::size_t{1} << random.below(13);
    const auto begin = bytes.begin() + static_cast<std::ptrdiff_t>(at);
    std::fill_n(begin, std::min(n, bytes.size() - at), random.one_of(fills));
}

void change_bytes(std::string& bytes, Random& random)
{
    for (std::size_t n = 1 + random.below(8); n > 0; --n) {
        bytes[random.below(bytes.size())] = static_cast<char>(random.next());
    }
}

void change(std::string& bytes, Random& random)
{
    switch (random.below(10)) {
        case 0:
            bytes.resize(1 + random.below(bytes.size()));
            return;
        case 1:
            change_bytes(bytes, random);
            return;
        case 2:
            change_run(bytes, random);
            return;
        case 3:
            // writes a whole file, which takes as long as reading ten
            hepta::fuzz::change_tree(bytes, random);
            return;
        default:
            change_field(bytes, random);
    }
}

}  // namespace

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data,
                                               std::size_t size,
                                               std::size_t max_size,
                                               unsigned seed)
{
    constexpr std::size_t least_bytes = 1000;
    Random random(seed);
    std::string bytes(reinterpret_cast<const char*>(data), size);
    if (bytes.size() < least_bytes) {
        const auto& good = hepta::fuzz::good_result();
        bytes.assign(good.begin(), good.end());
    }
    change(bytes, random);
    bytes.resize(std::min(bytes.size(), max_size));
    std::copy(bytes.begin(), bytes.end(), data);
    return bytes.size();
}
