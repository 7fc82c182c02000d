// The application behind the server: routes, authentication, calls, streams and the documents about them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/cors.h"
#include "gateway/exchange.h"
#include "gateway/rate_limit.h"
#include "service/principal.h"

namespace signalbox::identity {
class Identity;
}
namespace signalbox::service {
class Dispatcher;
}
namespace signalbox::telemetry {
class Metrics;
class SpanSampler;
class SpanSink;
}  // namespace signalbox::telemetry
namespace signalbox::triggers {
class Triggers;
}

namespace signalbox::gateway {

class IdempotencyFile;

/// What may change while the gateway runs.
struct ApiLimits {
    RateLimitOptions perPrincipal;
    RateLimitOptions perAddress;
    CorsOptions cors;
};

/// Where the spans of requests go. Everything pointed at must outlive the dispatcher too.
struct TracingOptions {
    telemetry::SpanSink* sink = nullptr;              ///< null: no request is traced, and none is called sampled
    const telemetry::SpanSampler* sampler = nullptr;  ///< for requests that belong to no trace yet; null: none of them
    std::string serverAddress;                        ///< told in each span; empty: not known
    std::uint16_t serverPort = 0;                     ///< 0: not known
};

/// What the API is given. Everything pointed at must outlive it.
struct ApiOptions {
    service::Dispatcher* dispatcher = nullptr;
    identity::Identity* identity = nullptr;  ///< null only together with `everybody`
    triggers::Triggers* triggers = nullptr;  ///< null: there are no webhooks
    telemetry::Metrics* metrics = nullptr;   ///< outlives the dispatcher too; null: nothing is counted, no /metrics
    TracingOptions tracing;
    const Clock* clock = nullptr;
    Logger log;
    std::string tenant = "default";
    std::string title = "Signalbox";  ///< in the API's description
    std::string version;
    bool metricsOpen = false;  ///< /metrics without credentials
    /// Authentication is off: whoever asks is this one.
    std::optional<service::Principal> everybody;
    ApiLimits limits;
    /// "https://signalbox.example.org": where browsers find this gateway, through a proxy that ends TLS. Its cookies
    /// are Secure, HSTS is sent, and its own pages are those of this origin. Empty: where it listens.
    std::string publicUrl;
    /// Where Idempotency-Keys outlive a restart; of no other Api. Null: they do not.
    std::shared_ptr<IdempotencyFile> keys;
    std::size_t passwordThreads = 2;  ///< that hash at the same time
    std::size_t passwordQueue = 32;   ///< waiting for one of them; more are turned away
};

/// Whoever asks when authentication is off: may do everything.
[[nodiscard]] service::Principal everybody();

/// Thread-safe. Answers on whatever thread the answer comes from.
class Api final : public Application {
public:
    explicit Api(ApiOptions options);
    Api(const Api&) = delete;
    Api& operator=(const Api&) = delete;
    /// Ends what waits for a password's hash; nothing else may be under way: drain or stop the server first.
    ~Api() override;

    void handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) override;
    void finished(const HttpRequest& request, unsigned status, std::uint64_t bytes) override;
    [[nodiscard]] HttpResponse refusal(unsigned status, std::string_view code, std::string_view detail) override;
    [[nodiscard]] HttpResponse refused(const HttpRequestPtr& request, unsigned status, std::string_view code,
                                       std::string_view detail) override;

    /// Takes over other limits; buckets start full.
    void reconfigure(ApiLimits limits);
    /// The gateway is on its way out: /ready says so, and streams are closed.
    void drain();
    /// Whoever waits for a run is told how it stands, now and from now on: it goes on elsewhere.
    void handOver();

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace signalbox::gateway
