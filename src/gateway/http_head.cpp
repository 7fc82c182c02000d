#include "gateway/http_head.h"

#include <algorithm>
#include <cctype>

#include "base/text.h"

namespace signalbox::gateway {
namespace {

using Checked = std::optional<Refusal>;

Refusal malformed(std::string detail) { return {400, "http.malformed", std::move(detail)}; }

char lower(char letter) { return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter; }

/// The only header of that name; null when there is none. `repeated` tells of more than one.
const std::string* single(const HttpRequest& request, std::string_view name, bool& repeated) {
    const std::string* found = nullptr;
    for (const auto& [key, value] : request.headers) {
        if (key != name) continue;
        repeated = repeated || found != nullptr;
        found = &value;
    }
    return found;
}

bool anyHasToken(const HttpRequest& request, std::string_view name, std::string_view token) {
    return std::any_of(request.headers.begin(), request.headers.end(),
                       [&](const auto& header) { return header.first == name && hasToken(header.second, token); });
}

bool isHostByte(char letter) {
    return std::isalnum(static_cast<unsigned char>(letter)) != 0 ||
           std::string_view("-._~:[]%!$&'()*+,;=").find(letter) != std::string_view::npos;
}

Checked checkHost(const HttpRequest& request, bool isHttp11) {
    bool repeated = false;
    const auto* host = single(request, "host", repeated);
    if (repeated) return malformed("The request has more than one Host");
    if (host == nullptr) return isHttp11 ? Checked(malformed("The request has no Host")) : std::nullopt;
    if (!std::all_of(host->begin(), host->end(), isHostByte)) return malformed("The Host is not the name of one");
    return std::nullopt;
}

/// RFC 9112 section 6.3, in its strictest reading: what frames the body is said once, in one way.
Checked checkBodyLength(const HttpRequest& request, bool isHttp11, HeadRules& rules) {
    bool repeated = false;
    const auto* length = single(request, "content-length", repeated);
    const auto* coding = single(request, "transfer-encoding", repeated);
    if (repeated) return malformed("The length of the body is given more than once");
    if (length != nullptr && coding != nullptr) {
        return malformed("The request has both Content-Length and Transfer-Encoding");
    }
    if (coding != nullptr) {
        if (!isHttp11) return malformed("HTTP/1.0 knows no Transfer-Encoding");
        if (!equalsIgnoringCase(*coding, "chunked")) {
            return Refusal{501, "http.transfer-encoding", "The only transfer coding taken is chunked"};
        }
        rules.isChunked = rules.hasBody = true;
    }
    if (length != nullptr) {
        const bool isNumber = !length->empty() && length->size() <= 18 &&
                              std::all_of(length->begin(), length->end(), [](char c) { return c >= '0' && c <= '9'; });
        if (!isNumber) return malformed("Content-Length is not a number");
        rules.hasBody = length->find_first_not_of('0') != std::string::npos;
    }
    return std::nullopt;
}

Checked checkContent(const HttpRequest& request, bool isHttp11, HeadRules& rules) {
    bool repeated = false;
    if (const auto* coding = single(request, "content-encoding", repeated); coding != nullptr) {
        rules.isGzipped = equalsIgnoringCase(*coding, "gzip") || equalsIgnoringCase(*coding, "x-gzip");
        if (repeated || (!rules.isGzipped && !equalsIgnoringCase(*coding, "identity"))) {
            return Refusal{415, "http.content-encoding", "The only content coding taken is gzip"};
        }
    }
    if (const auto* expect = single(request, "expect", repeated); expect != nullptr && isHttp11) {
        if (!equalsIgnoringCase(*expect, "100-continue")) {
            return Refusal{417, "http.expectation", "The only expectation met is 100-continue"};
        }
        rules.expectsContinue = rules.hasBody;
    }
    return std::nullopt;
}

/// RFC 6455 section 4.2.1: 16 bytes in base64.
bool isWebSocketKey(std::string_view key) {
    return key.size() == 24 && key.ends_with("==") && std::all_of(key.begin(), key.end() - 2, [](char letter) {
               return std::isalnum(static_cast<unsigned char>(letter)) != 0 || letter == '+' || letter == '/';
           });
}

Checked checkUpgrade(const HttpRequest& request, bool isHttp11, HeadRules& rules) {
    if (!isHttp11 || !anyHasToken(request, "upgrade", "websocket") || !anyHasToken(request, "connection", "upgrade")) {
        return std::nullopt;
    }
    bool repeated = false;
    const auto* key = single(request, "sec-websocket-key", repeated);
    const auto* version = single(request, "sec-websocket-version", repeated);
    if (version != nullptr && *version != "13") {
        return Refusal{426, "websocket.version", "The only WebSocket version spoken is 13"};
    }
    if (request.method != "GET" || rules.hasBody || repeated || key == nullptr || version == nullptr ||
        !isWebSocketKey(*key)) {
        return Refusal{400, "websocket.handshake", "The request for a WebSocket is not well-formed"};
    }
    rules.isUpgrade = true;
    return std::nullopt;
}

/// The quality of one entry of Accept-Encoding, 0 to 1; 1 when none is given, 0 when it is not a number.
double quality(std::string_view parameters) {
    for (const auto part : split(parameters, ';')) {
        const auto parameter = trimmed(part);
        if (!parameter.starts_with("q=") && !parameter.starts_with("Q=")) continue;
        const auto number = parameter.substr(2);
        if (number == "1" || number.starts_with("1.")) return 1;
        if (!number.starts_with("0")) return 0;
        return number.find_first_of("123456789") == std::string_view::npos ? 0 : 0.5;
    }
    return 1;
}

}  // namespace

std::optional<Refusal> scanHead(std::string_view head) {
    if (head.find('\0') != std::string_view::npos) return malformed("The head has a NUL");
    const auto returns = std::count(head.begin(), head.end(), '\r');
    std::ptrdiff_t lines = 0;
    for (auto at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1)) {
        if (at == 0 || head[at - 1] != '\r') return malformed("A line of the head does not end in CR LF");
        if (at + 1 < head.size() && (head[at + 1] == ' ' || head[at + 1] == '\t')) {
            return malformed("A header is folded over two lines");
        }
        ++lines;
    }
    if (returns != lines) return malformed("The head has a carriage return inside a line");
    return std::nullopt;
}

tl::expected<HeadRules, Refusal> readHead(const HttpRequest& request, bool isHttp11) {
    HeadRules rules;
    rules.isHttp10 = !isHttp11;
    rules.keepsAlive =
        isHttp11 ? !anyHasToken(request, "connection", "close") : anyHasToken(request, "connection", "keep-alive");
    for (const auto& [name, value] : request.headers) {
        if (!isValidUtf8(value)) return tl::unexpected(malformed("The header " + name + " is not UTF-8"));
    }
    if (auto refused = checkHost(request, isHttp11)) return tl::unexpected(std::move(*refused));
    if (auto refused = checkBodyLength(request, isHttp11, rules)) return tl::unexpected(std::move(*refused));
    if (auto refused = checkContent(request, isHttp11, rules)) return tl::unexpected(std::move(*refused));
    if (auto refused = checkUpgrade(request, isHttp11, rules)) return tl::unexpected(std::move(*refused));
    return rules;
}

bool hasToken(std::string_view list, std::string_view token) {
    for (const auto part : split(list, ',')) {
        if (equalsIgnoringCase(trimmed(part), token)) return true;
    }
    return false;
}

bool equalsIgnoringCase(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

std::string_view trimmed(std::string_view text) {
    const auto begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

bool acceptsGzip(std::string_view acceptEncoding) {
    std::optional<double> named;
    std::optional<double> any;
    for (const auto entry : split(acceptEncoding, ',')) {
        const auto mark = std::min(entry.find(';'), entry.size());
        const auto coding = trimmed(entry.substr(0, mark));
        const double value = quality(mark < entry.size() ? entry.substr(mark + 1) : std::string_view());
        if (equalsIgnoringCase(coding, "gzip") || equalsIgnoringCase(coding, "x-gzip")) named = value;
        if (coding == "*") any = value;
    }
    return named.value_or(any.value_or(0)) > 0;
}

}  // namespace signalbox::gateway
