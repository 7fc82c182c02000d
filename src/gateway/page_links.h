// Where the next page of a list is (RFC 8288).
#pragma once

#include <string>

#include "base/value.h"
#include "gateway/exchange.h"
#include "gateway/route.h"

namespace signalbox::gateway {

/// `</api/v1/runs?limit=2&cursor=...>; rel="next"`: the same request for what is behind this page. Empty: it is the
/// last one, or the route has no pages.
[[nodiscard]] std::string nextPage(const Route& route, const HttpRequest& request, const Value& result);

/// Whether the route answers by pages.
[[nodiscard]] bool hasPages(const Route& route);

}  // namespace signalbox::gateway
