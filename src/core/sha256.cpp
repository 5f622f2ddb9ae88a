#include "hepta/core/sha256.hpp"

#include "hepta/core/error.hpp"

#include <openssl/evp.h>

#include <array>

namespace hepta {
namespace {

void require(bool succeeded)
{
    if (!succeeded) {
        throw SystemError("OpenSSL cannot compute SHA-256");
    }
}

}  // namespace

void Sha256::FreeContext::operator()(evp_md_ctx_st* context) const noexcept
{
    EVP_MD_CTX_free(context);
}

Sha256::Sha256() : context_(EVP_MD_CTX_new())
{
    require(context_ != nullptr &&
            EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr) == 1);
}

void Sha256::add(std::span<const std::byte> bytes)
{
    require(EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) == 1);
}

void Sha256::add(std::string_view text)
{
    add(std::as_bytes(std::span(text)));
}

std::string Sha256::hex() const
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned int n_bytes = 0;
    Sha256 copy;
    require(EVP_MD_CTX_copy_ex(copy.context_.get(), context_.get()) == 1 &&
            EVP_DigestFinal_ex(copy.context_.get(), digest.data(), &n_bytes) ==
                1);

    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (unsigned int i = 0; i < n_bytes; ++i) {
        text += digits[digest[i] >> 4];
        text += digits[digest[i] & 15];
    }
    return text;
}

}  // namespace hepta
