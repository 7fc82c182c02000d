// The panel of gateways and its dialogs, through the window.
#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDockWidget>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>

#include "ui/gateways_fixture.h"
#include "ui/models/gateways_model.h"
#include "ui/panels/gateways_panel.h"
#include "ui/text/roles.h"
#include "ui/text/states.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/panel_states.h"

using namespace signalbox;
using namespace signalbox::ui;
using client::ConnectionNeed;
using client::ConnectionState;

class TestGateways : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f_.reset(); }
    void emptyOffersTheFirst();
    void addedByAddress();
    void addressesAreChecked();
    void linksFillTheDialog();
    void triedOutBeforeItIsKept();
    void stateIsToldByWord_data();
    void stateIsToldByWord();
    void factsOfALiveOne();
    void signsIn();
    void throttleHoldsBack();
    void trustsWhatWasLookedAt();
    void changedCertificateIsADanger();
    void removedAndBack();
    void removedWhileItIsAway();
    void healthIsWhatTheGatewaySays();
    void editedAndDetached();
    void unreadableFileIsTold();

private:
    template <class Widget>
    Widget* part(const char* name) const {
        return f_->part<Widget>(name);
    }
    void type(const char* name, const QString& text) const {
        auto* edit = part<QLineEdit>(name);
        edit->clear();
        QTest::keyClicks(edit, text);
    }
    void press(const char* name) const { QTest::mouseClick(part<QPushButton>(name), Qt::LeftButton); }
    void trigger(const char* action) const { part<QAction>(action)->trigger(); }
    [[nodiscard]] QString cell(const QString& id, int column) const {
        auto* model = part<QTableView>("gatewaysTable")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            if (model->index(row, 0).data(IdRole).toString() == id) return model->index(row, column).data().toString();
        }
        return {};
    }
    [[nodiscard]] StateLook mark(const QString& id) const {
        const auto* model = part<QTableView>("gatewaysTable")->model();
        for (int row = 0; row < model->rowCount(); ++row) {
            const auto index = model->index(row, GatewaysModel::Health);
            if (index.data(IdRole).toString() == id) return stateLook(index.data(StatusRole).toString());
        }
        return {};
    }
    QString attached(const char* name, const char* environment = "") {
        const auto id = f_->add(name, environment);
        f_->book->attach(id);
        part<GatewaysPanel>("gatewaysPanel")->choose(id);
        return id;
    }
    std::unique_ptr<test::GatewaysFixture> f_;
};

void TestGateways::init() {
    f_ = std::make_unique<test::GatewaysFixture>();
    f_->openLocal();
    f_->showPanel();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QVERIFY(part<QDockWidget>("gatewaysDock")->isVisible());
}

void TestGateways::emptyOffersTheFirst() {
    auto& states = part<GatewaysPanel>("gatewaysPanel")->states();
    QCOMPARE(states.state(), PanelStates::State::Empty);
    Q_EMIT states.firstActionRequested();
    QVERIFY(part<QDialog>("gatewayDialog")->isVisible());
    QVERIFY(!part<QPushButton>("gatewaySubmit")->isEnabled());
}

void TestGateways::addedByAddress() {
    trigger("actionAddGateway");
    type("gatewayAddress", QStringLiteral("https://plant.example:8443"));
    QCOMPARE(part<QLineEdit>("gatewayNameEdit")->text(), QStringLiteral("plant.example"));
    type("gatewayNameEdit", QStringLiteral("Plant"));
    part<QComboBox>("gatewayEnvironment")->setCurrentIndex(1);
    press("gatewaySubmit");
    QTRY_VERIFY(!part<QDialog>("gatewayDialog"));
    const auto profile = f_->profiles->find(QStringLiteral("plant"));
    QVERIFY(profile);
    QCOMPARE(profile->environment, QStringLiteral("production"));
    QVERIFY(f_->book->isAttached(profile->id));
    QVERIFY(profile->attach);
    QCOMPARE(cell(profile->id, GatewaysModel::Environment), QStringLiteral("Production"));
    // The same name again is refused in the dialog, where it can be changed.
    trigger("actionAddGateway");
    type("gatewayAddress", QStringLiteral("https://other.example"));
    type("gatewayNameEdit", QStringLiteral("PLANT"));
    press("gatewaySubmit");
    QVERIFY(part<NoticeBar>("gatewayNotice")->isVisible());
    QVERIFY(part<QDialog>("gatewayDialog")->isVisible());
}

void TestGateways::addressesAreChecked() {
    trigger("actionAddGateway");
    type("gatewayAddress", QStringLiteral("ftp://plant.example"));
    QVERIFY(!part<QPushButton>("gatewaySubmit")->isEnabled());
    QVERIFY(!part<QLineEdit>("gatewayAddress")->accessibleDescription().isEmpty());
    // Unencrypted beyond this computer only for who says so.
    type("gatewayAddress", QStringLiteral("http://plant.example:7450"));
    QVERIFY(!part<QPushButton>("gatewaySubmit")->isEnabled());
    auto* plain = part<QCheckBox>("gatewayPlain");
    QVERIFY(plain->isVisible());
    plain->setChecked(true);
    QVERIFY(part<QPushButton>("gatewaySubmit")->isEnabled());
    type("gatewayAddress", QStringLiteral("http://127.0.0.1:7450"));
    QVERIFY(!plain->isVisible());
    QVERIFY(part<QPushButton>("gatewaySubmit")->isEnabled());
}

void TestGateways::linksFillTheDialog() {
    const auto link =
        QStringLiteral("signalbox://attach?url=https%3A%2F%2Fmill.example%3A8443&name=Mill&environment=staging");
    f_->window->openLink(link);
    QCOMPARE(part<QLineEdit>("gatewayAddress")->text(), QStringLiteral("https://mill.example:8443"));
    QCOMPARE(part<QLineEdit>("gatewayNameEdit")->text(), QStringLiteral("Mill"));
    QCOMPARE(part<QComboBox>("gatewayEnvironment")->currentData().toString(), QStringLiteral("staging"));
    QVERIFY(f_->profiles->all().empty());
    press("gatewayCancel");
    QTRY_VERIFY(!part<QDialog>("gatewayDialog"));
    // Typed or pasted where the address goes, it does the same.
    trigger("actionAddGateway");
    part<QLineEdit>("gatewayAddress")->setText(link);
    QCOMPARE(part<QLineEdit>("gatewayNameEdit")->text(), QStringLiteral("Mill"));
    press("gatewayCancel");
    QTRY_VERIFY(!part<QDialog>("gatewayDialog"));
    f_->window->openLink(QStringLiteral("signalbox://attach?name=Nowhere"));
    QVERIFY(part<NoticeBar>("windowNotice")->isVisible());
    QVERIFY(!part<QDialog>("gatewayDialog"));
}

void TestGateways::triedOutBeforeItIsKept() {
    trigger("actionAddGateway");
    type("gatewayAddress", QStringLiteral("https://plant.example:8443"));
    press("gatewayTest");
    QVERIFY(!part<QPushButton>("gatewayTest")->isEnabled());
    auto* tried = f_->connections.value(QString());
    QVERIFY(tried);
    tried->goLive("2.7.1", "production");
    auto* facts = part<KeyValueTable>("gatewayTestFacts");
    QTRY_VERIFY(facts->isVisible());
    QCOMPARE(facts->value(QStringLiteral("Version")), QStringLiteral("2.7.1"));
    QCOMPARE(facts->value(QStringLiteral("Latency")), QStringLiteral("12 ms"));
    QCOMPARE(facts->value(QStringLiteral("Environment")), QStringLiteral("Production"));
    QTRY_VERIFY(part<QPushButton>("gatewayTest")->isEnabled());
    press("gatewayTest");
    f_->connections.value(QString())->become(
        ConnectionState::Lost, Error{"gateway.unreachable", "Nobody listens there", {}, "Start it", true});
    QTRY_VERIFY(part<QLabel>("gatewayTestOutcome")->text().contains(QStringLiteral("Nobody listens there")));
    QVERIFY(f_->profiles->all().empty());
}

void TestGateways::stateIsToldByWord_data() {
    QTest::addColumn<int>("state");
    QTest::addColumn<int>("need");
    QTest::addColumn<QString>("word");
    const auto row = [](const char* word, ConnectionState state, ConnectionNeed need = ConnectionNeed::None) {
        QTest::newRow(word) << static_cast<int>(state) << static_cast<int>(need) << QString::fromUtf8(word);
    };
    row("Connecting", ConnectionState::Connecting);
    row("Authenticating", ConnectionState::Authenticating);
    row("Sign-in needed", ConnectionState::Authenticating, ConnectionNeed::Credentials);
    row("Trust needed", ConnectionState::Lost, ConnectionNeed::Trust);
    row("Live", ConnectionState::Live);
    row("Stale · 42 s old", ConnectionState::Stale);
    row("Lost · next try in 4 s", ConnectionState::Lost);
    row("Incompatible", ConnectionState::Incompatible);
}

void TestGateways::stateIsToldByWord() {
    QFETCH(int, state);
    QFETCH(int, need);
    QFETCH(QString, word);
    const auto id = attached("Plant");
    auto* connection = f_->connections[id];
    connection->now.lastHeard = f_->milliseconds() - 42'000;
    connection->now.retryAt = f_->milliseconds() + 4'000;
    connection->become(static_cast<ConnectionState>(state), {}, static_cast<ConnectionNeed>(need));
    QCOMPARE(cell(id, GatewaysModel::State), word);
    QCOMPARE(cell(id, GatewaysModel::LastHeard), QStringLiteral("42 s ago"));
}

void TestGateways::factsOfALiveOne() {
    const auto id = attached("Plant");
    auto* connection = f_->connections[id];
    connection->now.lastHeard = f_->milliseconds();
    connection->goLive("1.4.0", "production");
    QCOMPARE(cell(id, GatewaysModel::Version), QStringLiteral("1.4.0"));
    QCOMPARE(cell(id, GatewaysModel::Latency), QStringLiteral("12 ms"));
    QCOMPARE(cell(id, GatewaysModel::LastHeard), QStringLiteral("just now"));
    // What the gateway says of itself counts when the profile says less.
    QCOMPARE(cell(id, GatewaysModel::Environment), QStringLiteral("Production"));
    QTRY_VERIFY(!cell(id, GatewaysModel::Health).isEmpty());
    QVERIFY(part<QLabel>("gatewayHint")->text().contains(QStringLiteral("ada")));
    press("gatewayOpen");
    QCOMPARE(f_->opened, QStringList{id});
}

void TestGateways::signsIn() {
    const auto id = attached("Plant");
    auto* connection = f_->connections[id];
    connection->become(ConnectionState::Authenticating,
                       Error{"gateway.credentials-needed", "The gateway wants to know who you are", {}, {}, false},
                       ConnectionNeed::Credentials);
    QCOMPARE(part<QPushButton>("gatewayNext")->accessibleName(), QStringLiteral("Sign in…"));
    press("gatewayNext");
    QCOMPARE(part<QLineEdit>("signInLogin")->text(), QStringLiteral("ada"));
    QCOMPARE(part<QLineEdit>("signInPassword")->echoMode(), QLineEdit::Password);
    QVERIFY(!part<NoticeBar>("signInNotice")->isVisible());
    type("signInPassword", QStringLiteral("wrong"));
    press("signInSubmit");
    QCOMPARE(connection->asked.last(), QStringLiteral("signIn ada wrong"));
    QVERIFY(!part<QPushButton>("signInSubmit")->isEnabled());
    connection->become(ConnectionState::Authenticating,
                       Error{"identity.login-wrong", "Login or password is wrong", {}, {}, false},
                       ConnectionNeed::Credentials);
    QVERIFY(part<NoticeBar>("signInNotice")->isVisible());
    QVERIFY(part<QPushButton>("signInSubmit")->isEnabled());
    type("signInPassword", QStringLiteral("right"));
    press("signInSubmit");
    connection->become(ConnectionState::Connecting);
    QVERIFY(part<QDialog>("signInDialog")->isVisible());
    connection->goLive();
    QTRY_VERIFY(!part<QDialog>("signInDialog"));
    connection->endOfSession = fail("gateway.unreachable", "Nothing listens there");
    trigger("actionSignOutGateway");
    QTRY_VERIFY(part<NoticeBar>("gatewaysNotice")->message().contains(QStringLiteral("Nothing listens")));
    QCOMPARE(connection->asked.last(), QStringLiteral("signOut"));
}

void TestGateways::throttleHoldsBack() {
    const auto id = attached("Plant");
    auto* connection = f_->connections[id];
    connection->become(ConnectionState::Authenticating, {}, ConnectionNeed::Credentials);
    press("gatewayNext");
    type("signInPassword", QStringLiteral("guess"));
    press("signInSubmit");
    connection->become(ConnectionState::Authenticating,
                       Error{"identity.throttled", "Too many attempts", {}, "Try again in 2 s", true},
                       ConnectionNeed::Credentials);
    auto* submit = part<QPushButton>("signInSubmit");
    QVERIFY(!submit->isEnabled());
    QVERIFY(submit->text().contains(QStringLiteral("2 s")));
    QTRY_VERIFY(submit->isEnabled());
}

void TestGateways::trustsWhatWasLookedAt() {
    const auto id = attached("Plant");
    auto* connection = f_->connections[id];
    client::CertificateFacts facts;
    facts.subject = QStringLiteral("plant.example");
    facts.sha256 = QStringLiteral("AB:CD:01");
    facts.problem = QStringLiteral("It is signed by itself");
    facts.advice = QStringLiteral("There is much to say about it, so that it takes more than one line. ").repeated(4);
    connection->now.certificate = facts;
    connection->become(ConnectionState::Lost, {}, ConnectionNeed::Trust);
    press("gatewayNext");
    auto* shown = part<KeyValueTable>("trustFacts");
    QCOMPARE(shown->value(QStringLiteral("SHA-256")), facts.sha256);
    // Also on a small screen nothing is cut off.
    part<QDialog>("trustDialog")->resize(1, 1);
    const auto last = shown->visualRect(shown->model()->index(shown->model()->rowCount() - 1, 1));
    QTRY_VERIFY2(shown->viewport()->rect().contains(last), qPrintable(QString::number(shown->height())));
    QVERIFY(part<QLabel>("trustProblem")->text().contains(facts.problem));
    press("trustCancel");
    QVERIFY(connection->asked.isEmpty());
    QTRY_VERIFY(!part<QDialog>("trustDialog"));
    press("gatewayNext");
    press("trustAccept");
    QCOMPARE(connection->asked, QStringList{QStringLiteral("trust AB:CD:01")});
}

void TestGateways::changedCertificateIsADanger() {
    const auto id = attached("Plant", "production");
    auto* connection = f_->connections[id];
    client::CertificateFacts facts;
    facts.sha256 = QStringLiteral("EE:FF");
    facts.pinned = QStringLiteral("AB:CD");
    connection->now.certificate = facts;
    connection->become(ConnectionState::Lost, {}, ConnectionNeed::Trust);
    trigger("actionTrustGateway");
    QVERIFY(part<NoticeBar>("trustDanger")->isVisible());
    QVERIFY(!part<NoticeBar>("trustDanger")->findChild<QWidget*>(QStringLiteral("noticeClose"))->isVisible());
    QCOMPARE(part<KeyValueTable>("trustFacts")->value(QStringLiteral("Trusted before")), facts.pinned);
    QVERIFY(!part<QPushButton>("trustAccept")->isEnabled());
    part<QCheckBox>("trustSure")->setChecked(true);
    press("trustAccept");
    QCOMPARE(connection->asked, QStringList{QStringLiteral("trust EE:FF")});
}

void TestGateways::removedAndBack() {
    const auto id = attached("Plant", "staging");
    trigger("actionRemoveGateway");
    QVERIFY(f_->profiles->all().empty());
    QTRY_VERIFY(part<NoticeBar>("gatewaysUndo")->message().contains(QStringLiteral("session there ended")));
    QCOMPARE(part<GatewaysPanel>("gatewaysPanel")->states().state(), PanelStates::State::Empty);
    auto* bar = part<NoticeBar>("gatewaysUndo");
    QVERIFY(bar->isVisible());
    QTest::mouseClick(bar->findChild<QPushButton*>(QStringLiteral("workflowUndo")), Qt::LeftButton);
    const auto back = f_->profiles->find(QStringLiteral("Plant"));
    QVERIFY(back);
    QCOMPARE(back->environment, QStringLiteral("staging"));
    QVERIFY(f_->book->isAttached(back->id));
}

void TestGateways::removedWhileItIsAway() {
    const auto id = attached("Plant");
    f_->connections[id]->endOfSession = fail("gateway.unreachable", "Nothing listens at the gateway's address");
    trigger("actionRemoveGateway");
    auto* bar = part<NoticeBar>("gatewaysUndo");
    QTRY_VERIFY(bar->message().contains(QStringLiteral("goes on until it expires. Nothing listens")));
    // One that was not attached: its session is ended too, and a key has none.
    const auto other = attached("Mill");
    trigger("actionDetachGateway");
    f_->endOfSession = false;
    trigger("actionRemoveGateway");
    QTRY_COMPARE(f_->forgotten, QStringList{other});
    QTRY_COMPARE(bar->message(), QStringLiteral("“Mill” was removed."));
}

void TestGateways::healthIsWhatTheGatewaySays() {
    const auto id = attached("Plant");
    auto* connection = f_->connections[id];
    connection->goLive();
    QTRY_COMPARE(cell(id, GatewaysModel::Health), QStringLiteral("Ready"));
    QCOMPARE(mark(id).role, ColourRole::Ok);
    QVERIFY(part<QLabel>("gatewayAlarm")->isHidden());
    connection->become(ConnectionState::Lost);
    QCOMPARE(cell(id, GatewaysModel::Health), QString());
    auto& health = f_->transports[id]->health;
    health = {false,
              {{"store", true, {}},
               {"recovery", false, "Runs could not be looked for"},
               {"disk", false, "Only 12 MB are free"}}};
    connection->goLive();
    QTRY_COMPARE(cell(id, GatewaysModel::Health), QStringLiteral("Not ready: recovery, disk"));
    QCOMPARE(mark(id).role, ColourRole::Warn);
    QCOMPARE(int(mark(id).shape), int(StateShape::Triangle));
    const auto* alarm = part<QLabel>("gatewayAlarm");
    QVERIFY(alarm->isVisible());
    QCOMPARE(alarm->text(), QStringLiteral("▲"));
    QCOMPARE(alarm->palette().color(alarm->foregroundRole()), Theme::current().colour(ColourRole::Warn));
    QCOMPARE(part<QLabel>("gatewayWhat")->text(), QStringLiteral("Plant · Not ready: recovery, disk"));
    QCOMPARE(part<QLabel>("gatewayHint")->text(),
             QStringLiteral("recovery: Runs could not be looked for · disk: Only 12 MB are free"));
    // One from before there was that question is no alarm.
    connection->become(ConnectionState::Lost);
    f_->transports[id]->failNext("gateway.health", Error{"request.unknown", "There is no such call", {}, {}, false});
    connection->goLive();
    QTRY_COMPARE(cell(id, GatewaysModel::Health), QStringLiteral("Not told"));
}

void TestGateways::editedAndDetached() {
    const auto id = attached("Plant");
    trigger("actionEditGateway");
    type("gatewayNameEdit", QStringLiteral("Plant East"));
    press("gatewaySubmit");
    QCOMPARE(cell(id, GatewaysModel::Name), QStringLiteral("Plant East"));
    QVERIFY(f_->book->isAttached(id));
    trigger("actionDetachGateway");
    QCOMPARE(cell(id, GatewaysModel::State), QStringLiteral("Not attached"));
    QVERIFY(!f_->profiles->byId(id)->attach);
    QCOMPARE(part<QPushButton>("gatewayNext")->accessibleName(), QStringLiteral("Attach"));
    press("gatewayNext");
    QVERIFY(f_->book->isAttached(id));
}

void TestGateways::unreadableFileIsTold() {
    QFile file(f_->folder.filePath(QStringLiteral("gateways.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("{ nonsense");
    file.close();
    f_->part<QAction>("actionLayout.design")->trigger();
    f_->showPanel();
    QCOMPARE(part<GatewaysPanel>("gatewaysPanel")->states().state(), PanelStates::State::Error);
    QVERIFY(file.remove());
    Q_EMIT part<GatewaysPanel>("gatewaysPanel")->states().retryRequested();
    QCOMPARE(part<GatewaysPanel>("gatewaysPanel")->states().state(), PanelStates::State::Empty);
}

QTEST_MAIN(TestGateways)
#include "test_gateways.moc"
