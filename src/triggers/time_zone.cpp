#include "triggers/time_zone.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <mutex>
#include <unordered_map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "triggers/tzif.h"

namespace signalbox::triggers {

namespace fs = std::filesystem;
namespace chrono = std::chrono;

namespace {

constexpr Seconds kDay = 86'400;
constexpr std::size_t kLargestFile = 1U << 20U;
constexpr std::size_t kLongestName = 100;

bool isZoneName(std::string_view name) {
    const bool plain = std::all_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '+' || c == '/';
    });
    return plain && !name.empty() && name.front() != '/' && name.size() <= kLongestName;
}

auto unknown(std::string_view name) {
    const auto near = didYouMean(name, zoneNames());
    return fail("time-zone.unknown", fmt::format("There is no time zone \"{}\"", name), std::string(name),
                near ? fmt::format("Did you mean \"{}\"?", *near)
                     : std::string("Zones are named as in \"Europe/Berlin\"; \"UTC\" is one as well"));
}

int yearOf(Seconds utc) {
    const chrono::sys_days day{chrono::days(utc >= 0 ? utc / kDay : -((-utc + kDay - 1) / kDay))};
    return static_cast<int>(chrono::year_month_day(day).year());
}

}  // namespace

fs::path zoneFolder() {
    const char* given = std::getenv("TZDIR");
    return given != nullptr && *given == '/' ? fs::path(given) : fs::path("/usr/share/zoneinfo");
}

std::vector<std::string> zoneNames() {
    std::vector<std::string> names;
    std::error_code error;
    const fs::path folder = zoneFolder();
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const std::string name = it->path().lexically_relative(folder).string();
        // Copies of the whole database with and without leap seconds, and files that are no zones.
        if (name == "posix" || name == "right") it.disable_recursion_pending();
        std::error_code ignored;
        if (it->is_directory(ignored) || !isZoneName(name) || name == "localtime" || name == "posixrules" ||
            name == "leapseconds" || name == "Factory") {
            continue;
        }
        names.push_back(name);
    }
    std::sort(names.begin(), names.end());
    return names;
}

Result<std::shared_ptr<const TimeZone>> TimeZone::load(std::string_view name) {
    if (!isZoneName(name)) return unknown(name);
    // A system without zone files still knows this one.
    if (name == "UTC") {
        std::shared_ptr<TimeZone> utc(new TimeZone);
        utc->name_ = "UTC";
        return utc;
    }
    const auto content = readFile(zoneFolder() / name, kLargestFile);
    if (!content) return unknown(name);
    return parse(std::string(name), *content);
}

Result<std::shared_ptr<const TimeZone>> TimeZone::parse(std::string name, std::string_view content) {
    auto file = readTzif(content);
    if (!file) {
        return fail("time-zone.damaged", fmt::format("The system's file for \"{}\" is damaged", name), name,
                    "Reinstall the package tzdata");
    }
    std::shared_ptr<TimeZone> zone(new TimeZone);
    zone->name_ = std::move(name);
    zone->firstOffset_ = file->firstOffset;
    zone->changes_ = std::move(file->changes);
    zone->offsets_ = std::move(file->offsets);
    if (!file->footer.empty()) zone->rule_ = PosixRule::parse(file->footer);
    zone->simplify();
    return zone;
}

/// Changes of the abbreviation alone are none of the clock.
void TimeZone::simplify() {
    std::size_t kept = 0;
    std::int32_t before = firstOffset_;
    for (std::size_t i = 0; i < changes_.size(); ++i) {
        if (offsets_[i] == before) continue;
        before = offsets_[i];
        changes_[kept] = changes_[i];
        offsets_[kept++] = before;
    }
    changes_.resize(kept);
    offsets_.resize(kept);
}

ZoneSpan TimeZone::spanAt(Seconds utc) const {
    const auto after = std::upper_bound(changes_.begin(), changes_.end(), utc);
    const auto index = static_cast<std::size_t>(after - changes_.begin());
    ZoneSpan span{ZoneSpan::kBeginning, ZoneSpan::kEnd, firstOffset_};
    if (index > 0) {
        span.start = changes_[index - 1];
        span.offset = offsets_[index - 1];
    }
    if (index < changes_.size()) {
        span.end = changes_[index];
        return span;
    }
    if (!rule_ || !rule_->hasSummer) return span;
    return spanByRule(utc, span.start);
}

/// In the time after the last recorded change, `from`, where the rule says all.
ZoneSpan TimeZone::spanByRule(Seconds utc, Seconds from) const {
    const std::int32_t offsetAtFrom = offsets_.empty() ? firstOffset_ : offsets_.back();
    ZoneSpan span{from, ZoneSpan::kEnd, offsetAtFrom};
    const int year = yearOf(utc);
    for (int candidate = year - 1; candidate <= year + 1; ++candidate) {
        for (const auto& change : rule_->changesIn(candidate)) {
            if (change.utc <= from) continue;
            if (change.utc > utc) {
                // A first change to the offset that holds already is none.
                if (change.offset == span.offset) continue;
                span.end = change.utc;
                return span;
            }
            if (change.offset == span.offset) continue;
            span.start = change.utc;
            span.offset = change.offset;
        }
    }
    return span;
}

std::string TimeZone::format(Seconds utc) const {
    const std::int32_t offset = spanAt(utc).offset;
    const Seconds local = utc + offset;
    const auto day = chrono::floor<chrono::days>(chrono::sys_seconds(chrono::seconds(local)));
    const chrono::year_month_day date(day);
    const Seconds time = local - day.time_since_epoch().count() * kDay;
    const std::int32_t distance = offset < 0 ? -offset : offset;
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{}{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time / 3600, time / 60 % 60,
                    time % 60, offset < 0 ? '-' : '+', distance / 3600, distance / 60 % 60);
    if (distance % 60 != 0) text += fmt::format(":{:02}", distance % 60);
    return text;
}

}  // namespace signalbox::triggers
