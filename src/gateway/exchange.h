// The seam between the server, which knows HTTP, TLS and WebSocket, and the application, which knows the API.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"

namespace signalbox::gateway {

/// One request, complete and within the limits. Owned by whoever holds the pointer; immutable.
struct HttpRequest {
    std::string method;                                        ///< as sent: "GET"
    std::string target;                                        ///< as sent: "/api/v1/runs?limit=3"
    std::string path;                                          ///< percent-decoded, without dot segments; valid UTF-8
    std::string query;                                         ///< behind the "?", not decoded
    std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
    std::string body;                                          ///< decompressed; within the limit
    std::string peer;                                          ///< at the other end of the connection: "127.0.0.1"
    std::string address;                                       ///< of whoever asks: the peer, or the client of a proxy
    bool encrypted = false;                                    ///< came over TLS
    Micros received = 0;                                       ///< wall clock, when its first byte was read
    std::int64_t receivedTicks = 0;                            ///< monotonic microseconds, at the same moment

    /// The first of that name (lower case); null: there is none.
    [[nodiscard]] const std::string* header(std::string_view name) const {
        for (const auto& [key, value] : headers) {
            if (key == name) return &value;
        }
        return nullptr;
    }
};
using HttpRequestPtr = std::shared_ptr<const HttpRequest>;

/// The server adds Content-Length, Date and Connection, compresses text types when the caller takes it (not with
/// "Cache-Control: no-transform"), and sends no body to HEAD. Headers with control characters in them are left out.
struct HttpResponse {
    unsigned status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    bool closes = false;  ///< the connection ends after it
};

/// Bytes of a WebSocket message from a peer that was not welcomed: enough for any token.
inline constexpr std::size_t kStrangerMessage = 8U << 10U;

/// The server's end of an open stream (WebSocket or server-sent events). Thread-safe; outlives the connection, after
/// whose end it does nothing.
class StreamPeer {
public:
    virtual ~StreamPeer() = default;
    /// One message (a WebSocket text message, or the raw text of server-sent events). False: it was not taken, because
    /// the peer is gone or its buffer is full; then the application waits for writable(). What is larger than the whole
    /// buffer is never taken.
    virtual bool send(std::string text) = 0;
    /// Bytes that wait to be written.
    [[nodiscard]] virtual std::size_t buffered() const = 0;
    /// Ends it after what waits is written; `code` is a WebSocket close code.
    virtual void close(std::uint16_t code, std::string reason) = 0;
    /// The peer has shown who it is: from now on its messages may have the size that the limits say, until then only
    /// kStrangerMessage. Called within opened() or received(), it counts for the very next message.
    virtual void welcome() {}
};

/// The application's end. Called on the connection's strand, one call at a time; must not block.
class StreamHandler {
public:
    virtual ~StreamHandler() = default;
    virtual void opened(std::shared_ptr<StreamPeer> peer) = 0;
    virtual void received(std::string_view text) = 0;  ///< never for server-sent events
    virtual void writable() = 0;                       ///< the buffer has room again, after a send that was refused
    virtual void draining() {}                         ///< the server ends it with 1001 next: the last chance to send
    virtual void closed() = 0;                         ///< last call
};

/// What becomes of a request: an answer, or a stream. For a WebSocket the headers go into the 101.
struct OpenStream {
    enum class Kind : std::uint8_t { WebSocket, ServerSentEvents };
    Kind kind = Kind::WebSocket;
    std::shared_ptr<StreamHandler> handler;
    std::vector<std::pair<std::string, std::string>> headers;
};
using Outcome = std::variant<HttpResponse, OpenStream>;

class Application {
public:
    virtual ~Application() = default;
    /// On the I/O thread of the connection: must not block. `respond` is called once, from any thread. `isUpgrade`: the
    /// request asks for a WebSocket, and may be answered with an OpenStream. A `respond` destroyed unused answers 500.
    virtual void handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond) = 0;
    /// Told when an answer was written or its connection lost (status 0), for logs and metrics; for a stream, when it
    /// was opened. Any thread.
    virtual void finished(const HttpRequest& request, unsigned status, std::uint64_t bytes) = 0;
    /// A response for what the server refuses by itself (400, 408, 413, 414, 431, 503 ...), in the API's form. Any
    /// thread.
    [[nodiscard]] virtual HttpResponse refusal(unsigned status, std::string_view code, std::string_view detail) = 0;
    /// The same for a request of which something was read (its parts may be empty): finished() is told of it too, and
    /// nothing else is.
    [[nodiscard]] virtual HttpResponse refused(const HttpRequestPtr& request, unsigned status, std::string_view code,
                                               std::string_view detail) {
        static_cast<void>(request);
        return refusal(status, code, detail);
    }
};

}  // namespace signalbox::gateway
