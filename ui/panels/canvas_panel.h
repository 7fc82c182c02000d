// The graph in the middle of the window, with what has to be said or decided above it.
#pragma once

#include "ui/canvas/canvas_view.h"
#include "ui/panels/panel.h"
#include "ui/panels/panel_context.h"

class QStackedWidget;

namespace signalbox::ui {

class ApprovalBar;
class EmptyState;
class NoticeBar;

/// Brings graph, states and selection of the context to the canvas and back.
class CanvasPanel : public Panel {
    Q_OBJECT
public:
    explicit CanvasPanel(PanelContext& context, QWidget* parent = nullptr);
    [[nodiscard]] QWidget& firstStop() override;
    [[nodiscard]] CanvasView& canvas() { return *canvas_; }
    [[nodiscard]] NoticeBar& notice() { return *notice_; }
    /// Calls `retry` when the button of the message is pressed.
    void showError(const Error& error, std::function<void()> retry);
    /// While no workflow is open: what is going on instead.
    void setEmptyTexts(const QString& title, const QString& text);

Q_SIGNALS:
    void findRequested();  ///< the button shown while no workflow is open

private:
    void showGraph();
    void showStates();
    void showState(int index);
    void followEditing();
    void applyMoves(const QList<NodeMove>& moves);
    void tellWire(int wire);

    PanelContext& context_;
    protocol::Graph shown_;
    std::function<void()> retry_;
    QStackedWidget* stack_;
    CanvasView* canvas_;
    EmptyState* empty_;
    NoticeBar* notice_;
    ApprovalBar* approval_;
};

}  // namespace signalbox::ui
