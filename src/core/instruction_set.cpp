#include "hepta/core/instruction_set.hpp"

#include "hepta/core/error.hpp"

#include <string>

namespace hepta {
namespace {

bool supports_avx2()
{
    return __builtin_cpu_supports("avx2") != 0 &&
           __builtin_cpu_supports("fma") != 0;
}

bool supports_avx512()
{
    return supports_avx2() && __builtin_cpu_supports("avx512f") != 0 &&
           __builtin_cpu_supports("avx512dq") != 0 &&
           __builtin_cpu_supports("avx512vl") != 0 &&
           __builtin_cpu_supports("avx512bw") != 0;
}

}  // namespace

InstructionSet detect_instruction_set()
{
    if (!supports_avx2()) {
        throw SystemError(
            "this processor lacks AVX2 or FMA, which hepta needs\n"
            "  hint: any x86-64 processor since 2013 (Intel Haswell, AMD "
            "Excavator) has both; in a virtual machine, expose the host's "
            "processor features");
    }
    return supports_avx512() ? InstructionSet::avx512 : InstructionSet::avx2;
}

InstructionSet choose_instruction_set(std::string_view request)
{
    const InstructionSet widest = detect_instruction_set();
    if (request.empty()) {
        return widest;
    }
    if (request == "avx2") {
        return InstructionSet::avx2;
    }
    if (request != "avx512") {
        throw InputError("HEPTA_INSTRUCTION_SET: '" + std::string(request) +
                         "' is not known\n  hint: avx2 or avx512");
    }
    if (widest != InstructionSet::avx512) {
        throw SystemError(
            "HEPTA_INSTRUCTION_SET: this processor has no AVX-512");
    }
    return InstructionSet::avx512;
}

std::string_view to_string(InstructionSet set) noexcept
{
    return set == InstructionSet::avx512 ? "avx512" : "avx2";
}

}  // namespace hepta
