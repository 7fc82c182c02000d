// What a client says when there is no gateway at the other end, or one that cannot be trusted: on real sockets.
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTest>

#include "client/http_auth.h"
#include "unit/client/fake_server.h"
#include "unit/client/test_certificate.h"

using namespace signalbox;
using namespace signalbox::client;

namespace {

/// Something else that listens: greets, or answers whatever it hears, and hangs up.
class OtherProgram : public QTcpServer {
public:
    OtherProgram(QByteArray greeting, QByteArray answer) : greeting_(std::move(greeting)), answer_(std::move(answer)) {
        connect(this, &QTcpServer::newConnection, this, [this] {
            auto* peer = nextPendingConnection();
            peer->write(greeting_);
            connect(peer, &QTcpSocket::readyRead, this, [this, peer] {
                peer->readAll();
                peer->write(answer_);
                peer->disconnectFromHost();
            });
        });
    }

private:
    QByteArray greeting_;
    QByteArray answer_;
};

QByteArray http(const char* status) {
    return QByteArray("HTTP/1.1 ") + status +
           "\r\nServer: nginx/1.22.1\r\nContent-Type: text/html\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok";
}

}  // namespace

class WrongServerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void cleanup() {
        gateway_ = {};
        server_.reset();
    }
    void tellsWhatAnswers_data();
    void tellsWhatAnswers();
    void tellsWhyItIsSilent();
    void oneThatWasThereMayBeStarting();
    void plainMeetsTls();
    void tlsMeetsPlain();
    void tellsWhatIsWrongWithTheCertificate_data();
    void tellsWhatIsWrongWithTheCertificate();
    void expiredAndOfAnotherName();
    void passwordsMeetTheSameWords();

private:
    void attach(const QUrl& url) {
        GatewayProfile profile;
        profile.url = url;
        ConnectOptions options;
        options.token = QStringLiteral("good");
        options.timing = test::quick();
        gateway_ = connectGateway(profile, std::move(options));
        // It is lost only until the next try, which may be too short to be seen by asking.
        error_.reset();
        connect(gateway_.connection.get(), &Connection::changed, this, [this] {
            const auto status = gateway_.connection->status();
            if (status.state == ConnectionState::Lost && status.error && !error_) error_ = status.error;
        });
        QTRY_VERIFY_WITH_TIMEOUT(error_, 20'000);
    }
    void serve(const QSslConfiguration& tls) {
        server_ = std::make_unique<test::FakeServer>(tls);
        QVERIFY(server_->listen());
    }
    [[nodiscard]] QString message() const { return QString::fromStdString(error_->message); }
    [[nodiscard]] QString hint() const { return QString::fromStdString(error_->hint); }
    [[nodiscard]] ConnectionNeed need() const { return gateway_.connection->status().need; }

    std::unique_ptr<test::FakeServer> server_;
    RemoteGateway gateway_;
    std::optional<Error> error_;
};

void WrongServerTest::tellsWhatAnswers_data() {
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<QByteArray>("greeting");
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("message");
    QTest::addColumn<QString>("hint");
    const QByteArray ssh = "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n";
    const QByteArray bye = "Invalid SSH identification string.\r\n";
    const QString port = QStringLiteral("port");
    const QString noTls = QStringLiteral("does not speak TLS");
    QTest::newRow("web server") << "http" << QByteArray() << http("404 Not Found") << "no gateway (HTTP 404)" << port;
    QTest::newRow("web page") << "http" << QByteArray() << http("200 OK") << "no gateway (HTTP 200)" << port;
    QTest::newRow("redirect") << "http" << QByteArray() << http("301 Moved") << "no gateway (HTTP 301)" << port;
    QTest::newRow("busy") << "http" << QByteArray() << http("503 Busy") << "no connections at the moment"
                          << "by itself";
    QTest::newRow("TLS port of a web server")
        << "http" << QByteArray() << http("400 Bad Request") << "takes no WebSocket"
        << "https://";
    QTest::newRow("SSH") << "http" << ssh << bye << "hung up without an answer" << port;
    QTest::newRow("SSH, with TLS") << "https" << ssh << bye << noTls << "http://";
    QTest::newRow("web server, with TLS") << "https" << QByteArray() << http("400 Bad Request") << noTls << "http://";
    QTest::newRow("closes") << "http" << QByteArray() << QByteArray() << "hung up without an answer"
                            << "https://";
    QTest::newRow("closes, with TLS") << "https" << QByteArray() << QByteArray() << "hung up before"
                                      << "http://";
}

void WrongServerTest::tellsWhatAnswers() {
    QFETCH(QString, scheme);
    QFETCH(QByteArray, greeting);
    QFETCH(QByteArray, answer);
    QFETCH(QString, message);
    QFETCH(QString, hint);
    OtherProgram other(greeting, answer);
    QVERIFY(other.listen(QHostAddress::LocalHost));
    attach(QUrl(QStringLiteral("%1://127.0.0.1:%2").arg(scheme).arg(other.serverPort())));
    QVERIFY2(this->message().contains(message), qPrintable(this->message()));
    QVERIFY2(this->hint().contains(hint), qPrintable(this->hint()));
    QVERIFY2(!this->message().contains(QStringLiteral("QWebSocket")), "words of a library help nobody");
    QVERIFY(error_->code == "gateway.unreachable");
    QCOMPARE(QString::fromStdString(error_->where), QStringLiteral("127.0.0.1:%1").arg(other.serverPort()));
}

void WrongServerTest::tellsWhyItIsSilent() {
    QTcpServer silent;  // takes connections, and says nothing
    QVERIFY(silent.listen(QHostAddress::LocalHost));
    attach(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(silent.serverPort())));
    QVERIFY2(message().contains(QStringLiteral("has not answered within")), qPrintable(message()));
    const auto port = silent.serverPort();
    silent.close();
    attach(QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port)));
    QCOMPARE(message(), QStringLiteral("Nothing listens at the gateway's address"));
}

void WrongServerTest::oneThatWasThereMayBeStarting() {
    serve({});
    GatewayProfile profile;
    profile.url = server_->url();
    ConnectOptions options;
    options.token = QStringLiteral("good");
    options.timing = test::quick();
    gateway_ = connectGateway(profile, std::move(options));
    QTRY_COMPARE(int(gateway_.connection->status().state), int(ConnectionState::Live));
    OtherProgram closes({}, {});
    const auto port = server_->port();
    QString hint;
    connect(gateway_.connection.get(), &Connection::changed, this, [&] {
        const auto status = gateway_.connection->status();
        if (status.error && status.error->message.find("hung up") != std::string::npos) {
            hint = QString::fromStdString(status.error->hint);
        }
    });
    server_.reset();
    QVERIFY(closes.listen(QHostAddress::LocalHost, port));
    QTRY_VERIFY_WITH_TIMEOUT(hint.contains(QStringLiteral("may be starting")), 20'000);
    gateway_ = {};
}

void WrongServerTest::plainMeetsTls() {
    serve(test::selfSigned());
    auto url = server_->url();
    url.setScheme(QStringLiteral("http"));
    attach(url);
    QVERIFY2(message().contains(QStringLiteral("hung up")), qPrintable(message()));
    QVERIFY2(hint().contains(QStringLiteral("https://")), qPrintable(hint()));
}

void WrongServerTest::tlsMeetsPlain() {
    serve({});
    auto url = server_->url();
    url.setScheme(QStringLiteral("https"));
    attach(url);
    QVERIFY2(hint().contains(QStringLiteral("http://")), qPrintable(hint()));
}

void WrongServerTest::tellsWhatIsWrongWithTheCertificate_data() {
    QTest::addColumn<int>("from");
    QTest::addColumn<int>("until");
    QTest::addColumn<QByteArray>("names");
    QTest::addColumn<bool>("byAuthority");
    QTest::addColumn<QString>("problem");
    QTest::addColumn<QString>("advice");
    const QByteArray here = "DNS:localhost,IP:127.0.0.1";
    constexpr int kHour = 3600;
    QTest::newRow("self-signed") << -kHour << kHour << here << false << "signed by itself"
                                 << "";
    QTest::newRow("unknown authority") << -kHour << kHour << here << true
                                       << "signed by Test authority, an authority that this computer does not know"
                                       << "install its certificate";
    QTest::newRow("expired") << -2 * kHour << -kHour << here << false << "It has expired: it was valid until 20"
                             << "renew it";
    QTest::newRow("not yet") << kHour << 2 * kHour << here << false << "not valid before 20"
                             << "clocks";
    QTest::newRow("other name") << -kHour << kHour << QByteArray("DNS:plant.example,DNS:www.plant.example") << false
                                << "made out to plant.example, www.plant.example, not to 127.0.0.1"
                                << "one of these names";
}

void WrongServerTest::tellsWhatIsWrongWithTheCertificate() {
    QFETCH(int, from);
    QFETCH(int, until);
    QFETCH(QByteArray, names);
    QFETCH(bool, byAuthority);
    QFETCH(QString, problem);
    QFETCH(QString, advice);
    serve(test::certificateOf({from, until, names.constData(), byAuthority}));
    attach(server_->url());
    QCOMPARE(int(need()), int(ConnectionNeed::Trust));
    const auto facts = *gateway_.connection->status().certificate;
    QVERIFY2(facts.problem.contains(problem), qPrintable(facts.problem));
    QVERIFY2(facts.advice.contains(advice), qPrintable(facts.advice));
    QVERIFY2(message().contains(problem), qPrintable(message()));
    QVERIFY2(hint().contains(advice) && hint().contains(facts.sha256), qPrintable(hint()));
    QVERIFY(server_->sent("authenticate").empty());
}

void WrongServerTest::expiredAndOfAnotherName() {
    serve(test::certificateOf({-7200, -3600, "DNS:plant.example", true}));
    attach(server_->url());
    for (const auto* part : {"expired", "made out to plant.example", "Test authority"}) {
        QVERIFY2(message().contains(QLatin1String(part)), qPrintable(message()));
    }
}

void WrongServerTest::passwordsMeetTheSameWords() {
    serve(test::certificateOf({-7200, -3600}));
    HttpAuth auth({server_->url(), {}, false, "test"});
    const auto future = auth.login(QStringLiteral("ada"), QStringLiteral("secret"));
    QTRY_VERIFY(future.isFinished());
    QVERIFY(future.result().error().code == "gateway.certificate-untrusted");
    QVERIFY(future.result().error().message.find("expired") != std::string::npos);
}

QTEST_GUILESS_MAIN(WrongServerTest)
#include "wrong_server_test.moc"
