#include "hepta/core/version.hpp"

#include "hepta_build_info.hpp"

namespace hepta {

BuildInfo build_info()
{
    return {HEPTA_VERSION,
            HEPTA_GIT_REVISION,
            HEPTA_COMPILER,
            HEPTA_BUILD_TYPE,
            HEPTA_LIBRARIES};
}

}  // namespace hepta
