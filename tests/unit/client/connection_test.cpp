// States of a connection to a gateway that behaves, and to ones that do not.
#include "client/connection.h"

#include <QObject>
#include <QTest>

#include "unit/client/fake_server.h"

using namespace signalbox;
using namespace signalbox::client;
using namespace std::chrono_literals;

namespace {
constexpr int kLongerThanAnyPause = 150;  ///< between two attempts, in milliseconds
}

class ConnectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() {
        server_ = std::make_unique<test::FakeServer>();
        QVERIFY(server_->listen());
    }
    void cleanup() {
        gateway_ = {};
        server_.reset();
    }

    void becomesLiveAndCarriesCalls() {
        gateway_ = test::connectTo(*server_);
        QCOMPARE(int(status().state), int(ConnectionState::Connecting));
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QVERIFY(status().gateway && status().gateway->name == "fake");
        auto info = gateway_.client->info();
        QTRY_VERIFY(info.isFinished());
        QVERIFY(info.result() && info.result()->instance == "one");
        QTRY_VERIFY(status().latencyMs >= 0);
        QVERIFY(status().lastHeard > 0);
        QVERIFY(!status().error);
    }

    void saysWhenItNeedsCredentials() {
        gateway_ = test::connectTo(*server_, {});
        QTRY_COMPARE(int(status().need), int(ConnectionNeed::Credentials));
        QCOMPARE(int(status().state), int(ConnectionState::Authenticating));
        QCOMPARE(codeOf(gateway_.client->info()), QString("gateway.credentials-needed"));
        QVERIFY(server_->sent("authenticate").empty());
        gateway_.connection->useToken("good");
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
    }

    void needsNoCredentialsWhereNobodyAsks() {
        server_->open = true;
        gateway_ = test::connectTo(*server_, {});
        QVERIFY(codeOf(gateway_.client->info()).isEmpty());
        QCOMPARE(int(status().state), int(ConnectionState::Live));
    }

    void doesNotRepeatARefusedToken() {
        gateway_ = test::connectTo(*server_, "bad");
        QTRY_COMPARE(int(status().need), int(ConnectionNeed::Credentials));
        QVERIFY(status().error && status().error->code == "auth.invalid");
        QCOMPARE(status().retryAt, 0);
        QVERIFY(!QTest::qWaitFor([&] { return server_->connections > 1; }, kLongerThanAnyPause));
        QCOMPARE(codeOf(gateway_.client->info()), QString("auth.invalid"));
    }

    void knowsAnotherMajorVersion() {
        server_->major = 2;
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Incompatible));
        QVERIFY(status().error->code == "gateway.incompatible");
        QVERIFY(status().error->message.find("version 2") != std::string::npos);
        QVERIFY(!QTest::qWaitFor([&] { return server_->connections > 1; }, kLongerThanAnyPause));
    }

    void knowsWhatSpeaksNoKnownVersion() {
        server_->stop();
        server_->speaksSubprotocol = false;
        QVERIFY(server_->listen(server_->port()));
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Incompatible));
    }

    void survivesGarbage_data() {
        QTest::addColumn<QString>("text");
        QTest::newRow("no JSON") << "<html>";
        QTest::newRow("no object") << "[1, 2]";
        QTest::newRow("no type") << R"({"id": 1})";
        QTest::newRow("broken events") << R"({"type": "events", "id": 1, "events": [{"seq": "x"}]})";
        QTest::newRow("deep") << QString(100'000, '[');
    }
    void survivesGarbage() {
        QFETCH(QString, text);
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        std::vector<std::string> codes;
        const QObject scope;  // the window may be told of the end, these variables not
        connect(gateway_.connection.get(), &Connection::changed, &scope, [&] {
            if (status().error) codes.push_back(status().error->code);
        });
        server_->sendText(text);
        QTRY_COMPARE(server_->connections, 2);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QVERIFY(!codes.empty() && codes.front() == "gateway.protocol");
    }

    void passesOverWhatItDoesNotKnow() {
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        server_->sendText(R"({"type": "from-the-future", "id": {"a": 1}})");
        server_->sendText(R"({"type": "reply", "id": 4711, "result": {}})");
        server_->sendText(R"({"type": "events", "id": 4711, "events": []})");
        server_->sendText(R"({"type": "pong", "id": -3})");
        QVERIFY(codeOf(gateway_.client->info()).isEmpty());
        QCOMPARE(server_->connections, 1);
    }

    void isStaleWhenNothingIsHeardAndLostWhenThatGoesOn() {
        server_->heartbeat = 0.2;
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QList<int> states;
        const QObject scope;  // the window may be told of the end, these variables not
        connect(gateway_.connection.get(), &Connection::changed, &scope, [&] {
            if (states.isEmpty() || states.last() != int(status().state)) states << int(status().state);
        });
        server_->mute = true;  // half open: everything is taken, nothing comes back
        QTRY_VERIFY(states.contains(int(ConnectionState::Stale)));
        QTRY_VERIFY(states.contains(int(ConnectionState::Lost)));
        QVERIFY(states.indexOf(int(ConnectionState::Stale)) < states.indexOf(int(ConnectionState::Lost)));
        server_->mute = false;
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QVERIFY(server_->connections >= 2);
    }

    void isLiveAgainWhenAStaleOneIsHeard() {
        server_->heartbeat = 0.4;
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        server_->mute = true;
        QTRY_COMPARE(int(status().state), int(ConnectionState::Stale));
        server_->sendText(R"({"type": "pong", "id": 0})");
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QCOMPARE(server_->connections, 1);
    }

    void endsWithItsSession() {
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        server_->sendText(R"({"type": "session", "event": "ended", "reason": "replaced"})");
        server_->close(4409);
        QTRY_COMPARE(int(status().need), int(ConnectionNeed::Credentials));
        QVERIFY(status().error->code == "gateway.session-ended");
        QVERIFY(status().error->message.find("too many places") != std::string::npos);
    }

    void comesBackAfterAGatewayThatWentAway() {
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        std::vector<std::string> messages;
        const QObject scope;  // the window may be told of the end, these variables not
        connect(gateway_.connection.get(), &Connection::changed, &scope, [&] {
            if (status().error) messages.push_back(status().error->message);
        });
        server_->sendText(R"({"type": "closing", "reason": "draining"})");
        server_->close(1001);
        server_->stop();
        QTRY_VERIFY(status().attempt > 2 || status().state == ConnectionState::Lost);
        QVERIFY(messages.front().find("draining") != std::string::npos);
        QVERIFY(server_->listen(server_->port()));
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QCOMPARE(status().attempt, 0);
    }

    void saysWhenNothingListens() {
        server_->stop();
        gateway_ = test::connectTo(*server_);
        QTRY_VERIFY(status().error);
        QVERIFY(status().error->code == "gateway.unreachable");
        QVERIFY(status().error->message.find("Nothing listens") != std::string::npos);
        QVERIFY(status().error->where == "127.0.0.1:" + std::to_string(server_->port()));
    }

    void disconnectsAndConnectsWhenAsked() {
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        gateway_.connection->disconnectNow();
        QTRY_COMPARE(int(status().state), int(ConnectionState::Lost));
        QCOMPARE(status().retryAt, 0);
        QCOMPARE(codeOf(gateway_.client->info()), QString("gateway.disconnected"));
        gateway_.connection->reconnect();
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
    }

    void refusesToSendInTheClear() {
        GatewayProfile profile;
        profile.url = QUrl("http://gateway.example.org");
        ConnectOptions options;
        options.token = "secret";
        gateway_ = connectGateway(profile, std::move(options));
        QTRY_COMPARE(int(status().state), int(ConnectionState::Lost));
        QVERIFY(status().error->code == "gateway.plain-refused");
        QCOMPARE(status().retryAt, 0);
    }

    void mayGoInEitherOrder() {
        gateway_ = test::connectTo(*server_);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        gateway_.client.reset();
        QCOMPARE(int(status().state), int(ConnectionState::Lost));
        gateway_.connection->reconnect();
        gateway_.connection.reset();
        gateway_ = test::connectTo(*server_);
        gateway_.connection.reset();
        QVERIFY(codeOf(gateway_.client->info()).isEmpty());
    }

private:
    ConnectionStatus status() const { return gateway_.connection->status(); }
    template <class T>
    static QString codeOf(const QFuture<Result<T>>& future) {
        if (!QTest::qWaitFor([&] { return future.isFinished(); })) return "test.deadline";
        const auto result = future.result();
        return result ? QString() : QString::fromStdString(result.error().code);
    }

    std::unique_ptr<test::FakeServer> server_;
    RemoteGateway gateway_;
};

QTEST_GUILESS_MAIN(ConnectionTest)
#include "connection_test.moc"
