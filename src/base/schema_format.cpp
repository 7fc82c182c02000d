#include <array>
#include <charconv>

#include <arpa/inet.h>

#include "base/ids.h"
#include "base/schema_node.h"
#include "base/text.h"

namespace signalbox {

namespace {

bool isDigit(char c) { return c >= '0' && c <= '9'; }
bool isLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

/// The number that exactly these digits stand for, or -1.
int number(std::string_view digits) {
    int value = 0;
    for (const char c : digits) {
        if (!isDigit(c)) return -1;
        value = value * 10 + (c - '0');
    }
    return digits.empty() ? -1 : value;
}

bool isDate(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
    const int year = number(text.substr(0, 4));
    const int month = number(text.substr(5, 2));
    const int day = number(text.substr(8, 2));
    if (year < 0 || month < 1 || month > 12 || day < 1) return false;
    constexpr std::array<int, 12> kDays{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    return day <= kDays[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

bool isOffset(std::string_view text) {
    if (text == "Z" || text == "z") return true;
    if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return false;
    const int hours = number(text.substr(1, 2));
    const int minutes = number(text.substr(4, 2));
    return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59;
}

bool isTime(std::string_view text) {
    if (text.size() < 9 || text[2] != ':' || text[5] != ':') return false;
    const int hours = number(text.substr(0, 2));
    const int minutes = number(text.substr(3, 2));
    const int seconds = number(text.substr(6, 2));
    if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 60) return false;
    text.remove_prefix(8);
    if (text.front() == '.') {
        std::size_t end = 1;
        while (end < text.size() && isDigit(text[end])) ++end;
        if (end == 1) return false;
        text.remove_prefix(end);
    }
    return isOffset(text);
}

bool isDateTime(std::string_view text) {
    return text.size() > 11 && (text[10] == 'T' || text[10] == 't') && isDate(text.substr(0, 10)) &&
           isTime(text.substr(11));
}

bool isHostname(std::string_view text) {
    if (text.empty() || text.size() > 253) return false;
    for (const auto label : split(text, '.')) {
        if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-') return false;
        for (const char c : label) {
            if (!isLetter(c) && !isDigit(c) && c != '-') return false;
        }
    }
    return true;
}

template <int Family>
bool isAddress(std::string_view text) {
    unsigned char address[16];
    return text.find('\0') == std::string_view::npos && inet_pton(Family, std::string(text).c_str(), address) == 1;
}

bool isEmail(std::string_view text) {
    const auto at = text.rfind('@');
    if (at == std::string_view::npos || at == 0 || at > 64) return false;
    const auto local = text.substr(0, at);
    if (local.front() == '.' || local.back() == '.' || local.find("..") != std::string_view::npos) return false;
    for (const char c : local) {
        const bool special = std::string_view("!#$%&'*+-/=?^_`{|}~.").find(c) != std::string_view::npos;
        if (!isLetter(c) && !isDigit(c) && !special && static_cast<unsigned char>(c) < 0x80) return false;
    }
    return isHostname(text.substr(at + 1));
}

bool isUri(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos || colon == 0 || !isLetter(text[0])) return false;
    for (const char c : text.substr(0, colon)) {
        if (!isLetter(c) && !isDigit(c) && c != '+' && c != '-' && c != '.') return false;
    }
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte <= 0x20 || byte >= 0x7f || std::string_view("\"<>\\^`{|}").find(c) != std::string_view::npos)
            return false;
    }
    return true;
}

bool isUuid(std::string_view text) { return Uuid::parse(text).has_value(); }
bool isPattern(std::string_view text) { return Pattern::compile(text).has_value(); }

bool isJsonPointer(std::string_view text) {
    if (!text.empty() && text.front() != '/') return false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '~' && (i + 1 == text.size() || (text[i + 1] != '0' && text[i + 1] != '1'))) return false;
    }
    return true;
}

struct Format {
    std::string_view name;
    bool (*fits)(std::string_view);
    std::string_view expectation;
};

constexpr std::array<Format, 11> kFormats{{
    {"date-time", isDateTime, "a date and time such as 2026-03-01T12:30:00Z"},
    {"date", isDate, "a date such as 2026-03-01"},
    {"time", isTime, "a time such as 12:30:00Z"},
    {"email", isEmail, "an e-mail address such as name@example.org"},
    {"hostname", isHostname, "a host name such as db.example.org"},
    {"ipv4", isAddress<AF_INET>, "an IPv4 address such as 192.0.2.1"},
    {"ipv6", isAddress<AF_INET6>, "an IPv6 address such as 2001:db8::1"},
    {"uri", isUri, "an address such as https://example.org/path"},
    {"uuid", isUuid, "a UUID of 36 characters"},
    {"regex", isPattern, "a regular expression"},
    {"json-pointer", isJsonPointer, "a JSON pointer such as /items/0"},
}};

}  // namespace

std::string_view formatExpectation(std::string_view format, std::string_view text) {
    for (const auto& known : kFormats) {
        if (known.name == format) return known.fits(text) ? std::string_view() : known.expectation;
    }
    return {};
}

}  // namespace signalbox
