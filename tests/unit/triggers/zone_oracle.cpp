#include "unit/triggers/zone_oracle.h"

#include <cstdlib>
#include <ctime>

namespace signalbox::triggers::test {

namespace {

constexpr Seconds kMinute = 60;
constexpr Seconds kLongestChange = 25 * 3600;

}  // namespace

ZoneOracle::ZoneOracle(const std::string& zone) {
    ::setenv("TZ", zone.c_str(), 1);
    ::tzset();
}

ZoneOracle::~ZoneOracle() {
    ::unsetenv("TZ");
    ::tzset();
}

std::int32_t ZoneOracle::offsetAt(Seconds utc) const {
    const std::time_t time = utc;
    std::tm local{};
    ::localtime_r(&time, &local);
    return static_cast<std::int32_t>(local.tm_gmtoff);
}

std::vector<Seconds> ZoneOracle::due(const CronRule& rule, DstGap gap, DstRepeat repeat, Seconds after,
                                     Seconds until) const {
    const bool isEven = rule.isHourly();
    // The local times around, minute by minute, each with whether it came before or comes again.
    std::vector<Seconds> locals;
    const Seconds first = after - kLongestChange - (after - kLongestChange) % kMinute;
    for (Seconds utc = first; utc <= until + kLongestChange; utc += kMinute) locals.push_back(utc + offsetAt(utc));
    const auto sameNear = [&](std::size_t index, int direction) {
        for (Seconds away = kMinute; away <= kLongestChange; away += kMinute) {
            const auto other = static_cast<std::int64_t>(index) + direction * away / kMinute;
            if (other < 0 || other >= static_cast<std::int64_t>(locals.size())) return false;
            if (locals[static_cast<std::size_t>(other)] == locals[index]) return true;
        }
        return false;
    };
    std::vector<Seconds> due;
    for (std::size_t i = 1; i < locals.size(); ++i) {
        const Seconds utc = first + static_cast<Seconds>(i) * kMinute;
        if (utc <= after || utc > until) continue;
        bool isDue = rule.matches(locals[i]);
        if (isDue && !isEven && repeat == DstRepeat::First) isDue = !sameNear(i, -1);
        if (isDue && !isEven && repeat == DstRepeat::Second) isDue = !sameNear(i, 1);
        // Local times that were jumped over just before this minute.
        for (Seconds missing = locals[i - 1] + kMinute; !isEven && gap == DstGap::RunAfter && missing < locals[i];
             missing += kMinute) {
            isDue |= rule.matches(missing);
        }
        if (isDue) due.push_back(utc);
    }
    return due;
}

}  // namespace signalbox::triggers::test
