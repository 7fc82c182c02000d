// Editing through the real window, on the real engine: forms, findings, undo, conflicts, and a walk by keyboard.
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>
#include <QTabWidget>
#include <QTableView>
#include <filesystem>

#include "base/json.h"
#include "ui/document/document_journal.h"
#include "ui/document/workflow_edits.h"
#include "ui/embedded_window.h"
#include "ui/expression/expression_field.h"
#include "ui/inspector_documents.h"
#include "ui/text/format.h"
#include "ui/widgets/state_badge.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr int kPatience = 20'000;

}  // namespace

class TestInspector : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void typingEditsTheDocument();
    void everyKindOfField();
    void wrongValuesAreToldAtTheirField();
    void unknownParametersCanBeRemoved();
    void computedField();
    void tableOfObjects();
    void settingsAndPorts();
    void rawJson();
    void wireConditionHasRealData();
    void workflowItself();
    void findingsLeadToTheField();
    void runsArePinned();
    void conflictShowsItsChoices();
    void unsavedEditsAreOfferedAgain();
    void keyboardWalk();
    void everyFocusStopHasAName();

private:
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        auto* found = w_->part<Widget>(name);
        if (!found) qWarning("there is no %s", name);
        return found;
    }
    void openAndSelect(const char* workflow, const char* node) const;
    [[nodiscard]] Value param(int node, const char* name) const;
    [[nodiscard]] QUndoStack& steps() const { return w_->window->context().document()->undoStack(); }
    void trigger(const char* action) const { part<QAction>(action)->trigger(); }
    static void retype(QLineEdit& line, const char* text);

    void saveAndWait() const;

    std::unique_ptr<test::EmbeddedWindow> w_;
};

void TestInspector::saveAndWait() const {
    QVERIFY(QApplication::focusWidget());
    auto& context = w_->window->context();
    Error problem;
    const auto told = connect(&context, &PanelContext::problem, this, [&](const Error& error) { problem = error; });
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY2_WITH_TIMEOUT(!context.document()->isDirty(), qPrintable(toQString(problem.code + problem.message)),
                              kPatience);
    disconnect(told);
}

void TestInspector::init() {
    std::error_code ignored;
    std::filesystem::remove_all(defaultJournalFolder(), ignored);
    w_ = std::make_unique<test::EmbeddedWindow>();
    w_->write("fields.workflow.json", test::kFieldsDocument);
    w_->write("walk.workflow.json", test::kWalkDocument);
    Theme::current().setMode(qEnvironmentVariable("SIGNALBOX_THEME") == QLatin1String("light") ? Theme::Mode::Light
                                                                                               : Theme::Mode::Dark);
    QVERIFY(w_->open());
    QVERIFY(QTest::qWaitForWindowActive(w_->window.get()));
    QTRY_COMPARE_WITH_TIMEOUT(part<QListView>("workflowList")->model()->rowCount(), 2, kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(w_->window->context().nodeTypes().isLoaded(), kPatience);
}

void TestInspector::cleanup() { w_.reset(); }

void TestInspector::openAndSelect(const char* workflow, const char* node) const {
    w_->window->openWorkflow(QLatin1String(workflow));
    QTRY_COMPARE_WITH_TIMEOUT(w_->window->context().workflowId(), QLatin1String(workflow), kPatience);
    w_->window->context().selectNode(QLatin1String(node));
}

Value TestInspector::param(int node, const char* name) const {
    return w_->window->context().document()->root()["nodes"].at(static_cast<std::size_t>(node))["params"][name];
}

void TestInspector::retype(QLineEdit& line, const char* text) {
    line.setFocus();
    line.selectAll();
    QTest::keyClicks(&line, QLatin1String(text));
}

void TestInspector::typingEditsTheDocument() {
    openAndSelect("walk", "read");
    auto* path = part<QLineEdit>("param.path");
    QCOMPARE(path->text(), QStringLiteral("no-such-file.txt"));
    retype(*path, "a.txt");
    QCOMPARE(param(1, "path"), Value("a.txt"));
    QCOMPARE(steps().count(), 1);
    QVERIFY(part<QLabel>("workflowVersion")->text().contains(QStringLiteral("unsaved")));
    // Ctrl+Z is the document's, though the keyboard is in the line.
    QTest::keyClick(path, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(param(1, "path"), Value("no-such-file.txt"));
    QCOMPARE(path->text(), QStringLiteral("no-such-file.txt"));
    QTest::keyClick(path, Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(path->text(), QStringLiteral("a.txt"));
    // Another field is another step.
    auto* limit = part<QLineEdit>("param.maxItems");
    retype(*limit, "7");
    QCOMPARE(param(1, "maxItems"), Value(7));
    QTest::keyClick(limit, Qt::Key_Up);
    QCOMPARE(param(1, "maxItems"), Value(8));
    QCOMPARE(steps().count(), 2);
    saveAndWait();
    QVERIFY(w_->read("walk.workflow.json").contains("a.txt"));
    // Back to the default.
    limit->setFocus();
    trigger("actionResetField");
    QVERIFY(param(1, "maxItems").isUndefined());
}

void TestInspector::everyKindOfField() {
    openAndSelect("fields", "call");
    auto* method = part<QComboBox>("param.method");
    QCOMPARE(method->currentText(), QStringLiteral("POST"));
    method->setFocus();
    QTest::keyClick(method, Qt::Key_Up);
    QCOMPARE(param(3, "method"), Value("HEAD"));
    auto* proxy = part<QCheckBox>("param.useProxy");
    QVERIFY(!proxy->isChecked());
    QTest::mouseClick(proxy, Qt::LeftButton, {}, QPoint(8, proxy->height() / 2));
    QCOMPARE(param(3, "useProxy"), Value(true));
    auto* statuses = part<QPlainTextEdit>("param.expectedStatus");
    QCOMPARE(statuses->toPlainText(), QStringLiteral("2xx\n404"));
    statuses->moveCursor(QTextCursor::End);
    QTest::keyClick(statuses, Qt::Key_Return);
    QTest::keyClicks(statuses, QStringLiteral("410"));
    QCOMPARE(writeJson(param(3, "expectedStatus")), std::string("[\"2xx\",\"404\",\"410\"]"));
    auto* headers = part<QPlainTextEdit>("param.headers");
    headers->setPlainText(QStringLiteral("{\"accept\": "));
    QVERIFY(part<QLabel>("param.headers.message")->text().contains(QStringLiteral("line 1")));
    QCOMPARE(param(3, "headers")["accept"], Value("application/json"));
    headers->setPlainText(QStringLiteral("{\"accept\": \"*/*\"}"));
    QCOMPARE(param(3, "headers")["accept"], Value("*/*"));
    QVERIFY(!part<QLabel>("param.headers.message")->isVisible());
    // Members of an object are fields of their own.
    auto* user = part<QLineEdit>("param.auth.user");
    retype(*user, "op");
    QCOMPARE(param(3, "auth")["user"], Value("op"));
    w_->picture("inspector-http");
    steps().setIndex(0);
    QVERIFY(!w_->window->context().document()->isDirty());
    w_->window->context().selectNode(QStringLiteral("py"));
    auto* code = part<QPlainTextEdit>("param.code");
    code->moveCursor(QTextCursor::End);
    QTest::keyClicks(code, QStringLiteral("# end"));
    QCOMPARE(param(4, "code"), Value("result = len(inputs[\"input\"])\n# end"));
    w_->picture("inspector-code");
}

void TestInspector::wrongValuesAreToldAtTheirField() {
    w_->write("fields.workflow.json", QByteArray(test::kFieldsDocument).replace(", \"cpuSecond\": 3", ""));
    openAndSelect("fields", "big");
    auto* limit = part<QLineEdit>("param.limit");
    auto* message = part<QLabel>("param.limit.message");
    retype(*limit, "12a");
    // At once, before any gateway has been asked.
    QVERIFY(message->isVisible());
    QVERIFY(limit->property("invalid").toBool());
    QCOMPARE(param(1, "limit"), Value("12a"));
    QTRY_VERIFY_WITH_TIMEOUT(w_->window->context().document()->hasErrors(), kPatience);
    QVERIFY(message->text().contains(QStringLiteral("integer")));
    QTRY_VERIFY(part<QListView>("findingsList")->model()->rowCount() > 0);
    QVERIFY(!part<QAction>("actionRun")->isEnabled());
    w_->picture("inspector-invalid");
    retype(*limit, "12");
    QVERIFY(!limit->property("invalid").toBool());
    QCOMPARE(param(1, "limit"), Value(12));
    QTRY_VERIFY_WITH_TIMEOUT(!message->isVisible() && !w_->window->context().document()->hasErrors(), kPatience);
    QTRY_VERIFY(part<QAction>("actionRun")->isEnabled());
    // What is required and empty says so.
    auto* expression = part<ExpressionField>("param.condition");
    QVERIFY(expression);
    expression->focusStop().setFocus();
    QTest::keyClick(&expression->focusStop(), Qt::Key_A, Qt::ControlModifier);
    QTest::keyClick(&expression->focusStop(), Qt::Key_Delete);
    QVERIFY(param(1, "condition").isUndefined());
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("param.condition.message")->isVisible(), kPatience);
}

void TestInspector::unknownParametersCanBeRemoved() {
    openAndSelect("fields", "py");
    auto* remove = part<QPushButton>("param.unknown.cpuSecond");
    QVERIFY(remove->isVisible());
    QTest::mouseClick(remove, Qt::LeftButton);
    QTRY_VERIFY(param(4, "cpuSecond").isUndefined());
    QVERIFY(!w_->part<QPushButton>("param.unknown.cpuSecond"));
    QCOMPARE(w_->window->context().document()->root()["x-team"], Value("ops"));
    trigger("actionUndo");
    QCOMPARE(param(4, "cpuSecond"), Value(3));
    QVERIFY(part<QPushButton>("param.unknown.cpuSecond"));
}

void TestInspector::computedField() {
    openAndSelect("fields", "call");
    auto* timeout = part<ExpressionField>("param.timeout.expression");
    QVERIFY(timeout->isVisible());
    QCOMPARE(timeout->text(), QStringLiteral("\"3s\""));
    auto* url = part<QLineEdit>("param.url");
    url->setFocus();
    trigger("actionComputeField");
    QCOMPARE(param(3, "url")["$expr"], Value("\"http://127.0.0.1:9/\""));
    QVERIFY(part<ExpressionField>("param.url.expression")->isVisible());
    QVERIFY(!url->isVisible());
    trigger("actionUndo");
    QVERIFY(url->isVisible());
    QCOMPARE(param(3, "url"), Value("http://127.0.0.1:9/"));
}

void TestInspector::tableOfObjects() {
    openAndSelect("fields", "sorted");
    auto* table = part<QTableView>("param.by");
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(0, 1).data().toString(), QStringLiteral("Descending"));
    table->setFocus();
    table->setCurrentIndex(table->model()->index(1, 0));
    QTest::keyClick(table, Qt::Key_F2);
    auto* cell = table->findChild<QLineEdit*>(QStringLiteral("cellEditor"));
    QVERIFY(cell);
    cell->selectAll();
    QTest::keyClicks(cell, QStringLiteral("name"));
    QTest::keyClick(cell, Qt::Key_Return);
    QTRY_COMPARE(param(2, "by").at(1)["key"], Value("name"));
    QTest::keyClick(table, Qt::Key_Insert);
    QCOMPARE(param(2, "by").size(), std::size_t(3));
    auto* fresh = QApplication::focusWidget();
    QTest::keyClicks(fresh, QStringLiteral("x"));
    QTest::keyClick(fresh, Qt::Key_Return);
    QTRY_COMPARE(param(2, "by").at(2)["key"], Value("x"));
    QTest::mouseClick(part<QWidget>("param.by.up"), Qt::LeftButton);
    QCOMPARE(param(2, "by").at(1)["key"], Value("x"));
    w_->picture("inspector-table");
    QTest::keyClick(table, Qt::Key_Delete, Qt::ControlModifier);
    QCOMPARE(param(2, "by").size(), std::size_t(2));
    steps().setIndex(0);
    QCOMPARE(table->model()->rowCount(), 2);
    QCOMPARE(table->model()->index(1, 0).data().toString(), QStringLiteral("n"));
}

void TestInspector::settingsAndPorts() {
    openAndSelect("fields", "call");
    part<QTabWidget>("detailsTabs")->setCurrentIndex(3);
    QCOMPARE(part<QLineEdit>("setting.retry.maxAttempts")->text(), QStringLiteral("3"));
    retype(*part<QLineEdit>("setting.retry.jitter"), "0.5");
    retype(*part<QLineEdit>("setting.timeout.total"), "2m");
    const auto node = [&] { return w_->window->context().document()->root()["nodes"].at(3); };
    QCOMPARE(node()["retry"]["jitter"], Value(0.5));
    QCOMPARE(node()["timeout"]["total"], Value("2m"));
    auto* onError = part<QComboBox>("setting.onError");
    QCOMPARE(onError->currentText(), QStringLiteral("Not set"));
    w_->picture("inspector-settings");
    retype(*part<QLineEdit>("setting.timeout.total"), "2 moons");
    QTRY_VERIFY_WITH_TIMEOUT(part<QLabel>("setting.timeout.total.message")->isVisible(), kPatience);
    w_->window->context().selectNode(QStringLiteral("sorted"));
    auto* wire = part<QPushButton>("wire.big.output-sorted.input");
    QVERIFY(wire);
    QTest::mouseClick(wire, Qt::LeftButton);
    QTRY_COMPARE(w_->window->context().selectedWire().from, QStringLiteral("big.output"));
}

void TestInspector::rawJson() {
    openAndSelect("fields", "big");
    part<QTabWidget>("detailsTabs")->setCurrentIndex(4);
    auto* text = part<QPlainTextEdit>("nodeJson");
    QVERIFY(text->toPlainText().contains(QStringLiteral("\"limit\": 4")));
    const auto original = text->toPlainText();
    text->setFocus();
    text->setPlainText(QString(original).replace(QStringLiteral("\"limit\": 4"), QStringLiteral("\"limit\": ")));
    auto* message = part<QLabel>("nodeJson.message");
    QVERIFY(message->isVisible());
    QVERIFY(message->text().contains(QStringLiteral("line ")));
    QCOMPARE(param(1, "limit"), Value(4));
    // What is half typed waits while another node is looked at.
    w_->window->context().selectNode(QStringLiteral("sorted"));
    QTRY_VERIFY(text->toPlainText().contains(QStringLiteral("\"sorted\"")));
    QVERIFY(!message->isVisible());
    w_->window->context().selectNode(QStringLiteral("big"));
    QTRY_VERIFY(message->isVisible());
    QCOMPARE(text->toPlainText(),
             QString(original).replace(QStringLiteral("\"limit\": 4"), QStringLiteral("\"limit\": ")));
    text->setPlainText(QString(original).replace(QStringLiteral("\"limit\": 4"), QStringLiteral("\"limit\": 9")));
    QVERIFY(!message->isVisible());
    QCOMPARE(param(1, "limit"), Value(9));
    w_->picture("inspector-json");
    QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(param(1, "limit"), Value(4));
    QVERIFY(text->toPlainText().contains(QStringLiteral("\"limit\": 4")));
}

void TestInspector::wireConditionHasRealData() {
    // As it is it cannot run.
    w_->write("fields.workflow.json", QByteArray(test::kFieldsDocument).replace(", \"cpuSecond\": 3", ""));
    openAndSelect("fields", "rows");
    QSignalSpy finished(w_->window.get(), &MainWindow::runFinished);
    QTRY_VERIFY_WITH_TIMEOUT(part<QAction>("actionRun")->isEnabled(), kPatience);
    w_->window->runCurrent();
    QTRY_VERIFY2_WITH_TIMEOUT(finished.count() == 1, qPrintable(w_->window->context().run().status()), kPatience);
    w_->window->context().selectWire({QStringLiteral("big.output"), QStringLiteral("sorted.input")});
    auto* field = part<ExpressionField>("wire.when");
    QTRY_VERIFY(field->isVisible());
    QCOMPARE(field->text(), QStringLiteral("$count($) > 0"));
    QTRY_COMPARE_WITH_TIMEOUT(field->result(), Value(true), kPatience);
    field->focusStop().setFocus();
    QTest::keyClick(&field->focusStop(), Qt::Key_End, Qt::ControlModifier);
    QTest::keyClicks(&field->focusStop(), QStringLiteral("0"));
    QCOMPARE(w_->window->context().document()->root()["edges"].at(1)["when"], Value("$count($) > 00"));
    w_->picture("inspector-wire");
    trigger("actionUndo");
    QCOMPARE(field->text(), QStringLiteral("$count($) > 0"));
}

void TestInspector::workflowItself() {
    openAndSelect("fields", "");
    auto* name = part<QLineEdit>("workflow.name");
    QVERIFY(name->isVisible());
    retype(*name, "All fields");
    QCOMPARE(part<QLabel>("overviewTitle")->text(), QStringLiteral("All fields"));
    auto* inputs = part<QTableView>("workflow.inputs");
    QVERIFY(inputs->model()->setData(inputs->model()->index(0, 3), QStringLiteral("8"), Qt::EditRole));
    const auto& root = w_->window->context().document()->root();
    QCOMPARE(root["inputs"].at(0)["default"], Value(8));
    QCOMPARE(root["inputs"].at(0)["help"], Value("kept"));
    auto* tags = part<QPlainTextEdit>("workflow.tags");
    tags->setPlainText(QStringLiteral("a\nb"));
    QCOMPARE(root["tags"].size(), std::size_t(2));
    w_->picture("inspector-workflow");
    steps().setIndex(0);
    QVERIFY(tags->toPlainText().isEmpty());
    QCOMPARE(name->text(), QStringLiteral("Fields"));
}

void TestInspector::findingsLeadToTheField() {
    openAndSelect("walk", "begin");
    const auto& root = w_->window->context().document()->root();
    QVERIFY(w_->window->context()
                .document()
                ->apply(edits::set(root, "/nodes/1", "/params/maxBytes", Value("many"), QStringLiteral("Limit")))
                .has_value());
    auto* list = part<QListView>("findingsList");
    QTRY_COMPARE_WITH_TIMEOUT(list->model()->rowCount(), 1, kPatience);
    QTRY_VERIFY(list->isVisible());
    list->setFocus();
    list->setCurrentIndex(list->model()->index(0, 0));
    QTest::keyClick(list, Qt::Key_Return);
    QCOMPARE(w_->canvas().selectedNode(), QStringLiteral("read"));
    QTRY_COMPARE(QApplication::focusWidget(), part<QLineEdit>("param.maxBytes"));
}

void TestInspector::runsArePinned() {
    openAndSelect("walk", "read");
    QSignalSpy finished(w_->window.get(), &MainWindow::runFinished);
    trigger("actionRun");
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    const auto run = w_->window->context().run().runId();
    // The run is of the workflow as it is: editing goes on.
    QVERIFY(!part<QWidget>("readOnlyBar")->isVisible());
    auto* path = part<QLineEdit>("param.path");
    retype(*path, "other.txt");
    QVERIFY(w_->window->context().run().isOpen());
    trigger("actionSave");
    QTRY_VERIFY_WITH_TIMEOUT(!w_->window->context().document()->isDirty(), kPatience);
    w_->window->context().run().close();
    w_->window->context().run().open(run);
    QTRY_VERIFY_WITH_TIMEOUT(part<QWidget>("readOnlyBar")->isVisible(), kPatience);
    QVERIFY(path->isReadOnly());
    QCOMPARE(path->text(), QStringLiteral("no-such-file.txt"));
    w_->picture("inspector-pinned");
    QTest::mouseClick(part<QPushButton>("editWorkflowButton"), Qt::LeftButton);
    QVERIFY(!part<QWidget>("readOnlyBar")->isVisible());
    QVERIFY(!path->isReadOnly());
    QCOMPARE(path->text(), QStringLiteral("other.txt"));
}

void TestInspector::conflictShowsItsChoices() {
    openAndSelect("walk", "read");
    retype(*part<QLineEdit>("param.path"), "mine.txt");
    w_->write("walk.workflow.json", QByteArray(test::kWalkDocument).replace("no-such-file", "theirs"));
    auto* bar = part<QWidget>("conflictBar");
    // Noticed by itself, or when it is saved.
    trigger("actionSave");
    QTRY_VERIFY_WITH_TIMEOUT(bar->isVisible(), kPatience);
    w_->picture("inspector-conflict");
    QTest::mouseClick(part<QPushButton>("conflictReload"), Qt::LeftButton);
    QTRY_COMPARE(part<QLineEdit>("param.path")->text(), QStringLiteral("theirs.txt"));
    QVERIFY(!bar->isVisible());
    trigger("actionUndo");
    QCOMPARE(part<QLineEdit>("param.path")->text(), QStringLiteral("mine.txt"));
    trigger("actionSave");
    QTRY_VERIFY_WITH_TIMEOUT(!w_->window->context().document()->isDirty(), kPatience);
    QVERIFY(w_->read("walk.workflow.json").contains("mine.txt"));
}

void TestInspector::unsavedEditsAreOfferedAgain() {
    openAndSelect("walk", "read");
    retype(*part<QLineEdit>("param.path"), "mine.txt");
    w_->window->context().session()->journal().flush();
    w_->closeWindow();
    QVERIFY(w_->open());
    QTRY_VERIFY_WITH_TIMEOUT(w_->part<QDialog>("restoreDialog"), kPatience);
    auto* dialog = part<QDialog>("restoreDialog");
    QTRY_VERIFY(dialog->isVisible());
    auto* list = dialog->findChild<QListWidget*>(QStringLiteral("restoreSteps"));
    QVERIFY(list->item(0)->text().contains(QStringLiteral("File of read")));
    const auto target = qEnvironmentVariable("SIGNALBOX_PICTURES");
    if (!target.isEmpty()) dialog->grab().save(target + QStringLiteral("/restore.png"));
    QTest::mouseClick(dialog->findChild<QPushButton*>(QStringLiteral("restoreEdits")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(w_->window->context().workflowId(), QStringLiteral("walk"), kPatience);
    QTRY_VERIFY_WITH_TIMEOUT(w_->window->context().document()->isDirty(), kPatience);
    QCOMPARE(param(1, "path"), Value("mine.txt"));
    trigger("actionUndo");
    QCOMPARE(param(1, "path"), Value("no-such-file.txt"));
    trigger("actionRedo");
    trigger("actionSave");
    QTRY_VERIFY_WITH_TIMEOUT(!w_->window->context().document()->isDirty(), kPatience);
    QVERIFY(w_->read("walk.workflow.json").contains("mine.txt"));
}

void TestInspector::keyboardWalk() {
    auto* window = w_->window.get();
    w_->write("there.txt", "twelve bytes");
    const auto key = [](Qt::Key k, Qt::KeyboardModifiers m = Qt::NoModifier) {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow(), k, m);
    };
    // Open.
    key(Qt::Key_P, Qt::ControlModifier);
    auto* search = part<QLineEdit>("workflowSearch");
    QTRY_VERIFY(search->hasFocus());
    QTest::keyClicks(search, QStringLiteral("walk"));
    key(Qt::Key_Return);
    QTRY_COMPARE_WITH_TIMEOUT(window->context().workflowId(), QStringLiteral("walk"), kPatience);
    // Inspect a node: from the list to the graph, into it, along a wire.
    key(Qt::Key_Escape);
    QVERIFY(w_->canvas().hasFocus());
    key(Qt::Key_Tab);
    QCOMPARE(w_->canvas().selectedNode(), QStringLiteral("begin"));
    QVERIFY(part<QPlainTextEdit>("param.value")->isVisible());
    // Run.
    QSignalSpy finished(window, &MainWindow::runFinished);
    key(Qt::Key_R, Qt::ControlModifier);
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 1, kPatience);
    QCOMPARE(finished[0][0].toBool(), false);
    // Find the failure.
    key(Qt::Key_Right);
    QCOMPARE(w_->canvas().selectedNode(), QStringLiteral("read"));
    QVERIFY(part<QWidget>("detailsPanel")->findChild<QWidget*>(QStringLiteral("errorView"))->isVisible());
    // Fix the parameter.
    key(Qt::Key_Return);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("detailsTabBar"));
    int tabs = 0;
    while (QApplication::focusWidget()->objectName() != QLatin1String("param.path") && ++tabs < 8) key(Qt::Key_Tab);
    QCOMPARE(QApplication::focusWidget()->objectName(), QStringLiteral("param.path"));
    key(Qt::Key_A, Qt::ControlModifier);
    QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("there.txt"));
    w_->picture("walk-fixed");
    // Save.
    saveAndWait();
    QVERIFY(w_->read("walk.workflow.json").contains("there.txt"));
    // Rerun from there: what came before keeps its result, and the fix counts.
    const auto first = window->context().run().runId();
    trigger("actionRerunFrom");
    QTRY_COMPARE_WITH_TIMEOUT(finished.count(), 2, kPatience);
    QCOMPARE(finished[1][0].toBool(), true);
    QVERIFY(window->context().run().runId() != first);
    QCOMPARE(window->context().run().node(QStringLiteral("begin"))->status, std::string("reused"));
    QCOMPARE(window->context().run().node(QStringLiteral("read"))->status, std::string("succeeded"));
    QCOMPARE(window->context().run().detail().outputs["size"], Value(12));
    w_->picture("walk-done");
}

void TestInspector::everyFocusStopHasAName() {
    openAndSelect("fields", "call");
    auto* panel = part<QWidget>("detailsPanel");
    auto* tabs = part<QTabWidget>("detailsTabs");
    int stops = 0;
    for (int page = 0; page < tabs->count(); ++page) {
        tabs->setCurrentIndex(page);
        for (auto* child : panel->findChildren<QWidget*>()) {
            if (!child->isVisible() || !(child->focusPolicy() & Qt::TabFocus) || child->focusProxy()) continue;
            ++stops;
            QVERIFY2(!child->objectName().isEmpty(), child->metaObject()->className());
            auto* interface = QAccessible::queryAccessibleInterface(child);
            QVERIFY2(interface && !interface->text(QAccessible::Name).isEmpty(), qPrintable(child->objectName()));
        }
    }
    QVERIFY2(stops > 30, qPrintable(QString::number(stops)));
}

QTEST_MAIN(TestInspector)
#include "test_inspector.moc"
