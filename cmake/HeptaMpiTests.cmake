# Environment of every test that calls mpirun: it may be root's, in a
# container, with fewer processors than ranks.
set(HEPTA_MPI_ENVIRONMENT
  OMPI_ALLOW_RUN_AS_ROOT=1
  OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
  OMPI_MCA_rmaps_base_oversubscribe=1
  OMPI_MCA_mpi_yield_when_idle=1
  OMPI_MCA_hwloc_base_binding_policy=none
  OMP_NUM_THREADS=1
  # Open MPI 4.1 leaks 3,000 times a rank, mostly in plugins that it has closed
  # at the end: they have no name any more by which to suppress them.
  ASAN_OPTIONS=detect_leaks=0)

add_library(hepta_mpi_test_main STATIC
  ${CMAKE_SOURCE_DIR}/tests/support/mpi_test_main.cpp)
target_include_directories(hepta_mpi_test_main PUBLIC ${CMAKE_SOURCE_DIR}/tests)
target_link_libraries(hepta_mpi_test_main
  PUBLIC hepta_parallel GTest::gtest PRIVATE hepta_options)

# hepta_add_mpi_test(<name> SOURCES <file>... [LINK <target>...]
#                    RANKS <n>... [LABELS ...])
#   One executable of GoogleTest cases that all ranks run together, and a CTest
#   entry for each number of ranks. support/mpi_test.hpp gives the cases their
#   communicator.
function(hepta_add_mpi_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;RANKS;LABELS")
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE
    ${arg_LINK} hepta_mpi_test_main hepta_options)
  foreach(ranks IN LISTS arg_RANKS)
    add_test(NAME ${name}_${ranks}_ranks
      COMMAND ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${ranks}
              ${MPIEXEC_PREFLAGS} $<TARGET_FILE:test_${name}>)
    set_tests_properties(${name}_${ranks}_ranks PROPERTIES
      ENVIRONMENT "${HEPTA_MPI_ENVIRONMENT};HEPTA_TEST_RANKS=${ranks}"
      LABELS "mpi;${arg_LABELS}"
      PROCESSORS ${ranks} TIMEOUT 60)
  endforeach()
endfunction()

# hepta_add_job_end_test(<name> RANKS <n> COMMAND <target> [<argument>...]
#                        EXIT_CODE <code> [MESSAGE <text>])
#   Runs the target under mpirun (without it if RANKS is 0) and asks for this
#   exit code within 20 seconds, and this text on stderr exactly once.
function(hepta_add_job_end_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg
    "" "RANKS;EXIT_CODE;MESSAGE" "COMMAND")
  list(POP_FRONT arg_COMMAND target)
  set(launcher "")
  if(arg_RANKS GREATER 0)
    set(launcher ${MPIEXEC_EXECUTABLE} ${MPIEXEC_NUMPROC_FLAG} ${arg_RANKS}
      ${MPIEXEC_PREFLAGS})
  endif()
  add_test(NAME ${name}
    COMMAND ${CMAKE_COMMAND}
      -DEXIT_CODE=${arg_EXIT_CODE} -DMESSAGE=${arg_MESSAGE}
      -P ${CMAKE_SOURCE_DIR}/tests/support/check_job_end.cmake
      -- ${launcher} $<TARGET_FILE:${target}> ${arg_COMMAND})
  set_tests_properties(${name} PROPERTIES
    ENVIRONMENT "${HEPTA_MPI_ENVIRONMENT}" LABELS mpi TIMEOUT 60)
endfunction()
