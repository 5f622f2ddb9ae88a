# hepta_add_kernels(<target> <source>...)
#   Compiles each source twice into <target>: for AVX2 and FMA, and for
#   AVX-512. HEPTA_ISA names the namespace of the set inside the source. The
#   choice between them is made at run time (core/instruction_set).
function(hepta_add_kernels target)
  foreach(isa IN ITEMS avx2 avx512)
    set(objects ${target}_kernels_${isa})
    add_library(${objects} OBJECT ${ARGN})
    target_compile_definitions(${objects} PRIVATE HEPTA_ISA=${isa})
    target_compile_options(${objects} PRIVATE ${HEPTA_FLAGS_${isa}})
    target_include_directories(${objects} PRIVATE
      $<TARGET_PROPERTY:${target},INCLUDE_DIRECTORIES>)
    target_link_libraries(${objects} PRIVATE hepta_options)
    target_sources(${target} PRIVATE $<TARGET_OBJECTS:${objects}>)
  endforeach()
endfunction()

set(HEPTA_FLAGS_avx2 -mavx2 -mfma)
# GCC 12 warns inside its own AVX-512 header of the undefined register that
# the intrinsics pass on purpose (GCC bug 105593).
set(HEPTA_FLAGS_avx512
  -mavx512f -mavx512dq -mavx512vl -mavx512bw -mfma
  -mprefer-vector-width=512 -Wno-uninitialized
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
