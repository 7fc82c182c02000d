#include "gateway/ip_address.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>

namespace signalbox::gateway {

namespace {

constexpr std::size_t kMapped = 12;  ///< bytes before an IPv4 address within IPv6
constexpr unsigned kMappedBits = 96;
constexpr unsigned kBits = 128;
constexpr unsigned kBitsV4 = 32;

tl::unexpected<Error> noNetwork(std::string_view text, std::string hint) {
    return fail("server.network", fmt::format("\"{}\" is no address and no network", text), {}, std::move(hint));
}

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
    std::array<char, INET6_ADDRSTRLEN> terminated{};
    if (text.size() >= terminated.size() || text.find('\0') != std::string_view::npos) return std::nullopt;
    std::copy(text.begin(), text.end(), terminated.begin());
    IpAddress address;
    if (::inet_pton(AF_INET, terminated.data(), address.bytes_.data() + kMapped) == 1) {
        address.bytes_[kMapped - 2] = address.bytes_[kMapped - 1] = 0xff;
        return address;
    }
    if (::inet_pton(AF_INET6, terminated.data(), address.bytes_.data()) == 1) return address;
    return std::nullopt;
}

bool IpAddress::isV4() const {
    constexpr std::array<std::uint8_t, kMapped> kPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(kPrefix.begin(), kPrefix.end(), bytes_.begin());
}

std::string IpAddress::text() const {
    std::array<char, INET6_ADDRSTRLEN> written{};
    const bool v4 = isV4();
    ::inet_ntop(v4 ? AF_INET : AF_INET6, bytes_.data() + (v4 ? kMapped : 0), written.data(), written.size());
    return written.data();
}

IpAddress IpAddress::masked(unsigned bits) const {
    IpAddress first = *this;
    const unsigned kept = bits + (isV4() ? kMappedBits : 0);
    for (unsigned byte = 0; byte < first.bytes_.size(); ++byte) {
        const unsigned ofThis = std::clamp(kept, byte * 8, byte * 8 + 8) - byte * 8;
        first.bytes_[byte] &= static_cast<std::uint8_t>(0xff00U >> ofThis);
    }
    return first;
}

Result<IpNetwork> IpNetwork::parse(std::string_view text) {
    const std::size_t slash = text.find('/');
    const auto address = IpAddress::parse(text.substr(0, slash));
    if (!address) {
        if (text == "localhost") return noNetwork(text, "Names are not looked up: 127.0.0.1 and ::1 are this machine");
        return noNetwork(text, "Write an address, 192.0.2.1 or 2001:db8::1, or a network, 10.0.0.0/8");
    }
    const bool isMapped = address->isV4() && text.find(':') != std::string_view::npos;
    const unsigned most = address->isV4() && !isMapped ? kBitsV4 : kBits;
    unsigned bits = most;
    if (slash != std::string_view::npos) {
        const std::string_view length = text.substr(slash + 1);
        const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), bits);
        if (error != std::errc() || end != length.data() + length.size() || bits > most) {
            return noNetwork(text, fmt::format("Behind the \"/\" is a number of bits, 0 to {}", most));
        }
    }
    if (isMapped && bits < kMappedBits) {
        return noNetwork(text, "IPv4 addresses are written as such: 10.0.0.0/8, and all of them are 0.0.0.0/0");
    }
    IpNetwork network;
    network.bits_ = isMapped ? bits - kMappedBits : bits;
    network.first_ = address->masked(network.bits_);
    if (network.first_ != *address) {
        const std::string meant = fmt::format("{}/{}", network.first_.text(), network.bits_);
        return noNetwork(text,
                         fmt::format("Did you mean the network {}, or the one address {}?", meant, address->text()));
    }
    return network;
}

bool IpNetwork::contains(const IpAddress& address) const {
    return address.isV4() == first_.isV4() && address.masked(bits_) == first_;
}

}  // namespace signalbox::gateway
