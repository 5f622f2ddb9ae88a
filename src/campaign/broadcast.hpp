/// \file
/// Arrays of plain numbers and structures between ranks.
#pragma once

#include "hepta/parallel/communicator.hpp"

#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

namespace hepta::campaign {

template <class T>
[[nodiscard]] std::string to_bytes(const std::vector<T>& items)
{
    static_assert(std::is_trivially_copyable_v<T>);
    std::string bytes(items.size() * sizeof(T), '\0');
    if (!items.empty()) {
        std::memcpy(bytes.data(), items.data(), bytes.size());
    }
    return bytes;
}

/// Append the items of `bytes` to `items`.
template <class T>
void append_bytes(const std::string& bytes, std::vector<T>& items)
{
    const std::size_t n = items.size();
    items.resize(n + bytes.size() / sizeof(T));
    if (!bytes.empty()) {
        std::memcpy(items.data() + n, bytes.data(), bytes.size());
    }
}

/// Rank 0's items on every rank.
template <class T>
[[nodiscard]] std::vector<T> broadcast(const std::vector<T>& items,
                                       const parallel::Communicator& comm)
{
    std::string bytes = comm.is_root() ? to_bytes(items) : std::string();
    comm.broadcast(bytes);
    std::vector<T> out;
    append_bytes(bytes, out);
    return out;
}

/// All ranks' items in the order of ranks, on rank 0.
template <class T>
[[nodiscard]] std::vector<T> gather(const std::vector<T>& items,
                                    const parallel::Communicator& comm)
{
    std::vector<T> out;
    for (const std::string& bytes : comm.gather(to_bytes(items))) {
        append_bytes(bytes, out);
    }
    return out;
}

}  // namespace hepta::campaign
