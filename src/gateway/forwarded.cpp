#include "gateway/forwarded.h"

#include <algorithm>
#include <cstdint>

#include "gateway/http_head.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kPlain = "x-forwarded-for";
constexpr std::string_view kStandard = "forwarded";
/// Longer than any chain of proxies.
constexpr int kMostEntries = 32;
/// Of "[address]:port", generously.
constexpr std::size_t kLongestNode = 64;

bool isPort(std::string_view text) {
    return !text.empty() && text.size() <= 5 && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// "192.0.2.1", "192.0.2.1:4711", "[2001:db8::1]", "[2001:db8::1]:4711"; and "2001:db8::1" where `bare` allows it.
std::optional<IpAddress> readNode(std::string_view node, bool bare) {
    if (node.empty() || node.size() > kLongestNode) return std::nullopt;
    if (node.front() == '[') {
        const auto end = node.find(']');
        if (end == std::string_view::npos) return std::nullopt;
        const auto behind = node.substr(end + 1);
        if (!behind.empty() && (behind.front() != ':' || !isPort(behind.substr(1)))) return std::nullopt;
        const auto address = node.substr(1, end - 1);
        return address.find(':') == std::string_view::npos ? std::nullopt : IpAddress::parse(address);
    }
    const auto colons = std::count(node.begin(), node.end(), ':');
    if (colons > 1) return bare ? IpAddress::parse(node) : std::nullopt;
    const auto colon = node.find(':');
    if (colon != std::string_view::npos && !isPort(node.substr(colon + 1))) return std::nullopt;
    return IpAddress::parse(node.substr(0, colon));
}

/// The last comma outside quotes. Read from the right: an odd quote that a client has sent then spoils its own
/// entries only, and none that a proxy has added behind them.
std::size_t lastComma(std::string_view list) {
    bool isQuoted = false;
    for (std::size_t at = list.size(); at > 0; --at) {
        if (list[at - 1] == '"') isQuoted = !isQuoted;
        if (list[at - 1] == ',' && !isQuoted) return at - 1;
    }
    return std::string_view::npos;
}

/// Takes one "name=value" with the ";" behind it off the text. The value without its quotes; nothing: it is malformed.
/// No address needs a backslash, and what comes behind one is read differently by others.
std::optional<std::pair<std::string_view, std::string_view>> takePair(std::string_view& text) {
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const auto name = trimmed(text.substr(0, equals));
    text.remove_prefix(equals + 1);
    std::string_view value;
    if (text.starts_with('"')) {
        const auto end = text.find('"', 1);
        if (end == std::string_view::npos) return std::nullopt;
        value = text.substr(1, end - 1);
        text.remove_prefix(end + 1);
        if (!trimmed(text.substr(0, text.find(';'))).empty()) return std::nullopt;
    } else {
        value = trimmed(text.substr(0, text.find(';')));
    }
    if (value.find_first_of("\"\\") != std::string_view::npos) return std::nullopt;
    const auto mark = text.find(';');
    text = mark == std::string_view::npos ? std::string_view() : text.substr(mark + 1);
    return std::pair(name, value);
}

/// The "for" of one entry: for=192.0.2.1;proto=https.
std::optional<IpAddress> readEntry(std::string_view entry) {
    std::optional<IpAddress> found;
    while (!entry.empty()) {
        const auto pair = takePair(entry);
        if (!pair) return std::nullopt;
        if (!equalsIgnoringCase(pair->first, "for")) continue;
        if (found) return std::nullopt;
        found = readNode(pair->second, false);
        if (!found) return std::nullopt;
    }
    return found;
}

}  // namespace

ForwardedAddresses::ForwardedAddresses(const HttpRequest& request)
    : request_(request),
      isPlain_(request.header(kPlain) != nullptr),
      lines_(request.headers.size()),
      left_(kMostEntries) {}

bool ForwardedAddresses::findLine() {
    while (lines_ > 0) {
        const auto& [name, value] = request_.headers[--lines_];
        if (name != (isPlain_ ? kPlain : kStandard)) continue;
        rest_ = value;
        isInLine_ = true;
        return true;
    }
    return false;
}

std::optional<IpAddress> ForwardedAddresses::next() {
    if (left_ == 0 || (!isInLine_ && !findLine())) return std::nullopt;
    --left_;
    const auto comma = isPlain_ ? rest_.rfind(',') : lastComma(rest_);
    isInLine_ = comma != std::string_view::npos;
    const auto entry = trimmed(isInLine_ ? rest_.substr(comma + 1) : rest_);
    if (isInLine_) rest_ = rest_.substr(0, comma);
    return isPlain_ ? readNode(entry, true) : readEntry(entry);
}

}  // namespace signalbox::gateway
