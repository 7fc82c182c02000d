// The canvas: a workflow as a graph, to look at, move around in and watch.
#pragma once

#include <QList>
#include <QStringList>
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

/// Where a node was and where it was put, in scene units.
struct NodeMove {
    QString id;
    QPointF from;
    QPointF to;
};

/// One widget that paints itself. Mouse: dragging the background moves the view (with Shift it selects what the band
/// touches), dragging a node moves the selected nodes where the graph may be edited; the wheel scrolls (with Shift
/// sideways, with Ctrl zooms around the cursor); a click selects a node or a wire, with Ctrl or Shift one more node.
/// Keys: arrows follow wires from the selected node (with Shift selecting what they pass) and move the view when none
/// is, Ctrl and arrows move the selected nodes, Ctrl+A selects all, W goes through the wires of the selected node, Tab
/// goes through the nodes, + and - zoom, 0 shows actual size, F fits, M shows or hides the overview, Enter opens the
/// node, Esc ends a drag as if it had not been and otherwise deselects.
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
    /// All that are selected, in the order of the graph; selectedNode() is the current one of them.
    [[nodiscard]] QStringList selectedNodes() const;
    [[nodiscard]] int selectedCount() const;
    void selectAll();
    /// The wire that is selected, by itself: kNone while nodes are.
    [[nodiscard]] int selectedWire() const;
    void selectWire(int wire);

    /// Whether nodes can be moved. A graph of a past version is only looked at.
    void setEditable(bool editable);
    [[nodiscard]] bool isEditable() const;
    /// Moves the selected nodes as a drag does. Nothing happens unless the graph may be edited.
    void moveSelection(QPointF by);

    /// The overview in the corner, seen only while a part of the graph is out of view.
    void setOverviewEnabled(bool enabled);
    [[nodiscard]] bool isOverviewEnabled() const;

    [[nodiscard]] const Viewport& viewport() const;
    void setViewport(const Viewport& viewport);
    void zoomBy(double factor);
    void resetZoom();
    void fit(bool animated = true);

    [[nodiscard]] int nodeAt(QPointF view) const;
    [[nodiscard]] int wireAt(QPointF view) const;
    /// A port of the node that is there.
    [[nodiscard]] int portAt(QPointF view) const;

    /// Microseconds since the epoch, for what is running; the system's clock unless set.
    void setClock(std::function<std::int64_t()> clock);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void selectionChanged(const QString& nodeId);
    /// The set of selected nodes is another one, whether or not the current one is.
    void selectedNodesChanged();
    void wireSelected(int wire);  ///< kNone: neither a wire nor a node is selected any more
    void nodeActivated(const QString& nodeId);
    /// A gesture has put nodes elsewhere: one list a gesture.
    void nodesMoved(const QList<signalbox::ui::NodeMove>& moves);
    void zoomChanged(double zoom);
    void overviewEnabledChanged(bool enabled);

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
    void keyReleaseEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;

private:
    struct Private;
    friend class CanvasOverview;
    void forgetLook();
    bool showToolTip(const QHelpEvent& event);
    bool zoomByGesture(const QNativeGestureEvent& event);
    enum class Picking : quint8 { Only, Add, Toggle };
    void select(int node, bool reveal, Picking picking = Picking::Only);
    [[nodiscard]] QStringList nodeLines(int node, QPointF view) const;
    [[nodiscard]] QStringList wireLines(int wire) const;
    void beginGesture();
    void continueGesture(QPointF position, Qt::KeyboardModifiers modifiers);
    void finishGesture();
    void cancelGesture();
    void dragNodes(QPointF by);
    void reportMoves();
    void pickBand();
    void pushAtEdge();
    void placeOverview();
    bool commandByKey(int key);
    bool selectNextWire();
    bool nudgeByKey(int key, Qt::KeyboardModifiers modifiers);
    void setHovered(int node, int wire);
    void moveViewTo(const Viewport& target, bool animated);
    bool moveByKey(int key, bool extend);
    bool zoomByKey(int key);
    void updateTicking();
    void tick();
    std::unique_ptr<Private> d_;
};

}  // namespace signalbox::ui
