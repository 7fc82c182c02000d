// The moments at which a cron rule is due in a time zone, clock changes and all.
#pragma once

#include <memory>
#include <optional>

#include "triggers/cron.h"
#include "triggers/time_zone.h"

namespace signalbox::triggers {

enum class DstGap : std::uint8_t { RunAfter, Skip };          ///< a local time that does not exist that day
enum class DstRepeat : std::uint8_t { First, Second, Both };  ///< a local time that comes twice

/// Immutable, thread-safe. A rule for every hour is about time that passes, not about the clock: it goes on evenly over
/// a change, as if told Skip and Both. RunAfter: all times in a gap together are one, at the moment the gap ends.
class Occurrences {
public:
    Occurrences(CronRule rule, std::shared_ptr<const TimeZone> zone, DstGap gap, DstRepeat repeat);

    /// The first after that moment; nothing: never again, or not before the year 10000.
    [[nodiscard]] std::optional<Seconds> next(Seconds after) const;
    [[nodiscard]] const TimeZone& zone() const { return *zone_; }
    [[nodiscard]] const CronRule& rule() const { return rule_; }

private:
    [[nodiscard]] bool endsNamedGap(const ZoneSpan& span) const;
    [[nodiscard]] bool isRefused(Seconds utc, const ZoneSpan& span) const;

    CronRule rule_;
    std::shared_ptr<const TimeZone> zone_;
    DstGap gap_;
    DstRepeat repeat_;
};

}  // namespace signalbox::triggers
