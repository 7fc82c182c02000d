#include "gateway/cors.h"

#include <algorithm>

namespace signalbox::gateway {

namespace {

constexpr const char* kOrigin = "origin";
constexpr std::string_view kHeadersTaken =
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-CSRF-Token, X-Request-Id, "
    "traceparent, tracestate";
constexpr std::string_view kHeadersShown =
    "ETag, Location, Link, Retry-After, RateLimit-Limit, RateLimit-Remaining, RateLimit-Reset, X-Request-Id, "
    "traceparent, tracestate";

bool sameName(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
        const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
        return lower(x) == lower(y);
    });
}

/// "https://host:port" of a page of this gateway, by the name that it was called by.
bool isOwn(const HttpRequest& request, std::string_view origin) {
    const std::string* const host = request.header("host");
    if (host == nullptr || host->empty()) return false;
    const std::string_view scheme = request.encrypted ? "https://" : "http://";
    if (!origin.starts_with(scheme)) return false;
    origin.remove_prefix(scheme.size());
    return sameName(origin, *host);
}

}  // namespace

bool Cors::lists(std::string_view origin) const {
    return std::any_of(options_.origins.begin(), options_.origins.end(), [&](const std::string& listed) {
        return listed == origin || (listed == "*" && !options_.credentials);
    });
}

bool Cors::isPublicHost(std::string_view host) const {
    const std::string_view all = options_.publicOrigin;
    const std::size_t scheme = all.find("://");
    return scheme != std::string_view::npos && sameName(all.substr(scheme + 3), host);
}

void Cors::addOrigin(const std::string& origin, HttpResponse& response) const {
    response.headers.emplace_back("Access-Control-Allow-Origin", origin);
    if (options_.credentials) response.headers.emplace_back("Access-Control-Allow-Credentials", "true");
}

std::optional<HttpResponse> Cors::preflight(const HttpRequest& request, std::string_view methods) const {
    const std::string* const origin = request.header(kOrigin);
    if (request.method != "OPTIONS" || origin == nullptr ||
        request.header("access-control-request-method") == nullptr) {
        return std::nullopt;
    }
    HttpResponse response;
    response.status = 204;
    response.headers.emplace_back("Vary", "Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
    if (!lists(*origin)) return response;
    addOrigin(*origin, response);
    response.headers.emplace_back("Access-Control-Allow-Methods", methods);
    response.headers.emplace_back("Access-Control-Allow-Headers", kHeadersTaken);
    response.headers.emplace_back("Access-Control-Max-Age", std::to_string(options_.maxAge));
    return response;
}

void Cors::apply(const HttpRequest& request, HttpResponse& response) const {
    if (!isOn()) return;
    // Also for those who sent none: a cache must not hand their answer to a page of another site.
    response.headers.emplace_back("Vary", "Origin");
    const std::string* const origin = request.header(kOrigin);
    if (origin == nullptr || !lists(*origin)) return;
    addOrigin(*origin, response);
    response.headers.emplace_back("Access-Control-Expose-Headers", kHeadersShown);
}

bool Cors::allowsCookie(const HttpRequest& request) const {
    const std::string* const origin = request.header(kOrigin);
    if (origin == nullptr) return false;
    const bool own = options_.publicOrigin.empty() ? isOwn(request, *origin) : sameName(*origin, options_.publicOrigin);
    return own || (options_.credentials && lists(*origin));
}

}  // namespace signalbox::gateway
