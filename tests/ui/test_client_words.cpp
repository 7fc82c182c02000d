// What the client says about a gateway, in the language of the console: against real sockets.
#include <QCoreApplication>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>
#include <QTranslator>

#include "client/attach_link.h"
#include "client/gateway_address.h"
#include "client/http_auth.h"
#include "ui/text/translations.h"
#include "ui/widgets/theme.h"
#include "unit/client/fake_server.h"
#include "unit/client/test_certificate.h"

using namespace signalbox;
using namespace signalbox::client;

class ClientWordsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() {
        ui::Theme::current();  // brings the translations
        if (ui::availableLanguages().size() < 2) QSKIP("built without lrelease: the console speaks English only");
        QCOMPARE(ui::installLanguage(*qApp, QStringLiteral("de")), QStringLiteral("de"));
    }
    void cleanup() {
        gateway_ = {};
        server_.reset();
        error_.reset();
    }
    void deadPort();
    void otherProgram();
    void changedCertificate();
    void untrustedCertificate();
    void endedSession();
    void whatThePersonTyped();
    void passwordAtADeadPort();

private:
    void attach(const GatewayProfile& profile) {
        ConnectOptions options;
        options.token = QStringLiteral("good");
        options.timing = test::quick();
        gateway_ = connectGateway(profile, std::move(options));
        // It is lost only until the next try, which may be too short to be seen by asking.
        connect(gateway_.connection.get(), &Connection::changed, this, [this] {
            const auto status = gateway_.connection->status();
            if (status.error && !error_) error_ = status.error;
        });
    }
    void refusedAt(const QString& address) {
        GatewayProfile profile;
        profile.url = QUrl(address);
        attach(profile);
        QTRY_VERIFY_WITH_TIMEOUT(error_, 20'000);
    }
    void serve(const QSslConfiguration& tls) {
        server_ = std::make_unique<test::FakeServer>(tls);
        QVERIFY(server_->listen());
    }
    [[nodiscard]] QString code() const { return QString::fromStdString(error_->code); }
    [[nodiscard]] QString message() const { return QString::fromStdString(error_->message); }
    [[nodiscard]] QString hint() const { return QString::fromStdString(error_->hint); }

    std::unique_ptr<test::FakeServer> server_;
    RemoteGateway gateway_;
    std::optional<Error> error_;
};

void ClientWordsTest::deadPort() {
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const auto port = closed.serverPort();
    closed.close();
    refusedAt(QStringLiteral("http://127.0.0.1:%1").arg(port));
    QCOMPARE(code(), QStringLiteral("gateway.unreachable"));
    QCOMPARE(message(), QStringLiteral("Unter der Adresse des Gateways lauscht nichts"));
    QCOMPARE(hint(), QStringLiteral("Prüfen, ob signalboxd dort läuft"));
}

void ClientWordsTest::otherProgram() {
    QTcpServer web;
    connect(&web, &QTcpServer::newConnection, &web, [&web] {
        auto* peer = web.nextPendingConnection();
        connect(peer, &QTcpSocket::readyRead, peer, [peer] {
            peer->readAll();
            peer->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            peer->disconnectFromHost();
        });
    });
    QVERIFY(web.listen(QHostAddress::LocalHost));
    refusedAt(QStringLiteral("http://127.0.0.1:%1").arg(web.serverPort()));
    QCOMPARE(message(), QStringLiteral("Was dort antwortet, ist kein Gateway (HTTP 404)"));
    QVERIFY2(hint().startsWith(QStringLiteral("Rechner und Port prüfen")), qPrintable(hint()));
}

void ClientWordsTest::changedCertificate() {
    serve(test::selfSigned());
    auto profile = test::profileFor(*server_);
    profile.pinned = QString("AB:").repeated(31) + "AB";
    attach(profile);
    QTRY_VERIFY_WITH_TIMEOUT(error_, 20'000);
    QCOMPARE(code(), QStringLiteral("gateway.certificate-changed"));
    QVERIFY2(message().startsWith(QStringLiteral("Das Gateway zeigt ein anderes Zertifikat")), qPrintable(message()));
    QVERIFY2(hint().contains(profile.pinned) && hint().contains(QStringLiteral("Fingerabdruck")), qPrintable(hint()));
}

void ClientWordsTest::untrustedCertificate() {
    serve(test::certificateOf({-7200, -3600, "DNS:plant.example", true}));
    attach(test::profileFor(*server_));
    QTRY_VERIFY_WITH_TIMEOUT(error_, 20'000);
    for (const auto* part : {"Dem Zertifikat des Gateways wird nicht vertraut", "Es ist abgelaufen",
                             "Es ist auf plant.example ausgestellt, nicht auf 127.0.0.1", "Test authority"}) {
        QVERIFY2(message().contains(QString::fromUtf8(part)), qPrintable(message()));
    }
    QVERIFY2(hint().contains(QStringLiteral("Den Betreiber des Gateways um ein neues bitten")), qPrintable(hint()));
}

void ClientWordsTest::endedSession() {
    serve({});
    attach(test::profileFor(*server_));
    QTRY_COMPARE(int(gateway_.connection->status().state), int(ConnectionState::Live));
    error_.reset();
    server_->send(Value::object({{"type", "session"}, {"event", "ended"}, {"reason", "revoked"}}));
    server_->close(4409);
    QTRY_VERIFY_WITH_TIMEOUT(error_, 20'000);
    QCOMPARE(code(), QStringLiteral("gateway.session-ended"));
    QCOMPARE(message(), QStringLiteral("Die Sitzung am Gateway ist beendet: Sie wurde widerrufen"));
    QCOMPARE(hint(), QStringLiteral("Neu anmelden"));
}

void ClientWordsTest::whatThePersonTyped() {
    const auto messageOf = [](const auto& result) { return QString::fromStdString(result.error().message); };
    QCOMPARE(messageOf(parseGatewayUrl({})), QStringLiteral("Eine Adresse fehlt"));
    QCOMPARE(messageOf(parseAttachLink(QStringLiteral("signalbox://attach"))),
             QStringLiteral("Der Link nennt kein Gateway"));
    GatewayProfile plain;
    plain.url = QUrl(QStringLiteral("http://gateway.example.org"));
    attach(plain);
    QTRY_VERIFY_WITH_TIMEOUT(error_, 20'000);
    QCOMPARE(code(), QStringLiteral("gateway.plain-refused"));
    QVERIFY2(message().startsWith(QStringLiteral("Ohne Verschlüsselung")), qPrintable(message()));
}

void ClientWordsTest::passwordAtADeadPort() {
    QTcpServer closed;
    QVERIFY(closed.listen(QHostAddress::LocalHost));
    const QUrl url(QStringLiteral("http://127.0.0.1:%1").arg(closed.serverPort()));
    closed.close();
    HttpAuth auth({url, {}, false, QStringLiteral("test")});
    const auto future = auth.login(QStringLiteral("ada"), QStringLiteral("secret"));
    QTRY_VERIFY(future.isFinished());
    const auto error = future.result().error();
    QVERIFY2(QString::fromStdString(error.message).startsWith(QStringLiteral("Das Gateway ist nicht zu erreichen: ")),
             error.message.c_str());
    QCOMPARE(QString::fromStdString(error.hint), QStringLiteral("Die Adresse prüfen, und ob signalboxd dort läuft"));
}

QTEST_MAIN(ClientWordsTest)
#include "test_client_words.moc"
