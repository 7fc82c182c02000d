// Addresses, links and the list of gateways.
#include <QFile>
#include <QObject>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "base/random.h"
#include "client/attach_link.h"
#include "client/backoff.h"
#include "client/environment.h"
#include "client/gateway_address.h"
#include "client/gateway_profiles.h"

using namespace signalbox;
using namespace signalbox::client;
using namespace std::chrono_literals;

class ProfilesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void readsAddresses_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("url");
        QTest::newRow("host") << "Plant.example.org"
                              << "https://plant.example.org";
        QTest::newRow("port") << " plant:8443/ "
                              << "https://plant:8443";
        QTest::newRow("here") << "localhost:8080"
                              << "http://localhost:8080";
        QTest::newRow("IPv6") << "[::1]:8080"
                              << "http://[::1]:8080";
        QTest::newRow("whole") << "https://a.b/signalbox/"
                               << "https://a.b/signalbox";
        QTest::newRow("websocket") << "wss://a.b"
                                   << "https://a.b";
        QTest::newRow("plain") << "http://a.b"
                               << "http://a.b";
        for (const char* bad : {"", "  ", "ftp://a.b", "https://", "https://me:secret@a.b", "https://a.b/?x=1",
                                "https://a.b/#x", "https://a b", "https://a.b:99999", "javascript:alert(1)"}) {
            QTest::newRow(bad) << bad << QString();
        }
    }
    void readsAddresses() {
        QFETCH(QString, typed);
        QFETCH(QString, url);
        const auto parsed = parseGatewayUrl(typed);
        QCOMPARE(parsed ? parsed->toString() : QString(), url);
        if (!parsed) QVERIFY(parsed.error().code == "gateway.address" && !parsed.error().hint.empty());
    }

    void knowsWhatStaysHere() {
        QVERIFY(isLoopback(QUrl("http://LOCALHOST")) && isLoopback(QUrl("http://127.9.9.9")));
        QVERIFY(isLoopback(QUrl("http://[::1]")) && !isLoopback(QUrl("http://127.0.0.1.example.org")));
        QVERIFY(!isLoopback(QUrl("http://localhost.example.org")));
        QVERIFY(checkPlain(QUrl("https://a.b"), false) && checkPlain(QUrl("http://localhost"), false));
        QVERIFY(!checkPlain(QUrl("http://a.b"), false) && checkPlain(QUrl("http://a.b"), true));
        QCOMPARE(webSocketUrl(QUrl("https://a.b/x")), QUrl("wss://a.b/x/api/v1/ws"));
        QCOMPARE(restUrl(QUrl("http://a.b:1"), "api/v1/auth/login"), QUrl("http://a.b:1/api/v1/auth/login"));
    }

    void readsLinks() {
        const auto profile = parseAttachLink(
            "signalbox://attach?url=https%3A%2F%2Fplant%3A8443&name=Plant%20%26%20Co&environment=Production");
        QVERIFY(profile);
        QCOMPARE(profile->url, QUrl("https://plant:8443"));
        QCOMPARE(profile->name, QString("Plant & Co"));
        QCOMPARE(profile->environment, QString("production"));
        QVERIFY(*parseAttachLink(attachLink(*profile)) == *profile);
        QCOMPARE(parseAttachLink("signalbox://attach?url=https://plant:8443")->name, QString("plant"));
        const auto bold =
            parseAttachLink("signalbox://attach?url=http://plant&allowPlain=true&pinned=AB&id=x&attach=1");
        QVERIFY(bold && !bold->allowPlain && bold->pinned.isEmpty() && bold->id.isEmpty() && !bold->attach);
        for (const char* bad :
             {"", "https://attach?url=https://a", "signalbox://other?url=https://a", "signalbox://attach",
              "signalbox://attach?url=file:///etc", "signalbox://attach?url=https://a&environment=x"}) {
            QVERIFY2(!parseAttachLink(bad), bad);
        }
    }

    void keepsGateways() {
        GatewayProfiles profiles(file());
        QVERIFY(profiles.reload());
        QVERIFY(profiles.all().empty());
        QSignalSpy spy(&profiles, &GatewayProfiles::changed);
        auto plant = profiles.add(profile("Plant", "https://plant"));
        QVERIFY(plant && !plant->id.isEmpty());
        QCOMPARE(spy.size(), 1);
        plant->environment = "production";
        plant->pinned = "AB";
        QVERIFY(profiles.update(*plant));
        GatewayProfiles other(file());
        QVERIFY(other.reload());
        QVERIFY(other.all() == std::vector{*plant});
        QVERIFY(other.find("PLANT") && other.find("plant") && other.find("https://plant/") && other.find(plant->id));
        QVERIFY(!other.find("plan"));
        QVERIFY(other.remove(plant->id));
        QVERIFY(other.remove(plant->id).error().code == "profiles.not-found");
        QVERIFY(profiles.reload());
        QVERIFY(profiles.all().empty());
    }

    void losesNoChangeOfAnotherProgram() {
        GatewayProfiles console(file());
        GatewayProfiles commandLine(file());
        QVERIFY(console.add(profile("One", "https://one")));
        QVERIFY(commandLine.add(profile("Two", "https://two")));
        QVERIFY(console.add(profile("Three", "https://three")));
        QCOMPARE(console.all().size(), 3U);
        QVERIFY(commandLine.add(profile("three", "https://x")).error().code == "profiles.name-taken");
    }

    void refusesWhatIsNoGateway() {
        GatewayProfiles profiles(file());
        QVERIFY(profiles.add(profile(" ", "https://a")).error().code == "profiles.name-empty");
        QVERIFY(profiles.add(profile("a", "ftp://a")).error().code == "gateway.address");
        auto odd = profile("a", "https://a");
        odd.environment = "moon";
        QVERIFY(profiles.add(odd).error().code == "profiles.environment");
        QVERIFY(!QFile::exists(file()));
    }

    void neverOverwritesWhatItCannotRead() {
        QFile damaged(file());
        QVERIFY(damaged.open(QIODevice::WriteOnly));
        damaged.write("{ \"format\": 1, ");
        damaged.close();
        GatewayProfiles profiles(file());
        const auto read = profiles.reload();
        QVERIFY(!read && !read.error().hint.empty());
        QVERIFY(!profiles.add(profile("a", "https://a")));
        QVERIFY(damaged.open(QIODevice::ReadOnly));
        QCOMPARE(damaged.readAll(), QByteArray("{ \"format\": 1, "));
    }

    void waitsLongerEachTimeAndNotInStep() {
        SeededRandom random(7);
        Backoff backoff(100ms, 2s);
        std::chrono::milliseconds whole = 100ms;
        for (int attempt = 0; attempt < 40; ++attempt) {
            const auto pause = backoff.next(random);
            QVERIFY(pause >= whole / 2 && pause <= whole);
            whole = std::min<std::chrono::milliseconds>(2s, whole * 2);
        }
        QCOMPARE(backoff.attempts(), 40);
        backoff.reset();
        QVERIFY(backoff.next(random) <= 100ms);
        QVERIFY(Backoff(100ms, 2s).next(random) != Backoff(100ms, 2s).next(random));
    }

    void theMoreCarefulWordCounts() {
        QCOMPARE(carefulEnvironment("development", "production"), QString("production"));
        QCOMPARE(carefulEnvironment("production", "staging"), QString("production"));
        QCOMPARE(carefulEnvironment("", "development"), QString("development"));
        QCOMPARE(carefulEnvironment("staging", ""), QString("staging"));
        QVERIFY(isProduction("production") && !isProduction("staging") && !isProduction(""));
    }

    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

private:
    QString file() const { return folder_->filePath("gateways.json"); }
    static GatewayProfile profile(const char* name, const char* url) {
        GatewayProfile made;
        made.name = name;
        made.url = QUrl(url);
        return made;
    }
    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(ProfilesTest)
#include "profiles_test.moc"
