// The panel of the followed run on the real engine: signal, chart, stored log, journal, other inputs, comparison.
#include <QComboBox>
#include <QDialog>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabWidget>
#include <QTableView>

#include "ui/charts/gantt_view.h"
#include "ui/embedded_window.h"
#include "ui/models/run_models.h"
#include "ui/run_documents.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/panel_states.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatience = 20'000;

}  // namespace

class TestRunPanelEmbedded : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { desk_.reset(); }
    void wholeLifeOfARun();

private:
    void runToTheEnd();
    void openTab(const QString& title) const;

    std::unique_ptr<test::EmbeddedWindow> desk_;
};

void TestRunPanelEmbedded::init() {
    desk_ = std::make_unique<test::EmbeddedWindow>();
    desk_->write("waits.workflow.json", test::kSignalDocument);
    QVERIFY(desk_->open());
    auto* list = desk_->part<QListView>("workflowList");
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kPatience);
}

void TestRunPanelEmbedded::openTab(const QString& title) const {
    auto* tabs = desk_->part<QTabWidget>("runTabs");
    for (int i = 0; i < tabs->count(); ++i) {
        if (tabs->tabText(i) == title) tabs->setCurrentIndex(i);
    }
    QCOMPARE(tabs->tabText(tabs->currentIndex()), title);
}

void TestRunPanelEmbedded::runToTheEnd() {
    QSignalSpy finished(desk_->window.get(), &MainWindow::runFinished);
    auto* bar = desk_->part<QWidget>("signalBar");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), kPatience);
    QCOMPARE(desk_->part<QLineEdit>("signalName")->text(), QStringLiteral("go"));
    desk_->part<QLineEdit>("signalValue")->setText(QStringLiteral("{\"by\": \"test\"}"));
    desk_->part<QPushButton>("signalSend")->click();
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QCOMPARE(finished[0][0].toBool(), true);
    QVERIFY(!bar->isVisible());
}

void TestRunPanelEmbedded::wholeLifeOfARun() {
    auto& run = desk_->window->context().run();
    desk_->window->openWorkflow(QStringLiteral("waits"));
    desk_->window->runCurrent();
    QTRY_VERIFY_WITH_TIMEOUT(run.isOpen() && !run.isStarting(), kPatience);
    openTab(QStringLiteral("Gantt"));
    runToTheEnd();
    // Every node has its bar, and none goes on.
    auto* chart = desk_->part<GanttView>("runGantt");
    QTRY_VERIFY_WITH_TIMEOUT(chart->data().barCount() >= 4 && !chart->data().hasOpenBars(), kPatience);
    desk_->picture("run_gantt");
    openTab(QStringLiteral("Journal"));
    auto* journal = desk_->part<QTableView>("journalTable");
    QTRY_VERIFY_WITH_TIMEOUT(journal->model()->rowCount() > 5, kPatience);
    auto* states = desk_->part<QWidget>("runJournalPage")->findChild<PanelStates*>();
    auto* kind = desk_->part<QComboBox>("journalKind");
    for (int i = 1; i < kind->count(); ++i) {
        // The gateway refuses a kind that it does not know.
        kind->setCurrentIndex(i);
        QTRY_VERIFY_WITH_TIMEOUT(states->state() != PanelStates::State::Loading, kPatience);
        QVERIFY2(states->state() != PanelStates::State::Error, qPrintable(kind->currentText()));
    }
    kind->setCurrentIndex(kind->findData(QStringLiteral("signal-received")));
    QTRY_COMPARE_WITH_TIMEOUT(journal->model()->rowCount(), 1, kPatience);
    desk_->picture("run_journal");

    // Again with another input; then the first one is opened once more, with its stored log, and compared.
    const auto first = run.runId();
    desk_->part<QPushButton>("rerunInputs")->click();
    QTRY_VERIFY_WITH_TIMEOUT(desk_->window->findChild<QDialog*>(QStringLiteral("inputsDialog")), kPatience);
    desk_->part<QLineEdit>("input.factor")->setText(QStringLiteral("3"));
    desk_->part<QPushButton>("inputsRun")->click();
    QTRY_VERIFY_WITH_TIMEOUT(run.isOpen() && !run.isStarting() && run.runId() != first, kPatience);
    runToTheEnd();
    QCOMPARE(run.detail().outputs["taken"]["sum"].asInteger(), 36);
    run.open(first);
    openTab(QStringLiteral("Log"));
    auto* log = desk_->part<QTableView>("logTable");
    QTRY_COMPARE_WITH_TIMEOUT(log->model()->rowCount(), 1, kPatience);
    QCOMPARE(log->model()->index(0, LogModel::Text).data().toString(), QStringLiteral("sum is 24"));
    openTab(QStringLiteral("Compare"));
    auto* diff = desk_->part<DiffView>("compareDiff");
    QTRY_VERIFY_WITH_TIMEOUT(diff->plainText().contains(QStringLiteral("36")), kPatience);
    QVERIFY(diff->plainText().contains(QStringLiteral("24")));
    desk_->picture("run_compare");
}

QTEST_MAIN(TestRunPanelEmbedded)
#include "test_run_panel_embedded.moc"
