// What all connections of one server share: limits, the application, counters, the certificate.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/log.h"
#include "gateway/exchange.h"
#include "gateway/server_limits.h"
#include "gateway/tls_context.h"
#include "gateway/trusted_proxies.h"

namespace signalbox::gateway {

struct ServerCounters {
    std::atomic<std::uint64_t> accepted{0};          ///< connections taken
    std::atomic<std::uint64_t> turnedAway{0};        ///< connections refused by a limit on their number
    std::atomic<std::uint64_t> handshakesFailed{0};  ///< TLS connections that ended before they began
    std::atomic<std::uint64_t> requests{0};          ///< requests given to the application
    std::atomic<std::uint64_t> refused{0};           ///< requests the server answered by itself
    std::atomic<std::uint64_t> timedOut{0};          ///< connections cut by a deadline
    std::atomic<std::uint64_t> bytesRead{0};
    std::atomic<std::uint64_t> bytesWritten{0};
    std::atomic<std::int64_t> webSockets{0};    ///< open now
    std::atomic<std::int64_t> eventStreams{0};  ///< open now
};

/// How many connections are open, in all and for each address (IPv6: for each /64). Thread-safe.
class ConnectionTable {
public:
    /// Whether one more from that address is within the limits; then it counts until leave(). An empty address is a
    /// proxy's: only its clients have a limit of their own.
    [[nodiscard]] bool enter(const std::string& address, const Limits& limits);
    void leave(const std::string& address);
    /// One of those that are open serves that client from now on; false: as many do as may.
    [[nodiscard]] bool serve(const std::string& client, const Limits& limits);
    void served(const std::string& client);
    [[nodiscard]] std::size_t count() const;

private:
    [[nodiscard]] bool take(const std::string& address, const Limits& limits);
    void giveBack(const std::string& address);

    mutable std::mutex mutex_;
    std::size_t count_ = 0;
    std::unordered_map<std::string, std::size_t> perAddress_;
};

/// Keeps one connection counted as long as it lives, and as its proxy's client's while it serves one. On the
/// connection's thread.
class ConnectionTicket {
public:
    ConnectionTicket(std::shared_ptr<ConnectionTable> table, std::string address)
        : table_(std::move(table)), address_(std::move(address)) {}
    ~ConnectionTicket() {
        served();
        table_->leave(address_);
    }
    ConnectionTicket(const ConnectionTicket&) = delete;
    ConnectionTicket& operator=(const ConnectionTicket&) = delete;

    /// The client of a request or stream; false: it has as many as it may.
    [[nodiscard]] bool serve(std::string client, const Limits& limits) {
        served();
        if (!table_->serve(client, limits)) return false;
        client_ = std::move(client);
        return true;
    }
    void served() {
        if (client_.empty()) return;
        table_->served(client_);
        client_.clear();
    }

private:
    std::shared_ptr<ConnectionTable> table_;
    std::string address_;
    std::string client_;  ///< empty: none that counts by itself
};

/// The certificate in use, exchanged while handshakes go on. Thread-safe.
class TlsSlot {
public:
    [[nodiscard]] std::shared_ptr<const TlsContext> get() const {
        const std::lock_guard lock(mutex_);
        return context_;
    }
    void set(std::shared_ptr<const TlsContext> context) {
        const std::lock_guard lock(mutex_);
        context_ = std::move(context);
    }

private:
    mutable std::mutex mutex_;
    std::shared_ptr<const TlsContext> context_;
};

/// Bytes of bodies that one connection holds, counted with those of all others; given back with this object.
class HeldBytes {
public:
    HeldBytes(std::atomic<std::uint64_t>& total, std::uint64_t limit) : total_(total), limit_(limit) {}
    ~HeldBytes() { static_cast<void>(set(0)); }
    HeldBytes(const HeldBytes&) = delete;
    HeldBytes& operator=(const HeldBytes&) = delete;
    /// False: all together hold more than the limit now.
    [[nodiscard]] bool set(std::uint64_t bytes) {
        if (bytes == bytes_) return true;
        const auto before = total_.fetch_add(bytes - bytes_, std::memory_order_relaxed);
        const bool grows = bytes > bytes_;
        const auto total = before + bytes - bytes_;
        bytes_ = bytes;
        return !grows || total <= limit_;
    }

private:
    std::atomic<std::uint64_t>& total_;
    std::uint64_t limit_;
    std::uint64_t bytes_ = 0;
};

struct ServerCore {
    ServerCore(const Limits& limitsIn, Application& applicationIn, const Clock& clockIn, Logger logIn)
        : limits(limitsIn), application(applicationIn), clock(clockIn), log(std::move(logIn)) {}

    Limits limits;
    Application& application;
    const Clock& clock;
    Logger log;
    ServerCounters counters{};
    std::atomic<std::uint64_t> heldBytes{0};  ///< see HeldBytes
    std::shared_ptr<ConnectionTable> connections = std::make_shared<ConnectionTable>();
    TlsSlot tls{};
    ProxySlot proxies{};
    std::atomic<bool> isDraining{false};
};

}  // namespace signalbox::gateway
