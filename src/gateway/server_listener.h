// Listening sockets, and taking connections from them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace signalbox::gateway {

class Loop;

/// What an address is made of: "127.0.0.1", "::1", "0.0.0.0", "::", "localhost".
struct BindAddress {
    std::string host;
    std::uint16_t port = 0;
    std::string text() const;  ///< "127.0.0.1:8080", "[::1]:8080"
};

/// Whether only this machine can reach it.
[[nodiscard]] bool isLoopback(const std::string& host);

/// Opens a listening socket that does not block; `sharesPort`: others of this process may listen there too, and the
/// kernel spreads connections over them. Errors: "server.address", "server.address-in-use" (retryable), "server.bind".
[[nodiscard]] Result<int> openListener(const BindAddress& address, bool sharesPort);
/// The port a socket is bound to.
[[nodiscard]] std::uint16_t boundPort(int descriptor);

/// Takes connections on a loop's thread.
class Listener {
public:
    using Accepted = std::function<void(int descriptor, std::string address)>;
    using Exhausted = std::function<void(const std::string& why)>;
    /// Owns the descriptor. `exhausted` is told once when connections cannot be taken for want of descriptors or
    /// memory.
    Listener(Loop& loop, int descriptor, Accepted accepted, Exhausted exhausted);
    ~Listener();
    Listener(const Listener&) = delete;
    Listener& operator=(const Listener&) = delete;

    void start();
    /// On the loop's thread: no more connections; those that wait in the kernel are reset.
    void stop();
    /// On the loop's thread, now and then: goes on after descriptors had run out.
    void retry();

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace signalbox::gateway
