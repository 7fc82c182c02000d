// The rule for all time to come at the end of a time zone's file: "CET-1CEST,M3.5.0,M10.5.0/3".
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace signalbox::triggers {

/// When in a year the clocks change, as POSIX writes it.
struct PosixChange {
    enum class Kind : std::uint8_t { Month, Julian, DayOfYear };  ///< "M3.5.0", "J60" (no February 29), "59"
    Kind kind = Kind::Month;
    int month = 1;
    int week = 1;              ///< 5: the last one
    int day = 0;               ///< of the week (0: Sunday), or of the year
    std::int32_t time = 7200;  ///< of the local clock before the change; may be negative or beyond a day

    /// Of that year, as local seconds.
    [[nodiscard]] std::int64_t localIn(int year) const;
};

/// Standard time and, perhaps, summer time.
struct PosixRule {
    std::int32_t standardOffset = 0;  ///< east of Greenwich, in seconds
    std::int32_t summerOffset = 0;
    bool hasSummer = false;
    PosixChange toSummer;
    PosixChange toStandard;

    /// None: it is not such a rule.
    [[nodiscard]] static std::optional<PosixRule> parse(std::string_view text);

    struct Moment {
        std::int64_t utc = 0;
        std::int32_t offset = 0;  ///< from then on
    };
    /// The two changes of a year in order of time; only with hasSummer.
    [[nodiscard]] std::array<Moment, 2> changesIn(int year) const;
};

}  // namespace signalbox::triggers
