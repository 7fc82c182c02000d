// Cross-origin resource sharing: which other sites' pages may call the API. None unless told.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/exchange.h"

namespace signalbox::gateway {

struct CorsOptions {
    /// "https://console.example.org", exactly as browsers send it. "*" allows all, and never with credentials.
    std::vector<std::string> origins;
    bool credentials = false;    ///< cookies may be sent
    std::uint32_t maxAge = 600;  ///< seconds that a browser may remember a preflight
    /// The gateway's own pages are of this origin and of no other; empty: of the one it was called by.
    std::string publicOrigin = {};
};

/// Immutable, thread-safe.
class Cors {
public:
    explicit Cors(CorsOptions options) : options_(std::move(options)) {}

    /// The answer to a preflight (OPTIONS with Origin and Access-Control-Request-Method), with `methods` as the allowed
    /// ones ("GET, POST"); nothing when it is none. One that is not allowed is answered without the headers.
    [[nodiscard]] std::optional<HttpResponse> preflight(const HttpRequest& request, std::string_view methods) const;
    /// Adds the headers to the answer to an actual request, and "Vary: Origin" as soon as there is an allow-list.
    void apply(const HttpRequest& request, HttpResponse& response) const;
    /// Whether a page of that origin may use this gateway with the user's cookie: the gateway's own (by the
    /// public origin, or the Host header), or one on the list when credentials are allowed. Without an Origin header:
    /// false.
    [[nodiscard]] bool allowsCookie(const HttpRequest& request) const;
    /// Whether a gateway that people find at another address than it listens on is called by that one's name.
    [[nodiscard]] bool isPublicHost(std::string_view host) const;
    [[nodiscard]] bool isOn() const { return !options_.origins.empty(); }
    /// Whether the origin is one of those that were named.
    [[nodiscard]] bool lists(std::string_view origin) const;

private:
    void addOrigin(const std::string& origin, HttpResponse& response) const;

    CorsOptions options_;
};

}  // namespace signalbox::gateway
