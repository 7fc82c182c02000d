// Runs over time and side by side: lanes, hits, keys, what is painted.
#include <QSignalSpy>
#include <QTest>
#include <random>

#include "ui/charts/gantt_view.h"
#include "ui/charts/run_grid_view.h"
#include "ui/widgets/theme.h"

using namespace signalbox::ui;

namespace {

GanttBar bar(int row, std::int64_t ready, std::int64_t start, std::int64_t end, char outcome = 's') {
    GanttBar made;
    made.row = row;
    made.ready = ready;
    made.start = start;
    made.end = end;
    made.attempt = 1;
    made.outcome = outcome;
    return made;
}

std::vector<std::pair<std::uint32_t, GanttBar>> threeNodes() {
    return {{0, bar(0, 0, 0, 40'000)},
            {1, bar(1, 40'000, 50'000, 80'000, 'f')},
            {2, bar(1, 80'000, 90'000, 100'000)},
            {3, bar(2, 40'000, 45'000, 60'000)},
            {4, bar(2, 40'000, 50'000, 95'000)}};
}

bool hasColour(const QImage& image, const QColor& colour) {
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            if (image.pixel(x, y) == colour.rgb()) return true;
        }
    }
    return false;
}

}  // namespace

class TestCharts : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void overlappingBarsGetLanes();
    void lanesNeverOverlap();
    void aBarIsReplacedByNumber();
    void ganttShowsTheWholeRunUntilItIsMoved();
    void ganttFindsBars();
    void ganttIsUsedByKeyboard();
    void ganttFollowsWhatGoesOn();
    void ganttPaintsFailuresInTheirColour();
    void gridWalksCells();
    void gridFiltersRows();
    void gridKeepsTheCurrentCell();
    void gridPaintsOnlyWhatThereIs();
};

void TestCharts::initTestCase() { Theme::current().setMode(Theme::Mode::Dark); }

void TestCharts::overlappingBarsGetLanes() {
    GanttData data;
    data.setRows({"a", "b", "c", "d"}, {"A", "B", "C", "D"});
    for (const auto& [number, made] : threeNodes()) data.setBar(number, made);
    data.layOut();
    QCOMPARE(data.lanesOf(0), 1);
    QCOMPARE(data.lanesOf(1), 1);
    QCOMPARE(data.lanesOf(2), 2);
    QCOMPARE(data.lanesOf(3), 1);  // without a bar it still has its row
    QCOMPARE(data.laneCount(), 5);
    QCOMPARE(data.rowOfLane(3), 2);
    QCOMPARE(data.rowOfLane(4), 3);
    QCOMPARE(data.latest(), 100'000);
    QVERIFY(!data.hasOpenBars());
}

void TestCharts::lanesNeverOverlap() {
    std::mt19937 random(7);
    std::uniform_int_distribution<int> row(0, 9);
    std::uniform_int_distribution<int> time(0, 2'000);
    GanttData data;
    data.setRows({"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"},
                 {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"});
    for (std::uint32_t i = 0; i < 300; ++i) {
        const auto start = time(random);
        data.setBar(i, bar(row(random), start, start + time(random) / 40, start + 60 + time(random) / 20));
    }
    data.layOut();
    int bars = 0;
    for (int lane = 0; lane < data.laneCount(); ++lane) {
        std::int64_t free = -1;
        for (const int index : data.barsIn(lane)) {
            const auto& shown = data.bar(index);
            QCOMPARE(shown.row, data.rowOfLane(lane));
            QVERIFY2(shown.ready >= free, qPrintable(QString::number(lane)));
            free = shown.end;
            ++bars;
        }
    }
    QCOMPARE(bars, 300);
}

void TestCharts::aBarIsReplacedByNumber() {
    GanttData data;
    data.setRows({"a"}, {"A"});
    data.setBar(0, bar(0, 0, 10, -1, ' '));
    data.layOut();
    QVERIFY(data.hasOpenBars());
    data.setBar(0, bar(0, 0, 10, 30, 'f'));
    data.layOut();
    QVERIFY(!data.hasOpenBars());
    QCOMPARE(data.barCount(), 1);
    QCOMPARE(data.bar(0).outcome, 'f');
}

void TestCharts::ganttShowsTheWholeRunUntilItIsMoved() {
    GanttView view;
    view.resize(900, 300);
    view.setRows({"a", "b", "c"}, {"A", "B", "C"});
    view.setBars(threeNodes());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QCOMPARE(view.timeAt(view.viewport()->width() / 3.0 - 1e9) < 0, true);
    QVERIFY(view.timeAt(view.viewport()->width()) >= 100'000);
    QVERIFY(view.timeAt(view.viewport()->width()) < 110'000);
    const auto before = view.timeAt(700);
    view.zoomBy(2, 700);
    QVERIFY(qAbs(view.timeAt(700) - before) < 50);
    view.setBars({{5, bar(0, 100'000, 100'000, 400'000)}});
    QVERIFY(view.timeAt(view.viewport()->width()) < 400'000);
    view.fit();
    QVERIFY(view.timeAt(view.viewport()->width()) >= 400'000);
}

void TestCharts::ganttFindsBars() {
    GanttView view;
    view.resize(900, 300);
    view.setRows({"a", "b", "c"}, {"A", "B", "C"});
    view.setBars(threeNodes());
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    QSignalSpy chosen(&view, &GanttView::rowSelected);
    int found = -1;
    QPoint where;
    // The failed attempt is somewhere in the second row.
    for (int y = 0; y < 300 && found != 1; ++y) {
        for (int x = 0; x < view.viewport()->width() && found != 1; x += 3) {
            where = {x, y};
            found = view.barAt(where);
        }
    }
    QCOMPARE(found, 1);
    QTest::mouseClick(view.viewport(), Qt::LeftButton, {}, where + QPoint(0, 3));
    QCOMPARE(view.selectedRow(), QStringLiteral("b"));
    QCOMPARE(chosen.count(), 1);
    QSignalSpy activated(&view, &GanttView::rowActivated);
    QTest::mouseDClick(view.viewport(), Qt::LeftButton, {}, where + QPoint(0, 3));
    QCOMPARE(activated.count(), 1);
}

void TestCharts::ganttIsUsedByKeyboard() {
    GanttView view;
    view.resize(900, 300);
    view.setRows({"a", "b", "c"}, {"A", "B", "C"});
    view.setBars(threeNodes());
    view.show();
    QVERIFY(QTest::qWaitForWindowActive(&view));
    view.setFocus();
    QSignalSpy activated(&view, &GanttView::rowActivated);
    QTest::keyClick(&view, Qt::Key_Down);
    QTest::keyClick(&view, Qt::Key_Down);
    QCOMPARE(view.selectedRow(), QStringLiteral("b"));
    QTest::keyClick(&view, Qt::Key_Return);
    QCOMPARE(activated.front().front().toString(), QStringLiteral("b"));
    const auto whole = view.timeAt(view.viewport()->width());
    QTest::keyClick(&view, Qt::Key_Plus);
    QTest::keyClick(&view, Qt::Key_Plus);
    QVERIFY(view.timeAt(view.viewport()->width()) < whole);
    const auto zoomed = view.timeAt(view.viewport()->width());
    QTest::keyClick(&view, Qt::Key_Left);
    QVERIFY(view.timeAt(view.viewport()->width()) < zoomed);
    QTest::keyClick(&view, Qt::Key_F);
    QCOMPARE(view.timeAt(view.viewport()->width()), whole);
    QTest::keyClick(&view, Qt::Key_Escape);
    QCOMPARE(view.selectedRow(), QString());
}

void TestCharts::ganttFollowsWhatGoesOn() {
    std::int64_t now = 100'000;
    GanttView view;
    view.resize(900, 300);
    view.setClock([&now] { return now; });
    view.setRows({"a"}, {"A"});
    view.setBars({{0, bar(0, 0, 0, -1, ' ')}});
    view.show();
    QVERIFY(QTest::qWaitForWindowExposed(&view));
    now = 5'000'000;
    QTRY_VERIFY(view.timeAt(view.viewport()->width()) >= 5'000'000);
    QVERIFY(view.summary().contains(QStringLiteral("5")));
}

void TestCharts::ganttPaintsFailuresInTheirColour() {
    GanttView view;
    view.resize(900, 300);
    view.setRows({"a", "b", "c"}, {"A", "B", "C"});
    const auto failure = Theme::current().colour(ColourRole::Error);
    QVERIFY(!hasColour(view.grab().toImage(), failure));
    view.setBars(threeNodes());
    QVERIFY(hasColour(view.grab().toImage(), failure));
    if (const auto folder = qEnvironmentVariable("SIGNALBOX_PICTURES"); !folder.isEmpty()) {
        view.grab().save(folder + QStringLiteral("/gantt.png"));
    }
    QVERIFY(view.accessibleDescription().contains(QLatin1Char('1')));
}

namespace {

std::vector<RunGridColumn> columns() {
    std::vector<RunGridColumn> made(3);
    made[0] = {QStringLiteral("r0"), QStringLiteral("succeeded"), 1'000'000, 50'000, "sss", {10, 20, 30}};
    made[1] = {QStringLiteral("r1"), QStringLiteral("failed"), 2'000'000, 90'000, "sf-", {10, 20, 0}};
    made[2] = {QStringLiteral("r2"), QStringLiteral("running"), 3'000'000, 0, "sr.", {10, 0, 0}};
    return made;
}

}  // namespace

void TestCharts::gridWalksCells() {
    RunGridView grid;
    grid.resize(700, 400);
    grid.setGrid({"read", "check", "write"}, columns());
    grid.show();
    QVERIFY(QTest::qWaitForWindowActive(&grid));
    grid.setFocus();
    QCOMPARE(grid.statusAt(1, 1), QStringLiteral("failed"));
    QCOMPARE(grid.statusAt(2, 1), QStringLiteral("skipped"));
    QSignalSpy activated(&grid, &RunGridView::activated);
    // The first key leads to the newest run.
    QTest::keyClick(&grid, Qt::Key_Down);
    QCOMPARE(grid.currentRun(), QStringLiteral("r2"));
    QCOMPARE(grid.currentNode(), QStringLiteral("read"));
    QTest::keyClick(&grid, Qt::Key_Down);
    QTest::keyClick(&grid, Qt::Key_Left);
    QTest::keyClick(&grid, Qt::Key_Return);
    QCOMPARE(activated.front().at(0).toString(), QStringLiteral("r1"));
    QCOMPARE(activated.front().at(1).toString(), QStringLiteral("check"));
    QTest::mouseClick(grid.viewport(), Qt::LeftButton, {}, grid.cellCentre(2, 0));
    QCOMPARE(grid.currentRun(), QStringLiteral("r0"));
    QCOMPARE(grid.currentNode(), QStringLiteral("write"));
}

void TestCharts::gridFiltersRows() {
    RunGridView grid;
    grid.setGrid({"read", "check", "write"}, columns());
    QCOMPARE(grid.shownRows(), 3);
    grid.setFailedOnly(true);
    QCOMPARE(grid.shownRows(), 1);
    QCOMPARE(grid.statusAt(0, 1), QStringLiteral("failed"));
    grid.setFailedOnly(false);
    grid.setFilter(QStringLiteral("R"));
    QCOMPARE(grid.shownRows(), 2);
    grid.setFilter({});
    QCOMPARE(grid.shownRows(), 3);
}

void TestCharts::gridKeepsTheCurrentCell() {
    RunGridView grid;
    grid.setGrid({"read", "check", "write"}, columns());
    grid.setCurrent(QStringLiteral("r1"), QStringLiteral("check"));
    auto more = columns();
    more.erase(more.begin());
    more.push_back({QStringLiteral("r3"), QStringLiteral("succeeded"), 4'000'000, 10, "ssss", {}});
    grid.setGrid({"new", "read", "check", "write"}, std::move(more));
    QCOMPARE(grid.currentRun(), QStringLiteral("r1"));
    QCOMPARE(grid.currentNode(), QStringLiteral("check"));
    grid.setFilter(QStringLiteral("read"));
    QCOMPARE(grid.currentNode(), QString());
}

void TestCharts::gridPaintsOnlyWhatThereIs() {
    RunGridView grid;
    grid.resize(700, 400);
    QVERIFY(!grid.grab().isNull());
    auto made = columns();
    made[0].statuses = "s";  // its version had one node
    grid.setGrid({"read", "check", "write"}, std::move(made));
    QCOMPARE(grid.statusAt(2, 0), QString());
    QVERIFY(hasColour(grid.grab().toImage(), Theme::current().colour(ColourRole::Error)));
}

QTEST_MAIN(TestCharts)
#include "test_charts.moc"
