#include "hepta/io/text_file.hpp"

#include "atomic_file.hpp"

#include <span>

namespace hepta::io {

void write_text(const std::string& path, std::string_view text)
{
    write_atomically(path, std::as_bytes(std::span(text)));
}

}  // namespace hepta::io
