// Windows on gateways elsewhere beside those on workspaces: opened, detached, and there again at the next start.
#include <QApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

#include "app/desktop/desktop.h"
#include "client/credential_store.h"
#include "client/gateway_profiles.h"
#include "ui/documents.h"
#include "ui/models/gateway_book.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/main_window.h"
#include "ui/shell/shell_settings.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::desktop;

namespace {

ui::MainWindow* windowOf(const QString& gateway) {
    for (auto* widget : QApplication::topLevelWidgets()) {
        auto* window = qobject_cast<ui::MainWindow*>(widget);
        if (window && window->isVisible() && window->gateway() == gateway) return window;
    }
    return nullptr;
}

}  // namespace

class TestDesktopGateways : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void opensBesideTheWorkspace();
    void detachedFromItsOwnWindow();
    void thereAgainAtTheNextStart();

private:
    void start();
    QString add(const char* name) {
        client::GatewayProfile profile;
        profile.name = QLatin1String(name);
        profile.url = QUrl(QStringLiteral("http://127.0.0.1:9"));  // nobody listens there
        const auto added = desktop_->gateways().add(profile);
        return added ? added->id : QString();
    }
    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<ui::Preferences> preferences_;
    std::unique_ptr<ui::StateStore> state_;
    std::unique_ptr<Desktop> desktop_;
    QString workspace_;
};

void TestDesktopGateways::init() {
    QApplication::setQuitOnLastWindowClosed(false);
    folder_ = std::make_unique<QTemporaryDir>();
    workspace_ = QFileInfo(folder_->path()).canonicalFilePath();
    QFile file(folder_->filePath(QStringLiteral("totals.workflow.json")));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(test::kApprovalDocument);
    file.close();
    preferences_ = std::make_unique<ui::Preferences>();
    ui::declareShellSettings(preferences_->settings());
    ui::Theme::current().setReducedMotion(true);
    state_ = std::make_unique<ui::StateStore>();
    start();
}

void TestDesktopGateways::start() {
    desktop_.reset();
    desktop_ = std::make_unique<Desktop>(Desktop::Options{
        *preferences_, *state_, "test", false, false, folder_->filePath(QStringLiteral("gateways.json")),
        std::shared_ptr<client::CredentialStore>(client::fileCredentialStore(folder_->path()))});
    Arguments arguments;
    arguments.path = workspace_;
    QVERIFY(desktop_->open(arguments));
    desktop_->attachGateways();
}

void TestDesktopGateways::cleanup() {
    desktop_.reset();
    state_.reset();
    preferences_.reset();
    folder_.reset();
}

void TestDesktopGateways::opensBesideTheWorkspace() {
    const auto id = add("Plant");
    auto& book = desktop_->gateways();
    QCOMPARE(book.places().size(), std::size_t(2));
    book.open(id);
    auto* window = windowOf(id);
    QVERIFY(window);
    QVERIFY(book.isAttached(id));
    // Asked for again, it is the same one; the workspace's own is reached from there.
    window->close();
    book.open(id);
    QCOMPARE(windowOf(id), window);
    const auto local = ui::GatewayBook::workspaceId(workspace_);
    auto* workspace = windowOf(local);
    QVERIFY(workspace);
    workspace->showMinimized();
    book.open(local);
    QVERIFY(!workspace->isMinimized());
    // It is told that nobody answers, and goes on trying.
    QTRY_COMPARE(int(book.connection(id)->status().state), int(client::ConnectionState::Lost));
    QTRY_VERIFY(window->findChild<QWidget*>(QStringLiteral("connectionBar"))->isVisible());
}

void TestDesktopGateways::detachedFromItsOwnWindow() {
    const auto id = add("Plant");
    desktop_->gateways().open(id);
    QPointer<ui::MainWindow> window(windowOf(id));
    windowOf(ui::GatewayBook::workspaceId(workspace_))->close();
    desktop_->gateways().detach(id);
    QVERIFY(!windowOf(id));
    // With no window the program would end.
    QVERIFY(windowOf(ui::GatewayBook::workspaceId(workspace_)));
    QTRY_VERIFY(!window);
    QVERIFY(!desktop_->gateways().isAttached(id));
}

void TestDesktopGateways::thereAgainAtTheNextStart() {
    const auto open = add("Plant");
    const auto hidden = add("Mill");
    const auto left = add("Lab");
    auto& book = desktop_->gateways();
    for (const auto& id : {open, hidden, left}) book.open(id);
    windowOf(hidden)->close();
    book.detach(left);
    QCoreApplication::processEvents();
    start();
    QVERIFY(windowOf(open));
    QVERIFY(!windowOf(hidden));
    QVERIFY(desktop_->gateways().isAttached(hidden));
    QVERIFY(!desktop_->gateways().isAttached(left));
}

QTEST_MAIN(TestDesktopGateways)
#include "test_desktop_gateways.moc"
