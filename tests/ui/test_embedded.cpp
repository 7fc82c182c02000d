// The window on the real engine: what the other tests play happens here.
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QTreeView>

#include "embedded/embedded_gateway.h"
#include "ui/canvas/canvas_view.h"
#include "ui/documents.h"
#include "ui/panels/panel_context.h"
#include "ui/shell/main_window.h"
#include "ui/text/roles.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatience = 20'000;

}  // namespace

class TestEmbedded : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void runsToTheApprovalAndOn();
    void failureTellsWhy();
    void oldRunsAreThere();

private:
    void write(const char* name, const char* text) const;
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return window_->findChild<Widget*>(QLatin1String(name));
    }
    void picture(const char* name) const;
    void runToApproval();

    std::unique_ptr<QTemporaryDir> folder_;
    std::unique_ptr<embedded::EmbeddedGateway> gateway_;
    std::unique_ptr<client::GatewayClient> client_;
    std::unique_ptr<MainWindow> window_;
};

void TestEmbedded::write(const char* name, const char* text) const {
    QFile file(folder_->filePath(QLatin1String(name)));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

// Set the variable to look at what the real engine shows.
void TestEmbedded::picture(const char* name) const {
    const auto target = qEnvironmentVariable("SIGNALBOX_PICTURES");
    if (!target.isEmpty()) window_->grab().save(QStringLiteral("%1/%2.png").arg(target, QLatin1String(name)));
}

void TestEmbedded::init() {
    folder_ = std::make_unique<QTemporaryDir>();
    write("totals.workflow.json", test::kApprovalDocument);
    write("failing.workflow.json", test::kFailingDocument);
    embedded::EmbeddedOptions options;
    options.workspace = folder_->path().toStdString();
    options.version = "test";
    options.threads = 2;
    auto opened = embedded::EmbeddedGateway::open(std::move(options));
    QVERIFY2(opened.has_value(), opened ? "" : opened.error().message.c_str());
    gateway_ = *std::move(opened);
    client_ = std::make_unique<client::GatewayClient>(gateway_->connect());
    Theme::current().setMode(Theme::Mode::Dark);
    Theme::current().setReducedMotion(true);
    window_ = std::make_unique<MainWindow>(*client_);
    window_->resize(1440, 900);
    window_->show();
    QTRY_COMPARE_WITH_TIMEOUT(part<QListView>("workflowList")->model()->rowCount(), 2, kPatience);
}

void TestEmbedded::cleanup() {
    window_.reset();
    client_.reset();
    gateway_.reset();
    folder_.reset();
}

void TestEmbedded::runToApproval() {
    window_->openWorkflow(QStringLiteral("totals"));
    window_->runCurrent();
    QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("approvalBar")->isVisible(), kPatience);
}

void TestEmbedded::runsToTheApprovalAndOn() {
    QSignalSpy finished(window_.get(), &MainWindow::runFinished);
    runToApproval();
    QVERIFY(part<QLabel>("approvalText")->text().contains(QStringLiteral("Is the sum right?")));
    QTRY_COMPARE(part<QTableView>("logTable")->model()->rowCount(), 1);
    QCOMPARE(part<QTableView>("logTable")->model()->index(0, 3).data().toString(), QStringLiteral("sum is 24"));
    picture("approval");
    part<QLineEdit>("approvalComment")->setText(QStringLiteral("checked"));
    QTest::mouseClick(part<QPushButton>("approveButton"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QCOMPARE(finished[0][0].toBool(), true);
    QVERIFY(!part<QWidget>("approvalBar")->isVisible());
    part<QTabWidget>("runTabs")->setCurrentIndex(2);
    auto* result = part<QTreeView>("runOutputsTree")->model();
    QCOMPARE(result->index(0, 0).data().toString(), QStringLiteral("total"));
    QCOMPARE(result->index(0, 1).data().toString(), QStringLiteral("24"));
    auto& canvas = *part<CanvasView>("canvas");
    for (const auto* id : {"orders", "sum", "note", "ask", "take"}) {
        QCOMPARE(canvas.states().of(canvas.scene().indexOf(QLatin1String(id))).status, QStringLiteral("succeeded"));
    }
    canvas.selectNode(QStringLiteral("ask"));
    part<QTabWidget>("detailsTabs")->setCurrentIndex(2);
    QTRY_VERIFY_WITH_TIMEOUT(part<QTreeView>("nodeOutputsTree")->isVisible(), kPatience);
    picture("done");
}

void TestEmbedded::failureTellsWhy() {
    QSignalSpy finished(window_.get(), &MainWindow::runFinished);
    window_->openWorkflow(QStringLiteral("failing"));
    window_->runCurrent();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QCOMPARE(finished[0][0].toBool(), false);
    QCOMPARE(part<StateBadge>("runState")->status(), QStringLiteral("failed"));
    part<CanvasView>("canvas")->selectNode(QStringLiteral("read"));
    auto* error = part<QWidget>("detailsPanel")->findChild<QWidget*>(QStringLiteral("errorView"));
    QVERIFY(error->isVisible());
    QVERIFY(!error->findChild<QLabel*>(QStringLiteral("errorCode"))->text().isEmpty());
    QVERIFY(error->findChild<QLabel*>(QStringLiteral("errorMessage"))->text().contains(QStringLiteral("no-such-file")));
    picture("failed");
}

void TestEmbedded::oldRunsAreThere() {
    runToApproval();
    window_->context().controller().cancel();
    QTRY_COMPARE_WITH_TIMEOUT(part<StateBadge>("runState")->status(), QStringLiteral("cancelled"), kPatience);
    const auto run = window_->context().run().runId();
    window_->context().run().close();
    window_->openWorkflow(QStringLiteral("failing"));
    QTRY_COMPARE(window_->context().workflowId(), QStringLiteral("failing"));
    auto* runs = part<QListView>("runList");
    QCOMPARE(runs->model()->rowCount(), 0);
    window_->openWorkflow(QStringLiteral("totals"));
    QTRY_COMPARE(window_->context().workflowId(), QStringLiteral("totals"));
    QTRY_COMPARE_WITH_TIMEOUT(runs->model()->index(0, 0).data(IdRole).toString(), run, kPatience);
    QTest::mouseClick(runs->viewport(), Qt::LeftButton, {}, runs->visualRect(runs->model()->index(0, 0)).center());
    QTRY_COMPARE_WITH_TIMEOUT(part<StateBadge>("runState")->status(), QStringLiteral("cancelled"), kPatience);
    QCOMPARE(window_->context().run().node(QStringLiteral("sum"))->status, std::string("succeeded"));
}

QTEST_MAIN(TestEmbedded)
#include "test_embedded.moc"
