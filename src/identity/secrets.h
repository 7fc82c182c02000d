// Secrets from the system's generator, and what is kept of them.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>

namespace signalbox::identity {

/// SHA-256 of a secret. Secrets of 256 random bits need no slow hash: nobody can try them all.
using Digest = std::array<std::uint8_t, 32>;

[[nodiscard]] Digest digestOf(std::string_view secret);
/// In a time that does not depend on where they differ.
[[nodiscard]] bool sameDigest(const Digest& a, const Digest& b);
/// In a time that depends on the lengths only.
[[nodiscard]] bool sameText(std::string_view a, std::string_view b);
[[nodiscard]] std::string hexOf(const Digest& digest);
[[nodiscard]] std::optional<Digest> digestFromHex(std::string_view text);
/// That many random bytes as base64url without padding (RFC 4648): 32 give 43 characters.
[[nodiscard]] std::string randomText(std::size_t bytes);
[[nodiscard]] std::string base64Url(std::string_view data);
/// What a browser has to send back beside a session's token. Derived, so that nothing needs to be kept.
[[nodiscard]] std::string csrfOf(std::string_view token);

/// For tables by digest: its first bytes are as random as any hash.
struct DigestHash {
    std::size_t operator()(const Digest& digest) const noexcept {
        std::size_t start = 0;
        std::memcpy(&start, digest.data(), sizeof start);
        return start;
    }
};
struct DigestEqual {
    bool operator()(const Digest& a, const Digest& b) const noexcept { return sameDigest(a, b); }
};

}  // namespace signalbox::identity
