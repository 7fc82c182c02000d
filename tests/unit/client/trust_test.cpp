// Whom a client trusts: authorities, a certificate that was vouched for, and nobody else.
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "client/certificate.h"
#include "client/gateway_profiles.h"
#include "client/http_auth.h"
#include "unit/client/fake_server.h"
#include "unit/client/test_certificate.h"

using namespace signalbox;
using namespace signalbox::client;

class TrustTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { serve(test::selfSigned()); }
    void cleanup() {
        gateway_ = {};
        server_.reset();
    }

    void asksBeforeItTrusts() {
        QTemporaryDir folder;
        GatewayProfiles profiles(folder.filePath("gateways.json"));
        const auto profile = profiles.add(test::profileFor(*server_));
        QVERIFY(profile);
        attach(*profile, &profiles);
        QTRY_COMPARE(int(status().need), int(ConnectionNeed::Trust));
        QCOMPARE(int(status().state), int(ConnectionState::Lost));
        QVERIFY(status().error->code == "gateway.certificate-untrusted");
        QVERIFY(status().certificate);
        const CertificateFacts facts = *status().certificate;
        QCOMPARE(facts.sha256, fingerprint());
        QCOMPARE(facts.sha256.size(), 95);
        QCOMPARE(facts.subject, QString("Signalbox test"));
        QVERIFY(facts.validUntil > facts.validFrom && !facts.problem.isEmpty() && facts.pinned.isEmpty());
        QVERIFY(server_->sent("authenticate").empty());
        gateway_.connection->trust(facts.sha256);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        QVERIFY(!status().certificate);
        QCOMPARE(profiles.byId(profile->id)->pinned, facts.sha256);
    }

    void takesThePinnedCertificateAlone() {
        GatewayProfile profile = test::profileFor(*server_);
        profile.pinned = fingerprint();
        attach(profile);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        const quint16 port = server_->port();
        serve(test::selfSigned(), port);  // someone else answers there now
        QTRY_COMPARE(int(status().need), int(ConnectionNeed::Trust));
        QVERIFY(status().error->code == "gateway.certificate-changed");
        QCOMPARE(status().certificate->pinned, profile.pinned);
        QCOMPARE(status().certificate->sha256, fingerprint());
        QVERIFY(server_->sent("authenticate").empty());
    }

    void refusesAnotherCertificateAlsoWhenAnAuthorityVouchesForIt() {
        const QSslConfiguration before = QSslConfiguration::defaultConfiguration();
        QSslConfiguration trusting = before;
        trusting.addCaCertificate(tls_.localCertificate());
        QSslConfiguration::setDefaultConfiguration(trusting);
        GatewayProfile profile = test::profileFor(*server_);
        attach(profile);
        QTRY_COMPARE(int(status().state), int(ConnectionState::Live));
        profile.pinned = fingerprintOf(test::selfSigned().localCertificate());
        const auto seen = server_->sent("authenticate").size();
        attach(profile);
        QTRY_COMPARE(int(status().need), int(ConnectionNeed::Trust));
        QVERIFY(status().error->code == "gateway.certificate-changed");
        QCOMPARE(server_->sent("authenticate").size(), seen);
        QSslConfiguration::setDefaultConfiguration(before);
    }

    void sendsNoPasswordToWhomNobodyTrusts() {
        HttpAuth auth({server_->url(), {}, false, "test"});
        const auto untrusted = outcome(auth.login("ada", "secret"));
        QVERIFY(untrusted.error().code == "gateway.certificate-untrusted");
        QCOMPARE(auth.certificate()->sha256, fingerprint());
        auth.setPinned(fingerprintOf(test::selfSigned().localCertificate()));
        QVERIFY(outcome(auth.login("ada", "secret")).error().code == "gateway.certificate-changed");
        auth.setPinned(fingerprint());
        // It is trusted now; a WebSocket server has no login.
        QVERIFY(outcome(auth.login("ada", "secret")).error().code == "gateway.unreachable");
        HttpAuth plain({QUrl("http://gateway.example.org"), {}, false, "test"});
        QVERIFY(outcome(plain.login("ada", "secret")).error().code == "gateway.plain-refused");
    }

    void saysWhenTlsMeetsNone() {
        serve({});
        GatewayProfile profile = test::profileFor(*server_);
        profile.url.setScheme("https");
        attach(profile);
        // It is lost only until the next try, which may be too short to be seen by asking.
        std::string code;
        connect(gateway_.connection.get(), &Connection::changed, this, [&] {
            if (status().state == ConnectionState::Lost && status().error) code = status().error->code;
        });
        QTRY_VERIFY_WITH_TIMEOUT(!code.empty(), 20'000);
        QCOMPARE(code, std::string("gateway.unreachable"));
        gateway_ = {};
    }

    void readsFingerprintsAsPeopleTypeThem() {
        const QString whole = fingerprint();
        QCOMPARE(*parseFingerprint(whole), whole);
        QCOMPARE(*parseFingerprint("sha256:" + QString(whole).remove(':').toLower()), whole);
        QVERIFY(!parseFingerprint(whole.left(90)));
        QVERIFY(!parseFingerprint(QString(64, 'x')));
        QVERIFY(parseFingerprint("").error().code == "gateway.fingerprint");
    }

private:
    void serve(const QSslConfiguration& tls, quint16 port = 0) {
        tls_ = tls;
        server_ = nullptr;
        server_ = std::make_unique<test::FakeServer>(tls);
        QVERIFY(server_->listen(port));
    }
    void attach(const GatewayProfile& profile, GatewayProfiles* profiles = nullptr) {
        ConnectOptions options;
        options.token = "good";
        options.timing = test::quick();
        options.profiles = profiles;
        gateway_ = connectGateway(profile, std::move(options));
    }
    static Result<QString> outcome(const QFuture<Result<QString>>& future) {
        if (!QTest::qWaitFor([&] { return future.isFinished(); })) return fail("test.deadline", "");
        return future.result();
    }
    ConnectionStatus status() const { return gateway_.connection->status(); }
    QString fingerprint() const { return fingerprintOf(tls_.localCertificate()); }

    QSslConfiguration tls_;
    std::unique_ptr<test::FakeServer> server_;
    RemoteGateway gateway_;
};

QTEST_GUILESS_MAIN(TrustTest)
#include "trust_test.moc"
