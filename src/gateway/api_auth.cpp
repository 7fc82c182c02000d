#include "gateway/api_auth.h"

#include <algorithm>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/text.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kScheme = "bearer ";

/// The prefix makes browsers refuse a cookie that another host or a plain page has set.
std::string_view cookieName(bool secure) { return secure ? "__Host-signalbox_session" : "signalbox_session"; }

std::optional<std::string> cookieOf(const HttpRequest& request, bool secure) {
    const std::string* const header = request.header("cookie");
    if (header == nullptr) return std::nullopt;
    for (std::string_view part : split(*header, ';')) {
        while (part.starts_with(' ')) part.remove_prefix(1);
        const std::size_t equals = part.find('=');
        if (equals == std::string_view::npos || part.substr(0, equals) != cookieName(secure)) continue;
        return std::string(part.substr(equals + 1));
    }
    return std::nullopt;
}

/// Without the port and the brackets of IPv6.
std::string hostNameOf(std::string_view host) {
    if (host.starts_with('[')) return std::string(host.substr(1, host.find(']') - 1));
    return std::string(host.substr(0, host.rfind(':')));
}

bool isAddress(const std::string& host) {
    in6_addr bytes{};
    return ::inet_pton(AF_INET, host.c_str(), &bytes) == 1 || ::inet_pton(AF_INET6, host.c_str(), &bytes) == 1;
}

bool startsWithScheme(std::string_view text) {
    return text.size() > kScheme.size() &&
           std::equal(kScheme.begin(), kScheme.end(), text.begin(), [](char wanted, char c) {
               return wanted == (c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c);
           });
}

}  // namespace

Result<std::optional<Credentials>> credentialsOf(const HttpRequest& request, bool secure) {
    if (const std::string* const header = request.header("authorization")) {
        if (startsWithScheme(*header)) return Credentials{header->substr(kScheme.size()), false};
        return fail("auth.required", "This way to authenticate is not known here", "Authorization",
                    "Send \"Authorization: Bearer\" with a session's token or an API key");
    }
    if (auto token = cookieOf(request, secure); token && !token->empty()) return Credentials{*std::move(token), true};
    return std::nullopt;
}

bool isSafe(const HttpRequest& request) {
    return request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
}

Status checkOrigin(const HttpRequest& request, const Cors& cors) {
    if (request.header("origin") == nullptr || cors.allowsCookie(request)) return {};
    return fail("auth.origin", "A page of another site may not do this", "Origin",
                "Name the site in the gateway's settings, or send a token");
}

Status checkReader(const HttpRequest& request, const Cors& cors) {
    SIGNALBOX_CHECK(checkOrigin(request, cors));
    const std::string* const site = request.header("sec-fetch-site");
    const bool isForeign = site != nullptr && *site != "same-origin" && *site != "none";
    // With an Origin it has just been looked at.
    if (!isForeign || request.header("origin") != nullptr) return {};
    return fail("auth.origin", "A page of another site may not read this", "Sec-Fetch-Site",
                "Name the site in the gateway's settings, or send a token");
}

Status checkHost(const HttpRequest& request, const Cors& cors) {
    const std::string* const host = request.header("host");
    if (host == nullptr || isAddress(hostNameOf(*host)) || hostNameOf(*host).find('.') == std::string::npos) return {};
    if (cors.isPublicHost(*host)) return {};
    if (cors.lists((request.encrypted ? "https://" : "http://") + *host)) return {};
    return fail("auth.host", "This gateway lets everybody in, but not by this name", "Host",
                "Use its address, or name the site in the gateway's settings");
}

std::string sessionCookie(bool secure, const std::string& token) {
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict{}{}", cookieName(secure), token,
                       secure ? "; Secure" : "", token.empty() ? "; Max-Age=0" : "");
}

}  // namespace signalbox::gateway
