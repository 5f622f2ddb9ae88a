#include "hepta/parallel/agreement.hpp"

#include "mpi_call.hpp"

namespace hepta::parallel {

struct Agreement::Round
{
    MPI_Comm comm = MPI_COMM_NULL;
    MPI_Request request = MPI_REQUEST_NULL;
    std::uint64_t proposed = 0;
    std::uint64_t agreed = 0;
};

Agreement::Agreement(const Communicator& comm)
    : round_(std::make_unique<Round>())
{
    if (comm.comm_ != nullptr) {
        round_->comm = *static_cast<MPI_Comm*>(comm.comm_);
    }
}

Agreement::~Agreement() = default;

void Agreement::propose(std::uint64_t value)
{
    round_->proposed = value;
    round_->agreed = value;
    if (round_->comm != MPI_COMM_NULL) {
        require(MPI_Iallreduce(&round_->proposed,
                               &round_->agreed,
                               1,
                               MPI_UINT64_T,
                               MPI_MAX,
                               round_->comm,
                               &round_->request),
                "MPI_Iallreduce");
    }
}

std::uint64_t Agreement::conclude()
{
    if (round_->comm != MPI_COMM_NULL) {
        require(MPI_Wait(&round_->request, MPI_STATUS_IGNORE), "MPI_Wait");
    }
    return round_->agreed;
}

}  // namespace hepta::parallel
