#include "gateway/webhook.h"

#include <array>
#include <cstdint>

#include <fmt/format.h>
#include <openssl/rand.h>

#include "base/json.h"
#include "gateway/webhook_page.h"

namespace signalbox::gateway {

namespace {

constexpr std::size_t kNonceBytes = 16;

Result<std::string> newNonce() {
    std::array<std::uint8_t, kNonceBytes> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
        return fail("gateway.random", "The system gives no random numbers", {}, "Try again", true);
    }
    return encodeBase64({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
}

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
    SIGNALBOX_TRY(const std::string nonce, newNonce());
    HttpResponse response;
    response.headers = {
        {"Content-Type", "text/html; charset=utf-8"},
        {"Cache-Control", "no-store"},
        {"Referrer-Policy", "no-referrer"},
        {"X-Content-Type-Options", "nosniff"},
        {"Content-Security-Policy",
         fmt::format("default-src 'none'; script-src 'nonce-{0}'; style-src 'nonce-{0}'; connect-src 'self'; "
                     "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
                     nonce)}};
    response.body = webhookPage(webhook, nonce);
    return response;
}

}  // namespace signalbox::gateway
