#include <array>
#include <chrono>
#include <limits>

#include <fmt/format.h>

#include "base/clock.h"

namespace signalbox {

namespace {

struct Unit {
    std::string_view name;
    Micros size;
};

constexpr Micros kMilli = 1'000;
constexpr Micros kSecond = 1'000'000;
constexpr Micros kMinute = 60 * kSecond;
constexpr Micros kHour = 60 * kMinute;
constexpr Micros kDay = 24 * kHour;
constexpr std::array<Unit, 6> kUnits{
    {{"d", kDay}, {"h", kHour}, {"m", kMinute}, {"s", kSecond}, {"ms", kMilli}, {"us", 1}}};

bool isDigit(char c) { return c >= '0' && c <= '9'; }

tl::unexpected<Error> badDuration(std::string_view text, std::string_view why) {
    return fail("duration.syntax", fmt::format("\"{}\" is not a duration: {}", text.substr(0, 40), why), {},
                "Write a number and a unit: 250ms, 10s, 5m, 1.5h, 2d");
}

/// value + digit * weight, or nothing past the range.
bool addScaled(Micros& value, Micros digits, Micros weight) {
    Micros scaled = 0;
    return !__builtin_mul_overflow(digits, weight, &scaled) && !__builtin_add_overflow(value, scaled, &value);
}

// count.fraction of a unit, exact to the microsecond (what is below is cut off).
bool scaleFraction(Micros& value, std::string_view fraction, Micros unit) {
    Micros rest = unit;
    Micros numerator = 0;
    Micros denominator = 1;
    for (const char digit : fraction.substr(0, 7)) {
        numerator = numerator * 10 + (digit - '0');
        denominator *= 10;
    }
    rest = rest / denominator * numerator + rest % denominator * numerator / denominator;
    return !__builtin_add_overflow(value, rest, &value);
}

/// "1.5h" when the duration is a decimal fraction of the unit with at most 3 places.
std::string inUnit(Micros duration, const Unit& unit) {
    const auto whole = duration / unit.size;
    auto rest = duration % unit.size;
    std::string text = fmt::format("{}", whole);
    if (rest != 0) text += '.';
    for (int places = 0; rest != 0; ++places) {
        if (places == 3) return {};
        text += static_cast<char>('0' + rest * 10 / unit.size);
        rest = rest * 10 % unit.size;
    }
    return text.append(unit.name);
}

/// Three significant digits.
std::string threeDigits(double number) {
    return fmt::format("{:.{}f}", number, number < 9.995 ? 2 : number < 99.95 ? 1 : 0);
}

}  // namespace

Result<Micros> parseDuration(std::string_view text) {
    std::size_t end = 0;
    Micros count = 0;
    bool fits = true;
    for (; end < text.size() && isDigit(text[end]); ++end) {
        fits = fits && !__builtin_mul_overflow(count, Micros{10}, &count) &&
               !__builtin_add_overflow(count, Micros{text[end] - '0'}, &count);
    }
    if (end == 0) return badDuration(text, text.empty() ? "it is empty" : "it does not start with a digit");
    std::string_view fraction;
    if (end < text.size() && text[end] == '.') {
        const auto start = ++end;
        while (end < text.size() && isDigit(text[end])) ++end;
        fraction = text.substr(start, end - start);
        if (fraction.empty()) return badDuration(text, "a digit is missing behind the point");
    }
    const auto name = end == text.size() ? std::string_view("s") : text.substr(end);
    for (const auto& unit : kUnits) {
        if (unit.name != name) continue;
        Micros value = 0;
        fits = fits && addScaled(value, count, unit.size) && scaleFraction(value, fraction, unit.size);
        if (!fits) return badDuration(text, "it is too long");
        return value;
    }
    return badDuration(text, fmt::format("the unit \"{}\" is unknown", name.substr(0, 20)));
}

std::string formatDuration(Micros duration) {
    if (duration == 0) return "0s";
    if (duration < 0) {
        // The magnitude of the smallest number does not fit; one microsecond less is as good.
        return "-" + formatDuration(duration == std::numeric_limits<Micros>::min() ? std::numeric_limits<Micros>::max()
                                                                                   : -duration);
    }
    std::string best;
    bool bestWhole = false;
    for (const auto& unit : kUnits) {
        auto text = inUnit(duration, unit);
        if (text.empty()) continue;
        const bool whole = duration % unit.size == 0;
        const bool shorter = best.empty() || text.size() < best.size();
        if (shorter || (text.size() == best.size() && whole && !bestWhole)) {
            best = std::move(text);
            bestWhole = whole;
        }
    }
    return best;
}

std::string humanDuration(Micros duration) {
    if (duration < 0) {
        return "-" + humanDuration(duration == std::numeric_limits<Micros>::min() ? std::numeric_limits<Micros>::max()
                                                                                  : -duration);
    }
    if (duration == 0) return "0 ms";
    if (duration < kMilli) return fmt::format("{} µs", duration);
    // The bounds are where rounding would carry into the next unit.
    if (duration < kSecond - kMilli / 2) return threeDigits(static_cast<double>(duration) / kMilli) + " ms";
    if (duration < kMinute - kSecond / 20) return threeDigits(static_cast<double>(duration) / kSecond) + " s";
    if (duration < kHour - kSecond / 2) {
        const auto seconds = (duration + kSecond / 2) / kSecond;
        return fmt::format("{} m {:02} s", seconds / 60, seconds % 60);
    }
    if (duration < kDay - kMinute / 2) {
        const auto minutes = (duration + kMinute / 2) / kMinute;
        return fmt::format("{} h {:02} m", minutes / 60, minutes % 60);
    }
    const auto hours = duration / kHour + (duration % kHour >= kHour / 2 ? 1 : 0);
    return fmt::format("{} d {:02} h", hours / 24, hours % 24);
}

std::string formatTimestamp(Micros wall) {
    using namespace std::chrono;
    const sys_time<microseconds> point{microseconds(wall)};
    const auto day = floor<days>(point);
    const year_month_day date(day);
    const auto millis = floor<milliseconds>(point - day);
    const hh_mm_ss time(millis);
    return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                       static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), time.hours().count(),
                       time.minutes().count(), time.seconds().count(), time.subseconds().count());
}

}  // namespace signalbox
