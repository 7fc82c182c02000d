// The page on which a webhook can be tried.
#pragma once

#include <string>

#include "protocol/trigger_dto.h"

namespace signalbox::gateway {

/// HTML with its own style and script, which carry `nonce`.
[[nodiscard]] std::string webhookPage(const protocol::WebhookDto& webhook, const std::string& nonce);

}  // namespace signalbox::gateway
