// Programs that work on one workspace at the same time: a run is controlled in the one that has it.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <thread>

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::service {

/// Takes requests from other programs of the same user through a socket in the workspace's state folder. A connection
/// carries one request and its outcome, each a line of JSON (protocol/envelope.h).
class PeerServer {
public:
    using Answer = std::function<void(Result<protocol::Reply>)>;
    /// Called from the server's thread; must not block, and answers from any thread. Must outlive the server.
    using Handler = std::function<void(protocol::Request, Answer)>;

    /// Listens as `folder/name.sock`, readable by this user only. Error "peers.listen".
    [[nodiscard]] static Result<std::unique_ptr<PeerServer>> listen(const std::filesystem::path& folder,
                                                                    const std::string& name, Handler handler);
    PeerServer(const PeerServer&) = delete;
    PeerServer& operator=(const PeerServer&) = delete;
    ~PeerServer();

private:
    PeerServer(std::filesystem::path path, int listening, int wake, Handler handler);
    void serve(const std::stop_token& stop);

    std::filesystem::path path_;
    int listening_;
    int wake_;
    Handler handler_;
    std::jthread thread_;
};

/// Asks every program that listens in the folder but `self`, one after the other, until one has something to say other
/// than that it does not have the run. Sockets that nobody listens on any more are removed. Blocks, up to some seconds
/// for each program.
[[nodiscard]] std::optional<Result<protocol::Reply>> askPeers(const std::filesystem::path& folder,
                                                              const std::string& self,
                                                              const protocol::Request& request);

}  // namespace signalbox::service
