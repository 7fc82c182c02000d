// The five states of a panel, and what opens beside a control.
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPushButton>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTest>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_state.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/popover.h"
#include "ui/widgets/stale_strip.h"
#include "ui/widgets/theme.h"
#include "ui/widgets/time_range_edit.h"

using namespace signalbox;
using namespace signalbox::ui;
using State = PanelStates::State;

namespace {

constexpr std::int64_t kNow = 1'767'000'000'000'000;
const Error kTimeout{"http.timeout", "No answer from deploy.example within 30 s", "publish, attempt 3",
                     "Check that the deploy service is up.", true};

/// A panel with a list of three rows.
struct Panel {
    Panel() : rows(QStringList{QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
        list = new QListView;
        list->setModel(&rows);
        states = new PanelStates(*list);
        states->setEmptyTexts(QStringLiteral("runs"), QStringLiteral("No runs yet"),
                              QStringLiteral("Runs are listed here."), QStringLiteral("&Run now"));
        states->setClock([this] { return now; });
        auto* column = new QVBoxLayout(&window);
        column->addWidget(states);
        window.resize(400, 500);
        window.show();
        window.activateWindow();
    }
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return states->findChild<Widget*>(QLatin1String(name));
    }
    QWidget window;
    QStringListModel rows;
    QListView* list;
    PanelStates* states;
    std::int64_t now = kNow;
};

}  // namespace

class TestStatesWidgets : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void emptyOffersTheFirstAction();
    void quickAnswersShowNoSkeleton();
    void slowAnswersShowOne();
    void loadingKeepsWhatIsThere();
    void staleGreysAndAges();
    void errorTellsAllOfIt();
    void errorThatCannotBeRetried();
    void contentNeverMoves();
    void focusGoesOnToTheNextPage();
    void statesAreReadOut();
    void everyStateIsDrawn_data();
    void everyStateIsDrawn();
    void popoverOpensInsideTheWindow();
    void popoverClosesByEscapeAndElsewhere();
    void timeRangeByPreset();
    void timeRangeByTyping();
    void smallPanelsStayInTheirPlace();
};

void TestStatesWidgets::initTestCase() {
    Theme::current().setMode(Theme::Mode::Dark);
    Theme::current().setReducedMotion(true);
}

void TestStatesWidgets::emptyOffersTheFirstAction() {
    Panel panel;
    QSignalSpy asked(panel.states, &PanelStates::firstActionRequested);
    panel.states->showEmpty();
    QCOMPARE(panel.states->state(), State::Empty);
    auto* action = panel.part<QPushButton>("emptyStateAction");
    QVERIFY(action->isVisible());
    QCOMPARE(action->accessibleName(), QStringLiteral("Run now"));
    QTest::mouseClick(action, Qt::LeftButton);
    QCOMPARE(asked.size(), 1);
    QVERIFY(!panel.list->isVisible());
}

void TestStatesWidgets::quickAnswersShowNoSkeleton() {
    Panel panel;
    panel.states->showLoading();
    QCOMPARE(panel.states->state(), State::Loading);
    QVERIFY(!panel.states->isSkeletonShown());
    panel.states->showLive();
    QVERIFY(panel.list->isVisible());
    // The timer that would have shown it is over, or the next loading would be no proof.
    QSignalSpy changed(panel.states, &PanelStates::stateChanged);
    QTRY_VERIFY_WITH_TIMEOUT(!panel.states->isSkeletonShown() && panel.list->isVisible(), 1000);
    panel.states->showLive();
    QCOMPARE(changed.size(), 0);
}

void TestStatesWidgets::slowAnswersShowOne() {
    Panel panel;
    panel.states->showEmpty();
    panel.states->showLoading();
    QVERIFY(panel.part<QPushButton>("emptyStateAction")->isVisible());
    QTRY_VERIFY(panel.states->isSkeletonShown());
    QVERIFY(!panel.part<QPushButton>("emptyStateAction")->isVisible());
    QCOMPARE(panel.states->accessibleDescription(), QStringLiteral("Loading"));
    panel.states->showLive();
    QVERIFY(panel.list->isVisible() && !panel.states->isSkeletonShown());
}

void TestStatesWidgets::loadingKeepsWhatIsThere() {
    Panel panel;
    panel.states->showLive();
    panel.states->showLoading();
    QCOMPARE(panel.states->state(), State::Live);
    QVERIFY(panel.list->isVisible());
    panel.states->showStale(kNow - 5'000'000, {});
    panel.states->showLoading();
    QCOMPARE(panel.states->state(), State::Stale);
}

void TestStatesWidgets::staleGreysAndAges() {
    Panel panel;
    panel.states->showLive();
    const auto before = panel.states->grab().toImage();
    panel.states->showStale(kNow - 42'000'000, QStringLiteral("Connection lost, trying again"));
    QCOMPARE(panel.states->state(), State::Stale);
    QVERIFY(panel.list->isVisible() && panel.list->isEnabled());
    auto* strip = panel.part<StaleStrip>("staleStrip");
    QVERIFY(strip->isVisible());
    QCOMPARE(strip->text(), QStringLiteral("42 s old · Connection lost, trying again"));
    QVERIFY(panel.part<QWidget>("staleVeil")->isVisible());
    // The first row's letter is paler, and still at its place.
    const auto letter = panel.list->visualRect(panel.rows.index(0));
    const auto at = QRect(panel.list->viewport()->mapTo(panel.states, letter.topLeft()), letter.size());
    QVERIFY(panel.states->grab().toImage().copy(at) != before.copy(at));
    panel.now += 18'000'000;
    QTRY_COMPARE(strip->text(), QStringLiteral("60 s old · Connection lost, trying again"));
    QSignalSpy retried(panel.states, &PanelStates::retryRequested);
    QTest::mouseClick(panel.part<QPushButton>("staleRetry"), Qt::LeftButton);
    QCOMPARE(retried.size(), 1);
    panel.states->showLive();
    QVERIFY(!strip->isVisible() && !panel.part<QWidget>("staleVeil")->isVisible());
    panel.list->clearFocus();
    QCOMPARE(panel.states->grab().toImage().copy(at), before.copy(at));
    QCOMPARE(formatAge(7'300'000'000), QStringLiteral("2 h old"));
}

void TestStatesWidgets::errorTellsAllOfIt() {
    Panel panel;
    panel.states->showError(kTimeout, QStringLiteral("req-0192"));
    QCOMPARE(panel.states->state(), State::Error);
    const auto text = [&](const char* name) { return panel.part<QLabel>(name)->text(); };
    QCOMPARE(text("errorMessage"), QStringLiteral("No answer from deploy.example within 30 s"));
    QCOMPARE(text("errorHint"), QStringLiteral("Check that the deploy service is up."));
    QVERIFY(text("errorCode").contains(QStringLiteral("http.timeout")));
    QVERIFY(text("errorCode").contains(QStringLiteral("publish, attempt 3")));
    QSignalSpy retried(panel.states, &PanelStates::retryRequested);
    QTest::mouseClick(panel.part<QPushButton>("errorRetry"), Qt::LeftButton);
    QCOMPARE(retried.size(), 1);
    QTest::mouseClick(panel.part<QPushButton>("errorCopy"), Qt::LeftButton);
    const auto copied = QApplication::clipboard()->text();
    for (const auto* part :
         {"No answer from deploy.example", "hint: Check that", "code: http.timeout", "where: publish, attempt 3",
          "request: req-0192", "time: 2025-12-29T09:20:00", "version: ", "Qt 6."}) {
        QVERIFY2(copied.contains(QLatin1String(part)), part);
    }
}

void TestStatesWidgets::errorThatCannotBeRetried() {
    Panel panel;
    auto error = kTimeout;
    error.retryable = false;
    error.hint.clear();
    panel.states->showError(error);
    QVERIFY(!panel.part<QPushButton>("errorRetry")->isVisible());
    QVERIFY(!panel.part<QLabel>("errorHint")->isVisible());
    QVERIFY(!panel.states->errorState().diagnostics().contains(QLatin1String("request:")));
}

void TestStatesWidgets::contentNeverMoves() {
    Panel panel;
    panel.states->showLive();
    QTRY_VERIFY(panel.list->isVisible());
    const auto place = panel.list->mapTo(panel.states, QPoint(0, 0));
    const auto size = panel.states->size();
    panel.states->showStale(kNow, {});
    QCoreApplication::processEvents();
    QCOMPARE(panel.list->mapTo(panel.states, QPoint(0, 0)), place);
    panel.states->showError(kTimeout);
    panel.states->showLive();
    QCoreApplication::processEvents();
    QCOMPARE(panel.list->mapTo(panel.states, QPoint(0, 0)), place);
    QCOMPARE(panel.states->size(), size);
}

void TestStatesWidgets::focusGoesOnToTheNextPage() {
    Panel panel;
    panel.states->showLive();
    panel.list->setFocus();
    QTRY_VERIFY(panel.list->hasFocus());
    panel.states->showError(kTimeout);
    QVERIFY(panel.part<QPushButton>("errorRetry")->hasFocus());
    panel.states->showLive();
    QVERIFY(panel.list->hasFocus());
    panel.states->showEmpty();
    QVERIFY(panel.part<QPushButton>("emptyStateAction")->hasFocus());
}

void TestStatesWidgets::statesAreReadOut() {
    Panel panel;
    panel.states->showEmpty();
    QCOMPARE(panel.states->accessibleDescription(), QStringLiteral("No runs yet"));
    panel.states->showError(kTimeout);
    QCOMPARE(panel.states->accessibleDescription(), QString::fromStdString(kTimeout.message));
    panel.states->showStale(kNow - 3'000'000, QStringLiteral("paused"));
    QCOMPARE(panel.states->accessibleDescription(), QStringLiteral("3 s old · paused"));
    panel.states->showLive();
    QVERIFY(panel.states->accessibleDescription().isEmpty());
    for (auto* button : panel.states->findChildren<QPushButton*>()) QVERIFY(!button->accessibleName().isEmpty());
}

void TestStatesWidgets::everyStateIsDrawn_data() {
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind <= static_cast<int>(Skeleton::Kind::Tiles); ++kind) {
        QTest::addRow("%d", kind) << kind;
    }
}

void TestStatesWidgets::everyStateIsDrawn() {
    QFETCH(int, kind);
    Skeleton skeleton(static_cast<Skeleton::Kind>(kind));
    skeleton.resize(400, 300);
    const auto drawn = skeleton.grab().toImage();
    int grey = 0;
    for (int y = 0; y < drawn.height(); y += 2) {
        for (int x = 0; x < drawn.width(); x += 2) grey += drawn.pixelColor(x, y) != drawn.pixelColor(0, 0) ? 1 : 0;
    }
    QVERIFY2(grey > 100, qPrintable(QString::number(grey)));
}

void TestStatesWidgets::popoverOpensInsideTheWindow() {
    QWidget window;
    window.resize(300, 200);
    auto* anchor = new QPushButton(QStringLiteral("open"), &window);
    anchor->setGeometry(220, 160, 70, 30);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    anchor->setFocus();
    auto* field = new QLineEdit;
    QPointer<Popover> popover = Popover::open(*anchor, *field);
    QVERIFY(popover->isVisible());
    QVERIFY(window.rect().contains(popover->geometry()));
    QVERIFY(!popover->geometry().intersects(anchor->geometry()));
    QVERIFY(field->hasFocus());
    popover->dismiss();
    QTRY_VERIFY(!popover);
    QVERIFY(anchor->hasFocus());
}

void TestStatesWidgets::popoverClosesByEscapeAndElsewhere() {
    QWidget window;
    window.resize(400, 300);
    auto* anchor = new QPushButton(QStringLiteral("open"), &window);
    auto* other = new QPushButton(QStringLiteral("other"), &window);
    other->move(300, 250);
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QPointer<Popover> popover = Popover::open(*anchor, *new QLineEdit);
    QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
    QTRY_VERIFY(!popover);
    popover = Popover::open(*anchor, *new QLineEdit);
    // It does not swallow the click that closes it.
    QSignalSpy clicked(other, &QPushButton::clicked);
    QTest::mouseClick(other, Qt::LeftButton);
    QCOMPARE(clicked.size(), 1);
    QTRY_VERIFY(!popover);
    popover = Popover::open(*anchor, *new QLineEdit);
    other->setFocus(Qt::TabFocusReason);
    QTRY_VERIFY(!popover);
    QVERIFY(other->hasFocus());
}

void TestStatesWidgets::timeRangeByPreset() {
    QWidget window;
    window.resize(600, 400);
    auto* edit = new TimeRangeEdit(&window);
    edit->setClock([] { return kNow; });
    window.show();
    QSignalSpy changed(edit, &TimeRangeEdit::rangeChanged);
    QCOMPARE(edit->text(), QStringLiteral("All time"));
    edit->click();
    auto* preset = window.findChild<QPushButton*>(QStringLiteral("preset:last:900"));
    QVERIFY(preset);
    QTest::mouseClick(preset, Qt::LeftButton);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(edit->range(), TimeRange::lastMicros(900'000'000));
    QCOMPARE(edit->text(), QStringLiteral("Last 15 min"));
    QTRY_VERIFY(!window.findChild<Popover*>());
}

void TestStatesWidgets::timeRangeByTyping() {
    QWidget window;
    window.resize(600, 400);
    auto* edit = new TimeRangeEdit(&window);
    edit->setClock([] { return kNow; });
    window.show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    edit->click();
    auto* from = window.findChild<QLineEdit*>(QStringLiteral("rangeFrom"));
    auto* to = window.findChild<QLineEdit*>(QStringLiteral("rangeTo"));
    auto* problem = window.findChild<QLabel*>(QStringLiteral("rangeProblem"));
    from->setText(QStringLiteral("yesterday, I think"));
    QTest::keyClick(from, Qt::Key_Return);
    QVERIFY(problem->isVisible());
    QVERIFY(from->property("invalid").toBool());
    from->setText(QStringLiteral("now"));
    to->setText(QStringLiteral("now-2h"));
    QTest::keyClick(from, Qt::Key_Return);
    QVERIFY(problem->text().contains(QLatin1String("before")));
    QCOMPARE(edit->range(), TimeRange::all());
    from->setText(QStringLiteral("now-2h"));
    to->setText(QStringLiteral("now"));
    QTest::keyClick(from, Qt::Key_Return);
    QCOMPARE(edit->range(), TimeRange::between(kNow - 7'200'000'000, kNow));
}

// A dock may be low: no state makes it higher than the content does.
void TestStatesWidgets::smallPanelsStayInTheirPlace() {
    Panel panel;
    for (const auto show : {0, 1, 2}) {
        if (show == 0) panel.states->showEmpty();
        if (show == 1) panel.states->showError(kTimeout);
        if (show == 2) panel.states->showStale(kNow, QStringLiteral("paused"));
        QVERIFY2(panel.states->minimumSizeHint().height() <= Theme::current().unit() * 24,
                 qPrintable(QString::number(panel.states->minimumSizeHint().height())));
    }
}

QTEST_MAIN(TestStatesWidgets)
#include "test_states_widgets.moc"
