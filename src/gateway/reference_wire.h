// Private to the reference page: what no single request shows. Live events, webhooks, and what all requests share.
#pragma once

#include <string>

namespace signalbox::gateway {

/// HTML: a <details class="type"> for each topic, found by the page's search as the operations are.
[[nodiscard]] std::string wireHtml();

}  // namespace signalbox::gateway
