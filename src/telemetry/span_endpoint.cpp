#include "telemetry/span_endpoint.h"

#include <algorithm>
#include <array>
#include <memory>

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/text.h"

namespace signalbox::telemetry {

namespace {

struct UrlCloser {
    void operator()(CURLU* url) const { curl_url_cleanup(url); }
};
using Url = std::unique_ptr<CURLU, UrlCloser>;

std::string partOf(const Url& url, CURLUPart part) {
    char* text = nullptr;
    if (curl_url_get(url.get(), part, &text, 0) != CURLUE_OK) return {};
    std::string result(text);
    curl_free(text);
    return result;
}

tl::unexpected<Error> noEndpoint(std::string message) {
    return fail("tracing.endpoint", std::move(message), {},
                "Give the URL of a collector that takes OTLP over HTTP, such as http://127.0.0.1:4318");
}

bool isTokenCharacter(char c) {
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return alphanumeric || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool isValueCharacter(char c) { return c == '\t' || (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f); }

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(" \t\r");
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(" \t\r") + 1 - begin);
}

/// What the transport says itself, and would say twice.
bool isOwn(std::string name) {
    std::transform(name.begin(), name.end(), name.begin(),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    constexpr std::array<std::string_view, 7> kOwn = {
        "content-type", "content-length", "content-encoding", "host", "transfer-encoding", "connection", "expect"};
    return std::find(kOwn.begin(), kOwn.end(), name) != kOwn.end();
}

}  // namespace

Result<SpanEndpoint> parseSpanEndpoint(std::string_view text) {
    const Url url(curl_url());
    const std::string asked(text);
    if (!url || asked.find('\0') != std::string::npos ||
        curl_url_set(url.get(), CURLUPART_URL, asked.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) {
        return noEndpoint("This is no URL");
    }
    const std::string scheme = partOf(url, CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https") return noEndpoint("The URL of a collector begins with http or https");
    for (const CURLUPart part : {CURLUPART_USER, CURLUPART_PASSWORD, CURLUPART_QUERY, CURLUPART_FRAGMENT}) {
        // The text is not repeated, here and above: what should not be there may be a secret.
        if (partOf(url, part).empty()) continue;
        return noEndpoint("The URL of a collector holds no user, password, query or fragment: use tracing.headers");
    }
    if (partOf(url, CURLUPART_PATH) == "/") curl_url_set(url.get(), CURLUPART_PATH, "/v1/traces", 0);
    SpanEndpoint endpoint{partOf(url, CURLUPART_URL), partOf(url, CURLUPART_HOST), scheme == "https"};
    if (endpoint.host.starts_with('[')) endpoint.host = endpoint.host.substr(1, endpoint.host.size() - 2);
    return endpoint;
}

Result<std::vector<std::pair<std::string, std::string>>> parseSpanHeaders(std::string_view text) {
    std::vector<std::pair<std::string, std::string>> headers;
    const auto lines = split(text, '\n');
    for (std::size_t i = 0; i < lines.size(); ++i) {
        const std::string_view line = trimmed(lines[i]);
        if (line.empty()) continue;
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string_view name = line.substr(0, colon);
        const std::string_view value = colon < line.size() ? trimmed(line.substr(colon + 1)) : std::string_view();
        const bool isHeader = !name.empty() && !value.empty() &&
                              std::all_of(name.begin(), name.end(), isTokenCharacter) &&
                              std::all_of(value.begin(), value.end(), isValueCharacter);
        if (!isHeader || isOwn(std::string(name))) {
            return fail("tracing.headers", fmt::format("Line {} of the headers is none that can be sent", i + 1), {},
                        "A header is a line such as \"Authorization: Bearer ...\"; Content-Type, Host and their like "
                        "are sent anyway");
        }
        headers.emplace_back(name, value);
    }
    return headers;
}

}  // namespace signalbox::telemetry
