// The canvas: a workflow as a graph, to look at, move around in and watch.
#pragma once

#include <QWidget>
#include <functional>
#include <memory>

#include "protocol/dto.h"
#include "ui/canvas/live_state.h"
#include "ui/canvas/scene.h"
#include "ui/canvas/viewport.h"

class QHelpEvent;
class QNativeGestureEvent;

namespace signalbox::ui {

/// One widget that paints itself. Mouse: drag moves the view, the wheel scrolls (with Shift sideways, with Ctrl zooms
/// around the cursor), a click selects. Keys: arrows follow wires from the selected node and move the view when none
/// is, Tab goes through the nodes, + and - zoom, 0 shows actual size, F fits, Esc deselects, Enter opens the node.
class CanvasView : public QWidget {
    Q_OBJECT
    Q_PROPERTY(QString selectedNode READ selectedNode WRITE selectNode NOTIFY selectionChanged)
public:
    explicit CanvasView(QWidget* parent = nullptr);
    ~CanvasView() override;

    /// Replaces the graph; states and selection are forgotten, a node that is still there stays selected.
    void setGraph(const protocol::Graph& graph);
    [[nodiscard]] const Scene& scene() const;

    void setNodeState(const QString& id, NodeLive live);
    void clearStates();
    [[nodiscard]] const LiveStates& states() const;

    [[nodiscard]] QString selectedNode() const;
    [[nodiscard]] int selectedIndex() const;
    /// An unknown or empty id deselects. The node is brought into view.
    void selectNode(const QString& id);

    [[nodiscard]] const Viewport& viewport() const;
    void setViewport(const Viewport& viewport);
    void zoomBy(double factor);
    void resetZoom();
    void fit(bool animated = true);

    [[nodiscard]] int nodeAt(QPointF view) const;
    [[nodiscard]] int wireAt(QPointF view) const;

    /// Microseconds since the epoch, for what is running; the system's clock unless set.
    void setClock(std::function<std::int64_t()> clock);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectionChanged(const QString& nodeId);
    void nodeActivated(const QString& nodeId);
    void zoomChanged(double zoom);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Private;
    bool showToolTip(const QHelpEvent& event);
    bool zoomByGesture(const QNativeGestureEvent& event);
    void select(int node, bool reveal);
    void setHovered(int node, int wire);
    void moveViewTo(const Viewport& target, bool animated);
    bool moveByKey(int key);
    bool zoomByKey(int key);
    void updateTicking();
    void tick();
    std::unique_ptr<Private> d_;
};

}  // namespace signalbox::ui
