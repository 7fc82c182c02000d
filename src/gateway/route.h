// One route of the API, declared: what it is called by, what it needs, and how it becomes a call of the protocol.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "gateway/router.h"

namespace signalbox::gateway {

/// Who answers. All but Call are the gateway's own.
enum class Handler : std::uint8_t {
    Call,          ///< the call of the protocol, nothing else
    Start,         ///< starts a run, and may wait for it
    Execute,       ///< the same with a workflow's inputs as the body and its outputs as the answer
    Rerun,         ///< starts a run again, and may wait for it
    Retention,     ///< a part of the engine's statistics
    SetRetention,  ///< the same, changed
    Login,
    SetUp,
    Logout,
    Session,
    Socket,
    Events,
    Health,
    Ready,
    Metrics,
    OpenApi,
    Reference,
    Hook,
    HookTest,
};

/// Instead of a permission: nobody has to be known.
inline constexpr std::string_view kPublic = "public";
/// Instead of a permission: whoever is known, also of another tenant.
inline constexpr std::string_view kSignedIn = "signed-in";

/// Texts are of static storage.
struct Route {
    Method method = Method::Get;
    std::string_view pattern = {};     ///< "/api/v1/runs/{runId}": parameters are members of the request
    std::string_view permission = {};  ///< that of the call, or one of the two above; never empty
    std::string_view call = {};        ///< of the protocol; empty: none
    Handler handler = Handler::Call;
    unsigned status = 200;       ///< of success
    std::string_view into = {};  ///< the member of the request that the body is; empty: its members are the request's
    std::string_view etag = {};  ///< pointer to the reply's ETag: "/etag"; empty: it has none
    bool edits = false;          ///< needs If-Match, which becomes expectedEtag
    bool creates = false;        ///< or If-None-Match: *
    std::string_view location = {};  ///< of what was made: "/api/v1/runs{/runId}", with pointers into the reply
    bool repeats = false;            ///< takes Idempotency-Key
    bool hashes = false;             ///< costs a password's hash
    std::string_view fixed = {};     ///< a member of the request that the route itself says
    bool fixedValue = false;
    std::string_view tag = {};
    std::string_view summary = {};
};

/// Routes that the table below is made of.
[[nodiscard]] std::span<const Route> workflowRoutes();
[[nodiscard]] std::span<const Route> runRoutes();
[[nodiscard]] std::span<const Route> identityRoutes();
[[nodiscard]] std::span<const Route> triggerRoutes();
[[nodiscard]] std::span<const Route> gatewayRoutes();

/// Every route there is.
[[nodiscard]] std::vector<Route> allRoutes();

/// Whether the route may be served at all: it says what it needs, which is what its call needs. Errors
/// "route.permission", "route.call".
[[nodiscard]] Status checkRoute(const Route& route);

}  // namespace signalbox::gateway
