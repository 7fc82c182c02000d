#include "gateway/run_patience.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "base/text.h"

namespace signalbox::gateway {

namespace {

constexpr Micros kSecond = 1'000'000;

std::optional<std::uint32_t> wholeSeconds(std::string_view text) {
    std::uint32_t seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return seconds;
}

/// A preference that is not understood is none.
Micros preferred(const std::string& header) {
    constexpr std::string_view kWait = "wait=";
    for (std::string_view part : split(header, ',')) {
        while (part.starts_with(' ')) part.remove_prefix(1);
        while (part.ends_with(' ')) part.remove_suffix(1);
        if (!part.starts_with(kWait)) continue;
        const auto seconds = wholeSeconds(part.substr(kWait.size()));
        if (seconds) return std::min(Micros{*seconds} * kSecond, kLongestPatience);
    }
    return 0;
}

}  // namespace

Result<Micros> patienceOf(const HttpRequest& request, const std::string& parameter) {
    if (parameter.empty()) {
        const std::string* const header = request.header("prefer");
        return header != nullptr ? preferred(*header) : 0;
    }
    const auto seconds = wholeSeconds(parameter);
    if (seconds && Micros{*seconds} * kSecond <= kLongestPatience) return Micros{*seconds} * kSecond;
    return fail("prefer.wait", "wait is a whole number of seconds, at most 600", "?wait");
}

}  // namespace signalbox::gateway
