// Private to the API: what a request shows to say who it comes from.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"
#include "gateway/cors.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

struct Credentials {
    std::string token;
    bool byCookie = false;  ///< a browser sends it by itself
};

/// "Authorization: Bearer TOKEN" goes before the cookie; nothing when there is neither. Error "auth.required" for
/// another scheme. `secure`: the browser speaks TLS, which the cookie's name tells.
[[nodiscard]] Result<std::optional<Credentials>> credentialsOf(const HttpRequest& request, bool secure);

/// Whether the method changes nothing: GET, HEAD, OPTIONS.
[[nodiscard]] bool isSafe(const HttpRequest& request);
/// A page of another site must not act as whoever sits at the browser. Without an Origin header there is no page. Error
/// "auth.origin".
[[nodiscard]] Status checkOrigin(const HttpRequest& request, const Cors& cors);

/// The same for what a page of another site must not even read, where a browser sends a cookie with it: what it says of
/// itself (Sec-Fetch-Site) counts too, as it sends no Origin with all that it loads. Error "auth.origin".
[[nodiscard]] Status checkReader(const HttpRequest& request, const Cors& cors);

/// For a gateway that lets everybody in: only by an address, a name without dots, its public
/// name or one on the list. A page can point a
/// name of its own at this computer (DNS rebinding) and would then be a page of this gateway. Error "auth.host".
[[nodiscard]] Status checkHost(const HttpRequest& request, const Cors& cors);

/// Set-Cookie for a session's token; an empty token removes it.
[[nodiscard]] std::string sessionCookie(bool secure, const std::string& token);

}  // namespace signalbox::gateway
