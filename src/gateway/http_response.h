// The bytes of an answer: status line, headers, and a body compressed where the caller takes it.
#pragma once

#include <string>
#include <string_view>

#include "gateway/exchange.h"

namespace signalbox::gateway {

struct ResponseRules {
    bool keepsAlive = true;
    bool isHttp10 = false;
    bool isEncrypted = false;  ///< adds Strict-Transport-Security
    bool isStream = false;     ///< no length is known; the body ends with the connection
    std::string_view date;
};

/// Compresses the body and says so in the headers, if its type gains by it, it has at least `smallest` bytes, and
/// nobody forbade it ("Cache-Control: no-transform"). Adds Vary to what could be sent either way.
void compressBody(HttpResponse& response, bool acceptsGzip, std::size_t smallest);

/// Appends everything before the body. Headers that belong to the server (Content-Length, Date, Connection ...) and
/// those with control characters in them are left out.
void appendHead(std::string& out, const HttpResponse& response, const ResponseRules& rules);

/// "Not Found"; "Unknown" for what has no name.
[[nodiscard]] std::string_view reasonPhrase(unsigned status);
/// Whether answers of that status never have a body: 1xx, 204, 304.
[[nodiscard]] bool isBodiless(unsigned status);

}  // namespace signalbox::gateway
