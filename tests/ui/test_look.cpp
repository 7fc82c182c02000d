// Themes, icons, words and numbers: what every widget draws with.
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QDockWidget>
#include <QLineEdit>
#include <QMainWindow>
#include <QPainter>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

const QList<ColourRole> kTextRoles = {
    ColourRole::Text,    ColourRole::Muted,   ColourRole::Accent,  ColourRole::Ok,      ColourRole::Warn,
    ColourRole::Error,   ColourRole::Info,    ColourRole::Pending, ColourRole::Idle,    ColourRole::Series1,
    ColourRole::Series2, ColourRole::Series3, ColourRole::Series4, ColourRole::Series5, ColourRole::Series6,
    ColourRole::Series7, ColourRole::Series8};
const QList<ColourRole> kGrounds = {ColourRole::Background, ColourRole::Surface, ColourRole::Raised};

int opaquePixels(const QPixmap& pixmap) {
    const auto image = pixmap.toImage();
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) count += image.pixelColor(x, y).alpha() > 128 ? 1 : 0;
    }
    return count;
}

}  // namespace

class TestLook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void contrast_data();
    void contrast();
    void contrastOfKnownColours();
    void badThemesAreRefused();
    void themeSwitchesAtRunTime();
    void densityComesFromTheFont();
    void hitTargets();
    void iconsOfTheNodesExist_data();
    void iconsOfTheNodesExist();
    void iconsAreCrisp_data();
    void iconsAreCrisp();
    void iconsAreTintedAndCached();
    void unknownIconIsAPlainNode();
    void textIsDrawn();
    void statesHaveShapeAndWord();
    void durations_data();
    void durations();
    void numbers();
    void valuesInOneLine();
    void tabularDigitsAreEquallyWide();
};

void TestLook::contrast_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<double>("least");
    QTest::newRow("light") << "light" << 4.5;
    QTest::newRow("dark") << "dark" << 4.5;
    QTest::newRow("high contrast") << "high-contrast" << 7.0;
}

void TestLook::contrast() {
    QFETCH(QString, file);
    QFETCH(double, least);
    const auto theme = ThemeColours::load(QStringLiteral(":/signalbox/themes/%1.json").arg(file));
    QVERIFY2(theme.has_value(), theme ? "" : theme.error().message.c_str());
    const auto check = [&](ColourRole text, ColourRole ground) {
        const auto ratio = contrastRatio((*theme)[text], (*theme)[ground]);
        QVERIFY2(ratio >= least, qPrintable(QStringLiteral("%1 on %2 is %3")
                                                .arg(colourRoleName(text), colourRoleName(ground))
                                                .arg(ratio, 0, 'f', 2)));
    };
    for (const auto ground : kGrounds) {
        for (const auto text : kTextRoles) check(text, ground);
    }
    check(ColourRole::OnAccent, ColourRole::Accent);
    for (const auto text :
         {ColourRole::Text, ColourRole::Muted, ColourRole::Ok, ColourRole::Warn, ColourRole::Error, ColourRole::Info}) {
        check(text, ColourRole::Selection);
    }
}

void TestLook::contrastOfKnownColours() {
    QCOMPARE(contrastRatio(Qt::black, Qt::white), 21.0);
    QCOMPARE(contrastRatio(Qt::white, Qt::white), 1.0);
    // #767676 on white is the textbook case that just passes.
    QVERIFY(contrastRatio(QColor("#767676"), Qt::white) > 4.5);
    QVERIFY(contrastRatio(QColor("#777777"), Qt::white) < 4.5);
}

void TestLook::badThemesAreRefused() {
    QCOMPARE(ThemeColours::load(QStringLiteral(":/nowhere.json")).error().code, std::string("theme.unreadable"));
    QCOMPARE(ThemeColours::load(QStringLiteral(":/signalbox/icons/run.svg")).error().code, std::string("theme.syntax"));
}

void TestLook::themeSwitchesAtRunTime() {
    auto& theme = Theme::current();
    int changes = 0;
    connect(&theme, &Theme::changed, this, [&] { ++changes; });
    theme.setMode(Theme::Mode::Dark);
    const auto dark = QApplication::palette().color(QPalette::Base);
    theme.setMode(Theme::Mode::Light);
    QVERIFY(QApplication::palette().color(QPalette::Base).lightness() > dark.lightness());
    QVERIFY(!theme.isDark());
    theme.setMode(Theme::Mode::HighContrast);
    QVERIFY(theme.isHighContrast());
    QCOMPARE(QApplication::palette().color(QPalette::Text), theme.colour(ColourRole::Text));
    QVERIFY(changes >= 2);
    theme.setMode(Theme::Mode::Dark);
}

void TestLook::densityComesFromTheFont() {
    auto& theme = Theme::current();
    QCOMPARE(&theme, &Theme::current());
    theme.setDensity(Theme::Density::Comfortable);
    QCOMPARE(theme.rowHeight(), theme.unit() * 4);
    theme.setDensity(Theme::Density::Compact);
    QCOMPARE(theme.rowHeight(), theme.unit() * 3);
    theme.setDensity(Theme::Density::Comfortable);
    const auto height = QFontMetrics(theme.bodyFont()).height();
    QVERIFY(qAbs(theme.unit() * 2 - height) <= 1);
}

// Three units are 24 pixels at 96 dpi: no less in either density.
void TestLook::hitTargets() {
    auto& theme = Theme::current();
    QMainWindow window;
    auto* dock = new QDockWidget(QStringLiteral("Dock"), &window);
    window.addDockWidget(Qt::LeftDockWidgetArea, dock);
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    auto* tabs = new QTabBar;
    tabs->addTab(QStringLiteral("tab"));
    auto* tool = new QToolButton;
    tool->setIcon(themedIcon(QStringLiteral("run")));
    for (auto* control : std::initializer_list<QWidget*>{
             new QPushButton(QStringLiteral("a")), tool, tabs, new QLineEdit, new QCheckBox(QStringLiteral("b")),
             new QComboBox, new QRadioButton(QStringLiteral("c")), new QSpinBox}) {
        column->addWidget(control);
    }
    dock->setWidget(box);
    window.show();
    for (const auto density : {Theme::Density::Compact, Theme::Density::Comfortable}) {
        theme.setDensity(density);
        QVERIFY(theme.rowHeight() >= theme.unit() * 3);
        for (auto* control : window.findChildren<QWidget*>()) {
            const bool inside = qobject_cast<QLineEdit*>(control) && qobject_cast<QSpinBox*>(control->parentWidget());
            const bool stop = control->focusPolicy() != Qt::NoFocus || qobject_cast<QAbstractButton*>(control);
            if (!control->isVisible() || !stop || inside) continue;
            const auto size = std::min(control->sizeHint().width(), control->sizeHint().height());
            QVERIFY2(size >= theme.unit() * 3,
                     qPrintable(QStringLiteral("%1 %2: %3 < %4")
                                    .arg(QLatin1String(control->metaObject()->className()), control->objectName())
                                    .arg(size)
                                    .arg(theme.unit() * 3)));
        }
    }
}

void TestLook::iconsOfTheNodesExist_data() {
    QTest::addColumn<QString>("name");
    for (const auto* name :
         {"constant",  "transform",   "filter",  "aggregate",    "sort",     "switch",   "merge",   "map",
          "workflow",  "subworkflow", "delay",   "signal",       "approval", "validate", "log",     "csv",
          "json",      "text",        "sql",     "http",         "python",   "run",      "stop",    "pause",
          "resume",    "fit",         "zoom-in", "zoom-out",     "refresh",  "search",   "close",   "copy",
          "warning",   "error",       "info",    "rerun",        "runs",     "gantt",    "grid",    "engine",
          "journal",   "settings",    "palette", "notification", "tag",      "undo",     "redo",    "add",
          "duplicate", "rename",      "delete",  "minimap",      "outline",  "play",     "approve", "reject",
          "success",   "diff",        "table",   "tree",         "stale",    "clock"}) {
        QTest::newRow(name) << QString::fromLatin1(name);
    }
}

void TestLook::iconsOfTheNodesExist() {
    QFETCH(QString, name);
    QVERIFY(IconSet::contains(name));
    const auto drawn = Theme::current().icons().pixmap(name, 16, 2.0, Qt::red);
    QCOMPARE(drawn.size(), QSize(32, 32));
    const int ink = opaquePixels(drawn);
    QVERIFY2(ink > 20 && ink < 32 * 32 * 3 / 4, qPrintable(QString::number(ink)));
}

void TestLook::iconsAreCrisp_data() {
    QTest::addColumn<QString>("name");
    for (const auto& file : QDir(QStringLiteral(":/signalbox/icons")).entryList()) {
        QTest::newRow(qPrintable(file)) << file.chopped(4);
    }
}

// Of full size at each scale. On their own grid of 16 no smear either: at 2 strokes of 1.5 are whole pixels but for
// their ends. At 20 the grid falls between pixels, so only the size is asked for.
void TestLook::iconsAreCrisp() {
    QFETCH(QString, name);
    for (const qreal scale : {1.0, 1.5, 2.0}) {
        for (const int size : {16, 20}) {
            const auto image = Theme::current().icons().pixmap(name, size, scale, Qt::white).toImage();
            QCOMPARE(image.size(), QSize(qRound(size * scale), qRound(size * scale)));
            double ink = 0;
            double solid = 0;
            QRect extent;
            for (int y = 0; y < image.height(); ++y) {
                for (int x = 0; x < image.width(); ++x) {
                    const auto alpha = image.pixelColor(x, y).alphaF();
                    ink += alpha;
                    if (alpha > 0.9) solid += alpha;
                    if (alpha > 0.1) extent |= QRect(x, y, 1, 1);
                }
            }
            QVERIFY(ink > 0);
            const auto text =
                qPrintable(QStringLiteral("%1 at %2: %3").arg(size).arg(scale).arg(solid / ink, 0, 'f', 2));
            // Diagonals and arcs are never all whole; a line that misses the pixels at every edge falls below these.
            if (size == 16) QVERIFY2(solid / ink >= (scale == 2.0 ? 0.5 : 0.15), text);
            const auto widest = std::max(extent.width(), extent.height()) / scale / size;
            QVERIFY2(widest >= 0.5 && widest <= 1.0, qPrintable(QString::number(widest)));
        }
    }
}

void TestLook::iconsAreTintedAndCached() {
    IconSet icons;
    const auto red = icons.pixmap(QStringLiteral("stop"), 16, 1.5, Qt::red);
    QCOMPARE(red.size(), QSize(24, 24));
    QCOMPARE(red.deviceIndependentSize(), QSizeF(16, 16));
    const auto image = red.toImage();
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            const auto pixel = image.pixelColor(x, y);
            if (pixel.alpha() == 255) QCOMPARE(pixel.rgb(), QColor(Qt::red).rgb());
        }
    }
    QCOMPARE(icons.cachedPixmaps(), 1);
    QCOMPARE(icons.pixmap(QStringLiteral("stop"), 16, 1.5, Qt::red).cacheKey(), red.cacheKey());
    QVERIFY(icons.pixmap(QStringLiteral("stop"), 16, 1.5, Qt::blue).cacheKey() != red.cacheKey());
    QCOMPARE(icons.cachedPixmaps(), 2);
}

void TestLook::unknownIconIsAPlainNode() {
    auto& icons = Theme::current().icons();
    QVERIFY(!IconSet::contains(QStringLiteral("no-such-icon")));
    const auto unknown = icons.pixmap(QStringLiteral("no-such-icon"), 20, 1, Qt::white).toImage();
    QCOMPARE(unknown, icons.pixmap(QStringLiteral("node"), 20, 1, Qt::white).toImage());
    QCOMPARE(icons.pixmap(QString(), 20, 1, Qt::white).toImage(), unknown);
}

// Without a usable font offscreen draws the same box for every character.
void TestLook::textIsDrawn() {
    const auto draw = [](const QString& text) {
        QImage image(40, 30, QImage::Format_ARGB32);
        image.fill(Qt::white);
        QPainter painter(&image);
        painter.setFont(Theme::current().bodyFont());
        painter.drawText(QPointF(4, 20), text);
        painter.end();
        return image;
    };
    QVERIFY(draw(QStringLiteral("a")) != draw(QStringLiteral("g")));
    QVERIFY(draw(QStringLiteral("i")) != draw(QStringLiteral("W")));
}

void TestLook::statesHaveShapeAndWord() {
    QSet<QPair<int, QString>> looks;
    for (const auto* status :
         {"queued", "running", "waiting", "succeeded", "failed", "skipped", "cancelled", "backoff"}) {
        const auto look = stateLook(QLatin1String(status));
        QVERIFY2(!look.word.isEmpty() && look.shape != StateShape::None, status);
        looks.insert({static_cast<int>(look.shape), look.word});
    }
    QCOMPARE(looks.size(), 8);
    QCOMPARE(stateLook(QStringLiteral("failed")).role, ColourRole::Error);
    QCOMPARE(stateLook(QStringLiteral("fermenting")).word, QStringLiteral("fermenting"));
    QVERIFY(isFinalRunStatus(QStringLiteral("cancelled")) && !isFinalRunStatus(QStringLiteral("waiting")));
    QVERIFY(isFinalNodeStatus(QStringLiteral("reused")) && !isFinalNodeStatus(QStringLiteral("backoff")));
}

void TestLook::durations_data() {
    QTest::addColumn<qint64>("micros");
    QTest::addColumn<QString>("text");
    QTest::newRow("negative") << qint64(-5) << QStringLiteral("0 µs");
    QTest::newRow("micro") << qint64(850) << QStringLiteral("850 µs");
    QTest::newRow("milli") << qint64(380'400) << QStringLiteral("380 ms");
    QTest::newRow("second") << qint64(1'240'000) << QStringLiteral("1.24 s");
    QTest::newRow("minute") << qint64(125'000'000) << QStringLiteral("2 m 05 s");
    QTest::newRow("hour") << qint64(11'220'000'000) << QStringLiteral("3 h 07 m");
    QTest::newRow("day") << qint64(187'200'000'000) << QStringLiteral("2 d 04 h");
}

void TestLook::durations() {
    QFETCH(qint64, micros);
    QFETCH(QString, text);
    QCOMPARE(formatDuration(micros), text);
}

void TestLook::numbers() {
    QCOMPARE(formatBytes(812), QStringLiteral("812 B"));
    QCOMPARE(formatBytes(16'400), QStringLiteral("16.4 kB"));
    QCOMPARE(formatBytes(999'999), QStringLiteral("1.0 MB"));
    constexpr qint64 kNow = 1'767'000'000'000'000;
    QCOMPARE(formatRelative(kNow - 4'000'000, kNow), QStringLiteral("just now"));
    QCOMPARE(formatRelative(kNow - 300'000'000, kNow), QStringLiteral("5 min ago"));
    QCOMPARE(formatRelative(kNow - 10'800'000'000, kNow), QStringLiteral("3 h ago"));
    QCOMPARE(formatRelative(0, kNow), QString());
}

void TestLook::valuesInOneLine() {
    QCOMPARE(summariseValue(Value("plain")), QStringLiteral("plain"));
    QCOMPARE(summariseValue(Value(1.5)), QStringLiteral("1.5"));
    QCOMPARE(summariseValue(Value::array()), QStringLiteral("[]"));
    const auto cut = summariseValue(Value(std::string(5'000'000, 'x')), 20);
    QVERIFY(cut.size() < 40 && cut.contains(QStringLiteral("5.0 MB")));
}

void TestLook::tabularDigitsAreEquallyWide() {
    const QFontMetricsF metrics(Theme::current().bodyFont());
    QCOMPARE(tabularWidth(metrics, QStringLiteral("1111")), tabularWidth(metrics, QStringLiteral("8080")));
    QVERIFY(tabularWidth(metrics, QStringLiteral("12 ms")) > tabularWidth(metrics, QStringLiteral("1 ms")));
}

QTEST_MAIN(TestLook)
#include "test_look.moc"
