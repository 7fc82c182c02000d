#include "ui/shell/main_window.h"

#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>

#include "ui/canvas/canvas_view.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/findings_panel.h"
#include "ui/panels/inputs_dialog.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_list_panel.h"
#include "ui/panels/run_panel.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/shell/actions.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kEnginePollMilliseconds = 1000;

bool takesFocus(const QWidget& widget) {
    return widget.isVisible() && widget.isEnabled() && (widget.focusPolicy() & Qt::TabFocus);
}

// Where the focus goes in a panel: to what the panel names, otherwise to the first that takes it; null if none does.
QWidget* focusTarget(Panel& panel) {
    if (takesFocus(panel.firstStop())) return &panel.firstStop();
    for (auto* child : panel.findChildren<QWidget*>()) {
        if (takesFocus(*child) && !child->focusProxy()) return child;
    }
    return nullptr;
}

Theme& prepareLook() { return Theme::current(); }

}  // namespace

MainWindow::MainWindow(client::GatewayClient& client, QWidget* parent)
    : QMainWindow(parent),
      client_(client),
      // The look comes first: what is made below takes its fonts and sizes from it.
      context_((static_cast<void>(prepareLook()), new PanelContext(client, this))),
      actions_(new Actions(*this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Signalbox"));
    buildPanels();
    arrangeDocks();
    buildToolBar();
    buildStatusBar();
    orderTabs();
    connectActions();
    connectPanels();
    enginePoll_.setInterval(kEnginePollMilliseconds);
    connect(&enginePoll_, &QTimer::timeout, this, &MainWindow::pollEngine);
    showWorkflowTitle();
    updateActions();
    pollEngine();
}

MainWindow::~MainWindow() = default;

void MainWindow::connectActions() {
    auto& controller = context_->controller();
    auto& canvas = canvas_->canvas();
    connect(actions_->reload, &QAction::triggered, this, [this] {
        workflows_->reload();
        if (context_->workflow()) openWorkflow(context_->workflowId());
    });
    connect(actions_->find, &QAction::triggered, this, [this] {
        workflowDock_->show();
        workflows_->search().setFocus();
        workflows_->search().selectAll();
    });
    connect(actions_->quit, &QAction::triggered, this, &QWidget::close);
    connect(actions_->run, &QAction::triggered, this, &MainWindow::askAndRun);
    connect(actions_->pause, &QAction::triggered, &controller, &RunController::pause);
    connect(actions_->resume, &QAction::triggered, &controller, &RunController::resume);
    connect(actions_->cancel, &QAction::triggered, &controller, &RunController::cancel);
    connect(actions_->rerunFailed, &QAction::triggered, &controller, &RunController::rerunFailed);
    connect(actions_->rerunFrom, &QAction::triggered, this,
            [this] { context_->controller().rerunFrom(context_->selectedNode()); });
    connect(actions_->closeRun, &QAction::triggered, &context_->run(), &RunSession::close);
    connect(actions_->fit, &QAction::triggered, &canvas, [&canvas] { canvas.fit(); });
    connect(actions_->zoomIn, &QAction::triggered, &canvas, [&canvas] { canvas.zoomBy(1.25); });
    connect(actions_->zoomOut, &QAction::triggered, &canvas, [&canvas] { canvas.zoomBy(0.8); });
    connect(actions_->actualSize, &QAction::triggered, &canvas, &CanvasView::resetZoom);
    connect(actions_->compact, &QAction::toggled, this, [](bool compact) {
        Theme::current().setDensity(compact ? Theme::Density::Compact : Theme::Density::Comfortable);
    });
    connect(actions_->reducedMotion, &QAction::toggled, &Theme::current(), &Theme::setReducedMotion);
    connect(actions_->themes, &QActionGroup::triggered, this,
            [](const QAction* action) { Theme::current().setMode(static_cast<Theme::Mode>(action->data().toInt())); });
}

void MainWindow::connectPanels() {
    connect(workflows_, &ListPanel::chosen, this, &MainWindow::openWorkflow);
    connect(canvas_, &CanvasPanel::findRequested, actions_->find, &QAction::trigger);
    // The keyboard starts in the list, unless somebody has gone somewhere already.
    connect(workflows_, &WorkflowListPanel::loaded, this, [this] {
        const auto* focused = focusWidget();
        const bool untouched = focused == &workflows_->search() && workflows_->search().text().isEmpty();
        if (!focused || untouched) workflows_->view().setFocus();
    });
    connect(runs_, &RunListPanel::runRequested, this, &MainWindow::askAndRun);
    connect(run_, &RunPanel::runRequested, this, &MainWindow::askAndRun);
    connect(findings_, &FindingsPanel::countChanged, this, [this](int count) {
        findingsDock_->setWindowTitle(count > 0 ? tr("Findings (%1)").arg(count) : tr("Findings"));
        findingsDock_->setVisible(count > 0);
    });
    connect(&canvas_->canvas(), &CanvasView::nodeActivated, this, [this] {
        detailsDock_->show();
        if (auto* target = focusTarget(*details_)) target->setFocus();
    });
    connect(&canvas_->canvas(), &CanvasView::zoomChanged, this,
            [this](double zoom) { zoom_->setText(tr("%1 %").arg(qRound(zoom * 100))); });
    auto& run = context_->run();
    connect(context_, &PanelContext::workflowChanged, this, &MainWindow::showWorkflowTitle);
    connect(context_, &PanelContext::workflowChanged, this, &MainWindow::updateActions);
    connect(context_, &PanelContext::selectionChanged, this, &MainWindow::updateActions);
    connect(&run, &RunSession::opened, this, &MainWindow::updateActions);
    connect(&run, &RunSession::refreshed, this, &MainWindow::updateActions);
    connect(&run, &RunSession::statusChanged, this, &MainWindow::updateActions);
    connect(&run, &RunSession::statusChanged, this, &MainWindow::pollEngine);
    // Behind the panels' own slots, so that the result is shown when this is told.
    connect(&run, &RunSession::finished, this, &MainWindow::runFinished, Qt::QueuedConnection);
}

void MainWindow::openWorkflow(const QString& id) {
    if (id == opening_) return;
    opening_ = id;
    if (!context_->workflow()) canvas_->setEmptyTexts(tr("Opening %1…").arg(id), {});
    client_.workflows().get(id).then(this, [this, id](const Result<protocol::WorkflowDetail>& reply) {
        if (id != opening_) return;
        opening_.clear();
        canvas_->setEmptyTexts(tr("No workflow open"), tr("Choose one from the list on the left."));
        if (!reply) {
            runWhenOpen_ = false;
            canvas_->showError(reply.error(), [this, id] { openWorkflow(id); });
            return;
        }
        canvas_->notice().clear();
        context_->setWorkflow(std::make_shared<const protocol::WorkflowDetail>(*reply));
        if (std::exchange(runWhenOpen_, false)) runCurrent();
    });
}

void MainWindow::runCurrent() {
    if (!opening_.isEmpty()) {
        runWhenOpen_ = true;
        return;
    }
    const auto* workflow = context_->workflow();
    if (!context_->canRun()) return;
    if (!haveDefaults(workflow->inputs)) {
        openInputsDialog();
        return;
    }
    canvas_->notice().clear();
    context_->controller().start(context_->workflowId(), Value::object());
}

void MainWindow::askAndRun() {
    const auto* workflow = context_->workflow();
    if (workflow && !workflow->inputs.empty()) {
        openInputsDialog();
    } else {
        runCurrent();
    }
}

void MainWindow::openInputsDialog() {
    const auto& workflow = *context_->workflow();
    auto* dialog = new InputsDialog(toQString(workflow.summary.name), workflow.inputs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = context_->workflowId()] {
        canvas_->notice().clear();
        context_->controller().start(id, dialog->values());
    });
    dialog->open();
}

void MainWindow::showWorkflowTitle() {
    const auto* workflow = context_->workflow();
    if (!workflow) {
        title_->setText(tr("No workflow open"));
        version_->setText({});
        setWindowTitle(tr("Signalbox"));
        return;
    }
    const auto& summary = workflow->summary;
    title_->setText(toQString(summary.name.empty() ? summary.id : summary.name));
    QStringList parts{tr("v%1").arg(summary.version), tr("%n node(s)", nullptr, static_cast<int>(summary.nodeCount))};
    if (summary.errors > 0) parts << tr("%n error(s), cannot run", nullptr, static_cast<int>(summary.errors));
    version_->setText(parts.join(QStringLiteral(" · ")));
    version_->setRole(summary.errors > 0 ? ColourRole::Error : ColourRole::Muted);
    setWindowTitle(tr("%1 – Signalbox").arg(title_->text()));
}

void MainWindow::updateActions() {
    const auto* workflow = context_->workflow();
    const auto& controller = context_->controller();
    const auto& run = context_->run();
    actions_->run->setEnabled(context_->canRun() && !run.isStarting());
    actions_->pause->setEnabled(controller.canPause());
    actions_->pause->setVisible(!controller.canResume());
    actions_->resume->setVisible(controller.canResume());
    actions_->resume->setEnabled(controller.canResume());
    actions_->cancel->setEnabled(controller.canCancel());
    actions_->rerunFailed->setEnabled(controller.canRerunFailed());
    actions_->rerunFrom->setEnabled(controller.canRerun() && !context_->selectedNode().isEmpty());
    actions_->closeRun->setEnabled(run.isOpen());
    for (auto* action : {actions_->fit, actions_->zoomIn, actions_->zoomOut, actions_->actualSize}) {
        action->setEnabled(workflow != nullptr || run.isOpen());
    }
}

void MainWindow::pollEngine() {
    if (std::exchange(pollPending_, true)) return;
    client_.engineStats().then(this, [this](const Result<protocol::EngineStatsDto>& reply) {
        pollPending_ = false;
        if (!reply) {
            engine_->setText(tr("Engine: %1").arg(toQString(reply.error().message)));
            return;
        }
        engine_->setText(tr("Engine  %1 threads · %2 active · %3 queued · %4 tasks pending · %5 records")
                             .arg(formatCount(reply->threads), formatCount(reply->activeRuns),
                                  formatCount(reply->queuedRuns), formatCount(reply->pendingTasks),
                                  formatCount(reply->recordsAppended)));
    });
}

void MainWindow::showEvent(QShowEvent* event) {
    QMainWindow::showEvent(event);
    enginePoll_.start();
}

void MainWindow::hideEvent(QHideEvent* event) {
    QMainWindow::hideEvent(event);
    enginePoll_.stop();
}

QList<Panel*> MainWindow::panels() const { return {workflows_, runs_, canvas_, details_, findings_, run_}; }

// F6 goes around the docks and the graph, Shift+F6 the other way.
void MainWindow::cycleFocus(bool forward) {
    const auto all = panels();
    qsizetype at = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto* focused = focusWidget();
        if (focused && all[i]->isAncestorOf(focused)) at = i;
    }
    const auto step = forward ? 1 : all.size() - 1;
    auto next = at < 0 ? 0 : (at + step) % all.size();
    // A panel that is closed, or has nothing to show, may have nothing to focus.
    for (qsizetype tried = 0; tried < all.size(); ++tried, next = (next + step) % all.size()) {
        if (auto* target = focusTarget(*all[next])) {
            target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_F6) {
        cycleFocus(!(event->modifiers() & Qt::ShiftModifier));
        return;
    }
    // Esc leaves whatever one is in, for the graph.
    if (event->key() == Qt::Key_Escape) {
        canvas_->canvas().setFocus();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

}  // namespace signalbox::ui
