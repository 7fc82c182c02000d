// The addresses of webhooks: /hooks/{id} takes signed deliveries, /hooks/{id}/test is a page to try one.
#pragma once

#include <string>

#include "base/result.h"
#include "gateway/exchange.h"
#include "triggers/triggers.h"

namespace signalbox::gateway {

/// A delivery may have no more bytes than this.
inline constexpr std::size_t kLargestDelivery = 1U << 20U;

/// POST /hooks/{id}. Needs no session: the signature is the credential. Blocks while the run starts. 202 with the run's
/// id. Errors to be told as problems: "webhook.not-found" (404), "webhook.signature" and "webhook.timestamp" (401),
/// "webhook.body" (400), "webhook.too-large" (413), and those of starting a run.
[[nodiscard]] Result<HttpResponse> deliverWebhook(triggers::Triggers& triggers, const std::string& id,
                                                  const HttpRequest& request);

/// GET /hooks/{id}/test, for whoever has webhook:write. A page without outside assets, which signs in the browser: the
/// secret that is typed in does not leave it. Error "webhook.not-found" (404).
[[nodiscard]] Result<HttpResponse> webhookTestPage(triggers::Triggers& triggers, const std::string& id);

}  // namespace signalbox::gateway
