#include "hepta/parallel/communicator.hpp"

#include "mpi_call.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <utility>

namespace hepta::parallel {
namespace {

// Counts are ints in MPI 3, and a reduction needs a buffer of one piece.
constexpr std::size_t piece_items = std::size_t{1} << 22;
constexpr std::size_t piece_bytes = std::size_t{1} << 28;
constexpr int gather_tag = 1;

MPI_Comm handle(void* comm)
{
    return *static_cast<MPI_Comm*>(comm);
}

bool is_running()
{
    int is_started = 0;
    int is_ended = 0;
    MPI_Initialized(&is_started);
    MPI_Finalized(&is_ended);
    return is_started != 0 && is_ended == 0;
}

/// Calls `body(begin, count)` for consecutive pieces of [0, n).
template <class Body>
void for_each_piece(std::size_t n, std::size_t piece, const Body& body)
{
    for (std::size_t begin = 0; begin < n; begin += piece) {
        body(begin, static_cast<int>(std::min(piece, n - begin)));
    }
}

template <class T>
void reduce_to_root(const Communicator& world,
                    MPI_Comm comm,
                    std::span<T> values,
                    MPI_Datatype type,
                    MPI_Op operation)
{
    for_each_piece(values.size(), piece_items, [&](std::size_t begin, int n) {
        T* piece = values.data() + begin;
        require(
            world.is_root()
                ? MPI_Reduce(MPI_IN_PLACE, piece, n, type, operation, 0, comm)
                : MPI_Reduce(piece, nullptr, n, type, operation, 0, comm),
            "MPI_Reduce");
    });
}

std::uint64_t reduce_to_all(MPI_Comm comm,
                            std::uint64_t value,
                            MPI_Op operation)
{
    std::uint64_t result = 0;
    require(MPI_Allreduce(&value, &result, 1, MPI_UINT64_T, operation, comm),
            "MPI_Allreduce");
    return result;
}

}  // namespace

Communicator Communicator::world()
{
    Communicator world;
    if (!is_running()) {
        return world;
    }
    auto comm = std::make_unique<MPI_Comm>(MPI_COMM_NULL);
    require(MPI_Comm_dup(MPI_COMM_WORLD, comm.get()), "MPI_Comm_dup");
    require(MPI_Comm_set_errhandler(*comm, MPI_ERRORS_RETURN),
            "MPI_Comm_set_errhandler");
    require(MPI_Comm_rank(*comm, &world.rank_), "MPI_Comm_rank");
    require(MPI_Comm_size(*comm, &world.size_), "MPI_Comm_size");
    world.comm_ = comm.release();
    return world;
}

Communicator::~Communicator()
{
    if (comm_ == nullptr) {
        return;
    }
    if (is_running()) {
        MPI_Comm_free(static_cast<MPI_Comm*>(comm_));
    }
    delete static_cast<MPI_Comm*>(comm_);
}

Communicator::Communicator(Communicator&& other) noexcept
    : comm_(std::exchange(other.comm_, nullptr)),
      rank_(std::exchange(other.rank_, 0)),
      size_(std::exchange(other.size_, 1))
{
}

Communicator& Communicator::operator=(Communicator&& other) noexcept
{
    std::swap(comm_, other.comm_);
    std::swap(rank_, other.rank_);
    std::swap(size_, other.size_);
    return *this;
}

void Communicator::sum_to_root(std::span<std::uint64_t> values) const
{
    if (comm_ != nullptr) {
        reduce_to_root(*this, handle(comm_), values, MPI_UINT64_T, MPI_SUM);
    }
}

void Communicator::sum_to_root(std::span<std::int64_t> values) const
{
    if (comm_ != nullptr) {
        reduce_to_root(*this, handle(comm_), values, MPI_INT64_T, MPI_SUM);
    }
}

void Communicator::minimum_to_root(std::span<double> values) const
{
    if (comm_ != nullptr) {
        reduce_to_root(*this, handle(comm_), values, MPI_DOUBLE, MPI_MIN);
    }
}

void Communicator::maximum_to_root(std::span<double> values) const
{
    if (comm_ != nullptr) {
        reduce_to_root(*this, handle(comm_), values, MPI_DOUBLE, MPI_MAX);
    }
}

std::uint64_t Communicator::sum(std::uint64_t value) const
{
    return comm_ == nullptr ? value
                            : reduce_to_all(handle(comm_), value, MPI_SUM);
}

std::uint64_t Communicator::maximum(std::uint64_t value) const
{
    return comm_ == nullptr ? value
                            : reduce_to_all(handle(comm_), value, MPI_MAX);
}

void Communicator::broadcast(std::string& bytes) const
{
    if (comm_ == nullptr) {
        return;
    }
    std::uint64_t size = bytes.size();
    require(MPI_Bcast(&size, 1, MPI_UINT64_T, 0, handle(comm_)), "MPI_Bcast");
    bytes.resize(size);
    for_each_piece(size, piece_bytes, [&](std::size_t begin, int n) {
        require(MPI_Bcast(bytes.data() + begin, n, MPI_BYTE, 0, handle(comm_)),
                "MPI_Bcast");
    });
}

std::vector<std::string> Communicator::gather(const std::string& bytes) const
{
    if (comm_ == nullptr) {
        return {bytes};
    }
    const std::uint64_t own_size = bytes.size();
    std::vector<std::uint64_t> sizes(is_root() ? static_cast<std::size_t>(size_)
                                               : 0);
    require(MPI_Gather(&own_size,
                       1,
                       MPI_UINT64_T,
                       sizes.data(),
                       1,
                       MPI_UINT64_T,
                       0,
                       handle(comm_)),
            "MPI_Gather");
    if (!is_root()) {
        for_each_piece(own_size, piece_bytes, [&](std::size_t begin, int n) {
            require(MPI_Send(bytes.data() + begin,
                             n,
                             MPI_BYTE,
                             0,
                             gather_tag,
                             handle(comm_)),
                    "MPI_Send");
        });
        return {};
    }
    std::vector<std::string> all = {bytes};
    for (int sender = 1; sender < size_; ++sender) {
        std::string& theirs =
            all.emplace_back(sizes[static_cast<std::size_t>(sender)], '\0');
        for_each_piece(
            theirs.size(), piece_bytes, [&](std::size_t begin, int n) {
                require(MPI_Recv(theirs.data() + begin,
                                 n,
                                 MPI_BYTE,
                                 sender,
                                 gather_tag,
                                 handle(comm_),
                                 MPI_STATUS_IGNORE),
                        "MPI_Recv");
            });
    }
    return all;
}

void Communicator::barrier() const
{
    if (comm_ != nullptr) {
        require(MPI_Barrier(handle(comm_)), "MPI_Barrier");
    }
}

void Communicator::abort(int exit_code) const noexcept
{
    std::fflush(nullptr);
    if (comm_ != nullptr) {
        MPI_Abort(handle(comm_), exit_code);
    }
    std::_Exit(exit_code);
}

std::string mpi_library_version()
{
    std::string version(MPI_MAX_LIBRARY_VERSION_STRING, '\0');
    int length = 0;
    require(MPI_Get_library_version(version.data(), &length),
            "MPI_Get_library_version");
    version.resize(static_cast<std::size_t>(length));
    version.resize(std::min(version.size(), version.find('\n')));
    version.resize(version.find_last_not_of(std::string("\0 ", 2)) + 1);
    return version;
}

}  // namespace hepta::parallel
