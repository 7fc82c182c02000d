// Managing workflows through the window: filter, new, copy, rename, delete and undo, versions, dependencies.
#include <QAction>
#include <QApplication>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "ui/actions/action_registry.h"
#include "ui/document/workflow_edits.h"
#include "ui/panels/workflow_name_dialog.h"
#include "ui/panels/workflow_undo_bar.h"
#include "ui/text/roles.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/notice_bar.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

class TestWorkflowsPanel : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { f_.reset(); }
    void tagsAreShownAndFilter();
    void newOneFromNothing();
    void newOneAsACopyOfTheOpenOne();
    void idsAreChecked();
    void errorsOfCreatingAreToldInTheDialog();
    void duplicates();
    void renamesByKeyboard();
    void aConflictOfRenamingIsToldAndGoneOver();
    void deletesAndTakesBack();
    void aConflictOfDeletingIsToldAndRetried();
    void deletingSavesEditsFirst();
    void deletingGivesUpEdits();
    void editsBehindAnotherAreShownFirst();
    void restoresFromTheTrash();
    void versionsAreComparedAndRead();
    void noVersionsAndErrorsAreTold();
    void followsChangesFromOutside();
    void asksForEventsOfOneKindAtATime();
    void dependenciesLeadToTheOther();
    void disabledActionsTellWhy();
    void theMenuHasEverything();

private:
    [[nodiscard]] QListView& list() const { return *f_->part<QListView>("workflowList"); }
    [[nodiscard]] QString chosen() const { return list().currentIndex().data(IdRole).toString(); }
    [[nodiscard]] QWidget& panel() const { return *f_->part<QWidget>("workflowListPanel"); }
    [[nodiscard]] NoticeBar& notice() const { return *panel().findChild<NoticeBar*>(QStringLiteral("noticeBar")); }
    [[nodiscard]] WorkflowUndoBar& undoBar() const { return *f_->part<WorkflowUndoBar>("workflowUndoBar"); }
    [[nodiscard]] QAction& action(const char* name) const { return *f_->part<QAction>(name); }
    void open(const char* id) const;
    void rename(const char* name) const;
    [[nodiscard]] bool has(const std::string& id) const;
    [[nodiscard]] bool listed(const QString& id) const;
    void click(const char* button) const { QTest::mouseClick(f_->part<QPushButton>(button), Qt::LeftButton); }

    std::unique_ptr<QTemporaryDir> state_;
    std::unique_ptr<test::WindowFixture> f_;
};

// Unsaved edits of one test would be offered for restoring in the next.
void TestWorkflowsPanel::init() {
    state_ = std::make_unique<QTemporaryDir>();
    qputenv("XDG_STATE_HOME", state_->path().toLocal8Bit());
    f_ = std::make_unique<test::WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_COMPARE(list().model()->rowCount(), 4);
    open("lines");
    list().setFocus();
}

void TestWorkflowsPanel::open(const char* id) const {
    f_->window->openWorkflow(QLatin1String(id));
    QTRY_COMPARE(f_->openId(), QLatin1String(id));
}

/// An edit of the open workflow.
void TestWorkflowsPanel::rename(const char* name) const {
    auto& document = *f_->window->context().document();
    QVERIFY(document.apply(edits::set(document.root(), {}, "/name", Value(name), QStringLiteral("Name"))).has_value());
    QVERIFY(document.isDirty());
}

bool TestWorkflowsPanel::has(const std::string& id) const {
    const auto& all = f_->gateway->workflows;
    return std::any_of(all.begin(), all.end(), [&](const auto& each) { return each.summary.id == id; });
}

bool TestWorkflowsPanel::listed(const QString& id) const {
    for (int row = 0; row < list().model()->rowCount(); ++row) {
        if (list().model()->index(row, 0).data(IdRole).toString() == id) return true;
    }
    return false;
}

void TestWorkflowsPanel::tagsAreShownAndFilter() {
    f_->gateway->workflows[0].summary.tags = {"nightly", "release"};
    f_->gateway->workflows[1].summary.tags = {"Report"};
    f_->gateway->touch("release");
    QTRY_VERIFY(list().model()->index(0, 0).data(DetailRole).toString().contains(QStringLiteral("#nightly")));
    auto* search = f_->part<FilterEdit>("workflowSearch");
    search->setText(QStringLiteral("tag:report"));
    QCOMPARE(list().model()->rowCount(), 1);
    QCOMPARE(list().model()->index(0, 0).data(IdRole).toString(), QStringLiteral("lines"));
    search->setText(QStringLiteral("tag:report,nightly"));
    QCOMPARE(list().model()->rowCount(), 2);
    search->setText(QStringLiteral("-tag:nightly"));
    QCOMPARE(list().model()->rowCount(), 3);
    search->setText(QStringLiteral("tag:nightly lines"));
    QCOMPARE(list().model()->rowCount(), 0);
    search->setText(QStringLiteral("tag:"));
    search->setCursorPosition(4);
    QVERIFY(search->completions().join(QLatin1Char(' ')).contains(QStringLiteral("release")));
}

void TestWorkflowsPanel::newOneFromNothing() {
    QTest::keyClick(f_->window.get(), Qt::Key_N, Qt::ControlModifier);
    QTRY_VERIFY(f_->part<QDialog>("workflowNameDialog"));
    QTest::keyClicks(f_->part<QLineEdit>("workflowNameEdit"), QStringLiteral("Übersicht der Nacht 2"));
    QCOMPARE(f_->part<QLineEdit>("workflowIdEdit")->text(), QStringLiteral("ubersicht-der-nacht-2"));
    QTest::keyClick(f_->part<QLineEdit>("workflowNameEdit"), Qt::Key_Return);
    QTRY_COMPARE(f_->openId(), QStringLiteral("ubersicht-der-nacht-2"));
    QTRY_VERIFY(!f_->part<QDialog>("workflowNameDialog"));
    QTRY_COMPARE(chosen(), QStringLiteral("ubersicht-der-nacht-2"));
    QCOMPARE(f_->gateway->workflows.back().summary.name, std::string("Übersicht der Nacht 2"));
    QVERIFY(f_->gateway->workflows.back().text.find("count") == std::string::npos);
}

void TestWorkflowsPanel::newOneAsACopyOfTheOpenOne() {
    rename("Edited, not saved");
    QTest::mouseClick(f_->part<QToolButton>("workflowNew"), Qt::LeftButton);
    QTRY_VERIFY(f_->part<QComboBox>("workflowTemplate"));
    f_->part<QComboBox>("workflowTemplate")->setCurrentIndex(1);
    f_->part<QLineEdit>("workflowNameEdit")->setText(QStringLiteral("Mine"));
    click("workflowNameSubmit");
    QTRY_COMPARE(f_->openId(), QStringLiteral("mine"));
    QVERIFY(f_->gateway->workflows.back().text.find("count") != std::string::npos);
    QCOMPARE(f_->window->context().unsavedWorkflows(), QStringList{QStringLiteral("lines")});
}

void TestWorkflowsPanel::idsAreChecked() {
    QCOMPARE(idFromName(QStringLiteral("  Café & Crème/3 ")), QStringLiteral("cafe-creme-3"));
    action("actionNewWorkflow").trigger();
    auto* submit = f_->part<QPushButton>("workflowNameSubmit");
    auto* id = f_->part<QLineEdit>("workflowIdEdit");
    auto* problem = f_->part<QLabel>("workflowNameProblem");
    QVERIFY(!submit->isEnabled());
    id->setText(QStringLiteral("release"));
    QVERIFY(!submit->isEnabled());
    QCOMPARE(problem->text(), QStringLiteral("Another workflow has this id."));
    id->setText(QStringLiteral("../etc"));
    QVERIFY(!submit->isEnabled());
    id->setText(QStringLiteral("fresh.2"));
    QVERIFY(submit->isEnabled());
    QVERIFY(problem->text().contains(QStringLiteral("fresh.2.workflow.json")));
    QTest::keyClick(id, Qt::Key_Escape);
    QTRY_VERIFY(!f_->part<QDialog>("workflowNameDialog"));
    QCOMPARE(f_->gateway->count("workflows.create"), 0);
}

void TestWorkflowsPanel::errorsOfCreatingAreToldInTheDialog() {
    action("actionNewWorkflow").trigger();
    f_->part<QLineEdit>("workflowNameEdit")->setText(QStringLiteral("Fresh"));
    f_->gateway->failNext("workflows.create", {"workspace.read-only", "The folder cannot be written", "", "", false});
    click("workflowNameSubmit");
    auto* told = f_->part<NoticeBar>("workflowNameNotice");
    QTRY_VERIFY(told->isVisible());
    QCOMPARE(told->message(), QStringLiteral("The folder cannot be written"));
    QVERIFY(!notice().isVisible());
    click("workflowNameSubmit");
    QTRY_COMPARE(f_->openId(), QStringLiteral("fresh"));
}

void TestWorkflowsPanel::duplicates() {
    rename("Counted twice");
    action("actionDuplicateWorkflow").trigger();
    QTRY_COMPARE(f_->openId(), QStringLiteral("copy-of-lines"));
    QTRY_COMPARE(chosen(), QStringLiteral("copy-of-lines"));
    // What is copied is what is seen: edits were saved first.
    QVERIFY(f_->window->context().unsavedWorkflows().isEmpty());
    QVERIFY(f_->gateway->workflows[1].text.find("Counted twice") != std::string::npos);
}

void TestWorkflowsPanel::renamesByKeyboard() {
    QTest::keyClick(&list(), Qt::Key_F2);
    QTRY_VERIFY(f_->part<QDialog>("workflowNameDialog"));
    QCOMPARE(f_->part<QLineEdit>("workflowNameEdit")->text(), QStringLiteral("Count lines"));
    f_->part<QLineEdit>("workflowNameEdit")->setText(QStringLiteral("Count words"));
    // An id that is there does not follow the name by itself.
    QCOMPARE(f_->part<QLineEdit>("workflowIdEdit")->text(), QStringLiteral("lines"));
    f_->part<QLineEdit>("workflowIdEdit")->setText(QStringLiteral("words"));
    click("workflowNameSubmit");
    QTRY_COMPARE(f_->openId(), QStringLiteral("words"));
    QTRY_COMPARE(chosen(), QStringLiteral("words"));
    QCOMPARE(list().currentIndex().data().toString(), QStringLiteral("Count words"));
    QVERIFY(!listed(QStringLiteral("lines")));
}

void TestWorkflowsPanel::aConflictOfRenamingIsToldAndGoneOver() {
    action("actionRenameWorkflow").trigger();
    f_->part<QLineEdit>("workflowNameEdit")->setText(QStringLiteral("Count words"));
    f_->gateway->touch("lines");
    click("workflowNameSubmit");
    auto* told = f_->part<NoticeBar>("workflowNameNotice");
    QTRY_VERIFY(told->isVisible());
    QVERIFY(told->diagnostics().contains(QStringLiteral("workflow.conflict")));
    QCOMPARE(f_->gateway->workflows[1].summary.name, std::string("Count lines"));
    QTRY_VERIFY(f_->part<QPushButton>("workflowNameSubmit")->isEnabled());
    click("workflowNameSubmit");
    QTRY_COMPARE(f_->gateway->workflows[1].summary.name, std::string("Count words"));
    QTRY_VERIFY(!f_->part<QDialog>("workflowNameDialog"));
}

void TestWorkflowsPanel::deletesAndTakesBack() {
    QTest::keyClick(&list(), Qt::Key_Delete);
    QTRY_VERIFY(undoBar().isVisible());
    QVERIFY(!QApplication::activeModalWidget());
    QCOMPARE(undoBar().message(), QStringLiteral("“Count lines” was deleted."));
    QVERIFY(!has("lines"));
    QTRY_VERIFY(!listed(QStringLiteral("lines")));
    QCOMPARE(f_->openId(), QString());
    // The keyboard stays in its place.
    QVERIFY(!chosen().isEmpty());
    QTest::mouseClick(&undoBar().undoButton(), Qt::LeftButton);
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    QVERIFY(has("lines"));
    QTRY_COMPARE(chosen(), QStringLiteral("lines"));
    QVERIFY(!undoBar().isVisible());
}

void TestWorkflowsPanel::aConflictOfDeletingIsToldAndRetried() {
    f_->gateway->workflows[1].etag = "another";
    QTest::keyClick(&list(), Qt::Key_Delete);
    QTRY_VERIFY(notice().isVisible());
    QVERIFY(notice().diagnostics().contains(QStringLiteral("workflow.conflict")));
    QVERIFY(has("lines"));
    QVERIFY(!undoBar().isVisible());
    QTest::mouseClick(notice().findChild<QPushButton*>(QStringLiteral("noticeRetry")), Qt::LeftButton);
    QTRY_VERIFY(!has("lines"));
    QTRY_VERIFY(undoBar().isVisible());
    QVERIFY(!notice().isVisible());
}

void TestWorkflowsPanel::deletingSavesEditsFirst() {
    rename("With edits");
    action("actionDeleteWorkflow").trigger();
    QTRY_VERIFY(f_->part<QDialog>("deleteWithEdits"));
    QVERIFY(has("lines"));
    click("deleteSave");
    QTRY_VERIFY(!has("lines"));
    QVERIFY(f_->gateway->trash.front().second.text.find("With edits") != std::string::npos);
    QVERIFY(f_->window->context().unsavedWorkflows().isEmpty());
}

void TestWorkflowsPanel::deletingGivesUpEdits() {
    rename("With edits");
    action("actionDeleteWorkflow").trigger();
    QTRY_VERIFY(f_->part<QDialog>("deleteWithEdits"));
    click("deleteCancel");
    QTRY_VERIFY(!f_->part<QDialog>("deleteWithEdits"));
    QVERIFY(has("lines"));
    QCOMPARE(f_->window->context().unsavedWorkflows().size(), 1);
    action("actionDeleteWorkflow").trigger();
    QTRY_VERIFY(f_->part<QDialog>("deleteWithEdits"));
    click("deleteDiscard");
    QTRY_VERIFY(!has("lines"));
    QVERIFY(f_->gateway->trash.front().second.text.find("With edits") == std::string::npos);
    QCOMPARE(f_->gateway->count("workflows.save"), 0);
    QTRY_VERIFY(f_->window->context().unsavedWorkflows().isEmpty());
}

void TestWorkflowsPanel::editsBehindAnotherAreShownFirst() {
    rename("With edits");
    open("release");
    list().setCurrentIndex(list().model()->index(1, 0));
    QTest::keyClick(&list(), Qt::Key_Delete);
    QTRY_VERIFY(f_->part<QDialog>("deleteWithEdits"));
    QCOMPARE(f_->openId(), QStringLiteral("lines"));
    QVERIFY(has("lines"));
    click("deleteDiscard");
    QTRY_VERIFY(!has("lines"));
}

void TestWorkflowsPanel::restoresFromTheTrash() {
    QTest::keyClick(&list(), Qt::Key_Delete);
    QTRY_VERIFY(!listed(QStringLiteral("lines")));
    action("actionRestoreWorkflow").trigger();
    QTRY_VERIFY(f_->part<QListWidget>("workflowTrashList"));
    auto* trash = f_->part<QListWidget>("workflowTrashList");
    QTRY_COMPARE(trash->count(), 1);
    QCOMPARE(trash->item(0)->text(), QStringLiteral("Count lines"));
    QVERIFY(trash->item(0)->data(DetailRole).toString().contains(QStringLiteral("lines.workflow.json")));
    f_->gateway->failNext("workflows.restore", {"workflow.conflict", "Its place is taken", "", "", false});
    click("workflowTrashRestore");
    QTRY_VERIFY(f_->part<NoticeBar>("workflowTrashNotice")->isVisible());
    click("workflowTrashRestore");
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    QTRY_VERIFY(!f_->part<QDialog>("workflowTrashDialog"));
    // Nothing is left to be undone.
    QVERIFY(!undoBar().isVisible());
    QTRY_COMPARE(chosen(), QStringLiteral("lines"));
}

void TestWorkflowsPanel::versionsAreComparedAndRead() {
    const auto version = [](int number, bool current, const char* text) {
        protocol::WorkflowVersionDetail made;
        made.info = {number, 1'767'000'000'000'000 + number, current};
        made.text = text;
        return made;
    };
    f_->gateway->versions["lines"] = {version(3, true, R"({"id":"lines","limit":9})"),
                                      version(2, false, R"({"id":"lines","limit":5})"),
                                      version(1, false, R"({"id":"lines"})")};
    action("actionWorkflowVersions").trigger();
    QTRY_VERIFY(f_->part<QListWidget>("workflowVersionList"));
    auto* versions = f_->part<QListWidget>("workflowVersionList");
    QTRY_COMPARE(versions->count(), 3);
    QCOMPARE(versions->item(0)->text(), QStringLiteral("Version 3"));
    QCOMPARE(versions->item(0)->data(BadgeRole).toString(), QStringLiteral("current"));
    auto* diff = f_->part<DiffView>("workflowVersionDiff");
    QTRY_COMPARE(diff->added(), 1);
    QCOMPARE(diff->removed(), 1);
    QVERIFY(diff->plainText().contains(QStringLiteral("9")));
    auto* text = f_->part<QPlainTextEdit>("workflowVersionText");
    QVERIFY(text->isReadOnly());
    QVERIFY(text->toPlainText().contains(QStringLiteral("\"limit\": 5")));
    QTest::keyClick(versions, Qt::Key_Down);
    QTRY_VERIFY(!text->toPlainText().contains(QStringLiteral("limit")));
    versions->setCurrentRow(0);
    QTRY_COMPARE(diff->added() + diff->removed(), 0);
    QTest::keyClick(versions, Qt::Key_Escape);
    QTRY_VERIFY(!f_->part<QDialog>("workflowVersionsDialog"));
}

void TestWorkflowsPanel::noVersionsAndErrorsAreTold() {
    f_->gateway->failNext("workflows.versions", {"store.busy", "The database is busy", "", "", true});
    action("actionWorkflowVersions").trigger();
    auto* told = f_->part<NoticeBar>("workflowVersionsNotice");
    QTRY_VERIFY(told->isVisible());
    QTest::mouseClick(told->findChild<QPushButton*>(QStringLiteral("noticeRetry")), Qt::LeftButton);
    QTRY_VERIFY(f_->part<QLabel>("workflowVersionsState")->text().startsWith(QStringLiteral("No version yet")));
    QVERIFY(!f_->part<QWidget>("workflowVersionPages")->isVisible());
}

// Whoever may read only workflows, or only runs, would otherwise be refused all of it.
void TestWorkflowsPanel::asksForEventsOfOneKindAtATime() {
    open("release");
    f_->prepareRun(test::releaseWorkflow(), "run-1");
    f_->window->context().run().start({});
    int ofWorkflows = 0;
    int ofRuns = 0;
    for (const auto& filter : f_->gateway->filters()) {
        const bool runs = filter.runs || filter.nodes || filter.logs;
        QVERIFY(runs != filter.workflows);
        QVERIFY(!filter.metrics && !filter.triggers && !filter.schedules && !filter.webhooks && !filter.watches);
        ofWorkflows += filter.workflows ? 1 : 0;
        ofRuns += runs ? 1 : 0;
    }
    QVERIFY(ofWorkflows > 0);
    QVERIFY(ofRuns > 0);
}

void TestWorkflowsPanel::followsChangesFromOutside() {
    list().setCurrentIndex(list().model()->index(2, 0));
    const auto before = chosen();
    auto extra = test::smallWorkflow();
    extra.summary.id = "added";
    extra.summary.name = "Added by hand";
    extra.summary.errors = 2;
    f_->gateway->workflows.insert(f_->gateway->workflows.begin(), extra);
    f_->gateway->touch("added");
    QTRY_VERIFY(listed(QStringLiteral("added")));
    QCOMPARE(chosen(), before);
    const auto first = list().model()->index(0, 0);
    QCOMPARE(first.data(SeverityRole).toString(), QStringLiteral("error"));
    QVERIFY(first.data(DetailRole).toString().contains(QStringLiteral("2 errors")));
    QVERIFY(list().hasFocus());
}

void TestWorkflowsPanel::dependenciesLeadToTheOther() {
    f_->gateway->workflows[0].summary.uses = {"lines", "gone"};
    f_->gateway->workflows[1].summary.usedBy = {"release"};
    open("release");
    auto* uses = f_->part<QToolButton>("overviewUses.lines");
    QVERIFY(uses);
    QCOMPARE(uses->accessibleName(), QStringLiteral("Uses: open lines"));
    QVERIFY(!f_->part<QToolButton>("overviewUsedBy.lines"));
    uses->setFocus();
    QTest::keyClick(uses, Qt::Key_Space);
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    QTRY_VERIFY(f_->part<QToolButton>("overviewUsedBy.release"));
    QVERIFY(!f_->part<QToolButton>("overviewUses.lines"));
    QTest::mouseClick(f_->part<QToolButton>("overviewUsedBy.release"), Qt::LeftButton);
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
}

void TestWorkflowsPanel::disabledActionsTellWhy() {
    QVERIFY(action("actionDeleteWorkflow").isEnabled());
    f_->part<QLineEdit>("workflowSearch")->setText(QStringLiteral("nothing like this"));
    for (const auto* name :
         {"actionDeleteWorkflow", "actionRenameWorkflow", "actionDuplicateWorkflow", "actionWorkflowVersions"}) {
        QVERIFY2(!action(name).isEnabled(), name);
        QVERIFY2(!ActionRegistry::reason(action(name)).isEmpty(), name);
    }
    QVERIFY(action("actionNewWorkflow").isEnabled());
    // Del in the search field is about its text.
    f_->part<QLineEdit>("workflowSearch")->clear();
    f_->part<QLineEdit>("workflowSearch")->setFocus();
    QTest::keyClick(f_->part<QLineEdit>("workflowSearch"), Qt::Key_Delete);
    f_->canvas().setFocus();
    QTest::keyClick(&f_->canvas(), Qt::Key_Delete);
    QCOMPARE(f_->gateway->count("workflows.delete"), 0);
}

void TestWorkflowsPanel::theMenuHasEverything() {
    auto* menu = f_->part<QMenu>("workflowMenu");
    QStringList names;
    for (const auto* each : menu->actions()) {
        if (!each->isSeparator()) names << each->objectName();
    }
    QCOMPARE(names, (QStringList{QStringLiteral("actionNewWorkflow"), QStringLiteral("actionDuplicateWorkflow"),
                                 QStringLiteral("actionRenameWorkflow"), QStringLiteral("actionDeleteWorkflow"),
                                 QStringLiteral("actionWorkflowVersions"), QStringLiteral("actionRestoreWorkflow")}));
    Q_EMIT list().customContextMenuRequested(list().visualRect(list().model()->index(2, 0)).center());
    QTRY_VERIFY(menu->isVisible());
    QCOMPARE(list().currentIndex().row(), 2);
    menu->close();
    for (const auto* name : {"workflowNew", "workflowMore"}) {
        QVERIFY2(!f_->part<QToolButton>(name)->accessibleName().isEmpty(), name);
    }
}

QTEST_MAIN(TestWorkflowsPanel)
#include "test_workflows_panel.moc"
