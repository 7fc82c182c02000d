// A window on a gateway elsewhere: how it tells which, and what it does while the gateway is away.
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QRegularExpression>
#include <QSpinBox>
#include <QToolButton>

#include "ui/actions/action_registry.h"
#include "ui/document/document_journal.h"
#include "ui/document/workflow_edits.h"
#include "ui/gateways_fixture.h"
#include "ui/panels/engine_panel.h"
#include "ui/panels/panel.h"
#include "ui/panels/runs_menu.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/shell/connection_bar.h"
#include "ui/shell/environment_band.h"
#include "ui/shell/gateway_switcher.h"
#include "ui/shell/palette/palette_model.h"
#include "ui/shell/window_tools.h"
#include "ui/text/format.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/stale_strip.h"
#include "ui/widgets/state_badge.h"

using namespace signalbox;
using namespace signalbox::ui;
using client::ConnectionNeed;
using client::ConnectionState;

namespace {

struct Peek : QObject {
    using QObject::receivers;
};

/// Whether anything happens on a Retry button: not every notice ever offers it.
bool leadsSomewhere(const QPushButton& retry) {
    for (auto* at = retry.parentWidget(); at; at = at->parentWidget()) {
        const bool asks = qobject_cast<NoticeBar*>(at) || qobject_cast<PanelStates*>(at);
        if (asks) return (at->*&Peek::receivers)(SIGNAL(retryRequested())) > 0;
    }
    return false;
}

}  // namespace

class TestGatewayWindow : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { f_ = std::make_unique<test::GatewaysFixture>(); }
    void cleanup() { f_.reset(); }
    void tellsWhereItIs();
    void bandIsOfTheEnvironment_data();
    void bandIsOfTheEnvironment();
    void switcherLeadsToTheOthers();
    void paletteLeadsToTheOthers();
    void whatIsShownAges();
    void writesAreHeldBackWithTheReason();
    void everyActionEitherNeedsTheGatewayOrNot();
    void buttonsAreHeldBackToo();
    void retriesWaitForTheGateway();
    void dialogsWaitForTheGateway();
    void labelFollowsTheGateway();
    void editsStayAndTheRestComesBack();
    void firstConnectionLoadsByItself();
    void barAsksForWhatIsNeeded();
    void dangerAsksForTheName();
    void retentionAsksForTheName();
    void elsewhereNobodyIsAsked();

private:
    template <class Widget>
    Widget* part(const char* name) const {
        return f_->part<Widget>(name);
    }
    void open(const char* environment = "") {
        id_ = f_->add("Plant", environment);
        f_->openRemote(id_);
        QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    }
    void openLive(const char* environment = "") {
        open(environment);
        link().now.lastHeard = f_->milliseconds();
        link().goLive();
        QTRY_COMPARE(part<QListView>("workflowList")->model()->rowCount(), 4);
    }
    test::FakeConnection& link() const { return *f_->connections[id_]; }
    QPushButton* shownEmptyAction(const char* panel) const {
        for (auto* button : part<QWidget>(panel)->findChildren<QPushButton*>(QStringLiteral("emptyStateAction"))) {
            if (button->isVisible()) return button;
        }
        return nullptr;
    }
    void lose() const {
        link().now.retryAt = f_->milliseconds() + 4000;
        link().become(ConnectionState::Lost, Error{"gateway.unreachable", "Nobody listens there", {}, {}, true});
    }
    void openWorkflow(const char* workflow) const {
        f_->window->openWorkflow(QLatin1String(workflow));
        QTRY_COMPARE(f_->window->context().workflowId(), QLatin1String(workflow));
    }
    std::unique_ptr<test::GatewaysFixture> f_;
    QString id_;
};

void TestGatewayWindow::tellsWhereItIs() {
    openLive("staging");
    auto* switcher = part<GatewaySwitcher>("gatewaySwitcher");
    QCOMPARE(switcher->text(), QStringLiteral("Plant · Staging"));
    QVERIFY(switcher->accessibleName().contains(QStringLiteral("Plant")));
    lose();
    QVERIFY(switcher->text().contains(QStringLiteral("Lost")));
    auto profile = *f_->profiles->byId(id_);
    profile.name = QStringLiteral("Plant East");
    QVERIFY(f_->book->change(profile));
    QVERIFY(switcher->text().startsWith(QStringLiteral("Plant East")));
}

void TestGatewayWindow::bandIsOfTheEnvironment_data() {
    QTest::addColumn<QByteArray>("environment");
    QTest::addColumn<int>("role");
    QTest::newRow("production") << QByteArray("production") << static_cast<int>(ColourRole::Error);
    QTest::newRow("staging") << QByteArray("staging") << static_cast<int>(ColourRole::Warn);
    QTest::newRow("development") << QByteArray("development") << static_cast<int>(ColourRole::Accent);
    QTest::newRow("unknown") << QByteArray() << static_cast<int>(ColourRole::Muted);
}

void TestGatewayWindow::bandIsOfTheEnvironment() {
    QFETCH(QByteArray, environment);
    QFETCH(int, role);
    open(environment.constData());
    auto* band = part<EnvironmentBand>("environmentBand");
    QTRY_COMPARE(band->width(), f_->window->width());
    QVERIFY(band->height() >= 2);
    const auto picture = band->grab().toImage();
    QCOMPARE(picture.pixelColor(picture.width() / 2, picture.height() / 2),
             Theme::current().colour(static_cast<ColourRole>(role)));
    // A gateway that says of itself that it is in production is believed.
    link().goLive("1", "production");
    QCOMPARE(band->environment(), QStringLiteral("production"));
}

void TestGatewayWindow::switcherLeadsToTheOthers() {
    openLive();
    const auto other = f_->add("Mill", "production");
    auto* menu = part<QMenu>("gatewayMenu");
    Q_EMIT menu->aboutToShow();
    QStringList texts;
    for (const auto* action : menu->actions()) texts << action->text();
    QVERIFY(texts.contains(QStringLiteral("plant-local · This computer")));
    QVERIFY(texts.contains(QStringLiteral("Mill · Production · Not attached")));
    menu->findChild<QAction*>(QStringLiteral("gatewayItem:") + other)->trigger();
    QCOMPARE(f_->opened, QStringList{other});
    QVERIFY(menu->findChild<QAction*>(QStringLiteral("gatewayItem:") + id_)->isChecked());
    menu->findChild<QAction*>(QStringLiteral("gatewayMenuList"))->trigger();
    QVERIFY(part<QWidget>("gatewaysDock")->isVisible());
}

void TestGatewayWindow::paletteLeadsToTheOthers() {
    openLive();
    const auto other = f_->add("Mill", "production");
    f_->window->tools().openPalette(QStringLiteral("*mill"));
    auto* field = part<QLineEdit>("paletteField");
    QTRY_COMPARE(part<QListView>("paletteList")->model()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f_->opened, QStringList{other});
}

void TestGatewayWindow::whatIsShownAges() {
    openLive();
    openWorkflow("lines");
    const auto strips = f_->window->findChildren<StaleStrip*>(QStringLiteral("connectionStrip"));
    QVERIFY(strips.size() >= 8);
    for (const auto* strip : strips) QVERIFY(strip->isHidden());
    f_->gateway->advance(42'000'000);
    lose();
    for (const auto* name : {"workflowListPanel", "runListPanel", "canvasPanel", "detailsPanel", "runPanel"}) {
        auto* panel = part<QWidget>(name);
        QVERIFY2(panel, name);
        auto* strip = panel->findChild<StaleStrip*>(QStringLiteral("connectionStrip"));
        QVERIFY2(strip->isVisible(), name);
        QVERIFY2(strip->text().startsWith(QStringLiteral("42 s old")), qPrintable(strip->text()));
        QVERIFY(panel->findChild<QWidget*>(QStringLiteral("connectionVeil"))->isVisible());
    }
    link().goLive();
    for (const auto* strip : strips) QVERIFY(strip->isHidden());
}

void TestGatewayWindow::writesAreHeldBackWithTheReason() {
    openLive();
    openWorkflow("lines");
    auto* run = part<QAction>("actionRun");
    QVERIFY(run->isEnabled());
    lose();
    for (const auto* name : {"actionRun", "actionNewWorkflow"}) {
        auto* action = part<QAction>(name);
        QVERIFY2(!action->isEnabled(), name);
        QVERIFY(ActionRegistry::reason(*action).contains(QStringLiteral("Plant")));
    }
    QVERIFY(!part<QPushButton>("changeRetention")->isEnabled());
    link().goLive();
    QVERIFY(run->isEnabled());
    QVERIFY(part<QAction>("actionNewWorkflow")->isEnabled());
    QVERIFY(part<QPushButton>("changeRetention")->isEnabled());
}

void TestGatewayWindow::everyActionEitherNeedsTheGatewayOrNot() {
    openLive();
    openWorkflow("lines");
    auto& registry = f_->window->actionRegistry();
    // Whoever adds an action decides, here for what works without the gateway, and by needsGateway for the others.
    static const QRegularExpression kWorksAlone(QStringLiteral(
        "^(openFile|openWorkspace|find|settings|shortcuts|closeWindow|quit|closeRun|fit|zoomIn|zoomOut|actualSize|"
        "saveLayout|resetLayout|removeLayout|theme.*|compact|reducedMotion|palette|goToNode|goToRun|nextPanel|"
        "previousPanel|goToGraph|welcome|tour|shortcutSheet|about|undo|redo|editWorkflow|resetField|computeField|"
        "layout\\..*|.*Dock|notifications|focusToast|.*Gateway|copyGatewayLink)$"));
    QHash<QAction*, bool> before;
    for (auto* action : registry.actions()) {
        const auto& spec = registry.spec(*action);
        before[action] = action->isEnabled();
        QVERIFY2(spec.needsGateway != kWorksAlone.match(spec.id).hasMatch(), qPrintable(spec.id));
    }
    QVERIFY(part<QAction>("actionRun")->isEnabled());
    lose();
    const auto why = f_->window->context().connection().writeReason();
    QVERIFY(why.contains(QStringLiteral("Plant")));
    for (auto* action : registry.actions()) {
        if (!registry.spec(*action).needsGateway) continue;
        const auto id = qPrintable(registry.spec(*action).id);
        QVERIFY2(!action->isEnabled(), id);
        QCOMPARE(ActionRegistry::reason(*action), why);
        QVERIFY2(action->toolTip().contains(why), id);
    }
    // What changes meanwhile gives nothing back.
    f_->window->context().selectNode(QStringLiteral("fetch"));
    QVERIFY(!part<QAction>("actionRun")->isEnabled());
    f_->window->context().selectNode({});
    link().goLive();
    for (auto* action : registry.actions()) {
        QVERIFY2(action->isEnabled() == before[action], qPrintable(registry.spec(*action).id));
    }
}

void TestGatewayWindow::buttonsAreHeldBackToo() {
    openLive();
    openWorkflow("lines");
    for (const auto* panel : {"runListPanel", "runPanel"}) {
        QPushButton* run = nullptr;
        QTRY_VERIFY2((run = shownEmptyAction(panel)) && run->isEnabled(), panel);
        QCOMPARE(run->text(), QStringLiteral("Run now"));
        lose();
        QVERIFY2(!run->isEnabled(), panel);
        QVERIFY2(run->toolTip().contains(QStringLiteral("Plant")), panel);
        QVERIFY2(run->accessibleDescription().contains(QStringLiteral("Plant")), panel);
        link().goLive();
        QVERIFY2(run->isEnabled() && run->toolTip().isEmpty(), panel);
    }
    auto summary = test::freshRun(test::smallWorkflow(), "r1", f_->gateway->now()).summary;
    summary.status = "succeeded";
    RunsMenu menu(f_->window->context(), summary, f_->window.get());
    auto* again = menu.findChild<QAction*>(QStringLiteral("runMenuRerun"));
    QVERIFY(again->isEnabled());
    lose();
    QVERIFY(!again->isEnabled() && again->toolTip().contains(QStringLiteral("Plant")));
    // Whatever can still be pressed asks the gateway for nothing that changes something.
    f_->gateway->calls.clear();
    for (auto* panel : f_->window->findChildren<Panel*>()) {
        if (panel->objectName() == QStringLiteral("gatewaysPanel")) continue;
        for (auto* button : panel->findChildren<QPushButton*>()) {
            if (button->isVisible() && button->isEnabled()) button->click();
            while (auto* dialog = QApplication::activeModalWidget()) dialog->close();
        }
    }
    static const QRegularExpression kChanges(QStringLiteral(
        "(start|rerun|cancel|pause|resume|signal|decide|save|create|duplicate|rename|delete|restore|set-retention)$"));
    for (const auto& call : f_->gateway->calls) {
        QVERIFY2(!kChanges.match(QString::fromStdString(call)).hasMatch(), call.c_str());
    }
}

void TestGatewayWindow::retriesWaitForTheGateway() {
    openLive();
    openWorkflow("lines");
    // One panel has something to try again.
    f_->gateway->failNext("workflows.list", Error{"store.busy", "The database is busy", {}, {}, true});
    part<WorkflowListPanel>("workflowListPanel")->reload();
    auto* retry = part<QWidget>("workflowListPanel")->findChild<QPushButton*>(QStringLiteral("noticeRetry"));
    QTRY_VERIFY(retry->isVisible());
    QVERIFY(retry->isEnabled() && retry->toolTip().isEmpty());
    lose();
    QVERIFY(retry->isVisible() && !retry->isEnabled());
    const auto why = f_->window->context().connection().writeReason();
    QCOMPARE(retry->toolTip(), why);
    QCOMPARE(retry->accessibleDescription(), why);
    // And none of the others would do better: only the list of gateways is read here.
    int held = 0;
    for (auto* panel : f_->window->findChildren<Panel*>()) {
        if (panel->objectName() == QStringLiteral("gatewaysPanel")) continue;
        for (auto* button : panel->findChildren<QPushButton*>(QRegularExpression("^(error|stale|notice)Retry$"))) {
            if (!leadsSomewhere(*button)) continue;
            QVERIFY2(!button->isEnabled(), qPrintable(panel->objectName() + "/" + button->parent()->objectName()));
            QCOMPARE(button->toolTip(), why);
            ++held;
        }
    }
    QVERIFY2(held >= 8, qPrintable(QString::number(held)));
    link().goLive();
    QVERIFY(retry->isEnabled() && retry->toolTip().isEmpty());
}

void TestGatewayWindow::dialogsWaitForTheGateway() {
    openLive();
    part<QAction>("actionNewWorkflow")->trigger();
    QTRY_VERIFY(part<QDialog>("workflowNameDialog"));
    QTest::keyClicks(part<QLineEdit>("workflowNameEdit"), QStringLiteral("Night shift"));
    auto* submit = part<QPushButton>("workflowNameSubmit");
    QVERIFY(submit->isEnabled());
    lose();
    QVERIFY(!submit->isEnabled());
    QVERIFY(submit->toolTip().contains(QStringLiteral("Plant")));
    // What is typed meanwhile is checked as ever, and enables nothing.
    QTest::keyClicks(part<QLineEdit>("workflowNameEdit"), QStringLiteral("s"));
    QVERIFY(!submit->isEnabled());
    link().goLive();
    QVERIFY(submit->isEnabled());
    QCOMPARE(part<QLineEdit>("workflowNameEdit")->text(), QStringLiteral("Night shifts"));
    part<QDialog>("workflowNameDialog")->reject();
}

void TestGatewayWindow::labelFollowsTheGateway() {
    openLive();
    auto* label = part<QLabel>("gatewayName");
    QCOMPARE(label->text(), QStringLiteral("Plant 1.4.0 · Unknown"));
    QVERIFY(label->toolTip().contains(QStringLiteral("It calls itself plant")));
    auto profile = *f_->profiles->byId(id_);
    profile.name = QStringLiteral("Plant East");
    profile.environment = QStringLiteral("staging");
    QVERIFY(f_->book->change(profile));
    QCOMPARE(label->text(), QStringLiteral("Plant East 1.4.0 · Staging"));
    // It was updated while it was away, and is in production now.
    lose();
    QVERIFY(label->toolTip().contains(QStringLiteral("is lost")));
    link().goLive("1.5.0", "production");
    QCOMPARE(label->text(), QStringLiteral("Plant East 1.5.0 · Production"));
    QVERIFY(!label->toolTip().contains(QStringLiteral("is lost")));
}

void TestGatewayWindow::editsStayAndTheRestComesBack() {
    openLive();
    openWorkflow("release");
    auto& document = *f_->window->context().document();
    QVERIFY(document.apply(edits::set(document.root(), nodePointer(document.root(), QStringLiteral("publish")),
                                      "/title", Value("Put out"), QStringLiteral("Title"))));
    QVERIFY(document.isDirty());
    lose();
    // Meanwhile somebody has made another workflow, and nobody told us.
    auto another = test::smallWorkflow();
    another.summary.id = "another";
    f_->gateway->workflows.push_back(another);
    link().goLive();
    QTRY_COMPARE(part<QListView>("workflowList")->model()->rowCount(), 5);
    QVERIFY(document.isDirty());
    QCOMPARE(f_->window->context().document(), &document);
    QVERIFY(part<ConnectionBar>("connectionBar")->isHidden());
    f_->window->context().session()->journal().discard();  // the next test is not asked about it
}

void TestGatewayWindow::firstConnectionLoadsByItself() {
    f_->add("Plant");
    id_ = f_->profiles->all().front().id;
    f_->book->attach(id_);
    auto& gateway = *f_->transports[id_];
    gateway.failNext("workflows.list", Error{"gateway.unreachable", "Nobody listens there", {}, {}, true});
    gateway.failNext("workflows.get", Error{"gateway.unreachable", "Nobody listens there", {}, {}, true});
    f_->openRemote(id_);
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_VERIFY(part<QWidget>("canvasPanel")->findChild<NoticeBar*>()->isVisible());
    QVERIFY(part<ConnectionBar>("connectionBar")->isVisible());
    QVERIFY(!f_->window->context().workflow());
    link().goLive();
    QTRY_COMPARE(part<QListView>("workflowList")->model()->rowCount(), 4);
    QTRY_COMPARE(f_->window->context().workflowId(), QStringLiteral("lines"));
}

void TestGatewayWindow::barAsksForWhatIsNeeded() {
    open();
    auto* action = part<QPushButton>("connectionAction");
    QVERIFY(action->isHidden());
    lose();
    QVERIFY(part<QLabel>("connectionReason")->text().contains(QStringLiteral("next try in 4 s")));
    QCOMPARE(part<StateBadge>("connectionState")->accessibleName(), QStringLiteral("Lost"));
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(link().asked, QStringList{QStringLiteral("reconnect")});
    link().become(ConnectionState::Authenticating, {}, ConnectionNeed::Credentials);
    QTest::mouseClick(action, Qt::LeftButton);
    QVERIFY(part<QDialog>("signInDialog")->isVisible());
    QCOMPARE(part<QLineEdit>("signInLogin")->text(), QStringLiteral("ada"));
    link().goLive();
    QTRY_VERIFY(!part<QDialog>("signInDialog"));
    QVERIFY(part<ConnectionBar>("connectionBar")->isHidden());
}

void TestGatewayWindow::dangerAsksForTheName() {
    openLive("production");
    openWorkflow("lines");
    part<QListView>("workflowList")->setFocus();
    part<QAction>("actionDeleteWorkflow")->trigger();
    QVERIFY(part<QDialog>("typedConfirmation")->isVisible());
    auto* go = part<QPushButton>("typedGo");
    QVERIFY(!go->isEnabled());
    QTest::keyClicks(part<QLineEdit>("typedName"), QStringLiteral("plant"));
    QVERIFY(!go->isEnabled());
    QTest::keyClick(part<QLineEdit>("typedName"), Qt::Key_Escape);
    QTRY_VERIFY(!part<QDialog>("typedConfirmation"));
    QCOMPARE(f_->gateway->count("workflows.delete"), 0);
    part<QAction>("actionDeleteWorkflow")->trigger();
    QTest::keyClicks(part<QLineEdit>("typedName"), QStringLiteral("Plant"));
    QTest::keyClick(part<QLineEdit>("typedName"), Qt::Key_Return);
    QTRY_COMPARE(f_->gateway->count("workflows.delete"), 1);
    // So does cancelling a run.
    openWorkflow("release");
    f_->gateway->nextRun = test::freshRun(test::releaseWorkflow(), "r1", f_->gateway->now());
    part<QAction>("actionRun")->trigger();
    QTRY_VERIFY(part<QAction>("actionCancel")->isEnabled());
    part<QAction>("actionCancel")->trigger();
    QTRY_VERIFY(part<QDialog>("typedConfirmation"));
    QTest::keyClicks(part<QLineEdit>("typedName"), QStringLiteral("Plant"));
    QTest::mouseClick(part<QPushButton>("typedGo"), Qt::LeftButton);
    QTRY_COMPARE(f_->gateway->count("runs.cancel"), 1);
}

void TestGatewayWindow::retentionAsksForTheName() {
    openLive("production");
    f_->showPanel();
    auto* change = part<QPushButton>("changeRetention");
    change->click();
    part<QPushButton>("retentionApply")->click();
    QVERIFY(part<QDialog>("typedConfirmation")->isVisible());
    QCOMPARE(f_->gateway->count("engine.set-retention"), 0);
    QTest::keyClick(part<QLineEdit>("typedName"), Qt::Key_Escape);
}

void TestGatewayWindow::elsewhereNobodyIsAsked() {
    openLive("staging");
    openWorkflow("lines");
    part<QAction>("actionDeleteWorkflow")->trigger();
    QVERIFY(!part<QDialog>("typedConfirmation"));
    QTRY_COMPARE(f_->gateway->count("workflows.delete"), 1);
}

QTEST_MAIN(TestGatewayWindow)
#include "test_gateway_window.moc"
