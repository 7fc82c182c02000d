// Private to the API: one request on its way through it.
#pragma once

#include <array>
#include <atomic>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

#include "gateway/cors.h"
#include "gateway/exchange.h"
#include "gateway/idempotency.h"
#include "gateway/rate_limit.h"
#include "gateway/route_params.h"
#include "gateway/trace_context.h"
#include "identity/identity.h"
#include "service/dispatcher.h"

namespace signalbox::gateway {

/// A route with what is prepared for it.
struct RouteEntry {
    RouteEntry(const Route& declared, const Value& paramsSchema) : route(declared), params(route, paramsSchema) {}
    RouteEntry(const RouteEntry&) = delete;
    RouteEntry& operator=(const RouteEntry&) = delete;
    Route route;
    RouteParams params;
    std::size_t number = 0;  ///< in the metrics
};

/// Limits as they are; replaced as a whole.
struct LiveLimits {
    explicit LiveLimits(RateLimitOptions principals, RateLimitOptions addresses, CorsOptions origins)
        : perPrincipal(principals), perAddress(addresses), cors(std::move(origins)) {}
    RateLimiter perPrincipal;
    RateLimiter perAddress;
    Cors cors;
};

/// Who asks, and by what.
struct Who {
    service::Principal principal;
    std::optional<identity::Caller> caller;  ///< none: authentication is off
    std::string cookie{};                    ///< the token that came as a cookie; empty: it came otherwise
};

/// What is asked, read and checked.
struct ReadCall {
    protocol::Request request;
    Micros wait = 0;  ///< of a start: for its end
};

/// Written by one thread at a time. What finished() reads of it is set before `answered`, or before the first thread
/// lets go of it.
struct ApiExchange {
    HttpRequestPtr request;
    bool isUpgrade = false;
    std::function<void(Outcome)> respond;
    std::shared_ptr<LiveLimits> limits;
    const RouteEntry* entry = nullptr;  ///< null: no route matched
    RouteMatch match;
    std::string requestId;
    TraceContext trace;
    RateVerdict verdict;
    Who who;
    std::optional<KeyedRequest> keyed;  ///< none: it came without a key
    std::optional<ReadCall> call;       ///< before anything is done about a key
    std::shared_ptr<service::DispatchReport> report;
    std::string code;            ///< of the error
    std::function<void()> done;  ///< called when it is answered; may be empty
    std::atomic<bool> answered{false};

    [[nodiscard]] const Route& route() const { return entry->route; }
};
using ExchangePtr = std::shared_ptr<ApiExchange>;

/// The exchanges whose answers are not written yet, by their requests. Thread-safe.
class OpenExchanges {
public:
    void add(const ExchangePtr& exchange) {
        Shard& shard = of(exchange->request.get());
        const std::lock_guard lock(shard.mutex);
        shard.open[exchange->request.get()] = exchange;
    }
    /// Null: it is not known.
    [[nodiscard]] ExchangePtr find(const HttpRequest* request) {
        Shard& shard = of(request);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.open.find(request);
        return found == shard.open.end() ? nullptr : found->second;
    }
    /// The same, and it is no longer among them.
    [[nodiscard]] ExchangePtr take(const HttpRequest* request) {
        Shard& shard = of(request);
        const std::lock_guard lock(shard.mutex);
        const auto found = shard.open.find(request);
        if (found == shard.open.end()) return nullptr;
        ExchangePtr exchange = std::move(found->second);
        shard.open.erase(found);
        return exchange;
    }

private:
    struct Shard {
        std::mutex mutex;
        std::unordered_map<const HttpRequest*, ExchangePtr> open;
    };
    [[nodiscard]] Shard& of(const HttpRequest* request) {
        return shards_[(reinterpret_cast<std::uintptr_t>(request) >> 6U) % shards_.size()];
    }
    std::array<Shard, 16> shards_;
};

}  // namespace signalbox::gateway
