// Values in the window: tree, table, text, search, and the query over a finished run's output.
#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QTabWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>

#include "base/json.h"
#include "ui/models/value_search.h"
#include "ui/panels/value_view.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/state_badge.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

Value json(const char* text) { return parseJson(text).value(); }

Value people() {
    return json(R"({"total": 3, "people": [{"name": "Ada", "age": 36}, {"name": "Grace", "age": 85, "rank": "admiral"},
                    {"name": "Alan", "age": 41}]})");
}

}  // namespace

class TestValueView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void queriesAFinishedRun();
    void escapeLeavesStepByStep();
    void queryFollowsTheValue();
    void arraysAreTables();
    void tablesSort();
    void searchesTheTree();
    void searchesTheText();
    void revealsWhatIsNotMadeYet();
    void copiesValueAndPath();
    void findsInKeysAndScalars();

private:
    void finishRun();
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return f_->part<Widget>(name);
    }
    // Set the variable to look at what the window shows.
    void picture(const char* name) const {
        const auto target = qEnvironmentVariable("SIGNALBOX_PICTURES");
        if (!target.isEmpty()) f_->window->grab().save(QStringLiteral("%1/%2.png").arg(target, QLatin1String(name)));
    }
    [[nodiscard]] QString cell(QAbstractItemModel* model, int row, int column) const {
        return model->index(row, column).data().toString();
    }
    void press(int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier) const {
        QTest::keyClick(QApplication::focusWidget(), static_cast<Qt::Key>(key), modifiers);
    }
    void type(const char* text) const { QTest::keyClicks(QApplication::focusWidget(), QLatin1String(text)); }

    std::unique_ptr<test::WindowFixture> f_;
};

void TestValueView::init() {
    f_ = std::make_unique<test::WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    finishRun();
}

void TestValueView::cleanup() { f_.reset(); }

// A run of three nodes whose second one gave people; its outputs are in front, the keyboard is in the tree.
void TestValueView::finishRun() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->prepareRun(test::smallWorkflow(), "r1");
    f_->window->runCurrent();
    QTRY_COMPARE(part<StateBadge>("runState")->status(), QStringLiteral("running"));
    for (const auto* node : {"read", "count", "write"}) f_->gateway->node("r1", node, "succeeded");
    f_->gateway->nodeData["count"] = {f_->gateway->run("r1").nodes[1], Value::object({{"input", 1}}), people(), {}};
    f_->gateway->finish("r1", "succeeded", Value::object({{"lines", 9}}));
    QTRY_COMPARE(part<StateBadge>("runState")->status(), QStringLiteral("succeeded"));
    f_->canvas().selectNode(QStringLiteral("count"));
    part<QTabWidget>("detailsTabs")->setCurrentIndex(2);
    QTRY_VERIFY(part<QTreeView>("nodeOutputsTree")->isVisible());
    part<QTreeView>("nodeOutputsTree")->setFocus();
}

void TestValueView::queriesAFinishedRun() {
    auto* tree = part<QTreeView>("nodeOutputsTree");
    QVERIFY(!part<QWidget>("nodeOutputsQueryRow")->isVisible());
    press(Qt::Key_E, Qt::ControlModifier);
    auto* editor = part<QPlainTextEdit>("nodeOutputsQueryEditor");
    QVERIFY(editor->hasFocus());
    type("people[age > 40].name");
    QTRY_COMPARE(cell(tree->model(), 0, 1), QStringLiteral("Grace"));
    QCOMPARE(tree->model()->rowCount(), 2);
    QVERIFY(part<QLabel>("nodeOutputsSummary")->text().startsWith(QStringLiteral("Query:")));
    picture("query");
    // An error leaves the last result and tells what is wrong.
    type("[");
    QTRY_VERIFY(part<QWidget>("nodeOutputsQueryMessage")->isVisible());
    QCOMPARE(tree->model()->rowCount(), 2);
    picture("query-error");
    press(Qt::Key_Backspace);
    QTRY_VERIFY(!part<QWidget>("nodeOutputsQueryMessage")->isVisible());
    editor->selectAll();
    type("people[age > 400]");
    QTRY_VERIFY(!tree->isVisible());
    picture("query-nothing");
    press(Qt::Key_Escape);
    if (!tree->isVisible()) press(Qt::Key_Escape);
    QVERIFY(tree->isVisible());
    QVERIFY(tree->hasFocus());
    QVERIFY(!part<QWidget>("nodeOutputsQueryRow")->isVisible());
    QCOMPARE(cell(tree->model(), 0, 0), QStringLiteral("total"));
}

void TestValueView::escapeLeavesStepByStep() {
    press(Qt::Key_E, Qt::ControlModifier);
    type("people.na");
    QVERIFY(part<QWidget>("nodeOutputsQueryEditorCompletions")->isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!part<QWidget>("nodeOutputsQueryEditorCompletions")->isVisible());
    QVERIFY(part<QWidget>("nodeOutputsQueryRow")->isVisible());
    press(Qt::Key_Escape);
    QVERIFY(!part<QWidget>("nodeOutputsQueryRow")->isVisible());
    QVERIFY(part<QTreeView>("nodeOutputsTree")->hasFocus());
    press(Qt::Key_Escape);
    QVERIFY(f_->canvas().hasFocus());
}

void TestValueView::queryFollowsTheValue() {
    ValueView view(QStringLiteral("v"), QStringLiteral("Value"));
    view.resize(400, 300);
    view.show();
    view.setValue(people());
    view.openQuery();
    auto* editor = view.findChild<QPlainTextEdit*>(QStringLiteral("vQueryEditor"));
    QTest::keyClicks(editor, QStringLiteral("$count(people)"));
    QTRY_COMPARE(view.shownValue(), Value(3));
    view.setValue(json(R"({"people": [1]})"));
    QTRY_COMPARE(view.shownValue(), Value(1));
    view.closeQuery();
    QCOMPARE(view.shownValue(), view.value());
}

void TestValueView::arraysAreTables() {
    auto* asTable = part<QToolButton>("nodeOutputsAsTable");
    QVERIFY(!asTable->isEnabled());
    press(Qt::Key_E, Qt::ControlModifier);
    type("people");
    QTRY_VERIFY(asTable->isEnabled());
    asTable->click();
    auto* table = part<QTableView>("nodeOutputsTable");
    QTRY_VERIFY(table->isVisible());
    QCOMPARE(table->model()->rowCount(), 3);
    QCOMPARE(table->model()->columnCount(), 3);
    QCOMPARE(table->model()->headerData(2, Qt::Horizontal).toString(), QStringLiteral("rank"));
    QCOMPARE(cell(table->model(), 1, 0), QStringLiteral("Grace"));
    QCOMPARE(cell(table->model(), 1, 1), QStringLiteral("85"));
    QCOMPARE(cell(table->model(), 0, 2), QString());
    picture("table");
}

void TestValueView::tablesSort() {
    ValueTableModel model;
    model.setValue(json(R"([{"n": 10, "t": "b"}, {"n": 9}, {"t": "a"}, {"n": "x", "t": "c"}, 4])"));
    QCOMPARE(model.columnCount(), 3);
    const auto column = [&](int which) {
        QStringList cells;
        for (int row = 0; row < model.rowCount(); ++row) cells << cell(&model, row, which);
        return cells.join(QLatin1Char(' '));
    };
    QCOMPARE(column(0), QStringLiteral("    4"));
    const auto kept = QPersistentModelIndex(model.index(3, 1));
    model.sort(1, Qt::AscendingOrder);
    QCOMPARE(column(1), QStringLiteral("9 10 x  "));
    QCOMPARE(kept.data().toString(), QStringLiteral("x"));
    model.sort(1, Qt::DescendingOrder);
    QCOMPARE(column(1), QStringLiteral("x 10 9  "));
    model.sort(-1, Qt::AscendingOrder);
    QCOMPARE(column(1), QStringLiteral("10 9  x "));
    model.setValue(json(R"({"a": {"v": 1}, "b": {"v": 2}})"));
    QCOMPARE(cell(&model, 1, 0), QStringLiteral("b"));
    QCOMPARE(model.placeOf(model.index(1, 1)), ValuePlace({1, 0}));
}

void TestValueView::searchesTheTree() {
    press(Qt::Key_F, Qt::ControlModifier);
    auto* search = part<QLineEdit>("nodeOutputsSearch");
    QVERIFY(search->hasFocus());
    auto* count = part<NumberLabel>("nodeOutputsSearchCount");
    auto* tree = part<QTreeView>("nodeOutputsTree");
    type("a");
    QTRY_COMPARE(count->text(), QStringLiteral("1 of 8"));
    search->selectAll();
    type("GRACE");
    QTRY_COMPARE(count->text(), QStringLiteral("1 of 1"));
    QCOMPARE(tree->currentIndex().siblingAtColumn(1).data().toString(), QStringLiteral("Grace"));
    search->selectAll();
    type("name");
    QTRY_COMPARE(count->text(), QStringLiteral("1 of 3"));
    press(Qt::Key_Return);
    QCOMPARE(count->text(), QStringLiteral("2 of 3"));
    press(Qt::Key_F3, Qt::ShiftModifier);
    press(Qt::Key_Return, Qt::ShiftModifier);
    QCOMPARE(count->text(), QStringLiteral("3 of 3"));
    QCOMPARE(tree->currentIndex().siblingAtColumn(1).data().toString(), QStringLiteral("Alan"));
    picture("tree-search");
    search->selectAll();
    type("nobody");
    QTRY_COMPARE(count->text(), QStringLiteral("none"));
    press(Qt::Key_Escape);
    QVERIFY(!search->isVisible());
    QVERIFY(tree->hasFocus());
}

void TestValueView::searchesTheText() {
    part<QToolButton>("nodeOutputsAsText")->click();
    auto* text = part<QPlainTextEdit>("nodeOutputsText");
    text->setFocus();
    QVERIFY(text->toPlainText().contains(QStringLiteral("{\"name\": \"Ada\", \"age\": 36}")));
    press(Qt::Key_F, Qt::ControlModifier);
    type("name");
    auto* count = part<NumberLabel>("nodeOutputsSearchCount");
    QTRY_COMPARE(count->text(), QStringLiteral("1 of 3"));
    picture("text-search");
    press(Qt::Key_Return);
    QCOMPARE(text->textCursor().selectedText(), QStringLiteral("name"));
    QCOMPARE(text->extraSelections().size(), 2);
    press(Qt::Key_Escape);
    QVERIFY(text->extraSelections().isEmpty());
}

void TestValueView::revealsWhatIsNotMadeYet() {
    std::vector<Value> items;
    for (int i = 0; i < 120'000; ++i) items.push_back(Value::object({{"id", i}}));
    ValueTreeModel model;
    model.setValue(Value::object({{"items", Value::array(std::move(items))}}));
    const auto list = model.index(0, 0);
    QCOMPARE(model.rowCount(list), ValueTreeModel::kMostChildren + 1);
    const auto more = model.index(ValueTreeModel::kMostChildren, 0, list);
    QVERIFY(model.isMore(more));
    model.showMore(more);
    QCOMPARE(model.rowCount(list), 2 * ValueTreeModel::kMostChildren + 1);
    const auto deep = model.reveal({0, 30'000, 0});
    QCOMPARE(deep.siblingAtColumn(1).data().toString(), QStringLiteral("30000"));
    QCOMPARE(model.placeOf(deep), ValuePlace({0, 30'000, 0}));
    QVERIFY(model.isMore(model.reveal({0, 110'000, 0})));
    model.setValue(Value(5));
    QVERIFY(model.reveal({}).isValid());
    QCOMPARE(model.placeOf(model.index(0, 0)), ValuePlace());
}

void TestValueView::copiesValueAndPath() {
    auto* tree = part<QTreeView>("nodeOutputsTree");
    auto* model = tree->model();
    const auto grace = model->index(1, 0, model->index(1, 0));
    tree->expand(model->index(1, 0));
    tree->setCurrentIndex(grace);
    press(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(parseJson(QGuiApplication::clipboard()->text().toStdString()).value(), people()["people"].at(1));
    tree->setCurrentIndex(model->index(1, 0, grace));
    press(Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("people[1].age"));
}

void TestValueView::findsInKeysAndScalars() {
    std::atomic<bool> cancelled{false};
    const auto value = json(R"({"Key": [true, 12, "twelve"], "x": {"key": null}})");
    const auto places = [&](const char* text, std::size_t most = 100) {
        return findInValue(value, QLatin1String(text), most, cancelled);
    };
    QCOMPARE(places("key").places, (std::vector<ValuePlace>{{0}, {1, 0}}));
    QCOMPARE(places("12").places, (std::vector<ValuePlace>{{0, 1}}));
    QCOMPARE(places("TRUE").places, (std::vector<ValuePlace>{{0, 0}}));
    QVERIFY(places("").places.empty());
    QVERIFY(places("e", 2).more);
    Value deep(1);
    for (int i = 0; i < 100'000; ++i) deep = Value::array({deep});
    QCOMPARE(findInValue(deep, QStringLiteral("1"), 10, cancelled).places.size(), std::size_t(1));
    cancelled = true;
    QVERIFY(places("key").places.empty());
}

QTEST_MAIN(TestValueView)
#include "test_value_view.moc"
