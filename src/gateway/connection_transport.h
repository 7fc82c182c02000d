// The bytes of one connection, plain or encrypted, without waiting: readiness is told to a waiter.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace signalbox::gateway {

class Loop;
class TlsContext;
class ConnectionTicket;

struct IoResult {
    enum class State : std::uint8_t { Done, Again, Ended };
    State state = State::Done;
    std::size_t bytes = 0;  ///< with Done: more than zero
};

/// Told when the transport may be tried again. Kept alive while it is waited for; called once for every wait, also when
/// the transport is closed meanwhile (trying again then gives Ended).
class TransportWaiter {
public:
    virtual ~TransportWaiter() = default;
    virtual void readable() = 0;
    virtual void writable() = 0;
};

/// One connection's bytes. Used on its loop's thread only.
class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual IoResult read(std::span<char> into) = 0;
    [[nodiscard]] virtual IoResult write(std::string_view bytes) = 0;
    virtual void waitReadable(std::shared_ptr<TransportWaiter> waiter) = 0;
    virtual void waitWritable(std::shared_ptr<TransportWaiter> waiter) = 0;
    /// Tells the peer that nothing more comes; reading goes on.
    virtual void shutdownWrite() = 0;
    virtual void close() = 0;
    [[nodiscard]] virtual bool isOpen() const = 0;
    [[nodiscard]] virtual bool isEncrypted() const = 0;
    /// Whether the TLS handshake is over; always, without TLS.
    [[nodiscard]] virtual bool isEstablished() const = 0;
    [[nodiscard]] virtual const std::string& address() const = 0;  ///< of the peer: "127.0.0.1"
    /// By which it is counted; null: it is closed, or nobody counts it.
    [[nodiscard]] virtual ConnectionTicket* ticket() { return nullptr; }
};

/// Owns the descriptor, which is connected and does not block. `tls` null: plain.
[[nodiscard]] std::unique_ptr<Transport> makeTransport(Loop& loop, int descriptor, std::string address,
                                                       const TlsContext* tls, std::unique_ptr<ConnectionTicket> ticket);

}  // namespace signalbox::gateway
