// A signalboxd with TLS, its administrator and one workflow, for windows that attach to it.
#pragma once

#include <QCryptographicHash>
#include <QFile>
#include <QSslCertificate>
#include <QTemporaryDir>
#include <QTest>
#include <csignal>
#include <memory>

#include "client/certificate.h"
#include "client/http_auth.h"
#include "integration/gatewayd/workspace.h"
#include "support/certificate.h"

namespace signalbox::test {

class RealGateway {
public:
    RealGateway() {
        writeNewCertificate();
        start();
        const auto token = gatewayd::test::setupTokenOf(*process_);
        client::HttpAuth auth({url(), fingerprint(), false, QStringLiteral("test")});
        const auto made = wait(auth.setup(QString::fromStdString(token), QStringLiteral("admin"),
                                          QStringLiteral("Administrator"), password()));
        if (!made) qFatal("no administrator: %s", made.error().message.c_str());
    }

    void start() {
        auto arguments = folder_.arguments({"--tls-certificate", file("cert.pem"), "--tls-key", file("key.pem"),
                                            "--environment", "staging", "--engine-threads", "2"});
        if (url_.isValid()) {
            for (std::size_t i = 0; i + 1 < arguments.size(); ++i) {
                if (arguments[i] == "--port") arguments[i + 1] = std::to_string(url_.port());
            }
        }
        process_ = std::make_unique<gatewayd::test::GatewayProcess>(arguments);
        const auto address = process_->waitForAddress();
        if (address.empty()) qFatal("signalboxd does not start: %s", process_->log().c_str());
        url_ = QUrl(QString::fromStdString(address));
    }
    /// As a power cut would; with start() it comes back at the same address.
    void kill() {
        process_->signal(SIGKILL);
        process_->wait();
    }
    /// Takes another certificate without a restart. False: it did not.
    bool renewCertificate() {
        writeNewCertificate();
        process_->signal(SIGHUP);
        return process_->waitForLog("The settings were read again");
    }
    [[nodiscard]] QUrl url() const { return url_; }
    [[nodiscard]] std::string stateFile() const { return (folder_.path() / ".signalbox" / "state.db").string(); }
    [[nodiscard]] QString fingerprint() const {
        return client::fingerprintOf(QSslCertificate::fromPath(QString::fromStdString(file("cert.pem"))).value(0));
    }
    [[nodiscard]] static QString password() { return QStringLiteral("granite otter balloon"); }
    /// Whether that token's session is over; ends it otherwise.
    [[nodiscard]] bool isOver(const QString& token) const {
        client::HttpAuth auth({url(), fingerprint(), false, QStringLiteral("test")});
        const auto ended = wait(auth.logout(token));
        return !ended && ended.error().code == "identity.session-ended";
    }

    template <class T>
    static T wait(const QFuture<T>& future) {
        constexpr int kMilliseconds = 30'000;
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kMilliseconds)) return fail("test.deadline", "");
        return future.result();
    }

private:
    void writeNewCertificate() {
        if (!writeCertificate("plant.example", file("cert.pem"), file("key.pem"))) qFatal("no certificate");
    }
    [[nodiscard]] std::string file(const char* name) const { return (folder_.path() / name).string(); }

    gatewayd::test::WorkspaceFolder folder_;
    QUrl url_;
    std::unique_ptr<gatewayd::test::GatewayProcess> process_;
};

}  // namespace signalbox::test
