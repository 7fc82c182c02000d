// A command's connection to the gateway of its workspace.
#pragma once

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <filesystem>
#include <memory>
#include <string>

#include "app/ctl/arguments.h"
#include "base/result.h"
#include "client/gateway_client.h"
#include "embedded/embedded_gateway.h"

namespace signalbox::ctl {

/// Owns the gateway and the client. Used in the main thread, which has no other event loop than await()'s.
class Session {
public:
    using Mode = embedded::EmbeddedOptions::Mode;
    /// Errors of EmbeddedGateway::open.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const std::filesystem::path& workspace, Mode mode,
                                                               bool verbose);

    [[nodiscard]] client::GatewayClient& client() { return *client_; }
    [[nodiscard]] const std::filesystem::path& workspace() const { return workspace_; }

    /// Waits for a reply while replies and events are delivered.
    template <class T>
    [[nodiscard]] static Result<T> await(const QFuture<Result<T>>& future) {
        QEventLoop loop;
        QFutureWatcher<Result<T>> watcher;
        QObject::connect(&watcher, &QFutureWatcherBase::finished, &loop, &QEventLoop::quit);
        watcher.setFuture(future);
        if (!future.isFinished()) loop.exec();
        return future.result();
    }

    /// The run that was meant: a whole id, the beginning or the end of one (at least six characters), or "last".
    /// Errors: "usage.run-id", "run.not-found", "run.ambiguous".
    [[nodiscard]] Result<std::string> resolveRun(const std::string& typed);

private:
    Session() = default;
    std::filesystem::path workspace_;
    std::unique_ptr<embedded::EmbeddedGateway> gateway_;
    std::unique_ptr<client::GatewayClient> client_;  ///< before the gateway: its transport uses it
};

/// The --workspace option, or else where `file` (the current folder when empty) belongs.
[[nodiscard]] std::filesystem::path workspaceFor(const Arguments& arguments, const std::filesystem::path& file = {});

}  // namespace signalbox::ctl
