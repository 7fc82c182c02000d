// Time zones of the IANA database as the system keeps it: what offset holds when.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "triggers/posix_rule.h"

namespace signalbox::triggers {

/// Seconds since the Unix epoch, and seconds of a clock on the wall counted as if it were UTC.
using Seconds = std::int64_t;

/// A stretch of time in which the clocks on the wall run evenly: [start, end) in UTC.
struct ZoneSpan {
    Seconds start = 0;  ///< kBeginning: there is none before it
    Seconds end = 0;    ///< kEnd: there is none after it
    std::int32_t offset = 0;

    static constexpr Seconds kBeginning = INT64_MIN / 4;
    static constexpr Seconds kEnd = INT64_MAX / 4;
    [[nodiscard]] bool isFirst() const { return start == kBeginning; }
    [[nodiscard]] bool isLast() const { return end == kEnd; }
};

/// One zone. Immutable, thread-safe.
class TimeZone {
public:
    /// Errors: "time-zone.unknown" with the nearest name as hint, "time-zone.damaged".
    [[nodiscard]] static Result<std::shared_ptr<const TimeZone>> load(std::string_view name);
    /// From the content of a TZif file (RFC 8536). Error "time-zone.damaged".
    [[nodiscard]] static Result<std::shared_ptr<const TimeZone>> parse(std::string name, std::string_view content);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] ZoneSpan spanAt(Seconds utc) const;
    /// "2026-03-29T03:00:00+02:00"; the offset with seconds where history has them.
    [[nodiscard]] std::string format(Seconds utc) const;

private:
    TimeZone() = default;
    void simplify();
    [[nodiscard]] ZoneSpan spanByRule(Seconds utc, Seconds from) const;

    std::string name_;
    std::int32_t firstOffset_ = 0;
    std::vector<Seconds> changes_;       ///< moments at which the offset changes, ascending
    std::vector<std::int32_t> offsets_;  ///< from each of them on
    std::optional<PosixRule> rule_;      ///< after the last of them
};

/// Where the system keeps its zones: $TZDIR or /usr/share/zoneinfo.
[[nodiscard]] std::filesystem::path zoneFolder();
/// Every name the system knows, sorted.
[[nodiscard]] std::vector<std::string> zoneNames();

}  // namespace signalbox::triggers
