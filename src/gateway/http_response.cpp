#include "gateway/http_response.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "gateway/gzip.h"
#include "gateway/http_head.h"

namespace signalbox::gateway {
namespace {

/// Beyond it an I/O thread would be held for longer than others should wait.
constexpr std::size_t kLargestCompressed = 4U << 20U;

struct Phrase {
    unsigned status;
    std::string_view text;
};
constexpr std::array kPhrases = {Phrase{100, "Continue"},
                                 Phrase{101, "Switching Protocols"},
                                 Phrase{200, "OK"},
                                 Phrase{201, "Created"},
                                 Phrase{202, "Accepted"},
                                 Phrase{204, "No Content"},
                                 Phrase{206, "Partial Content"},
                                 Phrase{301, "Moved Permanently"},
                                 Phrase{302, "Found"},
                                 Phrase{303, "See Other"},
                                 Phrase{304, "Not Modified"},
                                 Phrase{307, "Temporary Redirect"},
                                 Phrase{308, "Permanent Redirect"},
                                 Phrase{400, "Bad Request"},
                                 Phrase{401, "Unauthorized"},
                                 Phrase{403, "Forbidden"},
                                 Phrase{404, "Not Found"},
                                 Phrase{405, "Method Not Allowed"},
                                 Phrase{406, "Not Acceptable"},
                                 Phrase{408, "Request Timeout"},
                                 Phrase{409, "Conflict"},
                                 Phrase{410, "Gone"},
                                 Phrase{411, "Length Required"},
                                 Phrase{412, "Precondition Failed"},
                                 Phrase{413, "Content Too Large"},
                                 Phrase{414, "URI Too Long"},
                                 Phrase{415, "Unsupported Media Type"},
                                 Phrase{417, "Expectation Failed"},
                                 Phrase{421, "Misdirected Request"},
                                 Phrase{422, "Unprocessable Content"},
                                 Phrase{426, "Upgrade Required"},
                                 Phrase{428, "Precondition Required"},
                                 Phrase{429, "Too Many Requests"},
                                 Phrase{431, "Request Header Fields Too Large"},
                                 Phrase{500, "Internal Server Error"},
                                 Phrase{501, "Not Implemented"},
                                 Phrase{502, "Bad Gateway"},
                                 Phrase{503, "Service Unavailable"},
                                 Phrase{504, "Gateway Timeout"},
                                 Phrase{505, "HTTP Version Not Supported"},
                                 Phrase{507, "Insufficient Storage"}};

void appendNumber(std::string& out, std::uint64_t number) {
    std::array<char, 20> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

bool isServersOwn(std::string_view name) {
    constexpr std::array<std::string_view, 6> kOwn = {"content-length", "connection",        "date",
                                                      "keep-alive",     "transfer-encoding", "upgrade"};
    return std::any_of(kOwn.begin(), kOwn.end(), [&](auto own) { return equalsIgnoringCase(own, name); });
}

/// A line break in a header would let its author write a second answer.
bool isSafe(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char letter) {
        return (static_cast<unsigned char>(letter) >= 0x20 && letter != '\x7f') || letter == '\t';
    });
}

const std::string* find(const HttpResponse& response, std::string_view name) {
    for (const auto& [key, value] : response.headers) {
        if (equalsIgnoringCase(key, name)) return &value;
    }
    return nullptr;
}

bool isCompressibleType(std::string_view type) {
    const auto essence = trimmed(type.substr(0, type.find(';')));
    return essence.starts_with("text/") || essence.ends_with("json") || essence.ends_with("xml") ||
           essence.ends_with("javascript") || essence.ends_with("yaml");
}

bool isCompressible(const HttpResponse& response, std::size_t smallest) {
    if (response.body.size() < smallest || response.body.size() > kLargestCompressed) return false;
    const auto* type = find(response, "content-type");
    if (type == nullptr || !isCompressibleType(*type) || find(response, "content-encoding") != nullptr) return false;
    const auto* control = find(response, "cache-control");
    return control == nullptr || !hasToken(*control, "no-transform");
}

}  // namespace

bool isBodiless(unsigned status) { return status < 200 || status == 204 || status == 304; }

std::string_view reasonPhrase(unsigned status) {
    const auto found = std::lower_bound(kPhrases.begin(), kPhrases.end(), status,
                                        [](const Phrase& phrase, unsigned wanted) { return phrase.status < wanted; });
    return found != kPhrases.end() && found->status == status ? found->text : std::string_view("Unknown");
}

void compressBody(HttpResponse& response, bool acceptsGzip, std::size_t smallest) {
    if (isBodiless(response.status) || !isCompressible(response, smallest)) return;
    response.headers.emplace_back("Vary", "Accept-Encoding");
    if (!acceptsGzip) return;
    auto packed = gzip(response.body);
    if (packed.empty() || packed.size() >= response.body.size()) return;
    response.body = std::move(packed);
    response.headers.emplace_back("Content-Encoding", "gzip");
}

void appendHead(std::string& out, const HttpResponse& response, const ResponseRules& rules) {
    out += "HTTP/1.1 ";
    appendNumber(out, response.status);
    out += ' ';
    out += reasonPhrase(response.status);
    out += "\r\nDate: ";
    out += rules.date;
    for (const auto& [name, value] : response.headers) {
        if (isServersOwn(name) || !isSafe(name) || !isSafe(value)) continue;
        out += "\r\n";
        out += name;
        out += ": ";
        out += value;
    }
    if (rules.isEncrypted && find(response, "strict-transport-security") == nullptr) {
        out += "\r\nStrict-Transport-Security: max-age=31536000";
    }
    if (!isBodiless(response.status) && !rules.isStream) {
        out += "\r\nContent-Length: ";
        appendNumber(out, response.body.size());
    }
    if (!rules.keepsAlive) {
        out += "\r\nConnection: close";
    } else if (rules.isHttp10) {
        out += "\r\nConnection: keep-alive";
    }
    out += "\r\n\r\n";
}

}  // namespace signalbox::gateway
