// Selecting several nodes, moving them, and the overview: by mouse and by keyboard.
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <cmath>

#include "ui/canvas/canvas_overview.h"
#include "ui/canvas/canvas_view.h"
#include "ui/samples.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

class TestCanvasGestures : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void bandSelectsWhatItTouches();
    void clicksWithControlToggle();
    void allAreSelectedByKey();
    void shiftAndArrowsExtendAlongWires();
    void aDragMovesTheSelectionOnce();
    void aDragLandsOnTheGridUnlessAltIsHeld();
    void escapePutsEverythingBack();
    void nothingMovesWhereNothingMayBeEdited();
    void keysMoveTheSelection();
    void spaceDragsTheViewOverNodes();
    void aDragAtTheEdgeMovesTheView();
    void aNewGraphKeepsTheSelection();
    void overviewShowsOnlyWhatIsOutOfView();
    void overviewMovesTheView();
    void portsAreFound();
    void wiresAreSelectedByClickAndByKey();

private:
    [[nodiscard]] QPoint middleOf(const char* id) const;
    [[nodiscard]] QPointF placeOf(const char* id) const;
    void drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers = {});
    CanvasView* canvas_ = nullptr;
};

void TestCanvasGestures::initTestCase() {
    qRegisterMetaType<QList<NodeMove>>();
    Theme::current().setReducedMotion(true);
}

void TestCanvasGestures::init() {
    canvas_ = new CanvasView;
    canvas_->resize(900, 600);
    canvas_->setGraph(test::releaseWorkflow().graph);
    canvas_->setEditable(true);
    canvas_->show();
    QVERIFY(QTest::qWaitForWindowExposed(canvas_));
}

void TestCanvasGestures::cleanup() { delete canvas_; }

QPoint TestCanvasGestures::middleOf(const char* id) const {
    const int node = canvas_->scene().indexOf(QLatin1String(id));
    return canvas_->viewport().toView(canvas_->scene().nodes.rect[at(node)].center()).toPoint();
}

QPointF TestCanvasGestures::placeOf(const char* id) const {
    return canvas_->scene().nodes.rect[at(canvas_->scene().indexOf(QLatin1String(id)))].topLeft();
}

void TestCanvasGestures::drag(QPoint from, QPoint to, Qt::KeyboardModifiers modifiers) {
    QTest::mousePress(canvas_, Qt::LeftButton, modifiers, from);
    const auto step = [&](QPoint place) {
        QMouseEvent move(QEvent::MouseMove, place, canvas_->mapToGlobal(place), Qt::NoButton, Qt::LeftButton,
                         modifiers);
        QCoreApplication::sendEvent(canvas_, &move);
    };
    step((from + to) / 2);
    step(to);
    QTest::mouseRelease(canvas_, Qt::LeftButton, modifiers, to);
}

void TestCanvasGestures::bandSelectsWhatItTouches() {
    QSignalSpy changed(canvas_, &CanvasView::selectedNodesChanged);
    const auto before = canvas_->viewport();
    drag(QPoint(1, 1), QPoint(899, 599), Qt::ShiftModifier);
    QCOMPARE(canvas_->selectedCount(), canvas_->scene().nodes.size());
    QCOMPARE(changed.count(), 1);
    QVERIFY(!canvas_->selectedNode().isEmpty());
    QCOMPARE(canvas_->viewport(), before);
    QTest::keyClick(canvas_, Qt::Key_Escape);
    QCOMPARE(canvas_->selectedCount(), 0);
    const auto middle = middleOf("check");
    const auto corner = canvas_->viewport().toView(placeOf("check")).toPoint() - QPoint(3, 3);
    QCOMPARE(canvas_->nodeAt(corner), kNone);
    drag(corner, middle, Qt::ShiftModifier);
    QCOMPARE(canvas_->selectedNodes(), QStringList{QStringLiteral("check")});
}

void TestCanvasGestures::clicksWithControlToggle() {
    const auto first = canvas_->scene().nodes.id[0];
    const auto second = canvas_->scene().nodes.id[1];
    QTest::mouseClick(canvas_, Qt::LeftButton, {}, middleOf(qPrintable(first)));
    QTest::mouseClick(canvas_, Qt::LeftButton, Qt::ControlModifier, middleOf(qPrintable(second)));
    QCOMPARE(canvas_->selectedNodes(), (QStringList{first, second}));
    QCOMPARE(canvas_->selectedNode(), second);
    QTest::mouseClick(canvas_, Qt::LeftButton, Qt::ControlModifier, middleOf(qPrintable(second)));
    QCOMPARE(canvas_->selectedNodes(), QStringList{first});
    QCOMPARE(canvas_->selectedNode(), first);
    // A list that echoes the current node must not undo a selection of several.
    canvas_->selectAll();
    canvas_->selectNode(canvas_->selectedNode());
    QCOMPARE(canvas_->selectedCount(), canvas_->scene().nodes.size());
    QTest::mouseClick(canvas_, Qt::LeftButton, {}, middleOf(qPrintable(second)));
    QCOMPARE(canvas_->selectedNodes(), QStringList{second});
}

void TestCanvasGestures::allAreSelectedByKey() {
    canvas_->setFocus();
    QTest::keyClick(canvas_, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(canvas_->selectedCount(), canvas_->scene().nodes.size());
    QTest::keyClick(canvas_, Qt::Key_Escape);
    QCOMPARE(canvas_->selectedCount(), 0);
    QCOMPARE(canvas_->selectedNode(), QString());
}

void TestCanvasGestures::shiftAndArrowsExtendAlongWires() {
    QTest::keyClick(canvas_, Qt::Key_Home);
    const auto first = canvas_->selectedNode();
    QTest::keyClick(canvas_, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(canvas_->selectedCount(), 2);
    QVERIFY(canvas_->selectedNode() != first);
    QVERIFY(canvas_->selectedNodes().contains(first));
    QTest::keyClick(canvas_, Qt::Key_Right);
    QCOMPARE(canvas_->selectedCount(), 1);
}

void TestCanvasGestures::aDragMovesTheSelectionOnce() {
    QSignalSpy moved(canvas_, &CanvasView::nodesMoved);
    const auto all = canvas_->scene().nodes.id;
    canvas_->selectNode(all[0]);
    QTest::mouseClick(canvas_, Qt::LeftButton, Qt::ControlModifier, middleOf(qPrintable(all[1])));
    const auto place = canvas_->scene().nodes.rect[0].topLeft();
    const auto other = canvas_->scene().nodes.rect[1].topLeft();
    const auto still = canvas_->scene().nodes.rect[2].topLeft();
    const auto from = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center()).toPoint();
    drag(from, from + QPoint(60, 40));
    QCOMPARE(moved.count(), 1);
    const auto moves = moved.front().front().value<QList<NodeMove>>();
    QCOMPARE(moves.size(), 2);
    QCOMPARE(moves[0].id, all[0]);
    QCOMPARE(moves[0].from, place);
    QCOMPARE(moves[0].to, canvas_->scene().nodes.rect[0].topLeft());
    const auto by = moves[0].to - moves[0].from;
    QVERIFY(by.x() > 0 && by.y() > 0);
    QCOMPARE(moves[1].to - moves[1].from, by);
    QCOMPARE(moves[1].from, other);
    QCOMPARE(canvas_->scene().nodes.rect[2].topLeft(), still);
    // The index has followed.
    const auto there = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center());
    QCOMPARE(canvas_->nodeAt(there), 0);
}

void TestCanvasGestures::aDragLandsOnTheGridUnlessAltIsHeld() {
    const auto from = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center()).toPoint();
    drag(from, from + QPoint(61, 47));
    const auto place = canvas_->scene().nodes.rect[0].topLeft();
    QCOMPARE(std::fmod(place.x(), 8.0), 0.0);
    QCOMPARE(std::fmod(place.y(), 8.0), 0.0);
    const auto zoom = canvas_->viewport().zoom;
    const auto next = from + QPoint(61, 47);
    drag(next, next + QPoint(21, 13), Qt::AltModifier);
    const auto free = canvas_->scene().nodes.rect[0].topLeft() - place;
    QVERIFY(qAbs(free.x() - 21 / zoom) < 1e-6 && qAbs(free.y() - 13 / zoom) < 1e-6);
}

void TestCanvasGestures::escapePutsEverythingBack() {
    QSignalSpy moved(canvas_, &CanvasView::nodesMoved);
    const auto place = canvas_->scene().nodes.rect[0].topLeft();
    const auto from = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center()).toPoint();
    QTest::mousePress(canvas_, Qt::LeftButton, {}, from);
    QTest::mouseMove(canvas_, from + QPoint(40, 40));
    QTest::mouseMove(canvas_, from + QPoint(80, 60));
    QVERIFY(canvas_->scene().nodes.rect[0].topLeft() != place);
    QTest::keyClick(canvas_, Qt::Key_Escape);
    QCOMPARE(canvas_->scene().nodes.rect[0].topLeft(), place);
    QTest::mouseRelease(canvas_, Qt::LeftButton, {}, from + QPoint(80, 60));
    QCOMPARE(canvas_->scene().nodes.rect[0].topLeft(), place);
    QCOMPARE(moved.count(), 0);
}

void TestCanvasGestures::nothingMovesWhereNothingMayBeEdited() {
    canvas_->setEditable(false);
    QSignalSpy moved(canvas_, &CanvasView::nodesMoved);
    const auto place = canvas_->scene().nodes.rect[0].topLeft();
    const auto origin = canvas_->viewport().origin;
    const auto from = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center()).toPoint();
    drag(from, from + QPoint(60, 40));
    QCOMPARE(canvas_->scene().nodes.rect[0].topLeft(), place);
    QVERIFY(canvas_->viewport().origin != origin);
    canvas_->selectAll();
    QTest::keyClick(canvas_, Qt::Key_Right, Qt::ControlModifier);
    canvas_->moveSelection({8, 8});
    QCOMPARE(canvas_->scene().nodes.rect[0].topLeft(), place);
    QCOMPARE(moved.count(), 0);
}

void TestCanvasGestures::keysMoveTheSelection() {
    QSignalSpy moved(canvas_, &CanvasView::nodesMoved);
    canvas_->selectNode(QStringLiteral("check"));
    const auto place = placeOf("check");
    QTest::keyClick(canvas_, Qt::Key_Right, Qt::ControlModifier);
    QTest::keyClick(canvas_, Qt::Key_Down, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(placeOf("check") - place, QPointF(8, 40));
    QCOMPARE(moved.count(), 2);
}

void TestCanvasGestures::spaceDragsTheViewOverNodes() {
    canvas_->setFocus();
    const auto place = canvas_->scene().nodes.rect[0].topLeft();
    const auto origin = canvas_->viewport().origin;
    const auto from = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center()).toPoint();
    QTest::keyPress(canvas_, Qt::Key_Space);
    drag(from, from + QPoint(60, 40));
    QTest::keyRelease(canvas_, Qt::Key_Space);
    QCOMPARE(canvas_->scene().nodes.rect[0].topLeft(), place);
    const auto shift = (origin - canvas_->viewport().origin) * canvas_->viewport().zoom;
    QVERIFY(qAbs(shift.x() - 60) < 1e-6 && qAbs(shift.y() - 40) < 1e-6);
}

void TestCanvasGestures::aDragAtTheEdgeMovesTheView() {
    const auto from = canvas_->viewport().toView(canvas_->scene().nodes.rect[0].center()).toPoint();
    const auto origin = canvas_->viewport().origin;
    QTest::mousePress(canvas_, Qt::LeftButton, {}, from);
    QTest::mouseMove(canvas_, from + QPoint(30, 30));
    QTest::mouseMove(canvas_, QPoint(897, 300));
    const auto place = canvas_->scene().nodes.rect[0].topLeft();
    QTRY_VERIFY(canvas_->viewport().origin.x() > origin.x() + 20);
    QTRY_VERIFY(canvas_->scene().nodes.rect[0].topLeft().x() > place.x());
    QTest::mouseRelease(canvas_, Qt::LeftButton, {}, QPoint(897, 300));
}

void TestCanvasGestures::aNewGraphKeepsTheSelection() {
    canvas_->selectAll();
    auto graph = test::releaseWorkflow().graph;
    const auto gone = QString::fromStdString(graph.nodes.back().id);
    graph.nodes.pop_back();
    canvas_->setGraph(graph);
    QVERIFY(!canvas_->selectedNodes().contains(gone));
    QCOMPARE(canvas_->selectedCount(), canvas_->selectedNodes().size());
    QVERIFY(canvas_->selectedCount() > 1);
}

void TestCanvasGestures::overviewShowsOnlyWhatIsOutOfView() {
    auto* overview = canvas_->findChild<CanvasOverview*>();
    QVERIFY(!overview->isVisible());
    canvas_->zoomBy(4);
    QVERIFY(overview->isVisible());
    canvas_->setFocus();
    QTest::keyClick(canvas_, Qt::Key_M);
    QVERIFY(!overview->isVisible());
    QVERIFY(!canvas_->isOverviewEnabled());
    QTest::keyClick(canvas_, Qt::Key_M);
    QVERIFY(overview->isVisible());
    canvas_->fit(false);
    QVERIFY(!overview->isVisible());
}

void TestCanvasGestures::overviewMovesTheView() {
    auto* overview = canvas_->findChild<CanvasOverview*>();
    canvas_->zoomBy(4);
    QTest::mouseClick(overview, Qt::LeftButton, {}, QPoint(2, overview->height() / 2));
    const auto left = canvas_->viewport().visible().center().x();
    QTest::mouseClick(overview, Qt::LeftButton, {}, QPoint(overview->width() - 2, overview->height() / 2));
    QVERIFY(canvas_->viewport().visible().center().x() > left + canvas_->scene().bounds.width() / 2);
    QVERIFY(overview->grab().toImage() != QImage());
}

void TestCanvasGestures::portsAreFound() {
    const auto& scene = canvas_->scene();
    const int wire = 0;
    const auto output = canvas_->viewport().toView(scene.outputPoint(wire) - QPointF(2, 0));
    QCOMPARE(canvas_->portAt(output), scene.wires.fromPort[at(wire)]);
    const auto input = canvas_->viewport().toView(scene.inputPoint(wire) + QPointF(2, 0));
    QCOMPARE(canvas_->portAt(input), scene.wires.toPort[at(wire)]);
    QCOMPARE(canvas_->portAt(QPointF(1, 1)), kNone);
}

void TestCanvasGestures::wiresAreSelectedByClickAndByKey() {
    QSignalSpy told(canvas_, &CanvasView::wireSelected);
    const auto& scene = canvas_->scene();
    // A place on a wire that no node covers.
    const auto between = (scene.outputPoint(0) + scene.inputPoint(0)) / 2;
    const auto place = canvas_->viewport().toView(between).toPoint();
    const int wire = canvas_->wireAt(place);
    QVERIFY(wire != kNone);
    canvas_->selectNode(QStringLiteral("check"));
    QTest::mouseClick(canvas_, Qt::LeftButton, {}, place);
    QCOMPARE(canvas_->selectedWire(), wire);
    QCOMPARE(canvas_->selectedNode(), QString());
    QCOMPARE(told.back().front().toInt(), wire);
    canvas_->setGraph(test::releaseWorkflow().graph);
    QCOMPARE(canvas_->selectedWire(), wire);
    canvas_->setFocus();
    QTest::keyClick(canvas_, Qt::Key_Escape);
    QCOMPARE(canvas_->selectedWire(), kNone);
    canvas_->selectNode(scene.nodes.id[at(scene.wires.from[at(wire)])]);
    QTest::keyClick(canvas_, Qt::Key_W);
    QVERIFY(canvas_->selectedWire() != kNone);
    QCOMPARE(scene.wires.from[at(canvas_->selectedWire())], scene.wires.from[at(wire)]);
    QTest::keyClick(canvas_, Qt::Key_Home);
    QCOMPARE(canvas_->selectedWire(), kNone);
}

QTEST_MAIN(TestCanvasGestures)
#include "test_canvas_gestures.moc"
