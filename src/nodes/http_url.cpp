#include "nodes/http_url.h"

#include <memory>
#include <optional>

#include <curl/curl.h>
#include <fmt/format.h>

#include "nodes/http_client.h"

namespace signalbox::nodes {
namespace {

using Url = std::unique_ptr<CURLU, decltype(&curl_url_cleanup)>;

Url parse(const std::string& text) {
    Url url(curl_url(), &curl_url_cleanup);
    // Any scheme is parsed, so that a forbidden one can be named as such.
    if (url && curl_url_set(url.get(), CURLUPART_URL, text.c_str(), CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK) url.reset();
    return url;
}

std::string part(const Url& url, CURLUPart which, unsigned flags = 0) {
    char* text = nullptr;
    if (curl_url_get(url.get(), which, &text, flags) != CURLUE_OK) return {};
    std::string copy(text);
    curl_free(text);
    return copy;
}

}  // namespace

Result<std::string> urlWithQuery(const std::string& url, const HttpHeaders& query) {
    const Url parsed = parse(url);
    if (!parsed || url.find('\0') != std::string::npos) {
        return fail("http.url", "This is not a valid address", shownUrl(url), "It begins with http:// or https://.");
    }
    const std::string scheme = part(parsed, CURLUPART_SCHEME);
    if (scheme != "http" && scheme != "https") {
        return fail("http.protocol", fmt::format("The protocol '{}' is not allowed, only http and https", scheme),
                    shownUrl(url));
    }
    if (!part(parsed, CURLUPART_USER).empty() || !part(parsed, CURLUPART_PASSWORD).empty()) {
        return fail("http.url", "The address holds a user or password", shownUrl(url),
                    "Use 'auth' with a secret from the environment.");
    }
    for (const auto& [name, value] : query) {
        const std::string pair = fmt::format("{}={}", name, value);
        if (curl_url_set(parsed.get(), CURLUPART_QUERY, pair.c_str(), CURLU_APPENDQUERY | CURLU_URLENCODE) !=
            CURLUE_OK) {
            return fail("http.url", fmt::format("The query parameter '{}' cannot be added", name), shownUrl(url));
        }
    }
    return part(parsed, CURLUPART_URL);
}

std::string shownUrl(const std::string& url) {
    const Url parsed = parse(url);
    if (!parsed) return url.substr(0, url.find_first_of("?#@"));
    for (const CURLUPart hidden : {CURLUPART_QUERY, CURLUPART_FRAGMENT, CURLUPART_USER, CURLUPART_PASSWORD}) {
        curl_url_set(parsed.get(), hidden, nullptr, 0);
    }
    return part(parsed, CURLUPART_URL);
}

bool sameOrigin(const std::string& a, const std::string& b) {
    const Url first = parse(a);
    const Url second = parse(b);
    if (!first || !second) return false;
    return part(first, CURLUPART_SCHEME) == part(second, CURLUPART_SCHEME) &&
           part(first, CURLUPART_HOST) == part(second, CURLUPART_HOST) &&
           part(first, CURLUPART_PORT, CURLU_DEFAULT_PORT) == part(second, CURLUPART_PORT, CURLU_DEFAULT_PORT);
}

}  // namespace signalbox::nodes
