#include "gateway/webhook.h"

#include <fmt/format.h>

#include "base/json.h"
#include "gateway/html_page.h"
#include "gateway/webhook_page.h"

namespace signalbox::gateway {

namespace {

std::string headerOf(const HttpRequest& request, std::string_view name) {
    const std::string* value = request.header(name);
    return value == nullptr ? std::string() : *value;
}

}  // namespace

Result<HttpResponse> deliverWebhook(triggers::Triggers& triggers, const std::string& id, const HttpRequest& request) {
    if (request.body.size() > kLargestDelivery) {
        return fail("webhook.too-large", "The delivery is too large", {},
                    fmt::format("Up to {} bytes: send a reference to the data", kLargestDelivery));
    }
    triggers::Delivery delivery;
    delivery.webhookId = id;
    delivery.timestamp = headerOf(request, "signalbox-timestamp");
    delivery.signature = headerOf(request, "signalbox-signature");
    delivery.body = request.body;
    SIGNALBOX_TRY(const std::string run, triggers.deliver(delivery));
    HttpResponse response;
    response.status = 202;
    response.headers = {
        {"Content-Type", "application/json"}, {"Cache-Control", "no-store"}, {"Location", "/api/v1/runs/" + run}};
    response.body = writeJson(Value::object({{"runId", Value(run)}}));
    return response;
}

Result<HttpResponse> webhookTestPage(triggers::Triggers& triggers, const std::string& id) {
    SIGNALBOX_TRY(const auto webhook, triggers.webhook(id));
    return servedPage(200, [&](const std::string& nonce) { return webhookPage(webhook, nonce); });
}

}  // namespace signalbox::gateway
