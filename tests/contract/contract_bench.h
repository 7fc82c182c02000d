// What the contract tests run against: a gateway of one kind, with a workspace of its own.
#pragma once

#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <string>

#include "client/connect_gateway.h"
#include "client/gateway_client.h"
#include "embedded/embedded_gateway.h"
#include "integration/gatewayd/gateway_process.h"

namespace signalbox::contract {

/// The ways a client may reach a gateway. Nothing in the tests knows which one it is.
enum class Way { Embedded, EmbeddedCodec, WebSocket };

/// A signalboxd on a folder, with its administrator signed in.
class Daemon {
public:
    explicit Daemon(const QString& folder);
    ~Daemon();
    /// As a power cut would; with start() it comes back at the same address.
    void kill();
    void start();
    [[nodiscard]] client::RemoteGateway connect() const;
    [[nodiscard]] QUrl url() const { return url_; }
    [[nodiscard]] QString token() const { return token_; }

private:
    void signIn();

    const QString folder_;
    QUrl url_;
    QString token_;
    std::unique_ptr<gatewayd::test::GatewayProcess> process_;
};

class Bench {
public:
    explicit Bench(Way way);
    ~Bench();
    [[nodiscard]] client::GatewayClient& client() { return *client_; }
    void write(const QString& name, const std::string& text) const;
    [[nodiscard]] QString path() const { return folder_.path(); }

    /// Waits for a reply; a failure of the test when none comes.
    template <class T>
    static Result<T> wait(const QFuture<Result<T>>& future) {
        constexpr int kMilliseconds = 60'000;
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kMilliseconds)) {
            return fail("test.deadline", "no reply came");
        }
        return future.result();
    }
    /// Starts a document and gives the run's id.
    [[nodiscard]] QString start(const std::string& text, Value inputs = Value::object());
    /// Waits until the run has that status.
    [[nodiscard]] Result<protocol::RunDetail> until(const QString& run, const char* status);

private:
    QTemporaryDir folder_;
    std::unique_ptr<embedded::EmbeddedGateway> gateway_;
    std::unique_ptr<Daemon> daemon_;
    std::unique_ptr<client::Connection> connection_;
    std::unique_ptr<client::GatewayClient> client_;
};

/// n (21 unless given) is doubled in node "double"; output "result".
[[nodiscard]] std::string doublingDocument(const std::string& id = "doubling");
/// Node "wait" waits for the signal "go"; output "got".
[[nodiscard]] std::string signalDocument();
/// Node "ask" waits for an approval.
[[nodiscard]] std::string approvalDocument();
/// Node "read" fails with file.not-found.
[[nodiscard]] std::string failingDocument();
/// Node "note" writes one log line, "hello".
[[nodiscard]] std::string loggingDocument();

}  // namespace signalbox::contract
