#include "app/gateway/notifier.h"

#include <charconv>
#include <cstddef>
#include <cstring>
#include <ctime>
#include <optional>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace signalbox::gatewayd {

namespace {

bool isUsable(const std::string& address) {
    return address.size() >= 2 && address.size() < sizeof(sockaddr_un::sun_path) &&
           (address[0] == '/' || address[0] == '@');
}

socklen_t fill(sockaddr_un& target, const std::string& address) {
    target.sun_family = AF_UNIX;
    std::memcpy(target.sun_path, address.data(), address.size());
    // An abstract name begins with a zero byte, and its length counts instead of a zero at its end.
    if (address[0] == '@') target.sun_path[0] = '\0';
    return static_cast<socklen_t>(offsetof(sockaddr_un, sun_path) + address.size() + (address[0] == '/' ? 1 : 0));
}

/// A status is one line of the datagram.
std::string oneLine(std::string_view text) {
    std::string line(text);
    for (char& c : line) {
        if (c == '\n') c = ' ';
    }
    return line;
}

std::optional<std::int64_t> number(const char* text) {
    if (text == nullptr) return std::nullopt;
    std::int64_t value = 0;
    const char* end = text + std::strlen(text);
    const auto [stop, error] = std::from_chars(text, end, value);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

}  // namespace

Notifier::Notifier(const std::string& address) : address_(address) {
    if (isUsable(address_)) socket_ = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

Notifier::~Notifier() {
    if (socket_ >= 0) ::close(socket_);
}

void Notifier::ready(std::string_view status) const { send(fmt::format("READY=1\nSTATUS={}", oneLine(status))); }

void Notifier::status(std::string_view status) const { send(fmt::format("STATUS={}", oneLine(status))); }

void Notifier::reloading(std::uint64_t monotonic) const {
    send(fmt::format("RELOADING=1\nMONOTONIC_USEC={}\nSTATUS=Reading the settings again", monotonic));
}

void Notifier::stopping(std::string_view status) const { send(fmt::format("STOPPING=1\nSTATUS={}", oneLine(status))); }

void Notifier::watchdog() const { send("WATCHDOG=1"); }

void Notifier::extendTimeout(Micros by) const { send(fmt::format("EXTEND_TIMEOUT_USEC={}", by)); }

void Notifier::send(const std::string& text) const {
    if (socket_ < 0) return;
    sockaddr_un target{};
    const socklen_t length = fill(target, address_);
    // A service manager that does not listen must not hold up the service.
    static_cast<void>(::sendto(socket_, text.data(), text.size(), MSG_NOSIGNAL | MSG_DONTWAIT,
                               reinterpret_cast<const sockaddr*>(&target), length));
}

Micros watchdogPeriod(const char* microseconds, const char* process, std::int64_t own) {
    const auto period = number(microseconds);
    if (!period || *period <= 0) return 0;
    if (process != nullptr && number(process) != own) return 0;
    return *period;
}

std::uint64_t serviceManagerTime() {
    timespec now{};
    ::clock_gettime(CLOCK_MONOTONIC, &now);
    return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000U + static_cast<std::uint64_t>(now.tv_nsec) / 1000U;
}

}  // namespace signalbox::gatewayd
