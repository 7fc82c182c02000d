#include "gateway/server_listener.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <arpa/inet.h>
#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include "gateway/server_loop.h"

namespace signalbox::gateway {
namespace {

constexpr int kBacklog = 4096;
constexpr int kKeepAliveSeconds = 60;
constexpr int kUnacknowledgedMillis = 60'000;
/// Connections taken in a row before those that are open get their turn.
constexpr int kAcceptsAtOnce = 64;

struct SocketAddress {
    sockaddr_storage storage{};
    socklen_t size = 0;
    sockaddr* get() { return reinterpret_cast<sockaddr*>(&storage); }
};

bool parseAddress(const BindAddress& address, SocketAddress& out) {
    const std::string host = address.host == "localhost" ? "127.0.0.1" : address.host;
    auto* v4 = reinterpret_cast<sockaddr_in*>(&out.storage);
    if (inet_pton(AF_INET, host.c_str(), &v4->sin_addr) == 1) {
        v4->sin_family = AF_INET;
        v4->sin_port = htons(address.port);
        out.size = sizeof(sockaddr_in);
        return true;
    }
    auto* v6 = reinterpret_cast<sockaddr_in6*>(&out.storage);
    if (inet_pton(AF_INET6, host.c_str(), &v6->sin6_addr) != 1) return false;
    v6->sin6_family = AF_INET6;
    v6->sin6_port = htons(address.port);
    out.size = sizeof(sockaddr_in6);
    return true;
}

/// "127.0.0.1" also for an IPv4 peer of an IPv6 socket, so that limits see one name for one peer.
std::string peerName(const sockaddr_storage& peer) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (peer.ss_family == AF_INET) {
        const auto* v4 = reinterpret_cast<const sockaddr_in*>(&peer);
        inet_ntop(AF_INET, &v4->sin_addr, text.data(), text.size());
        return text.data();
    }
    const auto* v6 = reinterpret_cast<const sockaddr_in6*>(&peer);
    if (IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr)) {
        inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, text.data(), text.size());
    } else {
        inet_ntop(AF_INET6, &v6->sin6_addr, text.data(), text.size());
    }
    return text.data();
}

void setOption(int descriptor, int level, int name, int value) {
    ::setsockopt(descriptor, level, name, &value, sizeof value);
}

/// Small answers leave at once; a peer that vanished without a word is noticed by the kernel.
void configure(int descriptor) {
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    setOption(descriptor, SOL_SOCKET, SO_KEEPALIVE, 1);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPIDLE, kKeepAliveSeconds);
    setOption(descriptor, IPPROTO_TCP, TCP_KEEPINTVL, kKeepAliveSeconds / 4);
    setOption(descriptor, IPPROTO_TCP, TCP_USER_TIMEOUT, kUnacknowledgedMillis);
}

}  // namespace

std::string BindAddress::text() const {
    return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port) : fmt::format("[{}]:{}", host, port);
}

bool isLoopback(const std::string& host) { return host == "localhost" || host == "::1" || host.starts_with("127."); }

Result<int> openListener(const BindAddress& address, bool sharesPort) {
    SocketAddress socketAddress;
    if (!parseAddress(address, socketAddress)) {
        return fail("server.address", "This is no address to listen on", address.host,
                    "Give an IPv4 or IPv6 address, as 127.0.0.1 or ::1");
    }
    const int family = socketAddress.storage.ss_family;
    const int descriptor = ::socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    if (descriptor < 0) return fail("server.bind", std::strerror(errno), address.text());
    setOption(descriptor, SOL_SOCKET, SO_REUSEADDR, 1);
    if (sharesPort) setOption(descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
    if (family == AF_INET6) setOption(descriptor, IPPROTO_IPV6, IPV6_V6ONLY, 0);
    if (::bind(descriptor, socketAddress.get(), socketAddress.size) != 0 || ::listen(descriptor, kBacklog) != 0) {
        const int error = errno;
        ::close(descriptor);
        if (error == EADDRINUSE) {
            return fail("server.address-in-use", "Another program listens on this address", address.text(),
                        "Stop it or choose another port", true);
        }
        return fail("server.bind", fmt::format("Cannot listen: {}", std::strerror(error)), address.text());
    }
    return descriptor;
}

std::uint16_t boundPort(int descriptor) {
    SocketAddress bound;
    bound.size = sizeof bound.storage;
    if (::getsockname(descriptor, bound.get(), &bound.size) != 0) return 0;
    if (bound.storage.ss_family == AF_INET) return ntohs(reinterpret_cast<sockaddr_in*>(&bound.storage)->sin_port);
    return ntohs(reinterpret_cast<sockaddr_in6*>(&bound.storage)->sin6_port);
}

struct Listener::State : std::enable_shared_from_this<State> {
    State(Loop& loop, int descriptor, Accepted acceptedIn, Exhausted exhaustedIn)
        : socket(loop.context(), descriptor), accepted(std::move(acceptedIn)), exhausted(std::move(exhaustedIn)) {}

    void wait() {
        isPaused = false;
        socket.async_wait(boost::asio::posix::stream_descriptor::wait_read,
                          [self = shared_from_this()](const boost::system::error_code& error) {
                              if (!error && self->socket.is_open()) self->acceptAll();
                          });
    }

    void acceptAll() {
        for (int count = 0; count < kAcceptsAtOnce; ++count) {
            SocketAddress peer;
            peer.size = sizeof peer.storage;
            const int taken = ::accept4(socket.native_handle(), peer.get(), &peer.size, SOCK_NONBLOCK | SOCK_CLOEXEC);
            if (taken >= 0) {
                hasToldExhausted = false;
                configure(taken);
                accepted(taken, peerName(peer.storage));
                continue;
            }
            const int error = errno;
            isPaused = error == EMFILE || error == ENFILE || error == ENOBUFS || error == ENOMEM;
            if (isPaused) return tellExhausted(error);  // waiting now would only spin; the next tick tries again
            if (error == EAGAIN || error == EWOULDBLOCK) break;
        }
        wait();
    }

    void tellExhausted(int error) {
        if (!std::exchange(hasToldExhausted, true)) exhausted(std::strerror(error));
    }

    boost::asio::posix::stream_descriptor socket;
    Accepted accepted;
    Exhausted exhausted;
    bool isPaused = false;
    bool hasToldExhausted = false;
};

Listener::Listener(Loop& loop, int descriptor, Accepted accepted, Exhausted exhausted)
    : state_(std::make_shared<State>(loop, descriptor, std::move(accepted), std::move(exhausted))) {}

Listener::~Listener() = default;

void Listener::start() { state_->wait(); }

void Listener::stop() {
    boost::system::error_code ignored;
    state_->socket.close(ignored);
}

void Listener::retry() {
    if (state_->isPaused && state_->socket.is_open()) state_->wait();
}

}  // namespace signalbox::gateway
