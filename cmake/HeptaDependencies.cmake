# Every dependency, found once. All are packages of Debian 12; README lists
# them and jobs/packages.txt holds their names.
find_package(MPI REQUIRED COMPONENTS CXX)
find_package(OpenMP REQUIRED COMPONENTS CXX)
find_package(Boost 1.74 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(tomlplusplus REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(CLI11 REQUIRED)

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
