#include "base/json.h"
#include "gateway/api_core.h"
#include "gateway/openapi.h"
#include "gateway/reference_page.h"
#include "gateway/webhook.h"

namespace signalbox::gateway {

namespace {

constexpr const char* kCacheAnHour = "public, max-age=3600";

Error noHooks() { return {"webhook.not-found", "This gateway has no webhooks", {}, {}, false}; }

}  // namespace

void ApiCore::ready(const ExchangePtr& exchange) {
    health_.ready(
        [self = shared_from_this(), exchange](HttpResponse response) { self->answer(exchange, std::move(response)); });
}

void ApiCore::metricsPage(const ExchangePtr& exchange) {
    if (options_.metrics == nullptr) {
        return refuse(exchange, {"http.not-found", "Monitoring is off at this gateway", {}, {}, false});
    }
    askForStats([self = shared_from_this(), exchange](const Result<protocol::EngineStatsDto>& stats) {
        if (stats) self->engineMetrics_->update(*stats);
        const std::string* const accept = exchange->request->header("accept");
        auto exposition = self->options_.metrics->expose(accept != nullptr ? *accept : std::string());
        HttpResponse response;
        response.headers = {{"Content-Type", exposition.contentType}, {"Cache-Control", "no-store"}};
        response.body = std::move(exposition.text);
        self->answer(exchange, std::move(response));
    });
}

void ApiCore::describe() {
    std::call_once(described_, [this] {
        const Value document = openApiDocument(entries_, options_.title, options_.version, options_.publicUrl);
        description_ = writeJson(document);
        auto page = makeReferencePage(document, options_.title);
        referencePage_ = std::move(page.html);
        referencePolicy_ = std::move(page.policy);
    });
}

void ApiCore::description(const ExchangePtr& exchange) {
    describe();
    answer(exchange,
           {200, {{"Content-Type", "application/json"}, {"Cache-Control", kCacheAnHour}}, description_, false});
}

void ApiCore::referencePage(const ExchangePtr& exchange) {
    describe();
    answer(exchange, {200,
                      {{"Content-Type", "text/html; charset=utf-8"},
                       {"Cache-Control", kCacheAnHour},
                       {"Referrer-Policy", "no-referrer"},
                       {"Content-Security-Policy", referencePolicy_}},
                      referencePage_,
                      false});
}

void ApiCore::hook(const ExchangePtr& exchange) {
    if (options_.triggers == nullptr) return refuse(exchange, noHooks());
    const bool taken = hooks_->tryPost([self = shared_from_this(), exchange] {
        const std::string id(exchange->match.parameters[0]);
        auto response = deliverWebhook(*self->options_.triggers, id, *exchange->request);
        if (!response) return self->refuse(exchange, response.error());
        self->answer(exchange, std::move(*response));
    });
    if (!taken) {
        refuse(exchange, {"gateway.busy", "Too many deliveries come at this moment", {}, "Deliver it again", true});
    }
}

void ApiCore::hookTest(const ExchangePtr& exchange) {
    if (options_.triggers == nullptr) return refuse(exchange, noHooks());
    const bool taken = hooks_->tryPost([self = shared_from_this(), exchange] {
        auto response = webhookTestPage(*self->options_.triggers, std::string(exchange->match.parameters[0]));
        if (!response) return self->refuse(exchange, response.error());
        self->answer(exchange, std::move(*response));
    });
    if (!taken) refuse(exchange, {"gateway.busy", "Too many deliveries come at this moment", {}, "Try again", true});
}

}  // namespace signalbox::gateway
