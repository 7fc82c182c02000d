// The command palette: its search, and the window driven by it.
#include <QAccessible>
#include <QAction>
#include <QApplication>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QRandomGenerator>

#include "ui/actions/action_registry.h"
#include "ui/actions/fuzzy.h"
#include "ui/settings/state_store.h"
#include "ui/shell/palette/command_palette.h"
#include "ui/shell/palette/palette_model.h"
#include "ui/widgets/state_badge.h"
#include "ui/window_fixture.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

int scoreOf(const char* query, const char* text) {
    return FuzzyQuery(QString::fromUtf8(query)).score(FuzzyText(QString::fromUtf8(text)));
}

QString marked(const char* query, const char* text) {
    const auto whole = QString::fromUtf8(text);
    QString shown;
    const auto places = FuzzyQuery(QString::fromUtf8(query)).places(FuzzyText(whole));
    for (int i = 0; i < whole.size(); ++i) shown += places.contains(i) ? whole[i].toUpper() : whole[i].toLower();
    return shown;
}

}  // namespace

class TestPalette : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void matchesSubsequences();
    void prefersStartsOfWords();
    void marksTheLettersThatCount();
    void narrowingFindsTheSame();
    void opensAndLeavesByKeyboard();
    void doesActions();
    void disabledActionsSayWhyAndStay();
    void prefixesRestrict();
    void questionMarkExplains();
    void goesToNodesWorkflowsAndRuns();
    void opensSettings();
    void recentlyUsedComeFirst();
    void unknownRunIsNamedByItsId();
    void isReadAloud();
    void losesToAClickElsewhere();

private:
    QLineEdit* open(const QString& text = {});
    [[nodiscard]] QAbstractItemModel* rows() const { return f_->part<QListView>("paletteList")->model(); }
    [[nodiscard]] QString first() const { return rows()->index(0, 0).data().toString(); }
    [[nodiscard]] bool isOpen() const {
        const auto* palette = f_->part<CommandPalette>("commandPalette");
        return palette && palette->isVisible();
    }
    std::unique_ptr<test::WindowFixture> f_;
};

void TestPalette::init() {
    f_ = std::make_unique<test::WindowFixture>();
    QVERIFY(QTest::qWaitForWindowActive(f_->window.get()));
    QTRY_COMPARE(f_->part<QListView>("workflowList")->model()->rowCount(), 4);
}

void TestPalette::cleanup() { f_.reset(); }

QLineEdit* TestPalette::open(const QString& text) {
    QTest::keyClick(f_->window.get(), Qt::Key_K, Qt::ControlModifier);
    auto* field = f_->part<QLineEdit>("paletteField");
    if (field) QTest::keyClicks(field, text);
    return field;
}

void TestPalette::matchesSubsequences() {
    QVERIFY(scoreOf("rrf", "Rerun failed") >= 0);
    QVERIFY(scoreOf("failed rerun", "Rerun failed") >= 0);
    QCOMPARE(scoreOf("", "anything"), 0);
    QCOMPARE(scoreOf("x", "anything else"), -1);
    QCOMPARE(scoreOf("nur", "run"), -1);
    QCOMPARE(scoreOf("runn", "run"), -1);
    QVERIFY(scoreOf("ÜBER", "über die Brücke") >= 0);
    const QString longText = QString(5000, QLatin1Char('a')) + QStringLiteral("z");
    QCOMPARE(FuzzyQuery(QStringLiteral("z")).score(FuzzyText(longText)), -1);
    QVERIFY(FuzzyQuery(QString(5000, QLatin1Char('a'))).score(FuzzyText(longText)) > 0);
    // Other words count from their beginning only.
    const FuzzyText words(QStringLiteral("How many the command palette remembers"));
    QVERIFY(FuzzyQuery(QStringLiteral("rem comm")).startsWordsOf(words));
    QVERIFY(!FuzzyQuery(QStringLiteral("members")).startsWordsOf(words));
}

void TestPalette::prefersStartsOfWords() {
    QVERIFY(scoreOf("rf", "Rerun failed") > scoreOf("rf", "Perform work"));
    QVERIFY(scoreOf("run", "Run") > scoreOf("run", "Rerun failed"));
    QVERIFY(scoreOf("run", "Run") > scoreOf("run", "Runtime statistics of everything"));
    QVERIFY(scoreOf("run", "Rerun failed") > scoreOf("run", "rotate our lawn"));
    QVERIFY(scoreOf("hn", "httpNode") > scoreOf("hn", "thin"));
    QVERIFY(scoreOf("zoom", "Zoom in") > scoreOf("zoom", "Zealous owls on moors"));
}

void TestPalette::marksTheLettersThatCount() {
    QCOMPARE(marked("rf", "Rerun failed"), QStringLiteral("Rerun Failed"));
    QCOMPARE(marked("run", "return run"), QStringLiteral("return RUN"));
    QCOMPARE(marked("fail re", "rerun failed"),
             QStringLiteral("REruN FAILed").replace(QLatin1Char('N'), QLatin1Char('n')));
    QCOMPARE(marked("q", "nothing"), QStringLiteral("nothing"));
}

// What is found letter by letter, and after going back, is what is found at once.
void TestPalette::narrowingFindsTheSame() {
    const quint32 seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    const auto word = [&random](int length) {
        QString made;
        for (int i = 0; i < length; ++i) made += QLatin1Char(static_cast<char>('a' + random.bounded(5)));
        return made;
    };
    std::vector<PaletteItem> items;
    for (int i = 0; i < 500; ++i)
        items.push_back({QString::number(i), word(4) + QLatin1Char(' ') + word(5), {}, word(3), {}});
    PaletteSearch typed;
    typed.setItems(typed.addBlock(), items);
    QString query;
    for (int step = 0; step < 300; ++step) {
        if (!query.isEmpty() && random.bounded(3) == 0) {
            query.chop(1);
        } else {
            query += random.bounded(5) == 0 ? QLatin1Char(' ') : word(1)[0];
        }
        if (query.size() > 9) query.clear();
        const auto narrow = typed.find(query, -1);
        PaletteSearch fresh;
        fresh.setItems(fresh.addBlock(), items);
        const auto whole = fresh.find(query, -1);
        QCOMPARE(typed.matches(), fresh.matches());
        QCOMPARE(narrow.size(), whole.size());
        for (std::size_t i = 0; i < whole.size(); ++i) QCOMPARE(narrow[i].item, whole[i].item);
    }
}

void TestPalette::opensAndLeavesByKeyboard() {
    auto* search = f_->part<QLineEdit>("workflowSearch");
    search->setFocus();
    auto* field = open();
    QVERIFY(isOpen());
    QVERIFY(field->hasFocus());
    QVERIFY(!QApplication::activeModalWidget() && !QApplication::activePopupWidget());
    QTest::keyClick(field, Qt::Key_Escape);
    QVERIFY(!isOpen());
    QVERIFY(search->hasFocus());
    QTest::keyClick(f_->window.get(), Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(isOpen());
    // Up from the first row comes to the last.
    auto* list = f_->part<QListView>("paletteList");
    QTest::keyClick(field, Qt::Key_Up);
    QCOMPARE(list->currentIndex().row(), rows()->rowCount() - 1);
    QTest::keyClick(field, Qt::Key_Tab);
    QCOMPARE(list->currentIndex().row(), 0);
    QVERIFY(field->hasFocus());
}

void TestPalette::doesActions() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    f_->prepareRun(test::smallWorkflow(), "r1");
    auto* field = open(QStringLiteral(">run"));
    QCOMPARE(first(), QStringLiteral("Run"));
    QCOMPARE(rows()->index(0, 0).data(PaletteModel::ShortcutRole).toString(), QStringLiteral("Ctrl+R"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(!isOpen());
    QTRY_COMPARE(f_->part<StateBadge>("runState")->status(), QStringLiteral("running"));
}

void TestPalette::disabledActionsSayWhyAndStay() {
    auto* field = open(QStringLiteral("> cancel run"));
    QCOMPARE(first(), QStringLiteral("Cancel run"));
    QCOMPARE(rows()->index(0, 0).data(PaletteModel::ReasonRole).toString(), QStringLiteral("No run is open"));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(isOpen());
    QCOMPARE(f_->gateway->count("runs.cancel"), 0);
}

void TestPalette::prefixesRestrict() {
    f_->window->openWorkflow(QStringLiteral("lines"));
    QTRY_COMPARE(f_->openId(), QStringLiteral("lines"));
    auto* field = open(QStringLiteral("@"));
    QTRY_COMPARE(rows()->rowCount(), 3);
    field->setText(QStringLiteral("/"));
    QTRY_COMPARE(rows()->rowCount(), 4);
    field->setText(QStringLiteral("/nightly"));
    QCOMPARE(rows()->rowCount(), 1);
    field->setText(QStringLiteral("@nightly"));
    QCOMPARE(rows()->rowCount(), 0);
    QVERIFY(f_->part<QLabel>("paletteHint")->text().contains(QStringLiteral("Nothing matches")));
    field->setText(QStringLiteral(",theme"));
    QCOMPARE(first(), QStringLiteral("Theme"));
}

void TestPalette::questionMarkExplains() {
    auto* field = open(QStringLiteral("?"));
    QCOMPARE(rows()->rowCount(), 5);
    QVERIFY(first().startsWith(QLatin1Char('>')));
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(isOpen());
    QCOMPARE(field->text(), QStringLiteral(">"));
    QVERIFY(field->hasFocus());
}

void TestPalette::goesToNodesWorkflowsAndRuns() {
    f_->gateway->runs.push_back(test::freshRun(test::smallWorkflow(), "0199-old", f_->gateway->now()));
    f_->gateway->runs.back().summary.status = "failed";
    auto* field = open(QStringLiteral("/nightly"));
    QTRY_COMPARE(rows()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(f_->openId(), QStringLiteral("release"));
    open();
    field->setText(QStringLiteral("@publish"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(f_->canvas().selectedNode(), QStringLiteral("publish"));
    QVERIFY(f_->canvas().hasFocus());
    // A run of another workflow brings its workflow along.
    open();
    field->setText(QStringLiteral("#failed"));
    QTRY_COMPARE(rows()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(f_->window->context().run().runId(), QStringLiteral("0199-old"));
    QCOMPARE(f_->openId(), QStringLiteral("lines"));
}

void TestPalette::opensSettings() {
    auto* field = open(QStringLiteral(",recent files"));
    QCOMPARE(first(), QStringLiteral("Recent files"));
    QTest::keyClick(field, Qt::Key_Return);
    auto* control = f_->part<QWidget>("setting.window.recentFiles");
    QVERIFY(control && control->isVisible());
    QTRY_VERIFY(control->hasFocus());
}

void TestPalette::recentlyUsedComeFirst() {
    auto* field = open(QStringLiteral(">compact"));
    QTest::keyClick(field, Qt::Key_Return);
    open();
    field->clear();
    QCOMPARE(first(), QStringLiteral("Compact rows"));
    field->setText(QStringLiteral(">theme"));
    QTest::keyClick(field, Qt::Key_Escape);
    f_->part<QAction>("actionCompact")->setChecked(false);
}

void TestPalette::unknownRunIsNamedByItsId() {
    const auto id = QStringLiteral("01890a5d-ac96-774b-bcce-b302099a8057");
    auto run = test::freshRun(test::smallWorkflow(), id.toStdString(), f_->gateway->now());
    auto* field = open(QStringLiteral("#"));
    QTest::keyClick(field, Qt::Key_Escape);
    f_->gateway->hold("runs.list");
    f_->gateway->runs.push_back(run);
    open();
    field->setText(QLatin1Char('#') + id);
    QCOMPARE(rows()->rowCount(), 1);
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(f_->window->context().run().runId(), id);
    f_->gateway->release("runs.list");
}

void TestPalette::isReadAloud() {
    auto* field = open(QStringLiteral("> cancel run"));
    auto* interface = QAccessible::queryAccessibleInterface(field);
    QCOMPARE(interface->text(QAccessible::Name), QStringLiteral("Search everything"));
    const auto told = interface->text(QAccessible::Description);
    QVERIFY2(told.contains(QStringLiteral("Cancel run")) && told.contains(QStringLiteral("No run is open")),
             qPrintable(told));
    auto* list = QAccessible::queryAccessibleInterface(f_->part<QListView>("paletteList"));
    QCOMPARE(list->childCount(), rows()->rowCount());
    QVERIFY(rows()->index(0, 0).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("Ctrl+.")));
}

void TestPalette::losesToAClickElsewhere() {
    open();
    QVERIFY(isOpen());
    f_->part<QLineEdit>("workflowSearch")->setFocus();
    QVERIFY(!isOpen());
}

QTEST_MAIN(TestPalette)
#include "test_palette.moc"
