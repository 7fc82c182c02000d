// A small HTTP server on a free loopback port, for tests.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "nodes/unique_fd.h"
#include "nodes/wake_fd.h"

namespace signalbox::nodes {

struct ReceivedRequest {
    std::string method;
    std::string target;
    std::map<std::string, std::string> headers;  ///< names in lower case
    std::string body;
};

/// Answers each connection once, with exactly the bytes that the handler gives, and closes it. A handler that gives
/// nothing leaves the connection open until the server ends.
class LoopbackServer {
public:
    using Handler = std::function<std::string(const ReceivedRequest&)>;
    explicit LoopbackServer(Handler handler);
    LoopbackServer(const LoopbackServer&) = delete;
    LoopbackServer& operator=(const LoopbackServer&) = delete;
    ~LoopbackServer();

    [[nodiscard]] int port() const { return port_; }
    [[nodiscard]] std::string url(const std::string& target = "/") const;
    [[nodiscard]] std::vector<ReceivedRequest> requests() const;

private:
    struct Connection {
        UniqueFd fd;
        std::string received;
        bool answered = false;
    };
    void serve();
    void acceptOne();
    /// False when the connection is over.
    [[nodiscard]] bool read(Connection& connection);

    Handler handler_;
    UniqueFd listener_;
    int port_ = 0;
    WakeFd wake_;
    mutable std::mutex mutex_;
    std::vector<ReceivedRequest> requests_;
    std::vector<Connection> connections_;
    std::jthread thread_;
};

/// A response with a Content-Length.
[[nodiscard]] std::string httpAnswer(int status, const std::string& body, const std::string& headers = {});

}  // namespace signalbox::nodes
