// What the actions and settings of the window do, and when they can.
#include <QAction>
#include <QActionGroup>
#include <QApplication>
#include <QDockWidget>
#include <QLineEdit>
#include <QToolBar>

#include "ui/actions/action_registry.h"
#include "ui/canvas/canvas_view.h"
#include "ui/panels/canvas_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/settings/settings.h"
#include "ui/shell/actions.h"
#include "ui/shell/layouts.h"
#include "ui/shell/main_window.h"
#include "ui/shell/shell_settings.h"
#include "ui/shell/window_notices.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

void MainWindow::connectActions() {
    connectFileActions();
    connectRunActions();
    connectLookActions();
    auto& canvas = canvas_->canvas();
    connect(actions_->fit, &QAction::triggered, &canvas, [&canvas] { canvas.fit(); });
    connect(actions_->zoomIn, &QAction::triggered, &canvas, [&canvas] { canvas.zoomBy(1.25); });
    connect(actions_->zoomOut, &QAction::triggered, &canvas, [&canvas] { canvas.zoomBy(0.8); });
    connect(actions_->actualSize, &QAction::triggered, &canvas, &CanvasView::resetZoom);
    connect(actions_->goToGraph, &QAction::triggered, &canvas, [&canvas] { canvas.setFocus(); });
    connect(actions_->nextPanel, &QAction::triggered, this, [this] { cycleFocus(true); });
    connect(actions_->previousPanel, &QAction::triggered, this, [this] { cycleFocus(false); });
    for (auto* panel : panels()) panel->addActions(*registry_);
}

void MainWindow::connectFileActions() {
    connect(actions_->openFile, &QAction::triggered, this, [this] { choosePath(false); });
    connect(actions_->openWorkspace, &QAction::triggered, this, [this] { choosePath(true); });
    connect(actions_->reload, &QAction::triggered, this, [this] {
        workflows_->reload();
        if (context_->workflow()) openWorkflow(context_->workflowId());
    });
    connect(actions_->find, &QAction::triggered, this, [this] {
        workflowDock_->show();
        workflowDock_->raise();
        workflows_->search().setFocus();
        workflows_->search().selectAll();
    });
    connect(actions_->closeWindow, &QAction::triggered, this, &QWidget::close);
    connect(actions_->quit, &QAction::triggered, this, [] { QApplication::closeAllWindows(); });
}

void MainWindow::connectRunActions() {
    auto& controller = context_->controller();
    connect(actions_->run, &QAction::triggered, this, &MainWindow::askAndRun);
    connect(actions_->pause, &QAction::triggered, &controller, &RunController::pause);
    connect(actions_->resume, &QAction::triggered, &controller, &RunController::resume);
    connect(actions_->cancel, &QAction::triggered, this, &MainWindow::askAndCancel);
    connect(actions_->rerunFailed, &QAction::triggered, &controller, &RunController::rerunFailed);
    connect(actions_->rerunFrom, &QAction::triggered, this, [this] { context_->rerunFrom(context_->selectedNode()); });
    connect(actions_->closeRun, &QAction::triggered, &context_->run(), &RunSession::close);
}

// Menu and settings are two handles on the same thing.
void MainWindow::connectLookActions() {
    const auto put = [this](const QString& id, const QJsonValue& value) {
        static_cast<void>(settings().set(id, value));
        applyLookSetting(settings(), id);
    };
    connect(actions_->compact, &QAction::toggled, this, [put](bool on) {
        put(settingId::kDensity, on ? QStringLiteral("compact") : QStringLiteral("comfortable"));
    });
    connect(actions_->reducedMotion, &QAction::toggled, this, [put](bool on) { put(settingId::kReducedMotion, on); });
    connect(actions_->themes, &QActionGroup::triggered, this,
            [put](const QAction* action) { put(settingId::kTheme, action->data().toString()); });
}

void MainWindow::showLookActions() {
    const auto& theme = Theme::current();
    static const QHash<Theme::Mode, QString> kNames{{Theme::Mode::System, QStringLiteral("system")},
                                                    {Theme::Mode::Light, QStringLiteral("light")},
                                                    {Theme::Mode::Dark, QStringLiteral("dark")},
                                                    {Theme::Mode::HighContrast, QStringLiteral("high-contrast")}};
    for (auto* action : actions_->themes->actions()) {
        action->setChecked(action->data().toString() == kNames.value(theme.mode()));
    }
    const QSignalBlocker quietCompact(actions_->compact);
    const QSignalBlocker quietMotion(actions_->reducedMotion);
    actions_->compact->setChecked(theme.density() == Theme::Density::Compact);
    actions_->reducedMotion->setChecked(theme.reducedMotion());
}

void MainWindow::connectSettings() {
    connect(&enginePoll_, &QTimer::timeout, this, &MainWindow::pollEngine);
    connect(&settings(), &Settings::changed, this, &MainWindow::settingChanged);
    connect(&Theme::current(), &Theme::changed, this, &MainWindow::showLookActions);
    applyLookSettings(settings());
    for (const auto& id :
         {settingId::kToolBarWords, settingId::kEngineInterval, settingId::kTimes, settingId::kDesktopNotices}) {
        settingChanged(id);
    }
    showLookActions();
}

void MainWindow::settingChanged(const QString& id) {
    if (id == settingId::kEngineInterval) {
        enginePoll_.setInterval(settings().number(id) * 1000);
    } else if (id == settingId::kDesktopNotices) {
        notices_->setDesktopNotices(settings().flag(id));
    } else if (id == settingId::kToolBarWords) {
        toolBar_->setToolButtonStyle(settings().flag(id) ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    } else if (id == settingId::kTimes) {
        applyLookSetting(settings(), id);
        mode_->setText(timeZone() == TimeZone::Utc ? tr("Times in UTC") : QString());
        mode_->setVisible(timeZone() == TimeZone::Utc);
        Q_EMIT context_->timesChanged();
        // Tables, plots and charts write times as they paint.
        for (auto* widget : findChildren<QWidget*>()) widget->update();
    } else {
        applyLookSetting(settings(), id);
    }
}

void MainWindow::updateActions() {
    updateRunActions();
    const bool graph = context_->workflow() != nullptr || context_->run().isOpen();
    for (auto* action :
         {actions_->fit, actions_->zoomIn, actions_->zoomOut, actions_->actualSize, actions_->goToNode}) {
        ActionRegistry::setReason(*action, graph ? QString() : tr("No workflow is open"));
    }
}

void MainWindow::updateRunActions() {
    const auto& controller = context_->controller();
    const auto& run = context_->run();
    const auto* workflow = context_->workflow();
    const auto set = [](QAction* action, bool possible, const QString& otherwise) {
        ActionRegistry::setReason(*action, possible ? QString() : otherwise);
    };
    const auto noRun = !run.isOpen() ? tr("No run is open") : QString();
    const auto over = !noRun.isEmpty() ? noRun : run.isFinished() ? tr("The run has ended") : tr("Not at this moment");
    const auto going = !noRun.isEmpty() ? noRun : tr("The run has not ended");
    set(actions_->run, context_->canRun() && !run.isStarting(),
        !workflow             ? tr("No workflow is open")
        : !context_->canRun() ? tr("The workflow has errors")
                              : tr("A run is being started"));
    set(actions_->pause, controller.canPause(), over);
    set(actions_->resume, controller.canResume(), over);
    actions_->pause->setVisible(!controller.canResume());
    actions_->resume->setVisible(controller.canResume());
    set(actions_->cancel, controller.canCancel(), over);
    set(actions_->rerunFailed, controller.canRerunFailed(), run.isFinished() ? tr("Nothing failed") : going);
    const bool node = !context_->selectedNode().isEmpty();
    set(actions_->rerunFrom, controller.canRerun() && node, controller.canRerun() ? tr("No node is selected") : going);
    set(actions_->closeRun, run.isOpen(), noRun);
}

}  // namespace signalbox::ui
