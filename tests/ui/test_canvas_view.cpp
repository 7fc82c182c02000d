// The canvas as a widget: mouse, wheel, keys, painting, screen readers.
#include <QAccessible>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>

#include "ui/canvas/canvas_view.h"
#include "ui/samples.h"
#include "ui/widgets/theme.h"

using namespace signalbox;
using namespace signalbox::ui;

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

void turnWheel(QWidget& widget, QPointF where, int eighths, Qt::KeyboardModifiers modifiers) {
    QWheelEvent event(where, widget.mapToGlobal(where), {}, QPoint(0, eighths), Qt::NoButton, modifiers,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&widget, &event);
}

}  // namespace

class TestCanvasView : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void fitsWhenShown();
    void clickSelects();
    void dragMovesTheView();
    void wheelScrollsAndZooms();
    void keysZoomAndFit();
    void arrowsFollowWires();
    void arrowsMoveTheViewWithoutSelection();
    void tabWalksNodesAndLeaves();
    void wiresAreHit();
    void statesArePainted();
    void paintsAtEveryDetail_data();
    void paintsAtEveryDetail();
    void onlyActiveNodesTick();
    void screenReaderSeesNodes();
    void keepsSelectionOverReload();

private:
    [[nodiscard]] QPoint middleOf(const char* id) const;
    CanvasView* canvas_ = nullptr;
};

void TestCanvasView::initTestCase() {
    Theme::current().setMode(Theme::Mode::Dark);
    Theme::current().setReducedMotion(true);
}

void TestCanvasView::init() {
    canvas_ = new CanvasView;
    canvas_->resize(900, 600);
    canvas_->setGraph(test::releaseWorkflow().graph);
    canvas_->setClock([] { return 10'000'000; });
    canvas_->show();
    QVERIFY(QTest::qWaitForWindowExposed(canvas_));
}

void TestCanvasView::cleanup() { delete canvas_; }

QPoint TestCanvasView::middleOf(const char* id) const {
    const int node = canvas_->scene().indexOf(QLatin1String(id));
    return canvas_->viewport().toView(canvas_->scene().nodes.rect[at(node)].center()).toPoint();
}

void TestCanvasView::fitsWhenShown() {
    QVERIFY(canvas_->viewport().visible().contains(canvas_->scene().bounds));
    QVERIFY(canvas_->viewport().zoom <= 1.0);
}

void TestCanvasView::clickSelects() {
    QSignalSpy spy(canvas_, &CanvasView::selectionChanged);
    QTest::mouseClick(canvas_, Qt::LeftButton, {}, middleOf("check"));
    QCOMPARE(canvas_->selectedNode(), QStringLiteral("check"));
    QTest::mouseClick(canvas_, Qt::LeftButton, {}, QPoint(3, 3));
    QCOMPARE(canvas_->selectedNode(), QString());
    QCOMPARE(spy.count(), 2);
    QSignalSpy activated(canvas_, &CanvasView::nodeActivated);
    QTest::mouseDClick(canvas_, Qt::LeftButton, {}, middleOf("check"));
    QCOMPARE(activated.count(), 1);
}

void TestCanvasView::dragMovesTheView() {
    const auto before = canvas_->viewport().origin;
    QTest::mousePress(canvas_, Qt::LeftButton, {}, QPoint(300, 300));
    QTest::mouseMove(canvas_, QPoint(340, 320));
    QTest::mouseMove(canvas_, QPoint(360, 330));
    QTest::mouseRelease(canvas_, Qt::LeftButton, {}, QPoint(360, 330));
    const auto moved = (before - canvas_->viewport().origin) * canvas_->viewport().zoom;
    QVERIFY(qAbs(moved.x() - 60) < 0.01 && qAbs(moved.y() - 30) < 0.01);
    QCOMPARE(canvas_->selectedNode(), QString());
}

void TestCanvasView::wheelScrollsAndZooms() {
    const auto before = canvas_->viewport();
    turnWheel(*canvas_, {400, 300}, -120, Qt::NoModifier);
    QVERIFY(canvas_->viewport().origin.y() > before.origin.y());
    QCOMPARE(canvas_->viewport().origin.x(), before.origin.x());
    turnWheel(*canvas_, {400, 300}, -120, Qt::ShiftModifier);
    QVERIFY(canvas_->viewport().origin.x() > before.origin.x());
    const auto under = canvas_->viewport().toScene(QPointF(400, 300));
    QSignalSpy zoomed(canvas_, &CanvasView::zoomChanged);
    turnWheel(*canvas_, {400, 300}, 120, Qt::ControlModifier);
    QCOMPARE(zoomed.count(), 1);
    const auto shift = canvas_->viewport().toScene(QPointF(400, 300)) - under;
    QVERIFY(shift.manhattanLength() < 1e-6);
}

void TestCanvasView::keysZoomAndFit() {
    canvas_->setFocus();
    const auto before = canvas_->viewport().zoom;
    QTest::keyClick(canvas_, Qt::Key_Plus);
    QVERIFY(canvas_->viewport().zoom > before);
    QTest::keyClick(canvas_, Qt::Key_0);
    QCOMPARE(canvas_->viewport().zoom, 1.0);
    QTest::keyClick(canvas_, Qt::Key_Minus);
    QVERIFY(canvas_->viewport().zoom < 1.0);
    QTest::keyClick(canvas_, Qt::Key_F);
    QVERIFY(canvas_->viewport().visible().contains(canvas_->scene().bounds));
}

void TestCanvasView::arrowsFollowWires() {
    canvas_->selectNode(QStringLiteral("status"));
    QTest::keyClick(canvas_, Qt::Key_Right);
    QCOMPARE(canvas_->selectedNode(), QStringLiteral("parse"));
    QTest::keyClick(canvas_, Qt::Key_Right);
    QCOMPARE(canvas_->selectedNode(), QStringLiteral("installed"));
    QTest::keyClick(canvas_, Qt::Key_Left);
    QCOMPARE(canvas_->selectedNode(), QStringLiteral("parse"));
    QTest::keyClick(canvas_, Qt::Key_Down);
    QVERIFY(canvas_->selectedNode() != QStringLiteral("parse"));
    QTest::keyClick(canvas_, Qt::Key_Escape);
    QCOMPARE(canvas_->selectedNode(), QString());
}

void TestCanvasView::arrowsMoveTheViewWithoutSelection() {
    const auto before = canvas_->viewport().origin;
    QTest::keyClick(canvas_, Qt::Key_Right);
    QVERIFY(canvas_->viewport().origin.x() > before.x());
    QCOMPARE(canvas_->selectedNode(), QString());
}

void TestCanvasView::tabWalksNodesAndLeaves() {
    QWidget window;
    auto* before = new QWidget(&window);
    before->setFocusPolicy(Qt::StrongFocus);
    canvas_->setParent(&window);
    auto* after = new QWidget(&window);
    after->setFocusPolicy(Qt::StrongFocus);
    window.resize(900, 600);
    window.show();
    canvas_->show();
    window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    canvas_->setFocus();
    QSet<QString> visited;
    for (int i = 0; i < 12; ++i) {
        QTest::keyClick(canvas_, Qt::Key_Tab);
        QVERIFY(canvas_->hasFocus());
        visited.insert(canvas_->selectedNode());
    }
    QCOMPARE(visited.size(), 12);
    QTest::keyClick(canvas_, Qt::Key_Tab);
    QVERIFY(after->hasFocus());
    canvas_->setParent(nullptr);
}

void TestCanvasView::wiresAreHit() {
    const auto& scene = canvas_->scene();
    const int status = scene.indexOf(QStringLiteral("status"));
    const int wire = scene.wiresFrom(status)[0];
    const auto middle =
        (canvas_->viewport().toView(scene.outputPoint(wire)) + canvas_->viewport().toView(scene.inputPoint(wire))) / 2;
    QCOMPARE(canvas_->wireAt(middle + QPointF(0, 4)), wire);
    QCOMPARE(canvas_->wireAt(QPointF(2, 2)), kNone);
}

void TestCanvasView::statesArePainted() {
    const auto before = canvas_->grab().toImage();
    NodeLive live;
    live.status = QStringLiteral("failed");
    live.errorCode = QStringLiteral("http.timeout");
    canvas_->setNodeState(QStringLiteral("publish"), live);
    const auto failed = canvas_->grab().toImage();
    const int node = canvas_->scene().indexOf(QStringLiteral("publish"));
    const auto rect = canvas_->viewport().toView(canvas_->scene().nodes.rect[at(node)]).toAlignedRect();
    QVERIFY(before.copy(rect) != failed.copy(rect));
    canvas_->clearStates();
    QCOMPARE(canvas_->grab().toImage(), before);
    canvas_->setNodeState(QStringLiteral("no-such-node"), live);
    QCOMPARE(canvas_->grab().toImage(), before);
}

void TestCanvasView::paintsAtEveryDetail_data() {
    QTest::addColumn<double>("zoom");
    for (const double zoom : {0.03, 0.2, 0.45, 0.8, 2.0}) QTest::addRow("%g", zoom) << zoom;
}

void TestCanvasView::paintsAtEveryDetail() {
    QFETCH(double, zoom);
    canvas_->setGraph(test::gridGraph(400, 20));
    auto view = canvas_->viewport();
    view.zoom = zoom;
    view.origin = {300, 200};
    canvas_->setViewport(view);
    const auto image = canvas_->grab().toImage();
    QSet<QRgb> colours;
    for (int y = 0; y < image.height(); y += 2) {
        for (int x = 0; x < image.width(); x += 2) colours.insert(image.pixel(x, y));
    }
    QVERIFY2(colours.size() >= 3, "ground, wires and nodes differ");
    // A node lies where it is hit.
    const auto corner = canvas_->viewport().toView(canvas_->scene().nodes.rect[at(43)].center());
    if (canvas_->rect().contains(corner.toPoint())) QCOMPARE(canvas_->nodeAt(corner), 43);
}

void TestCanvasView::onlyActiveNodesTick() {
    QCOMPARE(canvas_->states().activeCount(), 0);
    NodeLive live;
    live.status = QStringLiteral("running");
    canvas_->setNodeState(QStringLiteral("check"), live);
    QCOMPARE(canvas_->states().activeCount(), 1);
    live.status = QStringLiteral("succeeded");
    canvas_->setNodeState(QStringLiteral("check"), live);
    QCOMPARE(canvas_->states().activeCount(), 0);
}

void TestCanvasView::screenReaderSeesNodes() {
    auto* interface = QAccessible::queryAccessibleInterface(canvas_);
    QVERIFY(interface);
    QCOMPARE(interface->role(), QAccessible::List);
    QCOMPARE(interface->childCount(), 12);
    NodeLive live;
    live.status = QStringLiteral("failed");
    canvas_->setNodeState(QStringLiteral("publish"), live);
    const int node = canvas_->scene().indexOf(QStringLiteral("publish"));
    auto* child = interface->child(node);
    QVERIFY(child && child->isValid());
    QCOMPARE(child->text(QAccessible::Name), QStringLiteral("Publish publish, failed"));
    QCOMPARE(child->parent(), interface);
    QCOMPARE(interface->indexOfChild(child), node);
    canvas_->selectNode(QStringLiteral("publish"));
    QVERIFY(child->state().selected);
    QVERIFY(QRect(canvas_->mapToGlobal(QPoint()), canvas_->size()).contains(child->rect().center()));
    auto* other = interface->child(canvas_->scene().indexOf(QStringLiteral("check")));
    other->actionInterface()->doAction(QAccessibleActionInterface::setFocusAction());
    QCOMPARE(canvas_->selectedNode(), QStringLiteral("check"));
    QVERIFY(!interface->child(99));
}

void TestCanvasView::keepsSelectionOverReload() {
    canvas_->selectNode(QStringLiteral("check"));
    canvas_->setGraph(test::releaseWorkflow().graph);
    QCOMPARE(canvas_->selectedNode(), QStringLiteral("check"));
    QSignalSpy spy(canvas_, &CanvasView::selectionChanged);
    canvas_->setGraph(test::smallWorkflow().graph);
    QCOMPARE(canvas_->selectedNode(), QString());
    QCOMPARE(spy.count(), 1);
}

QTEST_MAIN(TestCanvasView)
#include "test_canvas_view.moc"
