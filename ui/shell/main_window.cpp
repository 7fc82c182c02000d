#include "ui/shell/main_window.h"

#include <QAction>
#include <QApplication>
#include <QCloseEvent>
#include <QDockWidget>
#include <QKeyEvent>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>

#include "ui/actions/action_registry.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/danger.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/engine_panel.h"
#include "ui/panels/findings_panel.h"
#include "ui/panels/gateways_panel.h"
#include "ui/panels/hold_back.h"
#include "ui/panels/inputs_dialog.h"
#include "ui/panels/outline_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/restore_edits.h"
#include "ui/panels/run_list_panel.h"
#include "ui/panels/run_panel.h"
#include "ui/panels/runs_panel.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/settings/preferences.h"
#include "ui/settings/state_store.h"
#include "ui/shell/actions.h"
#include "ui/shell/layouts.h"
#include "ui/shell/session.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/window_tools.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

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

// The look comes first: what is made after it takes its fonts and sizes from it.
ActionRegistry* makeRegistry(QWidget& window) {
    Theme::current();
    return new ActionRegistry(window);
}

}  // namespace

MainWindow::MainWindow(client::GatewayClient& client, WindowOptions options, QWidget* parent)
    : QMainWindow(parent),
      client_(client),
      options_(std::move(options)),
      registry_(makeRegistry(*this)),
      context_(new PanelContext(client, this)),
      actions_(new Actions(*registry_, this)),
      layouts_(new Layouts(*this)) {
    setObjectName(QStringLiteral("mainWindow"));
    setWindowTitle(tr("Signalbox"));
    setAcceptDrops(true);
    provideServices();
    buildPanels();
    prepareDocks();
    buildLayouts();
    buildToolBar();
    buildGatewayBars();
    buildStatusBar();
    buildMenus();
    buildTools();
    connectActions();
    connectPanels();
    connectRun();
    connectSettings();
    showWorkflowTitle();
    updateActions();
    pollEngine();
    startSession();
}

MainWindow::~MainWindow() = default;

void MainWindow::provideServices() {
    if (!options_.preferences) options_.preferences = new Preferences(nullptr, this);
    if (!options_.state || options_.safeMode) options_.state = new StateStore(this);
    declareShellSettings(settings());
    context_->setServices(*registry_, settings());
    followGateway();
    auto& preferences = *options_.preferences;
    // In safe mode the person's own shortcuts are neither used nor overwritten.
    if (options_.safeMode) return;
    registry_->setCustomShortcuts(preferences.shortcuts());
    connect(registry_, &ActionRegistry::shortcutsChanged, &preferences,
            [this, &preferences] { preferences.setShortcuts(registry_->customShortcuts()); });
    connect(&preferences, &Preferences::shortcutsChanged, this, [this, &preferences] {
        if (registry_->customShortcuts() != preferences.shortcuts()) {
            registry_->setCustomShortcuts(preferences.shortcuts());
        }
    });
}

Settings& MainWindow::settings() { return options_.preferences->settings(); }

void MainWindow::startSession() {
    session_ = new Session({*this, *layouts_, *context_, panels(), [this](const QString& id) { openWorkflow(id); }},
                           *options_.state, options_.workspace.isEmpty() ? options_.gateway : options_.workspace);
    if (options_.safeMode) {
        notice_->showInfo(
            tr("Safe mode: default layout and shortcuts, nothing of the last session. What you arrange now is "
               "not kept."));
    } else {
        session_->restore(options_.restoreDocuments && settings().flag(settingId::kRestoreSession));
        if (const auto problem = options_.state->problem()) complain(*problem);
    }
    noteRecent();
    new EditRecovery(*context_, *this);
    if (options_.welcome && !options_.safeMode) QTimer::singleShot(0, tools_, &WindowTools::greet);
}

void MainWindow::complain(const Error& error) { showProblem(*notice_, error, false); }

void MainWindow::connectPanels() {
    connect(workflows_, &ListPanel::chosen, this, &MainWindow::openWorkflow);
    connect(canvas_, &CanvasPanel::findRequested, actions_->find, &QAction::trigger);
    // The keyboard starts in the list, unless somebody has gone somewhere already.
    connect(workflows_, &WorkflowListPanel::loaded, this, [this] {
        const auto* focused = focusWidget();
        const bool untouched = focused == &workflows_->search() && workflows_->search().text().isEmpty();
        if (!focused || focused == this || untouched) workflows_->view().setFocus();
    });
    connect(runs_, &RunListPanel::runRequested, this, &MainWindow::askAndRun);
    connect(run_, &RunPanel::runRequested, this, &MainWindow::askAndRun);
    connect(allRuns_, &RunsPanel::runRequested, this, &MainWindow::askAndRun);
    connect(allRuns_, &RunsPanel::runChosen, this, &MainWindow::openRun);
    connect(findings_, &FindingsPanel::countChanged, this, &MainWindow::showFindings);
    connect(&canvas_->canvas(), &CanvasView::nodeActivated, this, [this] {
        detailsDock_->show();
        if (auto* target = focusTarget(*details_)) target->setFocus();
    });
    connect(&canvas_->canvas(), &CanvasView::zoomChanged, this,
            [this](double zoom) { zoom_->setText(tr("%1 %").arg(qRound(zoom * 100))); });
}

void MainWindow::connectRun() {
    auto& run = context_->run();
    connect(context_, &PanelContext::workflowChanged, this, &MainWindow::showWorkflowTitle);
    connect(context_, &PanelContext::workflowChanged, this, &MainWindow::updateActions);
    connect(context_, &PanelContext::dirtyChanged, this, &MainWindow::showWorkflowTitle);
    connect(context_, &PanelContext::findingsChanged, this, &MainWindow::showWorkflowTitle);
    connect(context_, &PanelContext::findingsChanged, this, &MainWindow::updateActions);
    connect(context_, &PanelContext::selectionChanged, this, &MainWindow::updateActions);
    connect(&run, &RunSession::opened, this, &MainWindow::updateActions);
    connect(&run, &RunSession::refreshed, this, &MainWindow::updateActions);
    connect(&run, &RunSession::statusChanged, this, &MainWindow::updateActions);
    connect(&run, &RunSession::statusChanged, this, &MainWindow::pollEngine);
    // Behind the panels' own slots, so that the result is shown when this is told.
    connect(&run, &RunSession::finished, this, &MainWindow::runFinished, Qt::QueuedConnection);
}

// The dock comes and goes with its content, in the layouts that have it.
void MainWindow::showFindings(int count) {
    findingsDock_->setWindowTitle(count > 0 ? tr("Findings (%1)").arg(count) : tr("Findings"));
    if (count == 0 || layouts_->includes(findingsDock_->objectName())) findingsDock_->setVisible(count > 0);
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
    context_->saveThen([this, id = context_->workflowId()] { context_->controller().start(id, Value::object()); });
}

void MainWindow::askAndRun() {
    if (const auto why = context_->connection().writeReason(); !why.isEmpty()) return notice_->showInfo(why);
    const auto* workflow = context_->workflow();
    const bool always = settings().text(settingId::kAskInputs) == QLatin1String("always");
    if (workflow && !workflow->inputs.empty() && always) {
        openInputsDialog();
    } else {
        runCurrent();
    }
}

void MainWindow::openInputsDialog() {
    const auto& workflow = *context_->workflow();
    auto* dialog = new InputsDialog(toQString(workflow.summary.name), workflow.inputs, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    holdBackWhileAway(context_->connection(), dialog->runButton());
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = context_->workflowId()] {
        canvas_->notice().clear();
        context_->saveThen([this, id, values = dialog->values()] { context_->controller().start(id, values); });
    });
    dialog->open();
}

void MainWindow::askAndCancel() {
    if (context_->connection().isProduction()) {
        const auto& run = context_->run();
        const Danger danger{tr("Cancel run"),
                            tr("The run of “%1” is stopped. Steps that are done stay as they are.")
                                .arg(toQString(run.detail().summary.workflowName)),
                            tr("&Cancel the run")};
        return guardDanger(*context_, this, danger, [this, id = run.runId()] {
            if (context_->run().runId() == id) context_->controller().cancel();
        });
    }
    if (!settings().flag(settingId::kConfirmCancel)) return context_->controller().cancel();
    auto* box =
        new QMessageBox(QMessageBox::NoIcon, tr("Cancel run"), tr("Cancel this run?"), QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("confirmCancel"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setInformativeText(tr("Steps that are done stay as they are; what is going on is stopped."));
    auto* cancel = box->addButton(tr("&Cancel the run"), QMessageBox::DestructiveRole);
    auto* keep = box->addButton(tr("&Keep it running"), QMessageBox::RejectRole);
    holdBackWhileAway(context_->connection(), *cancel);
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(cancel, &QPushButton::clicked, this, [this, id = context_->run().runId()] {
        if (context_->run().runId() == id) context_->controller().cancel();
    });
    box->open();
}

void MainWindow::pollEngine() {
    if (!context_->connection().isLive() || std::exchange(pollPending_, true)) return;
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

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!options_.safeMode) session_->save();
    QMainWindow::closeEvent(event);
    Q_EMIT closed();
}

void MainWindow::bringToFront() {
    setWindowState(windowState() & ~Qt::WindowMinimized);
    show();
    raise();
    activateWindow();
}

QList<Panel*> MainWindow::panels() const {
    QList<Panel*> all{workflows_, outline_, runs_, canvas_, details_, engineView_, findings_, run_, allRuns_};
    if (gateways_) all << gateways_;
    return all;
}

// F6 goes around the docks and the graph, Shift+F6 the other way.
void MainWindow::cycleFocus(bool forward) {
    const auto all = panels();
    qsizetype at = -1;
    for (qsizetype i = 0; i < all.size(); ++i) {
        const auto* focused = QApplication::focusWidget();
        if (focused && all[i]->isAncestorOf(focused)) at = i;
    }
    const auto step = forward ? 1 : all.size() - 1;
    auto next = at < 0 ? 0 : (at + step) % all.size();
    // A panel that is closed, or has nothing to show, may have nothing to focus.
    for (qsizetype tried = 0; tried < all.size(); ++tried, next = (next + step) % all.size()) {
        if (auto* target = focusTarget(*all[next])) {
            target->window()->activateWindow();
            target->setFocus(forward ? Qt::TabFocusReason : Qt::BacktabFocusReason);
            return;
        }
    }
}

void MainWindow::keyPressEvent(QKeyEvent* event) {
    // Esc leaves whatever one is in, for the graph.
    if (event->key() == Qt::Key_Escape) {
        canvas_->canvas().setFocus();
        return;
    }
    QMainWindow::keyPressEvent(event);
}

}  // namespace signalbox::ui
