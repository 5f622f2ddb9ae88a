/// \file
/// A folder with small results, for the target that reads results.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hepta::fuzz {

using Path = std::filesystem::path;
using Bytes = std::vector<std::uint8_t>;

/// In memory where there is such a folder; removed at the end of the process
/// that asked first. It holds the result good.h5 of samples 0 to 31, and
/// other.h5 of samples 32 to 63 of the same configuration.
const Path& folder();

/// What good.h5 holds.
const Bytes& good_result();

/// The configuration of both, and the arguments of `hepta run` for it.
[[nodiscard]] std::string configuration();
[[nodiscard]] std::vector<std::string> run_arguments(const Path& output);

void write(const Path& path, std::string_view bytes);
[[nodiscard]] std::string read(const Path& path);

/// Do what a command line says, words after `hepta`, in this process.
/// \throws what `cli::parse_and_run` throws
void call_hepta(const std::vector<std::string>& words);

}  // namespace hepta::fuzz
