// Controls that panels share: filter field, plot, tiles, facts, differences, and what stands behind them.
#include <QAbstractItemView>
#include <QApplication>
#include <QClipboard>
#include <QCompleter>
#include <QListView>
#include <QRandomGenerator>
#include <QSignalSpy>
#include <QTest>
#include <cmath>
#include <limits>

#include "ui/text/filter_query.h"
#include "ui/text/line_diff.h"
#include "ui/text/time_range.h"
#include "ui/widgets/diff_model.h"
#include "ui/widgets/diff_view.h"
#include "ui/widgets/filter_edit.h"
#include "ui/widgets/key_value_table.h"
#include "ui/widgets/live_plot.h"
#include "ui/widgets/number_tile.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kNow = 1'767'000'000 * kSecond;
constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

const QList<FilterKey> kKeys = {
    {QStringLiteral("status"),
     QStringLiteral("State of the run"),
     {QStringLiteral("failed"), QStringLiteral("succeeded"), QStringLiteral("cancelled")}},
    {QStringLiteral("workflow"), QStringLiteral("Name of the workflow"), {}},
};

int coloured(const QImage& image, const QColor& colour) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y) == colour ? 1 : 0;
    }
    return count;
}

PlotSeries ramp(int points) {
    PlotSeries series{QStringLiteral("queue"), ColourRole::Series1, {}, {}};
    for (int i = 0; i < points; ++i) series.append(kNow + i * kSecond, i % 100);
    return series;
}

// Both texts can be had back from their difference.
QString side(const QList<DiffLine>& lines, DiffKind without) {
    QStringList kept;
    for (const auto& line : lines) {
        if (line.kind != without) kept << line.text;
    }
    return kept.join(QLatin1Char('\n'));
}

}  // namespace

class TestControls : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void filtersAreParsed();
    void filterErrors_data();
    void filterErrors();
    void filtersAreWrittenAsTheyAreRead();
    void filterFieldTellsItsQuery();
    void filterFieldShowsErrors();
    void filterFieldCompletes();
    void spansAndMoments();
    void timeRangesAreStored();
    void columnsKeepTheExtremes();
    void gapsStayGaps();
    void ticksAreRound();
    void plotDrawsAndGaps();
    void plotCursorAndIsolation();
    void plotIsReadOut();
    void plotUnits();
    void tileTellsItsNumber();
    void factsAreCopied();
    void diffOfTexts();
    void diffIsMinimalAndComplete();
    void diffOfValues();
    void diffViewFoldsAndGoes();
};

void TestControls::initTestCase() { Theme::current().setMode(Theme::Mode::Dark); }

void TestControls::filtersAreParsed() {
    const auto parsed = parseFilter(
        QStringLiteral("  status:failed,cancelled time -workflow:\"nightly load\" out http://x:80 "), kKeys);
    QCOMPARE(parsed.error, QString());
    const auto& query = parsed.query;
    QCOMPARE(query.terms.size(), 2);
    QCOMPARE(query.values(QStringLiteral("status")),
             QStringList({QStringLiteral("failed"), QStringLiteral("cancelled")}));
    QCOMPARE(query.values(QStringLiteral("workflow"), true), QStringList(QStringLiteral("nightly load")));
    QCOMPARE(query.text, QStringLiteral("time out http://x:80"));
    QVERIFY(query.accepts(QStringLiteral("status"), QStringLiteral("Failed")));
    QVERIFY(!query.accepts(QStringLiteral("status"), QStringLiteral("succeeded")));
    QVERIFY(!query.accepts(QStringLiteral("workflow"), QStringLiteral("nightly load")));
    QVERIFY(query.accepts(QStringLiteral("workflow"), QStringLiteral("release")));
    QVERIFY(parseFilter({}, kKeys).query.isEmpty());
}

void TestControls::filterErrors_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("start");
    QTest::addColumn<int>("length");
    QTest::newRow("unknown key") << QStringLiteral("abc colour:red") << 4 << 6;
    QTest::newRow("unknown value") << QStringLiteral("status:fialed") << 7 << 6;
    QTest::newRow("no value") << QStringLiteral("x status:") << 2 << 7;
    QTest::newRow("only commas") << QStringLiteral("status:,,") << 0 << 9;
    QTest::newRow("open quote") << QStringLiteral("workflow:\"nightly") << 0 << 17;
}

void TestControls::filterErrors() {
    QFETCH(QString, text);
    QFETCH(int, start);
    QFETCH(int, length);
    const auto parsed = parseFilter(text, kKeys);
    QVERIFY(!parsed.error.isEmpty());
    QCOMPARE(static_cast<int>(parsed.errorStart), start);
    QCOMPARE(static_cast<int>(parsed.errorLength), length);
}

void TestControls::filtersAreWrittenAsTheyAreRead() {
    for (const auto* text :
         {"status:failed", "-status:failed,cancelled", "workflow:\"a b\" word", "\"a:b\" c", "-dash", ""}) {
        const auto once = writeFilter(parseFilter(QLatin1String(text), kKeys).query);
        const auto again = parseFilter(once, kKeys);
        QCOMPARE(again.error, QString());
        QCOMPARE(writeFilter(again.query), once);
    }
}

void TestControls::filterFieldTellsItsQuery() {
    FilterEdit edit;
    edit.setKeys(kKeys);
    edit.show();
    QSignalSpy changed(&edit, &FilterEdit::queryChanged);
    edit.setText(QStringLiteral("status:failed"));
    QCOMPARE(changed.size(), 0);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(changed.size(), 1);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(changed.size(), 1);
    edit.setText(QStringLiteral("status:failed x"));
    QTRY_COMPARE(changed.size(), 2);
    QTest::keyClick(&edit, Qt::Key_Escape);
    QCOMPARE(changed.size(), 3);
    QVERIFY(edit.query().isEmpty());
    const auto plain = edit.grab().toImage();
    edit.setQuery(parseFilter(QStringLiteral("status:failed"), kKeys).query);
    QCOMPARE(edit.text(), QStringLiteral("status:failed"));
    QVERIFY(edit.grab().toImage() != plain);
}

void TestControls::filterFieldShowsErrors() {
    FilterEdit edit;
    edit.setKeys(kKeys);
    QSignalSpy changed(&edit, &FilterEdit::queryChanged);
    QSignalSpy wrong(&edit, &FilterEdit::errorChanged);
    edit.setText(QStringLiteral("colour:red"));
    QCOMPARE(wrong.size(), 1);
    QTest::keyClick(&edit, Qt::Key_Return);
    QCOMPARE(changed.size(), 0);
    QVERIFY(edit.property("invalid").toBool());
    QVERIFY(edit.toolTip().contains(QLatin1String("colour")) && edit.toolTip().contains(QLatin1String("status")));
    QCOMPARE(edit.accessibleDescription(), edit.toolTip());
    edit.setText(QStringLiteral("red"));
    QVERIFY(!edit.property("invalid").toBool() && edit.error().isEmpty());
}

void TestControls::filterFieldCompletes() {
    FilterEdit edit;
    edit.setKeys(kKeys);
    edit.show();
    edit.activateWindow();
    edit.setFocus();
    QTest::keyClicks(&edit, QStringLiteral("x -st"));
    QCOMPARE(edit.completions(), QStringList(QStringLiteral("-status:")));
    auto* offers = edit.findChild<QCompleter*>()->popup();
    QTRY_VERIFY(offers->isVisible());
    QTest::keyClick(offers, Qt::Key_Down);
    QTest::keyClick(offers, Qt::Key_Return);
    QCOMPARE(edit.text(), QStringLiteral("x -status:"));
    QTRY_VERIFY(offers->isVisible());
    QCOMPARE(offers->model()->rowCount(), 3);
    QTest::keyClick(offers, Qt::Key_Down);
    QTest::keyClick(offers, Qt::Key_Return);
    QCOMPARE(edit.text(), QStringLiteral("x -status:failed "));
    QTest::keyClicks(&edit, QStringLiteral("status:failed,c"));
    QCOMPARE(edit.completions(), QStringList(QStringLiteral("status:failed,cancelled")));
    QCOMPARE(edit.error(), QStringLiteral("“c” is not a value of “status”. There are: failed, succeeded, cancelled"));
}

void TestControls::spansAndMoments() {
    QCOMPARE(parseSpan(QStringLiteral("15m")), std::optional<std::int64_t>(900 * kSecond));
    QCOMPARE(parseSpan(QStringLiteral(" 2 h ")), std::optional<std::int64_t>(7200 * kSecond));
    for (const auto* bad : {"", "m", "-3m", "0s", "3 weeks", "99999999999999999999d"}) {
        QVERIFY2(!parseSpan(QLatin1String(bad)), bad);
    }
    QCOMPARE(parseMoment(QStringLiteral("now"), kNow), std::optional(kNow));
    QCOMPARE(parseMoment(QStringLiteral("now-90s"), kNow), std::optional(kNow - 90 * kSecond));
    const auto day = parseMoment(QStringLiteral("2026-03-01"), kNow);
    const auto later = parseMoment(QStringLiteral("2026-03-01 08:00:30"), kNow);
    QVERIFY(day && later);
    QCOMPARE(*later - *day, (8 * 3600 + 30) * kSecond);
    QVERIFY(parseMoment(QStringLiteral("08:00"), kNow).has_value());
    for (const auto* bad : {"", "tomorrow", "2026-13-01", "25:00", "now-"}) {
        QVERIFY2(!parseMoment(QLatin1String(bad), kNow), bad);
    }
}

void TestControls::timeRangesAreStored() {
    for (const auto& range :
         {TimeRange::all(), TimeRange::lastMicros(900 * kSecond), TimeRange::between(kNow, kNow + 5)}) {
        QCOMPARE(readTimeRange(writeTimeRange(range)), std::optional(range));
    }
    for (const auto* bad : {"", "last:", "last:-5", "last:99999999999999999", "abs:5-3", "abs:x-y"}) {
        QVERIFY2(!readTimeRange(QLatin1String(bad)), bad);
    }
    QCOMPARE(describe(TimeRange::lastMicros(86'400 * kSecond)), QStringLiteral("Last 24 h"));
    QCOMPARE(describe(TimeRange::lastMicros(2 * 86'400 * kSecond)), QStringLiteral("Last 2 days"));
    QCOMPARE(describe(TimeRange::lastMicros(7200 * kSecond)), QStringLiteral("Last 2 h"));
    QCOMPARE(TimeRange::lastMicros(10).begin(100), 90);
    QCOMPARE(TimeRange::between(5, 9).end(100), 9);
}

void TestControls::columnsKeepTheExtremes() {
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    PlotSeries series;
    for (int i = 0; i < 10'000; ++i) series.append(kNow + i * kSecond, random.bounded(1000.0));
    series.values[4321] = 5000;
    series.values[1234] = -5000;
    const auto columns = reduceToColumns(series, kNow, kNow + 9'999 * kSecond, 300, 0);
    QCOMPARE(columns.size(), 300);
    double least = 0;
    double most = 0;
    for (qsizetype i = 0; i < columns.size(); ++i) {
        QCOMPARE(columns[i].x, static_cast<int>(i));
        QVERIFY(columns[i].least <= columns[i].first && columns[i].last <= columns[i].most);
        QCOMPARE(columns[i].joined, i > 0);
        least = std::min(least, columns[i].least);
        most = std::max(most, columns[i].most);
    }
    QCOMPARE(least, -5000.0);
    QCOMPARE(most, 5000.0);
    QCOMPARE(summarise(series, kNow, kNow + 9'999 * kSecond)->most, 5000.0);
}

void TestControls::gapsStayGaps() {
    PlotSeries series;
    for (const auto at : {0, 1, 2, 10, 11}) series.append(kNow + at * kSecond, at == 1 ? kNone : at);
    const auto columns = reduceToColumns(series, kNow, kNow + 11 * kSecond, 12, 3 * kSecond);
    QCOMPARE(columns.size(), 4);
    QVERIFY(!columns[0].joined && !columns[1].joined && !columns[2].joined && columns[3].joined);
    QCOMPARE(valueAt(series, kNow + kSecond, 3 * kSecond), std::optional<double>());
    QCOMPARE(valueAt(series, kNow + 3 * kSecond, 3 * kSecond), std::optional(2.0));
    QCOMPARE(valueAt(series, kNow + 8 * kSecond, 3 * kSecond), std::optional<double>());
    QCOMPARE(valueAt(series, kNow - 1, 0), std::optional<double>());
    QVERIFY(!summarise({}, 0, 1));
    QVERIFY(reduceToColumns(series, 5, 5, 10, 0).isEmpty());
}

void TestControls::ticksAreRound() {
    QCOMPARE(roundTicks(0, 97, 5), QVector<double>({0, 20, 40, 60, 80}));
    QCOMPARE(roundTicks(-0.3, 0.3, 3), QVector<double>({-0.2, 0, 0.2}));
    QVERIFY(roundTicks(1, 1, 5).isEmpty());
    const auto minutes = timeTicks(kNow, kNow + 900 * kSecond, 6);
    QVERIFY(minutes.size() >= 3 && minutes.size() <= 6);
    for (const auto tick : minutes) QCOMPARE(tick % (60 * kSecond), 0);
}

void TestControls::plotDrawsAndGaps() {
    LivePlot plot;
    plot.resize(600, 300);
    plot.setWindow(kNow, kNow + 600 * kSecond);
    plot.setSeries({ramp(600)});
    const auto colour = Theme::current().colour(ColourRole::Series1);
    const auto whole = coloured(plot.grab().toImage(), colour);
    QVERIFY2(whole > 600, qPrintable(QString::number(whole)));
    auto broken = ramp(600);
    for (int i = 200; i < 500; ++i) broken.values[i] = kNone;
    plot.setSeries({broken});
    const auto half = coloured(plot.grab().toImage(), colour);
    QVERIFY2(half < whole * 2 / 3, qPrintable(QStringLiteral("%1 of %2").arg(half).arg(whole)));
    plot.setSeries({});
    QCOMPARE(coloured(plot.grab().toImage(), colour), 0);
    plot.setSeries({ramp(0)});
    QCOMPARE(plot.summary(), QStringLiteral("queue: no data"));
    plot.grab();
}

void TestControls::plotCursorAndIsolation() {
    LivePlot plot;
    plot.resize(600, 300);
    plot.setWindow(kNow, kNow + 100 * kSecond);
    auto second = ramp(100);
    second.name = QStringLiteral("active");
    second.role = ColourRole::Series2;
    for (auto& value : second.values) value = 500;
    auto first = ramp(100);
    first.role = ColourRole::Series4;  // not the colour of the focus
    plot.setSeries({first, second});
    plot.show();
    QSignalSpy moved(&plot, &LivePlot::cursorMoved);
    plot.setFocus();
    QTest::keyClick(&plot, Qt::Key_Right);
    QCOMPARE(plot.cursor(), std::optional(kNow));
    QTest::keyClick(&plot, Qt::Key_End);
    QTest::keyClick(&plot, Qt::Key_Left);
    QCOMPARE(plot.cursor(), std::optional(kNow + 99 * kSecond));
    QVERIFY(plot.accessibleDescription().contains(QLatin1String("queue: 99")));
    QTest::mouseMove(&plot, QPoint(300, 60));
    QVERIFY(plot.cursor() && *plot.cursor() > kNow + 30 * kSecond && *plot.cursor() < kNow + 70 * kSecond);
    QVERIFY(moved.size() >= 4);
    // The legend is sorted by the last value: the first is "active".
    QTest::keyClick(&plot, Qt::Key_Space);
    QCOMPARE(plot.isolated(), 1);
    QCOMPARE(coloured(plot.grab().toImage(), Theme::current().colour(ColourRole::Series4)), 0);
    QTest::keyClick(&plot, Qt::Key_Escape);
    QVERIFY(coloured(plot.grab().toImage(), Theme::current().colour(ColourRole::Series4)) > 0);
    QCOMPARE(plot.isolated(), -1);
    QVERIFY(!plot.cursor());
    const int row = Theme::current().unit() * 3;
    QTest::mouseClick(&plot, Qt::LeftButton, {}, QPoint(100, plot.height() - row / 2));
    QCOMPARE(plot.isolated(), 0);
    QTest::mouseClick(&plot, Qt::LeftButton, {}, QPoint(100, plot.height() - row / 2));
    QCOMPARE(plot.isolated(), -1);
}

void TestControls::plotIsReadOut() {
    LivePlot plot;
    plot.setTitle(QStringLiteral("Queue length"));
    plot.setUnit(QStringLiteral("runs"));
    plot.setWindow(kNow, kNow + 50 * kSecond);
    plot.setSeries({ramp(40)});
    QCOMPARE(plot.accessibleName(), QStringLiteral("Queue length"));
    QCOMPARE(plot.summary(), QStringLiteral("queue: last 39 runs, least 0 runs, most 39 runs"));
    plot.show();
    plot.append(0, kNow + 45 * kSecond, 77);
    QTRY_VERIFY(plot.accessibleDescription().contains(QLatin1String("most 77 runs")));
}

void TestControls::plotUnits() {
    LivePlot plot;
    QCOMPARE(plot.formatValue(0.1234), QStringLiteral("0.123"));
    QCOMPARE(plot.formatValue(12.34), QStringLiteral("12.3"));
    QCOMPARE(plot.formatValue(kNone), QStringLiteral("–"));
    plot.setUnit(QStringLiteral("B"));
    QCOMPARE(plot.formatValue(1.5e6), QStringLiteral("1.5 MB"));
    plot.setUnit(QStringLiteral("s"));
    QCOMPARE(plot.formatValue(0.0123), QStringLiteral("12 ms"));
}

void TestControls::tileTellsItsNumber() {
    NumberTile tile(QStringLiteral("Queue"));
    tile.resize(tile.sizeHint());
    QCOMPARE(tile.accessibleName(), QStringLiteral("Queue: no value"));
    tile.setNumber(QStringLiteral("12"), QStringLiteral("runs"));
    QCOMPARE(tile.accessibleName(), QStringLiteral("Queue: 12 runs"));
    const auto plain = tile.grab().toImage();
    tile.setState(ColourRole::Warn, QStringLiteral("high"));
    QCOMPARE(tile.accessibleDescription(), QStringLiteral("high"));
    QVERIFY(tile.grab().toImage() != plain);
    tile.setState(ColourRole::Text, {});
    tile.setHistory({1, 2, kNone, 4, 3});
    QVERIFY(tile.grab().toImage() != plain);
    tile.setHistory({kNone, kNone});
    QCOMPARE(tile.grab().toImage(), plain);
}

void TestControls::factsAreCopied() {
    KeyValueTable table;
    table.setRows({{QStringLiteral("Started"), QStringLiteral("5 min ago"), QStringLiteral("2026-03-01 08:00:00")},
                   {QStringLiteral("Took"), QStringLiteral("1.24 s")}});
    table.show();
    QCOMPARE(table.value(QStringLiteral("Took")), QStringLiteral("1.24 s"));
    QCOMPARE(table.model()->index(0, 1).data(Qt::ToolTipRole).toString(), QStringLiteral("2026-03-01 08:00:00"));
    table.selectRow(1);
    table.setRows(
        {{QStringLiteral("Started"), QStringLiteral("6 min ago")}, {QStringLiteral("Took"), QStringLiteral("2 s")}});
    QVERIFY(table.selectionModel()->isRowSelected(1, {}));
    QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("Took: 2 s"));
    table.setRows({{QStringLiteral("Other"), QStringLiteral("x")}});
    QCOMPARE(table.model()->rowCount(), 1);
}

void TestControls::diffOfTexts() {
    const auto lines = diffLines(QStringLiteral("a\nb\nc\n"), QStringLiteral("a\nx\ny\nc\n"));
    const QList<DiffLine> expected = {{DiffKind::Same, QStringLiteral("a"), 1, 1},
                                      {DiffKind::Removed, QStringLiteral("b"), 2, 0},
                                      {DiffKind::Added, QStringLiteral("x"), 0, 2},
                                      {DiffKind::Added, QStringLiteral("y"), 0, 3},
                                      {DiffKind::Same, QStringLiteral("c"), 3, 4}};
    QCOMPARE(lines, expected);
    QVERIFY(diffLines({}, {}).isEmpty());
    QCOMPARE(diffLines({}, QStringLiteral("a")).first().kind, DiffKind::Added);
    QCOMPARE(diffLines(QStringLiteral("a"), {}).first().kind, DiffKind::Removed);
}

void TestControls::diffIsMinimalAndComplete() {
    const auto seed = QRandomGenerator::global()->generate();
    qInfo("seed %u", seed);
    QRandomGenerator random(seed);
    for (int round = 0; round < 200; ++round) {
        QStringList before;
        QStringList after;
        for (int i = random.bounded(12); i > 0; --i) before << QString(QChar('a' + random.bounded(4)));
        for (int i = random.bounded(12); i > 0; --i) after << QString(QChar('a' + random.bounded(4)));
        const auto lines = diffLines(before.join(QLatin1Char('\n')), after.join(QLatin1Char('\n')));
        QCOMPARE(side(lines, DiffKind::Added), before.join(QLatin1Char('\n')));
        QCOMPARE(side(lines, DiffKind::Removed), after.join(QLatin1Char('\n')));
        // As many lines stay as the longest common subsequence has, by the textbook table.
        QVector<QVector<int>> table(before.size() + 1, QVector<int>(after.size() + 1, 0));
        for (qsizetype i = 0; i < before.size(); ++i) {
            for (qsizetype j = 0; j < after.size(); ++j) {
                table[i + 1][j + 1] =
                    before[i] == after[j] ? table[i][j] + 1 : std::max(table[i][j + 1], table[i + 1][j]);
            }
        }
        const auto same =
            std::count_if(lines.begin(), lines.end(), [](const auto& l) { return l.kind == DiffKind::Same; });
        QCOMPARE(static_cast<int>(same), table[before.size()][after.size()]);
    }
}

void TestControls::diffOfValues() {
    const auto before = Value::object({{"b", Value::array({1, 2})}, {"a", "x"}, {"c", Value::object({})}});
    const auto reordered = Value::object({{"a", "x"}, {"c", Value::object({})}, {"b", Value::array({1, 2})}});
    for (const auto& line : diffValues(before, reordered)) QCOMPARE(line.kind, DiffKind::Same);
    const auto changed = diffValues(before, before.with("a", "y"));
    QCOMPARE(std::count_if(changed.begin(), changed.end(), [](const auto& l) { return l.kind != DiffKind::Same; }), 2);
    QCOMPARE(diffValues(Value::undefined(), Value(5)).first().text, QStringLiteral("5"));
}

void TestControls::diffViewFoldsAndGoes() {
    QStringList before;
    for (int i = 0; i < 100; ++i) before << QStringLiteral("line %1").arg(i);
    auto after = before;
    after[20] = QStringLiteral("changed");
    after[80] = QStringLiteral("changed too");
    DiffView view;
    view.resize(500, 400);
    view.setNames(QStringLiteral("Run 41"), QStringLiteral("Run 42"));
    view.setTexts(before.join(QLatin1Char('\n')), after.join(QLatin1Char('\n')));
    view.show();
    QCOMPARE(view.added(), 2);
    QCOMPARE(view.removed(), 2);
    QVERIFY(view.view().accessibleName().contains(QStringLiteral("Run 41")));
    auto* rows = view.view().model();
    QVERIFY(rows->rowCount() < 30);
    view.next();
    QCOMPARE(view.view().currentIndex().data().toString(), QStringLiteral("line 20"));
    QTest::keyClick(&view.view(), Qt::Key_N);
    QCOMPARE(view.view().currentIndex().data().toString(), QStringLiteral("line 80"));
    QTest::keyClick(&view.view(), Qt::Key_F7, Qt::ShiftModifier);
    QCOMPARE(view.view().currentIndex().data().toString(), QStringLiteral("line 20"));
    const auto fold = rows->index(0, 0);
    QVERIFY(fold.data(DiffModel::FoldedRole).toInt() > 1);
    const int folded = rows->rowCount();
    QTest::mouseClick(view.view().viewport(), Qt::LeftButton, {}, view.view().visualRect(fold).center());
    QVERIFY(rows->rowCount() > folded);
    QTest::keyClick(&view.view(), Qt::Key_C, Qt::ControlModifier);
    QVERIFY(QApplication::clipboard()->text().contains(QStringLiteral("- line 20\n+ changed\n")));
}

QTEST_MAIN(TestControls)
#include "test_controls.moc"
