#include <array>

#include "gateway/route.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kTag = "Gateway";

constexpr std::array kRoutes{
    Route{.pattern = "/api/v1/gateway",
          .permission = "gateway:read",
          .call = "gateway.info",
          .tag = kTag,
          .summary = "What this gateway is"},
    Route{.pattern = "/api/v1/gateway/health",
          .permission = "gateway:read",
          .call = "gateway.health",
          .tag = kTag,
          .summary = "Whether work can be taken in, check by check"},
    Route{.pattern = "/api/v1/engine/stats",
          .permission = "gateway:read",
          .call = "engine.stats",
          .tag = kTag,
          .summary = "How engine, journal, store and disk are doing"},
    Route{.pattern = "/api/v1/engine/history",
          .permission = "gateway:read",
          .call = "engine.history",
          .tag = kTag,
          .summary = "The engine's numbers over the last minutes"},
    Route{.pattern = "/api/v1/engine/retention",
          .permission = "gateway:read",
          .call = "engine.stats",
          .handler = Handler::Retention,
          .tag = kTag,
          .summary = "How much of finished runs is kept"},
    Route{.method = Method::Put,
          .pattern = "/api/v1/engine/retention",
          .permission = "gateway:write",
          .call = "engine.set-retention",
          .handler = Handler::SetRetention,
          .into = "retention",
          .edits = true,
          .tag = kTag,
          .summary = "Change how much of finished runs is kept"},
    Route{.pattern = "/api/v1/ws",
          .permission = kPublic,
          .handler = Handler::Socket,
          .status = 101,
          .tag = kTag,
          .summary = "A WebSocket for calls and events; authenticates at the upgrade or in its first message"},
    Route{.pattern = "/health",
          .permission = kPublic,
          .handler = Handler::Health,
          .tag = kTag,
          .summary = "Whether the process is alive"},
    Route{.pattern = "/ready",
          .permission = kPublic,
          .handler = Handler::Ready,
          .tag = kTag,
          .summary = "Whether work can be taken in"},
    Route{.pattern = "/metrics",
          .permission = "metrics:read",
          .handler = Handler::Metrics,
          .tag = kTag,
          .summary = "Numbers for Prometheus"},
    Route{.pattern = "/openapi.json",
          .permission = kPublic,
          .handler = Handler::OpenApi,
          .tag = kTag,
          .summary = "This description, for programs"},
    Route{.pattern = "/reference",
          .permission = kPublic,
          .handler = Handler::Reference,
          .tag = kTag,
          .summary = "This description, for people"},
};

}  // namespace

std::span<const Route> gatewayRoutes() { return kRoutes; }

}  // namespace signalbox::gateway
