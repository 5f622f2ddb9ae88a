#include "hepta/core/sha256.hpp"

#include <gtest/gtest.h>

#include <string>

namespace hepta {
namespace {

std::string digest_of(const std::string& text)
{
    Sha256 sha256;
    sha256.add(text);
    return sha256.hex();
}

// FIPS 180 examples and NIST's SHA256 sample vectors.
TEST(Sha256, MatchesPublishedKnownAnswers)
{
    EXPECT_EQ(
        digest_of(""),
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    EXPECT_EQ(
        digest_of("abc"),
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    EXPECT_EQ(
        digest_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    EXPECT_EQ(
        digest_of(std::string(1'000'000, 'a')),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowBytesAreSplit)
{
    const std::string text(1000, 'x');
    Sha256 sha256;

    for (std::size_t begin = 0; begin < text.size(); begin += 7) {
        sha256.add(std::string_view(text).substr(begin, 7));
    }

    EXPECT_EQ(sha256.hex(), digest_of(text));
}

TEST(Sha256, ContinuesAfterADigestWasTaken)
{
    Sha256 sha256;
    sha256.add("a");
    EXPECT_EQ(sha256.hex(), digest_of("a"));

    sha256.add("bc");

    EXPECT_EQ(sha256.hex(), digest_of("abc"));
}

TEST(Sha256, CountsEmbeddedZeros)
{
    EXPECT_NE(digest_of(std::string("a\0b", 3)), digest_of("a"));
}

}  // namespace
}  // namespace hepta
