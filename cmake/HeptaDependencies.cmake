# Every dependency, found once. All are packages of Debian 12, whose versions are
# the oldest that are tried and so the oldest that are taken; README lists them
# and jobs/packages.txt holds their names.
if((CMAKE_CXX_COMPILER_ID STREQUAL "GNU"
    AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 12)
   OR (CMAKE_CXX_COMPILER_ID STREQUAL "Clang"
    AND CMAKE_CXX_COMPILER_VERSION VERSION_LESS 14))
  message(FATAL_ERROR "Hepta needs GCC 12 or Clang 14; ${CMAKE_CXX_COMPILER} is "
    "${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}\n"
    "  hint: -DCMAKE_CXX_COMPILER=<a newer one>")
endif()
find_package(MPI 3.1 REQUIRED COMPONENTS CXX)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(tomlplusplus 3.3 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt 9.1 REQUIRED)
find_package(CLI11 2.1 REQUIRED)

# Any HDF5 since 1.10 serves, parallel or not: results are written by rank 0
# through the serial interface. Debian has a folder for each flavour; the
# compiler wrapper that CMake asks first may fail where a path holds a space.
file(GLOB hdf5_flavours /usr/lib/${CMAKE_LIBRARY_ARCHITECTURE}/hdf5/*)
list(APPEND CMAKE_PREFIX_PATH ${hdf5_flavours})
find_package(HDF5 1.10 REQUIRED COMPONENTS C HL)
add_library(hepta_hdf5 INTERFACE)
target_include_directories(hepta_hdf5 SYSTEM INTERFACE
  ${HDF5_C_INCLUDE_DIRS})
target_link_libraries(hepta_hdf5 INTERFACE
  ${HDF5_C_HL_LIBRARIES} ${HDF5_C_LIBRARIES})
if(HDF5_IS_PARALLEL)
  target_link_libraries(hepta_hdf5 INTERFACE MPI::MPI_CXX)
endif()

find_library(SLEEF_LIBRARY sleef REQUIRED)
find_path(SLEEF_INCLUDE_DIR sleef.h REQUIRED)
add_library(sleef::sleef UNKNOWN IMPORTED)
set_target_properties(sleef::sleef PROPERTIES
  IMPORTED_LOCATION ${SLEEF_LIBRARY}
  INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${SLEEF_INCLUDE_DIR})

# SLEEF comes without a package for CMake.
file(STRINGS ${SLEEF_INCLUDE_DIR}/sleef.h sleef_version
  REGEX "define SLEEF_VERSION_(MAJOR|MINOR|PATCHLEVEL) ")
string(REGEX MATCHALL "[0-9]+" sleef_version "${sleef_version}")
list(JOIN sleef_version "." SLEEF_VERSION)
if(SLEEF_VERSION VERSION_LESS 3.5)
  message(FATAL_ERROR "Hepta needs SLEEF 3.5; ${SLEEF_INCLUDE_DIR} has "
    "${SLEEF_VERSION}\n  hint: -DSLEEF_INCLUDE_DIR, -DSLEEF_LIBRARY")
endif()

# For `hepta --version` and results. MPI and HDF5 say themselves what they are.
string(JOIN ", " HEPTA_LIBRARIES
  "Boost ${Boost_VERSION_STRING}" "CLI11 ${CLI11_VERSION}"
  "Eigen ${Eigen3_VERSION}" "fmt ${fmt_VERSION}"
  "nlohmann-json ${nlohmann_json_VERSION}" "OpenSSL ${OPENSSL_VERSION}"
  "SLEEF ${SLEEF_VERSION}" "toml++ ${tomlplusplus_VERSION}")
