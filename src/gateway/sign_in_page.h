// What a browser is shown in place of a page that needs somebody who is known.
#pragma once

#include "base/result.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

/// Whether whoever asks reads pages: a browser that goes to an address, not a program that wants data.
[[nodiscard]] bool readsPages(const HttpRequest& request);

/// A form that signs in with a cookie and then loads the same address again, so that no address is handed on. `why` is
/// what would have been answered; the status is 401 or 403. Error "gateway.random".
[[nodiscard]] Result<HttpResponse> signInPage(unsigned status, const Error& why, const std::string& title);

}  // namespace signalbox::gateway
