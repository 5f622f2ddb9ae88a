#include "seal.hpp"

#include "hepta/core/error.hpp"
#include "hepta/core/sha256.hpp"
#include "hepta/io/tree.hpp"

#include <fstream>
#include <iterator>
#include <vector>

namespace hepta::io {
namespace {

constexpr std::string_view seal_name = "hepta-sha256 ";
constexpr std::size_t seal_size = seal_name.size() + 64 + 1;

std::vector<char> read_bytes(const std::string& path)
{
    std::ifstream file(path, std::ios::binary);
    std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    if (!file) {
        throw ResultError(path + ": cannot be read");
    }
    return bytes;
}

}  // namespace

std::string seal_of(std::span<const std::byte> bytes)
{
    Sha256 sha;
    sha.add(bytes);
    return std::string(seal_name) + sha.hex() + "\n";
}

void check_seal(const std::string& path)
{
    const std::vector<char> bytes = read_bytes(path);
    if (bytes.size() < seal_size) {
        throw ResultError(path + ": is cut short");
    }
    const auto content = std::span(bytes).first(bytes.size() - seal_size);
    const std::string_view seal(content.data() + content.size(), seal_size);
    if (!seal.starts_with(seal_name)) {
        throw ResultError(path +
                          ": has no checksum at its end: it is cut "
                          "short, or no checkpoint");
    }
    if (seal != seal_of(std::as_bytes(content))) {
        throw ResultError(path + ": is damaged: its checksum is wrong");
    }
}

Tree read_sealed_tree(const std::string& path)
{
    check_seal(path);
    return read_tree(path);
}

}  // namespace hepta::io
