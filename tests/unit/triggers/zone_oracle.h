// The C library as a second opinion on time zones and cron rules.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "triggers/occurrences.h"

namespace signalbox::triggers::test {

/// What localtime_r says of moments in a zone; only one of these may live at a time, for $TZ is of the process.
class ZoneOracle {
public:
    explicit ZoneOracle(const std::string& zone);
    ZoneOracle(const ZoneOracle&) = delete;
    ZoneOracle& operator=(const ZoneOracle&) = delete;
    ~ZoneOracle();

    [[nodiscard]] std::int32_t offsetAt(Seconds utc) const;
    /// All moments in (after, until] at which the rule is due, found by trying every minute; for rules without seconds.
    [[nodiscard]] std::vector<Seconds> due(const CronRule& rule, DstGap gap, DstRepeat repeat, Seconds after,
                                           Seconds until) const;
};

}  // namespace signalbox::triggers::test
