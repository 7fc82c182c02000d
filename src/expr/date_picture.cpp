// Pictures of dates: reading them, and writing dates by them.
#include "expr/date_picture.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "expr/calendar.h"

namespace signalbox::expr {

namespace {

constexpr std::string_view kIso = "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01].[f001][Z01:01t]";
constexpr std::string_view kIntegers = "YMDdFWwXxHhmsf";

std::string_view defaultPresentation(char component) {
    switch (component) {
        case 'm':
        case 's':
            return "01";
        case 'Z':
        case 'z':
            return "01:01";
        case 'F':
        case 'P':
        case 'C':
        case 'E':
            return "n";
        default:
            return std::string_view("YMDdWwXxHhf").find(component) != std::string_view::npos ? "1" : "";
    }
}

std::size_t widthOf(std::string_view text) {
    std::size_t width = 0;
    std::from_chars(text.data(), text.data() + text.size(), width);
    return std::min<std::size_t>(width, 1000);
}

void readWidths(std::string_view text, DatePart& part) {
    const std::size_t dash = text.find('-');
    part.leastWidth = widthOf(text.substr(0, dash));
    if (dash != std::string_view::npos) part.mostWidth = widthOf(text.substr(dash + 1));
}

/// How many digits of a year are shown: as many as the width or the picture asks for, if at least two.
void limitYear(DatePart& part) {
    IntegerFormat& format = *part.integer;
    const std::size_t digits = format.mandatoryDigits + format.optionalDigits;
    if (part.mostWidth > 0) {
        part.yearDigits = format.mandatoryDigits = part.mostWidth;
    } else if (digits >= 2) {
        part.yearDigits = digits;
    }
}

tl::expected<DatePart, std::string_view> readMarker(std::string_view marker) {
    DatePart part;
    if (marker.empty()) return tl::unexpected<std::string_view>("D3132");
    part.component = marker.front();
    const std::size_t comma = marker.rfind(',');
    std::string presentation(marker.substr(1, comma == std::string_view::npos ? comma : comma - 1));
    if (comma != std::string_view::npos) readWidths(marker.substr(comma + 1), part);
    const std::string_view fallback = defaultPresentation(part.component);
    if (fallback.empty()) return tl::unexpected<std::string_view>("D3132");
    std::string suffix;
    if (presentation.size() > 1 && std::string_view("atco").find(presentation.back()) != std::string_view::npos) {
        if (presentation.back() == 't') part.timezoneT = true;
        suffix = std::string(";") + presentation.back();
        presentation.pop_back();
    } else if (presentation.empty()) {
        presentation = fallback;
    }
    if (presentation.front() == 'n') {
        part.names = DatePart::Names::Lower;
    } else if (presentation.front() == 'N') {
        part.names = presentation.substr(1, 1) == "n" ? DatePart::Names::Title : DatePart::Names::Upper;
    } else if (part.component == 'Z' || part.component == 'z' ||
               kIntegers.find(part.component) != std::string_view::npos) {
        const bool zone = part.component == 'Z' || part.component == 'z';
        auto format = parseIntegerPicture(zone ? presentation : presentation + suffix);
        if (!format) return tl::unexpected<std::string_view>(format.error());
        part.integer = std::move(*format);
        part.integer->mandatoryDigits = std::max(part.integer->mandatoryDigits, part.leastWidth);
        if (part.component == 'Y') limitYear(part);
    }
    return part;
}

/// A text of a picture, where ]] stands for one bracket.
std::string literalOf(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        out.push_back(text[i]);
        if (text[i] == ']' && i + 1 < text.size() && text[i + 1] == ']') ++i;
    }
    return out;
}

struct Offset {
    int hours = 0;
    int minutes = 0;
};

Offset offsetOf(std::string_view timezone) {
    int number = 0;
    if (!timezone.empty() && timezone.front() == '+') timezone.remove_prefix(1);
    std::from_chars(timezone.data(), timezone.data() + timezone.size(), number);
    number = std::clamp(number, -9999, 9999);
    Offset offset;
    offset.hours = number / 100;
    offset.minutes = number % 100;
    return offset;
}

std::string inCase(std::string name, DatePart::Names names) {
    if (names == DatePart::Names::Title) return name;
    for (char& c : name) {
        if (names == DatePart::Names::Upper && c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
        if (names == DatePart::Names::Lower && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
    }
    return name;
}

tl::expected<std::string, std::string_view> formatZone(const DatePart& part, Offset offset) {
    const double number = std::abs(offset.hours * 100 + offset.minutes);
    const double hours = std::abs(offset.hours);
    const double minutes = std::abs(offset.minutes);
    const bool zero = number == 0;
    if (zero && part.timezoneT) return std::string("Z");
    std::string text;
    if (!part.integer || part.integer->regular) {
        text = part.integer ? formatInteger(number, *part.integer) : *formatInteger(number, "00:00");
    } else if (part.integer->mandatoryDigits <= 2) {
        text = formatInteger(hours, *part.integer);
        if (minutes != 0) text += ":" + *formatInteger(minutes, "00");
    } else if (part.integer->mandatoryDigits <= 4) {
        text = formatInteger(number, *part.integer);
    } else {
        return tl::unexpected<std::string_view>("D3134");
    }
    text.insert(0, offset.hours * 100 + offset.minutes < 0 ? "-" : "+");
    return part.component == 'z' ? "GMT" + text : text;
}

tl::expected<std::string, std::string_view> formatName(const DatePart& part, std::int64_t value) {
    std::string name;
    if (part.component == 'M' || part.component == 'x') {
        name = monthName(static_cast<int>(value) - 1);
    } else if (part.component == 'F') {
        name = weekdayName(static_cast<int>(value));
    } else {
        return tl::unexpected<std::string_view>("D3133");
    }
    name = inCase(std::move(name), part.names);
    if (part.mostWidth > 0 && name.size() > part.mostWidth) name.resize(part.mostWidth);
    return name;
}

tl::expected<std::string, std::string_view> formatPart(const DatePart& part, const CivilTime& time, Offset offset) {
    switch (part.component) {
        case 0:
            return part.literal;
        case 'Z':
        case 'z':
            return formatZone(part, offset);
        case 'C':
        case 'E':
            return std::string("ISO");
        case 'P':
            return inCase(time.hour >= 12 ? "pm" : "am",
                          part.names == DatePart::Names::Upper ? part.names : DatePart::Names::Lower);
        default:
            break;
    }
    std::int64_t value = componentOf(time, part.component);
    if (part.names != DatePart::Names::None) return formatName(part, value);
    if (part.yearDigits > 0 && part.yearDigits < 18) {
        value %= static_cast<std::int64_t>(std::pow(10.0, static_cast<double>(part.yearDigits)));
    }
    return formatInteger(static_cast<double>(value), *part.integer);
}

}  // namespace

tl::expected<DatePicture, std::string_view> parseDatePicture(std::string_view picture) {
    DatePicture parts;
    const auto addLiteral = [&](std::string_view text) {
        if (!text.empty()) parts.push_back(DatePart{0, literalOf(text), {}, {}, false, 0, 0, 0, 0});
    };
    std::size_t start = 0;
    for (std::size_t at = 0; at < picture.size();) {
        if (picture[at] != '[') {
            ++at;
            continue;
        }
        addLiteral(picture.substr(start, at - start));
        if (at + 1 < picture.size() && picture[at + 1] == '[') {
            parts.push_back(DatePart{0, "[", {}, {}, false, 0, 0, 0, 0});
            start = at = at + 2;
            continue;
        }
        const std::size_t close = picture.find(']', at);
        if (close == std::string_view::npos) return tl::unexpected<std::string_view>("D3135");
        std::string marker;
        for (const char c : picture.substr(at + 1, close - at - 1)) {
            if (c != ' ' && c != '\t' && c != '\n' && c != '\r') marker.push_back(c);
        }
        auto part = readMarker(marker);
        if (!part) return tl::unexpected<std::string_view>(part.error());
        if (!parts.empty() && parts.back().integer && part->integer)
            parts.back().parseWidth = parts.back().integer->mandatoryDigits;
        parts.push_back(std::move(*part));
        start = at = close + 1;
    }
    addLiteral(picture.substr(start));
    return parts;
}

tl::expected<std::string, std::string_view> formatDate(std::int64_t millis, std::string_view picture,
                                                       std::string_view timezone) {
    const auto parts = parseDatePicture(picture.empty() ? kIso : picture);
    if (!parts) return tl::unexpected<std::string_view>(parts.error());
    const Offset offset = offsetOf(timezone);
    const CivilTime time = civilTime(millis + (offset.hours * 60 + offset.minutes) * 60'000);
    std::string out;
    for (const DatePart& part : *parts) {
        auto text = formatPart(part, time, offset);
        if (!text) return text;
        out += *text;
    }
    return out;
}

}  // namespace signalbox::expr
