#include "app/gateway/tracing.h"

#include <fmt/format.h>

#include "app/gateway/configuration.h"
#include "base/ids.h"
#include "telemetry/span_endpoint.h"

namespace signalbox::gatewayd {

namespace {

telemetry::SpanResource resourceOf(const Settings& settings, const Uuid& instance) {
    telemetry::SpanResource resource;
    resource.attributes = {{"service.name", settings.tracing.serviceName},
                           {"service.version", SIGNALBOX_VERSION},
                           {"service.instance.id", instance.toString()},
                           {"deployment.environment.name", settings.environment}};
    resource.scope = "signalbox.gateway";
    resource.scopeVersion = SIGNALBOX_VERSION;
    return resource;
}

}  // namespace

Result<std::unique_ptr<Tracing>> Tracing::open(const Settings& settings, const Clock& clock, const Logger& log,
                                               telemetry::Metrics* metrics) {
    if (!settings.tracing.isOn()) return nullptr;
    SIGNALBOX_TRY(const auto endpoint, telemetry::parseSpanEndpoint(settings.tracing.endpoint));
    telemetry::HttpSpanTransportOptions way;
    way.url = endpoint.url;
    SIGNALBOX_TRY(way.headers, telemetry::parseSpanHeaders(settings.tracing.headers));
    way.authorities = settings.tracing.authorities;
    way.userAgent = fmt::format("signalboxd/{}", SIGNALBOX_VERSION);
    way.viaProxy = !isLoopback(endpoint.host);
    std::unique_ptr<Tracing> tracing(new Tracing());
    tracing->reconfigure(settings);
    telemetry::SpanExporterOptions options;
    options.delivery.resource = resourceOf(settings, Uuid::v7(clock.wallNow(), tracing->random_));
    options.delivery.gzip = settings.tracing.compression == "gzip";
    options.delivery.timeout = settings.tracing.timeout;
    options.queue = static_cast<std::size_t>(settings.tracing.queue);
    const Logger own = log.component("tracing");
    tracing->exporter_ = std::make_unique<telemetry::SpanExporter>(
        std::move(options), telemetry::makeHttpSpanTransport(std::move(way)), clock, tracing->random_, own);
    if (metrics != nullptr) telemetry::addSpanMetrics(*metrics, *tracing->exporter_);
    own.info("Spans of requests are sent",
             Value::object({{"to", endpoint.url}, {"share of new traces", settings.tracing.share()}}));
    return tracing;
}

gateway::TracingOptions Tracing::optionsFor(const Settings& settings) {
    gateway::TracingOptions options;
    options.sink = exporter_.get();
    options.sampler = &sampler_;
    // An address for all interfaces tells nothing, and a port that is free is not known yet.
    if (settings.bind != "0.0.0.0" && settings.bind != "::") options.serverAddress = settings.bind;
    options.serverPort = static_cast<std::uint16_t>(settings.port);
    return options;
}

}  // namespace signalbox::gatewayd
