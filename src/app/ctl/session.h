// A command's connection to a gateway: that of its workspace, in this process, or one elsewhere.
#pragma once

#include <QEventLoop>
#include <QFuture>
#include <QFutureWatcher>
#include <filesystem>
#include <memory>
#include <string>

#include "app/ctl/arguments.h"
#include "app/ctl/remote.h"
#include "base/result.h"
#include "client/gateway_client.h"
#include "embedded/embedded_gateway.h"

namespace signalbox::ctl {

/// Owns the gateway and the client. Used in the main thread, which has no other event loop than await()'s.
class Session {
public:
    using Mode = embedded::EmbeddedOptions::Mode;
    /// By --gateway elsewhere; otherwise here, for the workspace that is named or that `file` (the current folder when
    /// empty) belongs to. Errors of EmbeddedGateway::open and RemoteTarget::connect.
    [[nodiscard]] static Result<std::unique_ptr<Session>> open(const Arguments& arguments, Mode mode, Output& output,
                                                               const std::filesystem::path& file = {});
    /// To look at runs; a workspace that has none yet is not given a place for them.
    [[nodiscard]] static Result<std::unique_ptr<Session>> openToLook(const Arguments& arguments, Output& output);
    /// Elsewhere, or not at all. Error "usage.gateway".
    [[nodiscard]] static Result<std::unique_ptr<Session>> openRemote(const Arguments& arguments, Output& output);

    [[nodiscard]] client::GatewayClient& client() { return *client_; }
    [[nodiscard]] bool isRemote() const { return remote_ != nullptr; }
    /// Where it is, for people: a folder, or a gateway's name.
    [[nodiscard]] std::string place() const;
    /// "production", "staging", "development": the more careful of what the list of gateways and the gateway itself
    /// say; empty: not told, or here.
    [[nodiscard]] QString environment() const;
    /// What a command typed here needs to get to the same place: " --gateway NAME", " --workspace DIR", or nothing.
    [[nodiscard]] std::string placeOption() const;

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
    [[nodiscard]] Status openHere(const std::filesystem::path& workspace, Mode mode, bool verbose);
    [[nodiscard]] Status openThere(const Arguments& arguments, const std::string& named, Output& output);

    std::filesystem::path workspace_;
    std::unique_ptr<embedded::EmbeddedGateway> gateway_;
    std::unique_ptr<RemoteTarget> remote_;
    std::unique_ptr<client::Connection> connection_;
    std::unique_ptr<client::GatewayClient> client_;  ///< goes before what it came from: its transport uses that
};

/// The --workspace option, or else where `file` (the current folder when empty) belongs.
[[nodiscard]] std::filesystem::path workspaceFor(const Arguments& arguments, const std::filesystem::path& file = {});

}  // namespace signalbox::ctl
