# What `hepta --version` says of the build. The revision is read when CMake
# configures, and again whenever HEAD moves.
set(HEPTA_GIT_REVISION "unknown")
find_package(Git QUIET)
if(GIT_FOUND AND EXISTS ${CMAKE_SOURCE_DIR}/.git)
  execute_process(
    COMMAND ${GIT_EXECUTABLE} describe --always --dirty --abbrev=12
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    OUTPUT_VARIABLE git_revision OUTPUT_STRIP_TRAILING_WHITESPACE
    ERROR_QUIET RESULT_VARIABLE git_failed)
  if(NOT git_failed)
    set(HEPTA_GIT_REVISION ${git_revision})
  endif()
  if(EXISTS ${CMAKE_SOURCE_DIR}/.git/logs/HEAD)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS
      ${CMAKE_SOURCE_DIR}/.git/logs/HEAD)
  endif()
endif()
configure_file(cmake/hepta_build_info.hpp.in
  ${CMAKE_BINARY_DIR}/generated/hepta_build_info.hpp @ONLY)
