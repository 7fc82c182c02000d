#include "ui/panels/canvas_panel.h"

#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/canvas/canvas_view.h"
#include "ui/panels/approval_bar.h"
#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

CanvasPanel::CanvasPanel(PanelContext& context, QWidget* parent)
    : Panel(parent),
      context_(context),
      stack_(new QStackedWidget),
      canvas_(new CanvasView),
      empty_(new EmptyState(QStringLiteral("graph"))),
      notice_(new NoticeBar),
      approval_(new ApprovalBar(context)) {
    setObjectName(QStringLiteral("canvasPanel"));
    canvas_->setClock([this] { return context_.run().now(); });
    stack_->addWidget(empty_);
    stack_->addWidget(canvas_);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(notice_);
    column->addWidget(approval_);
    column->addWidget(stack_, 1);
    setEmptyTexts(tr("No workflow open"), tr("Choose one from the list on the left."));
    empty_->setAction(tr("&Find a workflow"));
    connect(empty_, &EmptyState::actionRequested, this, &CanvasPanel::findRequested);
    connect(&context_, &PanelContext::graphChanged, this, &CanvasPanel::showGraph);
    connect(&context_, &PanelContext::selectionChanged, canvas_, &CanvasView::selectNode);
    connect(canvas_, &CanvasView::selectionChanged, &context_, &PanelContext::selectNode);
    connect(&context_.run(), &RunSession::refreshed, this, &CanvasPanel::showStates);
    connect(&context_.run(), &RunSession::nodeChanged, this, &CanvasPanel::showState);
    connect(&context_.controller(), &RunController::problem, this, &CanvasPanel::showError);
    connect(notice_, &NoticeBar::retryRequested, this, [this] {
        if (retry_) retry_();
    });
    showGraph();
}

QWidget& CanvasPanel::firstStop() { return *canvas_; }

void CanvasPanel::showError(const Error& error, std::function<void()> retry) {
    retry_ = std::move(retry);
    showProblem(*notice_, error, static_cast<bool>(retry_));
}

void CanvasPanel::setEmptyTexts(const QString& title, const QString& text) { empty_->setTexts(title, text); }

void CanvasPanel::showGraph() {
    const auto& graph = context_.graph();
    // A run of the version that is shown changes states only: the view stays where it is.
    if (!(graph == shown_)) {
        shown_ = graph;
        canvas_->setGraph(graph);
    }
    const bool open = context_.workflow() != nullptr || context_.run().isOpen();
    stack_->setCurrentWidget(open ? static_cast<QWidget*>(canvas_) : empty_);
    canvas_->clearStates();
    showStates();
}

void CanvasPanel::showStates() {
    if (!context_.run().isOpen()) return;
    for (std::size_t i = 0; i < context_.run().nodes().size(); ++i) showState(static_cast<int>(i));
}

void CanvasPanel::showState(int index) {
    const auto& state = context_.run().nodes()[static_cast<std::size_t>(index)];
    NodeLive live;
    live.status = toQString(state.status);
    live.generation = state.generation;
    live.attempt = state.attempt;
    live.itemsTotal = state.itemsTotal;
    live.itemsDone = state.itemsDone;
    live.started = state.started;
    live.finished = state.finished;
    if (state.error) live.errorCode = toQString(state.error->code);
    canvas_->setNodeState(toQString(state.nodeId), std::move(live));
}

}  // namespace signalbox::ui
