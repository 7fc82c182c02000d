// The HTTP and WebSocket server: listens, speaks the protocols within limits, and asks an Application for answers.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "gateway/exchange.h"
#include "gateway/server_limits.h"
#include "gateway/tls_context.h"
#include "gateway/trusted_proxies.h"

namespace signalbox::gateway {

struct ServerOptions {
    std::string address = "127.0.0.1";
    std::uint16_t port = 0;          ///< 0: a free one
    unsigned threads = 0;            ///< I/O threads; 0: one for each core
    std::optional<TlsFiles> tls;     ///< none: plain HTTP
    bool allowInsecureBind = false;  ///< listen beyond loopback without TLS
    Micros bindRetry = 5'000'000;    ///< how long an address in use is tried again
    Micros tickEvery = 250'000;      ///< how often deadlines are looked at, in real time
    Limits limits{};
    TrustedProxies proxies{};
};

/// Counts since the start, and what is open now. Read at each scrape.
struct ServerStats {
    std::uint64_t accepted = 0;
    std::uint64_t turnedAway = 0;        ///< connections beyond a limit on their number
    std::uint64_t handshakesFailed = 0;  ///< TLS
    std::uint64_t requests = 0;          ///< given to the application
    std::uint64_t refused = 0;           ///< answered by the server itself: malformed, too large, too slow
    std::uint64_t timedOut = 0;
    std::uint64_t bytesRead = 0;  ///< payload, decrypted
    std::uint64_t bytesWritten = 0;
    std::uint64_t connections = 0;   ///< open now, streams included
    std::uint64_t webSockets = 0;    ///< open now
    std::uint64_t eventStreams = 0;  ///< open now
    Micros certificateExpires = 0;   ///< wall time; 0: no TLS
};

/// One I/O thread a core, each with its own listening socket on the same port. Its methods may be called from any
/// thread but an I/O thread's. The application and the clock outlive it.
class Server {
public:
    Server(ServerOptions options, Application& application, const Clock& clock, Logger log = {});
    ~Server();  ///< stop()
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Listens and serves; returns the port. Errors: "server.insecure-bind", "server.address", "server.bind",
    /// "server.address-in-use", "tls.*".
    [[nodiscard]] Result<std::uint16_t> start();
    /// Stops accepting, lets requests under way finish and ends streams with 1001; returns when all connections are
    /// gone or the time (from now) is over. True: none is left.
    bool drain(Micros within);
    /// Cuts what is still open and ends the threads. Idempotent.
    void stop();

    /// Reads the certificate files again; new handshakes use them, open connections keep theirs. On an error the old
    /// certificate stays. Error also "tls.off".
    [[nodiscard]] Status reloadCertificate();
    /// For the next request of each connection.
    void setTrustedProxies(TrustedProxies proxies);
    [[nodiscard]] ServerStats stats() const;
    /// Calls `answered` once each I/O thread has got round to it, from the last of them; never when one hangs, or when
    /// the server does not run. Not while start() or stop() is under way.
    void ping(std::function<void()> answered) const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace signalbox::gateway
