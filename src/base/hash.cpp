#include "base/hash.h"

#include <openssl/sha.h>
#include <xxhash.h>

namespace signalbox {

std::string sha256Hex(std::string_view data) {
    constexpr std::string_view kHex = "0123456789abcdef";
    unsigned char digest[SHA256_DIGEST_LENGTH];
    SHA256(reinterpret_cast<const unsigned char*>(data.data()), data.size(), digest);
    std::string text;
    text.reserve(sizeof digest * 2);
    for (const auto byte : digest) {
        text += kHex[byte >> 4U];
        text += kHex[byte & 15U];
    }
    return text;
}

std::uint64_t checksum64(std::string_view data, std::uint64_t seed) {
    return XXH3_64bits_withSeed(data.data(), data.size(), seed);
}

}  // namespace signalbox
