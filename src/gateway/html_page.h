// What the pages for people have in common: their style, their template and the headers they are served with.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "gateway/exchange.h"

namespace signalbox::gateway {

/// For a <style> with the page's nonce.
extern const std::string_view kPageStyle;

/// The page with each "{{name}}" replaced by what `valueOf` gives for it: HTML, escaped where it has to be.
[[nodiscard]] std::string filledPage(std::string_view page,
                                     const std::function<std::string(std::string_view name)>& valueOf);

/// A page that may load nothing, but for its own style and script, which carry the nonce that `write` is given; it may
/// ask this gateway. Error "gateway.random".
[[nodiscard]] Result<HttpResponse> servedPage(unsigned status,
                                              const std::function<std::string(const std::string& nonce)>& write);

}  // namespace signalbox::gateway
