// From an address to live panels on a real signalboxd with TLS: trusted by its fingerprint, signed in to, there again
// at the next start; through the windows of the program.
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QTableView>

#include <sqlite3.h>

#include "app/desktop/desktop.h"
#include "client/credential_store.h"
#include "client/gateway_profiles.h"
#include "ui/models/gateway_book.h"
#include "ui/models/gateways_model.h"
#include "ui/real_gateway.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/main_window.h"
#include "ui/shell/shell_settings.h"
#include "ui/text/roles.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using client::ConnectionNeed;
using client::ConnectionState;

class TestGatewaySignIn : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fromAddressToLivePanels();
    void anotherCertificateIsNeverTakenSilently();
    void staysSignedInAcrossStarts();
    void signedInOnceIsNotKept();
    void removingEndsTheSession();
    void removingOneThatIsAwaySaysSo();
    void tellsWhichCheckFails();
    void keptInTheKeychain();

private:
    static constexpr int kPatience = 20'000;
    void start(const std::shared_ptr<client::CredentialStore>& credentials);
    void startAgain() { start(fileStore()); }
    [[nodiscard]] std::shared_ptr<client::CredentialStore> fileStore() const {
        return client::fileCredentialStore(folder_->filePath(QStringLiteral("secrets")));
    }
    template <class Widget>
    Widget* part(const char* name) const {
        return local_->findChild<Widget*>(QLatin1String(name));
    }
    void press(const char* name) const {
        auto* button = part<QPushButton>(name);
        QVERIFY2(button && button->isVisible() && button->isEnabled(), name);
        QTest::mouseClick(button, Qt::LeftButton);
    }
    void type(const char* name, const QString& text) const {
        auto* edit = part<QLineEdit>(name);
        edit->clear();
        QTest::keyClicks(edit, text);
    }
    [[nodiscard]] QString cell(int column) const {
        auto* model = part<QTableView>("gatewaysTable")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data(ui::IdRole).toString() == id_) {
                return model->index(row, column).data().toString();
            }
        }
        return {};
    }
    [[nodiscard]] client::ConnectionStatus status() const {
        auto* connection = desktop_->gateways().connection(id_);
        return connection ? connection->status() : client::ConnectionStatus{};
    }
    void addByAddress();
    void trust() {
        QTRY_COMPARE_WITH_TIMEOUT(int(status().need), int(ConnectionNeed::Trust), kPatience);
        press("gatewayNext");
        press("trustAccept");
        QTRY_COMPARE_WITH_TIMEOUT(int(status().need), int(ConnectionNeed::Credentials), kPatience);
    }
    void signIn(bool keep = true) {
        press("gatewayNext");
        type("signInLogin", QStringLiteral("admin"));
        type("signInPassword", test::RealGateway::password());
        part<QCheckBox>("signInKeep")->setChecked(keep);
        press("signInSubmit");
        QTRY_COMPARE_WITH_TIMEOUT(int(status().state), int(ConnectionState::Live), kPatience);
        QTRY_VERIFY(!part<QDialog>("signInDialog"));
    }
    void attach(bool keep = true) {
        addByAddress();
        trust();
        signIn(keep);
    }
    [[nodiscard]] ui::MainWindow* remoteWindow() const;
    [[nodiscard]] QString keptToken(client::CredentialStore& store) const {
        const auto kept = test::RealGateway::wait(store.read(id_));
        return kept ? kept->value_or(QString()) : QString();
    }

    std::unique_ptr<test::RealGateway> gateway_;
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ui::Preferences> preferences_;
    std::unique_ptr<ui::StateStore> state_;
    std::unique_ptr<desktop::Desktop> desktop_;
    ui::MainWindow* local_ = nullptr;
    QString id_;
};

void TestGatewaySignIn::initTestCase() {
    QApplication::setQuitOnLastWindowClosed(false);
    ui::Theme::current().setReducedMotion(true);
}

void TestGatewaySignIn::init() {
    gateway_ = std::make_unique<test::RealGateway>();
    folder_ = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(folder_->path()).mkdir(QStringLiteral("workspace")));
    preferences_ = std::make_unique<ui::Preferences>();
    ui::declareShellSettings(preferences_->settings());
    state_ = std::make_unique<ui::StateStore>();
    startAgain();
}

void TestGatewaySignIn::cleanup() {
    desktop_.reset();
    state_.reset();
    preferences_.reset();
    folder_.reset();
    gateway_.reset();
    id_.clear();
}

void TestGatewaySignIn::start(const std::shared_ptr<client::CredentialStore>& credentials) {
    desktop_.reset();
    desktop_ = std::make_unique<desktop::Desktop>(desktop::Desktop::Options{
        *preferences_, *state_, "test", false, false, folder_->filePath(QStringLiteral("gateways.json")), credentials});
    desktop::Arguments arguments;
    arguments.path = folder_->filePath(QStringLiteral("workspace"));
    const auto opened = desktop_->open(arguments);
    QVERIFY(opened);
    local_ = opened->window;
    desktop_->attachGateways();
    local_->resize(1440, 900);
    local_->activateWindow();
    part<QAction>("actionLayout.administer")->trigger();
    QTRY_VERIFY(part<QWidget>("gatewaysPanel")->isVisible());
}

ui::MainWindow* TestGatewaySignIn::remoteWindow() const {
    for (auto* widget : QApplication::topLevelWidgets()) {
        auto* window = qobject_cast<ui::MainWindow*>(widget);
        if (window && window->isVisible() && window->gateway() == id_) return window;
    }
    return nullptr;
}

void TestGatewaySignIn::addByAddress() {
    part<QAction>("actionAddGateway")->trigger();
    QTRY_VERIFY(part<QDialog>("gatewayDialog"));
    type("gatewayAddress", gateway_->url().toString());
    type("gatewayNameEdit", QStringLiteral("Plant"));
    press("gatewaySubmit");
    QTRY_VERIFY(!part<QDialog>("gatewayDialog"));
    for (const auto& place : desktop_->gateways().places()) {
        if (!place.local) id_ = place.id;
    }
    QVERIFY(!id_.isEmpty());
}

void TestGatewaySignIn::fromAddressToLivePanels() {
    addByAddress();
    QTRY_COMPARE_WITH_TIMEOUT(int(status().need), int(ConnectionNeed::Trust), kPatience);
    press("gatewayNext");
    QCOMPARE(part<ui::KeyValueTable>("trustFacts")->value(QStringLiteral("SHA-256")), gateway_->fingerprint());
    // Looked at and left: nothing has been decided.
    press("trustCancel");
    QTRY_VERIFY(!part<QDialog>("trustDialog"));
    QCOMPARE(int(status().need), int(ConnectionNeed::Trust));
    trust();

    press("gatewayNext");
    type("signInLogin", QStringLiteral("admin"));
    type("signInPassword", QStringLiteral("not the password"));
    press("signInSubmit");
    QTRY_VERIFY_WITH_TIMEOUT(part<ui::NoticeBar>("signInNotice")->isVisible(), kPatience);
    QVERIFY(!part<ui::NoticeBar>("signInNotice")->message().isEmpty());
    QVERIFY(part<QDialog>("signInDialog")->isVisible());
    QVERIFY(part<QPushButton>("signInSubmit")->isEnabled());
    // The wrong one is selected and has the focus, so that typing replaces it.
    QCOMPARE(part<QDialog>("signInDialog")->focusWidget(), part<QLineEdit>("signInPassword"));
    QCOMPARE(part<QLineEdit>("signInPassword")->selectedText().size(),
             part<QLineEdit>("signInPassword")->text().size());
    QTest::keyClicks(part<QLineEdit>("signInPassword"), test::RealGateway::password());
    QCOMPARE(part<QLineEdit>("signInPassword")->text(), test::RealGateway::password());
    QTest::keyClick(part<QLineEdit>("signInPassword"), Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(int(status().state), int(ConnectionState::Live), kPatience);
    QTRY_VERIFY(!part<QDialog>("signInDialog"));
    QTRY_COMPARE_WITH_TIMEOUT(cell(ui::GatewaysModel::Health), QStringLiteral("Ready"), kPatience);
    QCOMPARE(cell(ui::GatewaysModel::Environment), QStringLiteral("Staging"));

    press("gatewayOpen");
    QTRY_VERIFY(remoteWindow());
    auto* list = remoteWindow()->findChild<QListView*>(QStringLiteral("workflowList"));
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 3, kPatience);
    QVERIFY(remoteWindow()->findChild<QAction*>(QStringLiteral("actionNewWorkflow"))->isEnabled());
    // Killed and there again: nobody clicks.
    gateway_->kill();
    QTRY_VERIFY_WITH_TIMEOUT(!remoteWindow()->findChild<QAction*>(QStringLiteral("actionNewWorkflow"))->isEnabled(),
                             kPatience);
    gateway_->start();
    QTRY_VERIFY_WITH_TIMEOUT(remoteWindow()->findChild<QAction*>(QStringLiteral("actionNewWorkflow"))->isEnabled(),
                             kPatience);
}

void TestGatewaySignIn::anotherCertificateIsNeverTakenSilently() {
    attach();
    const auto before = gateway_->fingerprint();
    QVERIFY(gateway_->renewCertificate());
    const auto now = gateway_->fingerprint();
    QVERIFY(before != now);
    part<QAction>("actionDetachGateway")->trigger();
    part<QAction>("actionAttachGateway")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(int(status().need), int(ConnectionNeed::Trust), kPatience);
    QVERIFY(status().error->code == "gateway.certificate-changed");
    press("gatewayNext");
    QVERIFY(part<ui::NoticeBar>("trustDanger")->isVisible());
    auto* facts = part<ui::KeyValueTable>("trustFacts");
    QCOMPARE(facts->value(QStringLiteral("SHA-256")), now);
    QCOMPARE(facts->value(QStringLiteral("Trusted before")), before);
    QVERIFY(!part<QPushButton>("trustAccept")->isEnabled());
    press("trustCancel");
    QTRY_VERIFY(!part<QDialog>("trustDialog"));
    QCOMPARE(int(status().need), int(ConnectionNeed::Trust));
    part<QAction>("actionReconnectGateway")->trigger();
    QTRY_COMPARE_WITH_TIMEOUT(int(status().need), int(ConnectionNeed::Trust), kPatience);
    // Asked for and told: taken, and the session that was kept is good still.
    press("gatewayNext");
    part<QCheckBox>("trustSure")->setChecked(true);
    press("trustAccept");
    QTRY_COMPARE_WITH_TIMEOUT(int(status().state), int(ConnectionState::Live), kPatience);
}

void TestGatewaySignIn::staysSignedInAcrossStarts() {
    attach();
    press("gatewayOpen");
    QTRY_VERIFY(remoteWindow());
    const auto token = keptToken(*fileStore());
    QVERIFY(!token.isEmpty());
    QFile secrets(folder_->filePath(QStringLiteral("secrets/credentials.json")));
    QVERIFY(secrets.open(QIODevice::ReadOnly));
    QVERIFY(!secrets.readAll().contains(token.toUtf8()));
    QCoreApplication::processEvents();
    startAgain();
    QTRY_COMPARE_WITH_TIMEOUT(int(status().state), int(ConnectionState::Live), kPatience);
    QVERIFY(!part<QDialog>("signInDialog"));
    QTRY_VERIFY(remoteWindow());
    auto* list = remoteWindow()->findChild<QListView*>(QStringLiteral("workflowList"));
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 3, kPatience);
}

void TestGatewaySignIn::signedInOnceIsNotKept() {
    attach(false);
    QCOMPARE(keptToken(*fileStore()), QString());
    startAgain();
    QTRY_COMPARE_WITH_TIMEOUT(int(status().need), int(ConnectionNeed::Credentials), kPatience);
}

void TestGatewaySignIn::removingEndsTheSession() {
    attach();
    const auto token = keptToken(*fileStore());
    part<QAction>("actionRemoveGateway")->trigger();
    auto* bar = part<ui::NoticeBar>("gatewaysUndo");
    QTRY_VERIFY_WITH_TIMEOUT(bar->message().contains(QStringLiteral("session there ended")), kPatience);
    QVERIFY(gateway_->isOver(token));
    QCOMPARE(keptToken(*fileStore()), QString());
    // Also of one that nothing is attached to.
    attach();
    const auto second = keptToken(*fileStore());
    part<QAction>("actionDetachGateway")->trigger();
    part<QAction>("actionRemoveGateway")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(bar->message().contains(QStringLiteral("session there ended")), kPatience);
    QVERIFY(gateway_->isOver(second));
    QCOMPARE(keptToken(*fileStore()), QString());
}

void TestGatewaySignIn::removingOneThatIsAwaySaysSo() {
    attach();
    const auto token = keptToken(*fileStore());
    gateway_->kill();
    QTRY_COMPARE_WITH_TIMEOUT(int(status().state), int(ConnectionState::Lost), kPatience);
    part<QAction>("actionRemoveGateway")->trigger();
    auto* bar = part<ui::NoticeBar>("gatewaysUndo");
    QTRY_VERIFY_WITH_TIMEOUT(bar->message().contains(QStringLiteral("goes on until it expires")), kPatience);
    QCOMPARE(keptToken(*fileStore()), QString());
    gateway_->start();
    QVERIFY(!gateway_->isOver(token));
}

void TestGatewaySignIn::tellsWhichCheckFails() {
    // Somebody else writes to its database, and does not come to an end.
    sqlite3* other = nullptr;
    QCOMPARE(sqlite3_open(gateway_->stateFile().c_str(), &other), SQLITE_OK);
    QCOMPARE(sqlite3_exec(other, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
    attach();
    QTRY_COMPARE_WITH_TIMEOUT(cell(ui::GatewaysModel::Health), QStringLiteral("Not ready: store"), kPatience);
    QTRY_COMPARE(part<QLabel>("gatewayWhat")->text(), QStringLiteral("Plant · Not ready: store"));
    const auto why = part<QLabel>("gatewayHint")->text();
    QVERIFY2(why.startsWith(QStringLiteral("store: ")) && why.size() > 10, qPrintable(why));
    sqlite3_close(other);
}

void TestGatewaySignIn::keptInTheKeychain() {
    if (!qEnvironmentVariableIsSet("SIGNALBOX_TEST_KEYCHAIN")) QSKIP("run by keychain_window_test.sh, in a session");
    const auto store = client::defaultCredentialStore(folder_->filePath(QStringLiteral("secrets")));
    start(store);
    attach();
    QCOMPARE(store->place(), QStringLiteral("the system keychain"));
    QVERIFY(!keptToken(*client::keychainStore()).isEmpty());
    QVERIFY(!QFile::exists(folder_->filePath(QStringLiteral("secrets/credentials.json"))));
    start(client::defaultCredentialStore(folder_->filePath(QStringLiteral("secrets"))));
    QTRY_COMPARE_WITH_TIMEOUT(int(status().state), int(ConnectionState::Live), kPatience);
    part<QAction>("actionRemoveGateway")->trigger();
    QTRY_VERIFY_WITH_TIMEOUT(keptToken(*client::keychainStore()).isEmpty(), kPatience);
}

QTEST_MAIN(TestGatewaySignIn)
#include "test_gateway_sign_in.moc"
