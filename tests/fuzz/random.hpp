/// \file
/// Random numbers of the fuzzing: the same on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>

namespace hepta::fuzz {

/// SplitMix64 (Steele, Lea and Flood, 2014).
class Random
{
  public:
    explicit Random(std::uint64_t seed) : state_(seed) {}

    std::uint64_t next()
    {
        std::uint64_t z = state_ += 0x9E3779B97F4A7C15U;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9U;
        z = (z ^ z >> 27) * 0x94D049BB133111EBU;
        return z ^ z >> 31;
    }
    /// A number below `n`; 0 if `n` is 0.
    std::size_t below(std::size_t n) { return n == 0 ? 0 : next() % n; }

    template <class List>
    const auto& one_of(const List& list)
    {
        return *(std::begin(list) +
                 static_cast<std::ptrdiff_t>(below(std::size(list))));
    }

  private:
    std::uint64_t state_;
};

}  // namespace hepta::fuzz
