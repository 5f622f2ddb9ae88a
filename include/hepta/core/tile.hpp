/// \file
/// The unit of vector work: a tile of samples in structure-of-arrays form.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <span>

namespace hepta {

/// Samples in a tile. A tile is a matrix [row][lane] of doubles: a row is one
/// quantity, a lane is one sample, lanes are contiguous. Lane i of the tile
/// that starts at sample s (a multiple of `tile_lanes`) is sample s + i. No
/// result depends on the other lanes of a tile, nor on this number.
inline constexpr std::size_t tile_lanes = 32;

/// Alignment of every row, bytes: one AVX-512 register, one cache line.
inline constexpr std::size_t row_alignment = 64;

/// Aligned memory that `std::free` releases; large arrays are asked to be in
/// huge pages, which strided access needs.
/// \throws std::bad_alloc
[[nodiscard]] void* allocate_aligned(std::size_t n_bytes);

/// Set memory that allocate_aligned() gave to 0. What whole pages hold is given
/// back to the system until it is written again.
void zero_and_release(void* begin, std::size_t n_bytes) noexcept;

/// Owner of an aligned, zero-initialised array.
template <class T>
class AlignedArray
{
  public:
    AlignedArray() = default;
    explicit AlignedArray(std::size_t n);

    [[nodiscard]] T* data() noexcept { return data_.get(); }
    [[nodiscard]] const T* data() const noexcept { return data_.get(); }
    [[nodiscard]] std::size_t size() const noexcept { return n_; }
    [[nodiscard]] std::span<T> span() noexcept { return {data(), n_}; }
    [[nodiscard]] std::span<const T> span() const noexcept
    {
        return {data(), n_};
    }
    [[nodiscard]] T& operator[](std::size_t i) noexcept { return data()[i]; }
    [[nodiscard]] const T& operator[](std::size_t i) const noexcept
    {
        return data()[i];
    }

  private:
    struct Free
    {
        void operator()(T* p) const noexcept { std::free(p); }
    };
    std::unique_ptr<T[], Free> data_;
    std::size_t n_ = 0;
};

template <class T>
AlignedArray<T>::AlignedArray(std::size_t n) : n_(n)
{
    void* p = allocate_aligned(n * sizeof(T));
    data_.reset(static_cast<T*>(p));
    std::uninitialized_value_construct_n(data_.get(), n);
}

/// An aligned matrix [row][lane] with `tile_lanes` lanes.
class Tile
{
  public:
    Tile() = default;
    explicit Tile(std::size_t n_rows) : values_(n_rows * tile_lanes) {}

    [[nodiscard]] double* row(std::size_t r) noexcept
    {
        return values_.data() + r * tile_lanes;
    }
    [[nodiscard]] const double* row(std::size_t r) const noexcept
    {
        return values_.data() + r * tile_lanes;
    }
    [[nodiscard]] double* data() noexcept { return values_.data(); }
    [[nodiscard]] const double* data() const noexcept { return values_.data(); }
    [[nodiscard]] std::size_t n_rows() const noexcept
    {
        return values_.size() / tile_lanes;
    }

  private:
    AlignedArray<double> values_;
};

}  // namespace hepta
