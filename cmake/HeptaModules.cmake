set(sanitizers "")
if(HEPTA_SANITIZE STREQUAL "thread")
  # The sanitizer does not know what GCC's OpenMP runtime waits for; it asks
  # LLVM's, by the tool archer.
  if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang")
    message(FATAL_ERROR "HEPTA_SANITIZE=thread needs Clang and its OpenMP "
      "runtime\n  hint: cmake --preset tsan")
  endif()
  set(sanitizers -fsanitize=thread -fno-omit-frame-pointer)
elseif(HEPTA_SANITIZE)
  set(sanitizers -fsanitize=address,undefined
    -fno-sanitize-recover=undefined -fno-omit-frame-pointer)
endif()

# Flags that every target of the project gets. Designated initialisers leave
# members at their defaults on purpose, which GCC's -Wextra would report; its
# -Wrestrict misfires on the sum of a literal and a string (GCC bug 105651).
add_library(hepta_options INTERFACE)
target_compile_options(hepta_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  -Wno-missing-field-initializers $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  -ffp-contract=off -fno-math-errno -fno-trapping-math
  $<$<BOOL:${HEPTA_WERROR}>:-Werror>
  "$<$<BOOL:${HEPTA_COVERAGE}>:--coverage;-fprofile-update=atomic>"
  ${sanitizers})
target_link_options(hepta_options INTERFACE
  $<$<BOOL:${HEPTA_COVERAGE}>:--coverage>
  ${sanitizers})

include(HeptaKernels)

# hepta_add_module(<name> [MODULES <module>...] [DEPENDS <target>...])
#   Static library hepta_<name> of src/<name>/*.cpp. A source called
#   *.kernel.cpp is compiled once per instruction set.
function(hepta_add_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "MODULES;DEPENDS")
  set(target hepta_${name})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${name}/*.cpp)
  set(kernels ${sources})
  list(FILTER kernels INCLUDE REGEX "\\.kernel\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "\\.kernel\\.cpp$")
  add_library(${target} STATIC ${sources})
  target_include_directories(${target} PUBLIC ${CMAKE_SOURCE_DIR}/include)
  list(TRANSFORM arg_MODULES PREPEND hepta_)
  target_link_libraries(${target}
    PUBLIC ${arg_MODULES} ${arg_DEPENDS}
    PRIVATE $<BUILD_INTERFACE:hepta_options>)
  if(kernels)
    hepta_add_kernels(${target} ${kernels})
  endif()
endfunction()
