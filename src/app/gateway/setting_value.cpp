#include "app/gateway/setting_value.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"

namespace signalbox::gatewayd {

namespace {

constexpr double kMillionths = 1e6;

std::string_view kindName(SettingKind kind) {
    switch (kind) {
        case SettingKind::Flag:
            return "true or false";
        case SettingKind::Count:
            return "a whole number";
        case SettingKind::Duration:
            return "a duration in quotes, such as \"30s\" or \"5m\"";
        case SettingKind::Size:
            return "a size in quotes, such as \"64KiB\" or \"16MiB\"";
        case SettingKind::Fraction:
            return "a number such as 0.25";
        case SettingKind::Text:
        case SettingKind::Path:
        case SettingKind::Choice:
        case SettingKind::Secret:
            return "text in quotes";
        case SettingKind::Texts:
            return "a list of texts, such as [\"one\", \"two\"]";
    }
    return "";
}

std::string_view writtenName(const WrittenValue& written) {
    constexpr std::string_view kNames[] = {"true or false", "a number", "text",
                                           "a list",        "",         "a number with a fraction"};
    if (const auto* other = std::get_if<OtherValue>(&written)) return other->what;
    return kNames[written.index()];
}

tl::unexpected<Error> refuse(std::string message, std::string hint) {
    return fail("config.value", std::move(message), {}, std::move(hint));
}

tl::unexpected<Error> wrongKind(const SettingSpec& spec, const WrittenValue& written) {
    return refuse(fmt::format("\"{}\" takes {}, not {}", spec.name, kindName(spec.kind), writtenName(written)), {});
}

std::string quoted(std::string_view text) {
    std::string result;
    appendJsonString(result, text);  // a JSON string is a basic string of TOML
    return result;
}

std::string writeNumber(SettingKind kind, std::int64_t number) {
    if (kind == SettingKind::Duration) return formatDuration(number);
    if (kind == SettingKind::Size) return formatSize(number);
    if (kind == SettingKind::Fraction) return fmt::format("{}", static_cast<double>(number) / kMillionths);
    return fmt::format("{}", number);
}

Result<SettingValue> readFlag(const SettingSpec& spec, const WrittenValue& written) {
    if (const auto* flag = std::get_if<bool>(&written)) return *flag;
    const auto* text = std::get_if<std::string>(&written);
    if (text == nullptr) return wrongKind(spec, written);
    if (*text == "true") return true;
    if (*text == "false") return false;
    return refuse(fmt::format("\"{}\" takes true or false, not \"{}\"", spec.name, *text), {});
}

Result<std::int64_t> parseCount(std::string_view text) {
    std::int64_t value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || stop != text.data() + text.size()) return fail("count.syntax", "");
    return value;
}

/// What is there at all is never rounded to nothing.
Result<std::int64_t> millionthsOf(double fraction) {
    constexpr double kMost = 1e6;
    if (!(std::abs(fraction) <= kMost)) return fail("fraction.syntax", "");
    const auto rounded = static_cast<std::int64_t>(std::llround(fraction * kMillionths));
    return rounded == 0 && fraction > 0 ? 1 : rounded;
}

Result<std::int64_t> parseFraction(std::string_view text) {
    double value = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || stop != text.data() + text.size()) return fail("fraction.syntax", "");
    return millionthsOf(value);
}

Result<std::int64_t> parseNumber(SettingKind kind, const std::string& text) {
    if (kind == SettingKind::Duration) return parseDuration(text);
    if (kind == SettingKind::Size) return parseSize(text);
    if (kind == SettingKind::Fraction) return parseFraction(text);
    return parseCount(text);
}

Result<SettingValue> readNumber(const SettingSpec& spec, const WrittenValue& written) {
    std::int64_t number = 0;
    if (const auto* plain = std::get_if<std::int64_t>(&written)) {
        // A bare number of seconds or bytes would be read one way by one person and another way by the next.
        if (spec.kind == SettingKind::Duration && *plain != 0) return wrongKind(spec, written);
        number = spec.kind == SettingKind::Fraction ? millionthsOf(static_cast<double>(*plain)).value_or(-1) : *plain;
    } else if (const auto* fraction = std::get_if<double>(&written)) {
        if (spec.kind != SettingKind::Fraction) return wrongKind(spec, written);
        number = millionthsOf(*fraction).value_or(-1);
    } else if (const auto* text = std::get_if<std::string>(&written)) {
        const auto parsed = parseNumber(spec.kind, *text);
        if (!parsed) {
            return refuse(fmt::format("\"{}\" takes {}, not \"{}\"", spec.name, kindName(spec.kind), *text), {});
        }
        number = *parsed;
    } else {
        return wrongKind(spec, written);
    }
    if (number < spec.least || number > spec.most) {
        return refuse(
            fmt::format("\"{}\" takes {}, not {}", spec.name, describeRange(spec), writeNumber(spec.kind, number)), {});
    }
    return number;
}

Result<SettingValue> readText(const SettingSpec& spec, const WrittenValue& written) {
    const auto* text = std::get_if<std::string>(&written);
    if (text == nullptr) return wrongKind(spec, written);
    if (!isValidUtf8(*text) || text->find('\0') != std::string::npos) {
        return refuse(fmt::format("\"{}\" is not text in UTF-8", spec.name), {});
    }
    return *text;
}

Result<SettingValue> readChoice(const SettingSpec& spec, const WrittenValue& written) {
    SIGNALBOX_TRY(const SettingValue value, readText(spec, written));
    const auto& text = std::get<std::string>(value);
    if (std::find(spec.choices.begin(), spec.choices.end(), text) != spec.choices.end()) return text;
    const std::vector<std::string> words(spec.choices.begin(), spec.choices.end());
    const auto meant = didYouMean(text, words);
    return refuse(fmt::format("\"{}\" takes {}, not \"{}\"", spec.name, describeRange(spec), text),
                  meant ? fmt::format("Did you mean \"{}\"?", *meant) : std::string());
}

Result<SettingValue> readTexts(const SettingSpec& spec, const WrittenValue& written) {
    if (const auto* list = std::get_if<std::vector<std::string>>(&written)) return *list;
    const auto* text = std::get_if<std::string>(&written);
    if (text == nullptr) return wrongKind(spec, written);
    std::vector<std::string> items;
    for (const std::string_view item : split(*text, ',')) {
        const auto begin = item.find_first_not_of(' ');
        if (begin == std::string_view::npos) continue;
        items.emplace_back(item.substr(begin, item.find_last_not_of(' ') - begin + 1));
    }
    return items;
}

std::string rangeOfNumber(const SettingSpec& spec) {
    constexpr auto kNoEnd = std::numeric_limits<std::int64_t>::max();
    std::string_view what = "a whole number";
    if (spec.kind == SettingKind::Duration) what = "a duration";
    if (spec.kind == SettingKind::Size) what = "a size";
    if (spec.kind == SettingKind::Fraction) what = "a number";
    const std::string least = writeNumber(spec.kind, spec.least);
    if (spec.most == kNoEnd) return fmt::format("{} of at least {}", what, least);
    return fmt::format("{} from {} to {}", what, least, writeNumber(spec.kind, spec.most));
}

}  // namespace

Result<SettingValue> readSetting(const SettingSpec& spec, const WrittenValue& written) {
    switch (spec.kind) {
        case SettingKind::Flag:
            return readFlag(spec, written);
        case SettingKind::Count:
        case SettingKind::Duration:
        case SettingKind::Size:
        case SettingKind::Fraction:
            return readNumber(spec, written);
        case SettingKind::Choice:
            return readChoice(spec, written);
        case SettingKind::Texts:
            return readTexts(spec, written);
        case SettingKind::Text:
        case SettingKind::Path:
        case SettingKind::Secret:
            break;
    }
    return readText(spec, written);
}

SettingValue fallbackOf(const SettingSpec& spec) {
    const auto value = readSetting(spec, std::string(spec.fallback));
    return value ? *value : SettingValue(std::int64_t{0});
}

std::string writeSetting(const SettingSpec& spec, const SettingValue& value) {
    if (spec.kind == SettingKind::Secret) return std::get<std::string>(value).empty() ? "\"\"" : "(set)";
    if (const auto* flag = std::get_if<bool>(&value)) return *flag ? "true" : "false";
    if (const auto* text = std::get_if<std::string>(&value)) return quoted(*text);
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        const std::string plain = writeNumber(spec.kind, *number);
        return spec.kind == SettingKind::Count || spec.kind == SettingKind::Fraction ? plain : quoted(plain);
    }
    std::string list;
    for (const std::string& item : std::get<std::vector<std::string>>(value)) {
        list += (list.empty() ? "" : ", ") + quoted(item);
    }
    return "[" + list + "]";
}

std::string describeRange(const SettingSpec& spec) {
    switch (spec.kind) {
        case SettingKind::Count:
        case SettingKind::Duration:
        case SettingKind::Size:
        case SettingKind::Fraction:
            return rangeOfNumber(spec);
        case SettingKind::Choice:
            break;
        default:
            return std::string(kindName(spec.kind));
    }
    std::string words;
    for (std::size_t i = 0; i < spec.choices.size(); ++i) {
        if (i > 0) words += i + 1 == spec.choices.size() ? " or " : ", ";
        words += quoted(spec.choices[i]);
    }
    return words;
}

void assignSetting(const SettingSpec& spec, const SettingValue& value, Settings& settings) {
    std::visit(
        [&](auto* target) {
            using Kept = std::remove_reference_t<decltype(target(settings))>;
            target(settings) = std::get<Kept>(value);
        },
        spec.target);
}

Result<std::int64_t> parseSize(std::string_view text) {
    struct Unit {
        std::string_view name;
        unsigned shift;
    };
    constexpr Unit kUnits[] = {{"KiB", 10}, {"MiB", 20}, {"GiB", 30}, {"TiB", 40}, {"B", 0}, {"", 0}};
    for (const Unit& unit : kUnits) {
        if (!text.ends_with(unit.name)) continue;
        const auto count = parseCount(text.substr(0, text.size() - unit.name.size()));
        if (!count || *count < 0 || *count > (std::numeric_limits<std::int64_t>::max() >> unit.shift)) break;
        return *count << unit.shift;
    }
    return fail("size.syntax", fmt::format("\"{}\" is no size", text), {}, "Sizes are written as 64KiB or 16MiB");
}

std::string formatSize(std::int64_t bytes) {
    constexpr std::string_view kUnits[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    std::size_t unit = 0;
    while (bytes != 0 && bytes % 1024 == 0 && unit + 1 < std::size(kUnits)) {
        bytes /= 1024;
        ++unit;
    }
    return fmt::format("{}{}", bytes, kUnits[unit]);
}

}  // namespace signalbox::gatewayd
