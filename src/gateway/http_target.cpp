#include "gateway/http_target.h"

#include <algorithm>

#include "base/text.h"

namespace signalbox::gateway {
namespace {

int hexDigit(char letter) {
    if (letter >= '0' && letter <= '9') return letter - '0';
    if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
    if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
    return -1;
}

bool isTargetByte(char letter) {
    return letter > ' ' && letter < '\x7f' && letter != '#' && letter != '\\' && letter != '"' && letter != '<' &&
           letter != '>' && letter != '^' && letter != '`';
}

bool isControl(char letter) { return static_cast<unsigned char>(letter) < 0x20 || letter == '\x7f'; }

tl::unexpected<Error> refuse(std::string message) { return fail("http.target", std::move(message)); }

/// The part of an absolute-form target behind scheme and authority.
std::string_view withoutAuthority(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!target.starts_with(scheme)) continue;
        target.remove_prefix(scheme.size());
        const auto end = target.find_first_of("/?");
        return end == std::string_view::npos ? std::string_view() : target.substr(end);
    }
    return target;
}

bool hasDotSegment(std::string_view path) {
    for (const auto segment : split(path, '/')) {
        if (segment == "." || segment == "..") return true;
    }
    return false;
}

/// An encoded slash or backslash would move the border of a segment once it is decoded.
bool hidesSeparator(std::string_view path) {
    for (auto at = path.find('%'); at != std::string_view::npos; at = path.find('%', at + 1)) {
        const auto code = path.substr(at, 3);
        if (code == "%2F" || code == "%2f" || code == "%5C" || code == "%5c") return true;
    }
    return false;
}

Result<std::string> decodePath(std::string_view raw) {
    if (raw.find('%') == std::string_view::npos) return std::string(raw);
    if (hidesSeparator(raw)) return refuse("The path has an encoded slash");
    SIGNALBOX_TRY(auto path, percentDecode(raw));
    if (std::any_of(path.begin(), path.end(), isControl)) return refuse("The path has a control character");
    if (!isValidUtf8(path)) return refuse("The path is not UTF-8");
    return path;
}

}  // namespace

Result<std::string> percentDecode(std::string_view text) {
    std::string decoded;
    decoded.reserve(text.size());
    for (std::size_t at = 0; at < text.size(); ++at) {
        if (text[at] != '%') {
            decoded += text[at];
            continue;
        }
        const int high = at + 2 < text.size() ? hexDigit(text[at + 1]) : -1;
        const int low = at + 2 < text.size() ? hexDigit(text[at + 2]) : -1;
        if (high < 0 || low < 0) return fail("http.percent", "A percent sign needs two hexadecimal digits behind it");
        decoded += static_cast<char>(high * 16 + low);
        at += 2;
    }
    return decoded;
}

Result<Target> parseTarget(std::string_view target) {
    if (!std::all_of(target.begin(), target.end(), isTargetByte)) {
        return refuse("The request target has a byte that must be percent-encoded");
    }
    if (target == "*") return Target{"*", {}};
    const auto local = withoutAuthority(target);
    const auto mark = std::min(local.find('?'), local.size());
    const bool isAbsolute = local.size() != target.size();
    auto raw = local.substr(0, mark);
    if (raw.empty() && isAbsolute) raw = "/";
    if (!raw.starts_with('/')) return refuse("The request target is neither a path nor an http URL");
    Target parsed;
    if (mark < local.size()) parsed.query = local.substr(mark + 1);
    SIGNALBOX_TRY(parsed.path, decodePath(raw));
    if (hasDotSegment(parsed.path)) return refuse("The path has a dot segment");
    return parsed;
}

}  // namespace signalbox::gateway
