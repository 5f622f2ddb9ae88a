find_package(GTest REQUIRED)
include(GoogleTest)

# hepta_add_test(<name> SOURCES <file>... [LINK <target>...] [LABELS ...])
#   One executable of GoogleTest cases, each a CTest entry.
function(hepta_add_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LINK;LABELS")
  add_executable(test_${name} ${arg_SOURCES})
  target_include_directories(test_${name} PRIVATE
    ${CMAKE_SOURCE_DIR}/tests ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(test_${name} PRIVATE
    ${arg_LINK} hepta_options GTest::gtest_main)
  target_compile_definitions(test_${name} PRIVATE
    HEPTA_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # What they test is compiled elsewhere: cases need to compile fast.
  # There GCC 12 takes the halves of a joined string for overlong copies.
  target_compile_options(test_${name} PRIVATE
    $<$<CONFIG:Release>:-O1;-Wno-array-bounds;-Wno-stringop-overflow>)
  target_precompile_headers(test_${name} PRIVATE <gtest/gtest.h>)
  gtest_discover_tests(test_${name}
    PROPERTIES LABELS "${arg_LABELS}" TIMEOUT 600
    DISCOVERY_TIMEOUT 60)
endfunction()
