#include "triggers/occurrences.h"

#include <algorithm>
#include <utility>

namespace signalbox::triggers {

namespace {

constexpr Seconds kYearOne = -62'135'596'800;
constexpr Seconds kYear10000 = 253'402'300'800;
/// More than any clock was ever put forward or back.
constexpr Seconds kLargestChange = 2 * 86'400;

}  // namespace

Occurrences::Occurrences(CronRule rule, std::shared_ptr<const TimeZone> zone, DstGap gap, DstRepeat repeat)
    : rule_(std::move(rule)), zone_(std::move(zone)), gap_(gap), repeat_(repeat) {
    if (!rule_.isHourly()) return;
    gap_ = DstGap::Skip;
    repeat_ = DstRepeat::Both;
}

/// Whether the clock was put forward at the span's start over a time that the rule names.
bool Occurrences::endsNamedGap(const ZoneSpan& span) const {
    if (gap_ == DstGap::Skip || span.isFirst()) return false;
    const std::int32_t before = zone_->spanAt(span.start - 1).offset;
    if (before >= span.offset) return false;
    const auto named = rule_.next(span.start + before);
    return named && *named < span.start + span.offset;
}

/// Whether it is the one of two equal local times that is not wanted.
bool Occurrences::isRefused(Seconds utc, const ZoneSpan& span) const {
    if (repeat_ == DstRepeat::Both) return false;
    const Seconds local = utc + span.offset;
    if (repeat_ == DstRepeat::First) {
        if (span.isFirst()) return false;
        const ZoneSpan before = zone_->spanAt(span.start - 1);
        const Seconds earlier = local - before.offset;
        return earlier < before.end && earlier >= before.start;
    }
    if (span.isLast()) return false;
    const ZoneSpan after = zone_->spanAt(span.end);
    const Seconds later = local - after.offset;
    return later >= after.start && later < after.end;
}

std::optional<Seconds> Occurrences::next(Seconds after) const {
    if (after >= kYear10000) return std::nullopt;
    Seconds utc = std::max(after, kYearOne) + 1;
    while (utc < kYear10000) {
        const ZoneSpan span = zone_->spanAt(utc);
        if (utc == span.start && endsNamedGap(span)) return utc;
        const auto local = rule_.next(utc + span.offset);
        if (!local) return std::nullopt;
        const Seconds found = *local - span.offset;
        if (found < span.end) {
            if (!isRefused(found, span)) return found;
            utc = found + 1;
        } else {
            // The next span's clock may begin earlier than this one's ended, so each is looked at from its start;
            // only a long one can be known to reach over that.
            const bool isClear = span.end - utc > kLargestChange;
            utc = isClear ? std::max(span.end, found - kLargestChange) : span.end;
        }
    }
    return std::nullopt;
}

}  // namespace signalbox::triggers
