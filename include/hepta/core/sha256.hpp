/// \file
/// SHA-256, fed piece by piece.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

struct evp_md_ctx_st;  // OpenSSL's, kept out of this header

namespace hepta {

/// Digest of all bytes added, in order; how they were split does not matter.
/// Source: FIPS PUB 180-4, section 6.2, by OpenSSL.
class Sha256
{
  public:
    /// \throws SystemError if OpenSSL offers no SHA-256
    Sha256();

    void add(std::span<const std::byte> bytes);
    void add(std::string_view text);

    /// \return 64 lower-case hexadecimal digits; more may be added afterwards
    [[nodiscard]] std::string hex() const;

  private:
    struct FreeContext
    {
        void operator()(evp_md_ctx_st* context) const noexcept;
    };
    std::unique_ptr<evp_md_ctx_st, FreeContext> context_;
};

}  // namespace hepta
