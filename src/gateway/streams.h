// All open streams of a gateway: WebSockets and server-sent events.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "gateway/exchange.h"
#include "gateway/hash_places.h"
#include "gateway/rate_limit.h"
#include "gateway/receiver.h"
#include "gateway/trace_context.h"
#include "identity/identity.h"
#include "protocol/requests.h"
#include "service/dispatcher.h"

namespace signalbox::gateway {

class HttpMetrics;
class RequestSpans;
struct StreamEnvironment;

/// What the streams of a gateway share. Everything must outlive them.
struct StreamOptions {
    service::Dispatcher* dispatcher = nullptr;
    identity::Identity* identity = nullptr;  ///< null: nobody can authenticate in the first message
    const Clock* clock = nullptr;
    Logger log;
    const HttpMetrics* metrics = nullptr;       ///< may be null
    std::shared_ptr<const RequestSpans> spans;  ///< null: requests of sockets are not traced
    /// Asked before each request of a socket, by which one could otherwise go around the limits; empty: none.
    std::function<RateVerdict(const service::Principal&)> limit;
    std::shared_ptr<const HashPlaces> hashing;  ///< shared with REST; null: no bound
    bool ownThread = true;                      ///< false: events move only in runPending(), for tests
    std::size_t requestsOpen = 256;             ///< of one socket, at the same time
    std::size_t subscriptions = 64;             ///< of one socket
    std::size_t eventBytes = 512U << 10U;       ///< waiting in a peer's buffer before events stay in the ring
    Micros authenticateWithin = 10'000'000;
};

/// The request that has opened a socket.
struct SocketOpening {
    TraceContext trace{};
    std::string peer{};  ///< at the other end of its connection
};

/// Thread-safe. Ends a session's streams at once when it is told that the session has ended.
class Streams {
public:
    explicit Streams(StreamOptions options);
    Streams(const Streams&) = delete;
    Streams& operator=(const Streams&) = delete;
    ~Streams();

    /// A WebSocket that speaks "signalbox.v1". Without a receiver (no credentials at the upgrade) the first message
    /// must authenticate. `origin` is told to the identity store.
    [[nodiscard]] std::shared_ptr<StreamHandler> openSocket(std::optional<Receiver> receiver, identity::Origin origin,
                                                            SocketOpening opening = {});
    /// Server-sent events. Errors "auth.forbidden", "auth.tenant", "request.invalid".
    [[nodiscard]] Result<std::shared_ptr<StreamHandler>> openEvents(Receiver receiver, protocol::EventFilter filter);

    /// For Identity::onEnded(): ends the streams of that session or key. Any thread.
    void credentialEnded(const std::string& credential, const std::string& reason);
    /// Tells all peers that the gateway goes away ("draining") and closes their streams; later ones are closed at once.
    void close(const std::string& reason);
    /// Open streams.
    [[nodiscard]] std::size_t size() const;
    /// Does what is due now: moves events, ends sockets that did not authenticate in time. Only without an own thread.
    void runPending();

private:
    std::shared_ptr<StreamEnvironment> environment_;
};

/// The filter that the query of GET /api/v1/events asks for: runId, nodes, logs, workflows, metrics ("true", "false",
/// "1", "0"), afterSeq; Last-Event-ID counts more than afterSeq. Errors "request.invalid" with the parameter in where.
[[nodiscard]] Result<protocol::EventFilter> eventFilterOf(const HttpRequest& request);

}  // namespace signalbox::gateway
