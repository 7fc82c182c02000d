#include "ui/panels/canvas_panel.h"

#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/workflow_edits.h"
#include "ui/panels/approval_bar.h"
#include "ui/panels/document_bar.h"
#include "ui/panels/hold_back.h"
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
    column->addWidget(new ConflictBar(context));
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
    connect(&context_, &PanelContext::problem, this, &CanvasPanel::showError);
    connect(&context_, &PanelContext::editabilityChanged, this, &CanvasPanel::followEditing);
    connect(&context_, &PanelContext::documentChanged, this, &CanvasPanel::followEditing);
    connect(canvas_, &CanvasView::nodesMoved, this, &CanvasPanel::applyMoves);
    connect(canvas_, &CanvasView::wireSelected, this, &CanvasPanel::tellWire);
    connect(notice_, &NoticeBar::retryRequested, this, [this] {
        if (retry_) retry_();
    });
    holdBackRetries(context_.connection(), *notice_);
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
    followEditing();
}

void CanvasPanel::followEditing() {
    canvas_->setEditable(context_.document() != nullptr && context_.readOnlyReason().isEmpty());
}

// One step of the undo stack for one gesture. Nodes without a place are laid out anew once another one has one, so the
// first move of all writes down where every node is.
void CanvasPanel::applyMoves(const QList<NodeMove>& moves) {
    auto* document = context_.document();
    if (!document) return;
    std::vector<std::pair<QString, QPointF>> places;
    const auto& nodes = context_.graph().nodes;
    const bool all = std::any_of(nodes.begin(), nodes.end(), [](const auto& node) { return !node.placed; });
    if (all) {
        for (const auto& node : nodes) {
            const int index = canvas_->scene().indexOf(toQString(node.id));
            if (index == kNone) continue;
            places.emplace_back(toQString(node.id),
                                canvas_->scene().nodes.rect[static_cast<std::size_t>(index)].topLeft());
        }
    } else {
        for (const auto& move : moves) places.emplace_back(move.id, move.to);
    }
    if (const auto applied = document->apply(edits::moveNodes(document->root(), places)); !applied) {
        showError(applied.error(), {});
    }
    document->endGesture();
}

void CanvasPanel::tellWire(int wire) {
    if (wire == kNone) return context_.selectWire({});
    const auto& scene = canvas_->scene();
    const auto index = static_cast<std::size_t>(wire);
    const auto end = [&](int node, int port) {
        return QStringLiteral("%1.%2").arg(scene.nodes.id[static_cast<std::size_t>(node)],
                                           scene.ports.name[static_cast<std::size_t>(port)]);
    };
    context_.selectWire({end(scene.wires.from[index], scene.wires.fromPort[index]),
                         end(scene.wires.to[index], scene.wires.toPort[index])});
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
    if (state.error) {
        live.errorCode = toQString(state.error->code);
        live.errorMessage = toQString(state.error->message);
    }
    canvas_->setNodeState(toQString(state.nodeId), std::move(live));
}

}  // namespace signalbox::ui
