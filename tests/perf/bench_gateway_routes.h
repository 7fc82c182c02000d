// The gateway with everything that answers: real routes over a workspace.
#pragma once

#include <cstdint>
#include <memory>

namespace signalbox::bench {

/// Prints what it measures. Needs wrk.
class RouteBench {
public:
    /// Opens a workspace and serves it with one I/O thread.
    explicit RouteBench(int seconds);
    RouteBench(const RouteBench&) = delete;
    RouteBench& operator=(const RouteBench&) = delete;
    ~RouteBench();

    /// An authenticated GET, and at 5,000 a second beside nginx, which serves a small file on that port.
    void get(std::uint16_t nginxPort) const;
    /// A workflow of three nodes, and at 1,000 a second.
    void execute() const;
    /// Durable steps by one client and by 32.
    void steps() const;

private:
    class Gateway;
    const std::unique_ptr<Gateway> gateway_;
    const int seconds_;
};

}  // namespace signalbox::bench
