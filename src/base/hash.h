// Hashes: SHA-256 for content addresses, XXH3 for checksums of records.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace signalbox {

/// 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256Hex(std::string_view data);
/// XXH3, 64 bits: detects damage, does not resist an attacker.
[[nodiscard]] std::uint64_t checksum64(std::string_view data, std::uint64_t seed = 0);

}  // namespace signalbox
