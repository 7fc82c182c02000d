// Tells the service manager how the program is doing, by the protocol of sd_notify(3).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace signalbox::gatewayd {

/// Sends datagrams to the socket that NOTIFY_SOCKET names: a path, or "@name" in the abstract name space. Without one
/// it does nothing. Thread-safe.
class Notifier {
public:
    explicit Notifier(const std::string& address);
    Notifier(const Notifier&) = delete;
    Notifier& operator=(const Notifier&) = delete;
    ~Notifier();

    [[nodiscard]] bool isActive() const { return socket_ >= 0; }
    void ready(std::string_view status) const;
    void status(std::string_view status) const;
    /// Until the next ready(). `monotonic`: CLOCK_MONOTONIC in microseconds, which systemd compares with its own.
    void reloading(std::uint64_t monotonic) const;
    void stopping(std::string_view status) const;
    void watchdog() const;
    /// Asks for this much time from now on before a start or stop counts as failed.
    void extendTimeout(Micros by) const;

private:
    void send(const std::string& text) const;

    std::string address_;
    int socket_ = -1;
};

/// How often the watchdog wants to hear something, by WATCHDOG_USEC and WATCHDOG_PID: 0 when nobody listens to this
/// process. `own` is its process id.
[[nodiscard]] Micros watchdogPeriod(const char* microseconds, const char* process, std::int64_t own);

/// CLOCK_MONOTONIC in microseconds: what RELOADING=1 has to carry.
[[nodiscard]] std::uint64_t serviceManagerTime();

}  // namespace signalbox::gatewayd
