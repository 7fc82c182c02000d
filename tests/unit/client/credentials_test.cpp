// Where tokens are kept, and who can read them there.
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QObject>
#include <QTemporaryDir>
#include <QTest>

#include "client/credential_store.h"
#include "client/end_session.h"
#include "client/futures.h"
#include "client/sealed_box.h"
#include "unit/client/fake_server.h"

using namespace signalbox;
using namespace signalbox::client;

/// A keychain that stays locked, but can forget.
class LockedStore final : public CredentialStore {
public:
    QFuture<Result<std::optional<QString>>> read(const QString&) override {
        return readyFuture<Result<std::optional<QString>>>(fail("credentials.locked", "The keychain is locked"));
    }
    QFuture<Status> write(const QString&, const QString&) override { return readyFuture<Status>({}); }
    QFuture<Status> remove(const QString& key) override {
        removed << key;
        return readyFuture<Status>({});
    }
    QString place() const override { return QStringLiteral("a locked keychain"); }
    QStringList removed;
};

class CredentialsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { folder_ = std::make_unique<QTemporaryDir>(); }

    void keepsSecretsInAFile() {
        const auto store = fileCredentialStore(folder_->path());
        QVERIFY(wait(store->read("plant")) && !*wait(store->read("plant")));
        QVERIFY(wait(store->write("plant", "top-secret ü")));
        QVERIFY(wait(store->write("lab", "other")));
        QCOMPARE(**wait(fileCredentialStore(folder_->path())->read("plant")), QString("top-secret ü"));
        QVERIFY(wait(store->remove("plant")) && wait(store->remove("plant")));
        QVERIFY(!*wait(store->read("plant")));
        QCOMPARE(**wait(store->read("lab")), QString("other"));
        QVERIFY(store->place().contains(folder_->path()));
    }

    void leavesNoSecretReadable() {
        const auto store = fileCredentialStore(folder_->path());
        QVERIFY(wait(store->write("plant", "top-secret")));
        QDirIterator files(folder_->path(), QDir::Files | QDir::Hidden);
        int seen = 0;
        while (files.hasNext()) {
            QFile file(files.next());
            QVERIFY(file.open(QIODevice::ReadOnly));
            QVERIFY2(!file.readAll().contains("top-secret"), qPrintable(file.fileName()));
            const auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
            QVERIFY2(!(file.permissions() & others), qPrintable(file.fileName()));
            ++seen;
        }
        QCOMPARE(seen, 2);
    }

    void refusesAKeyThatOthersMayRead() {
        const auto store = fileCredentialStore(folder_->path());
        QVERIFY(wait(store->write("plant", "top-secret")));
        QVERIFY(QFile::setPermissions(folder_->filePath("credentials.key"),
                                      QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup));
        QVERIFY(wait(store->read("plant")).error().code == "credentials.key-exposed");
        QVERIFY(wait(store->write("plant", "x")).error().code == "credentials.key-exposed");
    }

    void noticesDamage() {
        const std::string key(32, 'k');
        const auto sealed = seal(key, "plant", "text");
        QVERIFY(sealed && sealed->find("text") == std::string::npos);
        QVERIFY(*unseal(key, "plant", *sealed) == "text");
        QVERIFY(*seal(key, "plant", "text") != *sealed);
        for (std::size_t i = 0; i < sealed->size(); ++i) {
            std::string changed = *sealed;
            changed[i] = char(changed[i] ^ 1);
            QVERIFY(unseal(key, "plant", changed).error().code == "credentials.damaged");
        }
        QVERIFY(!unseal(key, "lab", *sealed) && !unseal(std::string(32, 'x'), "plant", *sealed));
        QVERIFY(!unseal(key, "plant", "short"));
        QVERIFY(*unseal(key, "", *seal(key, "", "")) == "");
    }

    void usesTheFileWhereThereIsNoKeychain() {
        // The test runs without a desktop session, unless it is run by hand in one.
        if (qEnvironmentVariableIsSet("SIGNALBOX_TEST_KEYCHAIN")) QSKIP("there is a keychain");
        const auto store = defaultCredentialStore(folder_->path());
        QVERIFY(wait(store->write("plant", "secret")));
        QVERIFY(store->place().contains("encrypted file"));
        QCOMPARE(**wait(store->read("plant")), QString("secret"));
        QVERIFY(wait(store->remove("plant")));
        QVERIFY(!*wait(store->read("plant")));
    }

    void usesTheKeychain() {
        if (!qEnvironmentVariableIsSet("SIGNALBOX_TEST_KEYCHAIN")) QSKIP("run by keychain_test.sh");
        const auto store = defaultCredentialStore(folder_->path());
        const QString secret = "secret ü" + QString::number(QCoreApplication::applicationPid());
        const auto written = wait(store->write("plant", secret));
        QVERIFY2(written, written ? "" : written.error().message.c_str());
        QCOMPARE(store->place(), QString("the system keychain"));
        QVERIFY(!QFile::exists(folder_->filePath("credentials.json")));
        QCOMPARE(**wait(keychainStore()->read("plant")), secret);
        QVERIFY(!*wait(store->read("lab")));
        QVERIFY(wait(store->remove("plant")));
        QVERIFY(!*wait(store->read("plant")));
    }

    void keepsATokenUntilItIsRefused() {
        test::FakeServer server;
        QVERIFY(server.listen());
        const std::shared_ptr<CredentialStore> store = fileCredentialStore(folder_->path());
        GatewayProfile profile = test::profileFor(server);
        profile.id = "plant";
        ConnectOptions options;
        options.credentials = store;
        options.timing = test::quick();
        auto gateway = connectGateway(profile, options);
        QTRY_COMPARE(int(gateway.connection->status().need), int(ConnectionNeed::Credentials));
        gateway.connection->useToken("good");
        QTRY_COMPARE(int(gateway.connection->status().state), int(ConnectionState::Live));
        gateway = connectGateway(profile, options);
        QTRY_COMPARE(int(gateway.connection->status().state), int(ConnectionState::Live));
        server.token = "another";
        gateway = connectGateway(profile, options);
        QTRY_COMPARE(int(gateway.connection->status().need), int(ConnectionNeed::Credentials));
        QTRY_VERIFY(!*wait(store->read("plant")));
        server.token = "given";
        options.token = "given";
        gateway = connectGateway(profile, options);
        QTRY_COMPARE(int(gateway.connection->status().state), int(ConnectionState::Live));
        QVERIFY(!*wait(store->read("plant")));
    }

    void aSessionThatCannotBeEndedIsForgottenAllTheSame() {
        GatewayProfile profile;
        profile.id = "plant";
        profile.url = QUrl("http://127.0.0.1:1");
        const auto store = std::make_shared<LockedStore>();
        QVERIFY(wait(endSession(profile, store)).error().code == "credentials.locked");
        QCOMPARE(store->removed, QStringList{"plant"});
    }

private:
    template <class T>
    static T wait(const QFuture<T>& future) {
        constexpr int kMilliseconds = 10'000;
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kMilliseconds)) return fail("test.deadline", "");
        return future.result();
    }
    std::unique_ptr<QTemporaryDir> folder_;
};

QTEST_GUILESS_MAIN(CredentialsTest)
#include "credentials_test.moc"
