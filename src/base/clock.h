// Time as a port: everything that asks for the time is given a Clock.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox {

/// A point or span of time in microseconds. Wall times count from the Unix epoch (UTC).
using Micros = std::int64_t;

/// Wall and monotonic time. Implementations may be called from any thread.
class Clock {
public:
    Clock() = default;
    Clock(const Clock&) = delete;
    Clock& operator=(const Clock&) = delete;
    virtual ~Clock() = default;
    [[nodiscard]] virtual Micros wallNow() const = 0;
    /// Never goes back while the machine is up, counts through suspend (CLOCK_BOOTTIME), shared by all processes.
    [[nodiscard]] virtual Micros monotonicNow() const = 0;
};

/// The machine's clocks.
class SystemClock final : public Clock {
public:
    [[nodiscard]] Micros wallNow() const override;
    [[nodiscard]] Micros monotonicNow() const override;
};

/// A clock that stands still until told: for simulations and tests. Thread-safe.
class ManualClock final : public Clock {
public:
    explicit ManualClock(Micros wall = 1'700'000'000'000'000, Micros monotonic = 1'000'000)
        : wall_(wall), monotonic_(monotonic) {}
    [[nodiscard]] Micros wallNow() const override { return wall_.load(); }
    [[nodiscard]] Micros monotonicNow() const override { return monotonic_.load(); }
    void advance(Micros by) {
        wall_ += by;
        monotonic_ += by;
    }
    void jumpWall(Micros by) { wall_ += by; }  ///< as an administrator or NTP does; monotonic time is not touched

private:
    std::atomic<Micros> wall_;
    std::atomic<Micros> monotonic_;
};

/// Identifies this boot of the machine; monotonic times are only comparable within one.
[[nodiscard]] std::string bootId();

/// "250ms", "10s", "5m", "1h", "1.5h", "2d", or a plain number of seconds. Error "duration.syntax".
[[nodiscard]] Result<Micros> parseDuration(std::string_view text);
/// The shortest exact form that parseDuration reads: "250ms", "90s", "1h".
[[nodiscard]] std::string formatDuration(Micros duration);
/// For people: "380 ms", "1.24 s", "2 m 05 s", "3 h 12 m".
[[nodiscard]] std::string humanDuration(Micros duration);
/// RFC 3339 in UTC with milliseconds: "2026-03-01T12:34:56.789Z".
[[nodiscard]] std::string formatTimestamp(Micros wall);

}  // namespace signalbox
