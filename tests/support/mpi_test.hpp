/// \file
/// GoogleTest cases that all ranks of a job run together.
#pragma once

#include "hepta/parallel/communicator.hpp"

namespace hepta::test {

/// All ranks of the job. Valid inside test cases.
[[nodiscard]] const parallel::Communicator& world();

}  // namespace hepta::test
