// The rules for a request's head: what is refused, and what it says about the connection and the body.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <tl/expected.hpp>

#include "gateway/exchange.h"

namespace signalbox::gateway {

/// Why the server answers a request by itself.
struct Refusal {
    unsigned status = 400;
    std::string code;    ///< "http.malformed"
    std::string detail;  ///< one sentence
};

/// What the headers ask of the connection.
struct HeadRules {
    bool keepsAlive = true;
    bool isHttp10 = false;
    bool expectsContinue = false;
    bool hasBody = false;
    bool isChunked = false;
    bool isGzipped = false;
    bool isUpgrade = false;  ///< a well-formed request for a WebSocket
};

/// Looks at the head's bytes, its final empty line included, for what parsers disagree on: bare line ends, folded
/// headers, NUL.
[[nodiscard]] std::optional<Refusal> scanHead(std::string_view head);
/// Checks the headers as a whole: Host, length and coding of the body, Expect, Upgrade. `isHttp11`: not HTTP/1.0.
[[nodiscard]] tl::expected<HeadRules, Refusal> readHead(const HttpRequest& request, bool isHttp11);

/// Whether a comma-separated list has the token, in any case of letters.
[[nodiscard]] bool hasToken(std::string_view list, std::string_view token);
[[nodiscard]] bool equalsIgnoringCase(std::string_view a, std::string_view b);
/// Without spaces and tabs at both ends.
[[nodiscard]] std::string_view trimmed(std::string_view text);
/// Whether an Accept-Encoding value takes gzip: by name or "*", with a quality above zero.
[[nodiscard]] bool acceptsGzip(std::string_view acceptEncoding);

}  // namespace signalbox::gateway
