// IP addresses and networks, and nothing else of what may stand for a host.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::gateway {

/// IPv4 within IPv6 (::ffff:192.0.2.1) is the IPv4 address that it stands for.
class IpAddress {
public:
    /// As it is written alone: no port, no brackets, no zone. Nothing for whatever else.
    [[nodiscard]] static std::optional<IpAddress> parse(std::string_view text);

    [[nodiscard]] bool isV4() const;
    [[nodiscard]] std::string text() const;  ///< the shortest form: "192.0.2.1", "2001:db8::1"
    /// The bits behind the first so many set to zero; of the 32 or the 128 that it has.
    [[nodiscard]] IpAddress masked(unsigned bits) const;
    bool operator==(const IpAddress&) const = default;

private:
    std::array<std::uint8_t, 16> bytes_{};  ///< IPv4 as ::ffff:a.b.c.d
};

/// Addresses with the same first bits.
class IpNetwork {
public:
    /// "10.0.0.0/8", "2001:db8::/32", or one address. Error "server.network", with what to write instead.
    [[nodiscard]] static Result<IpNetwork> parse(std::string_view text);

    [[nodiscard]] bool contains(const IpAddress& address) const;
    /// Every address of its kind.
    [[nodiscard]] bool isEverything() const { return bits_ == 0; }

private:
    IpAddress first_;
    unsigned bits_ = 0;
};

}  // namespace signalbox::gateway
