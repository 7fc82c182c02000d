#include "ui/shell/session.h"

#include <QDockWidget>

#include "ui/panels/panel.h"
#include "ui/panels/panel_context.h"
#include "ui/settings/state_store.h"
#include "ui/shell/layouts.h"
#include "ui/shell/view_state.h"

namespace signalbox::ui {

namespace {

constexpr int kSoonMilliseconds = 500;
constexpr int kRegularlyMilliseconds = 30'000;  ///< splitters and columns tell nobody that they were moved
const auto kWindow = QStringLiteral("window");
const auto kGeometry = QStringLiteral("geometry");
const auto kLayouts = QStringLiteral("layouts");
const auto kWorkflow = QStringLiteral("workflow");
const auto kRun = QStringLiteral("run");
const auto kPanels = QStringLiteral("panels");
const auto kState = QStringLiteral("state");
const auto kViews = QStringLiteral("views");

}  // namespace

Session::Session(Parts parts, StateStore& store, QString workspace)
    : QObject(&parts.window), parts_(std::move(parts)), store_(store), workspace_(std::move(workspace)) {
    soon_.setSingleShot(true);
    soon_.setInterval(kSoonMilliseconds);
    regularly_.setInterval(kRegularlyMilliseconds);
    connect(&soon_, &QTimer::timeout, this, &Session::save);
    connect(&regularly_, &QTimer::timeout, this, [this] {
        if (parts_.window.isVisible() && !parts_.window.isMinimized()) save();
    });
    regularly_.start();
    connect(&parts_.context, &PanelContext::workflowChanged, this, &Session::touch);
    connect(&parts_.context.run(), &RunSession::opened, this, &Session::touch);
    connect(&parts_.layouts, &Layouts::currentChanged, this, &Session::touch);
    connect(&parts_.layouts, &Layouts::listChanged, this, &Session::touch);
    for (auto* dock : parts_.window.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        connect(dock, &QDockWidget::dockLocationChanged, this, &Session::touch);
        connect(dock, &QDockWidget::topLevelChanged, this, &Session::touch);
        connect(dock, &QDockWidget::visibilityChanged, this, &Session::touch);
    }
}

QString Session::workspaceKey() const { return QStringLiteral("workspace:") + workspace_; }

void Session::touch() {
    if (!soon_.isActive()) soon_.start();
}

QJsonObject Session::documents() const {
    const auto& context = parts_.context;
    QJsonObject panels;
    for (const auto* panel : parts_.panels) {
        panels.insert(panel->objectName(), QJsonObject{{kState, panel->saveState()}, {kViews, saveViews(*panel)}});
    }
    auto& run = parts_.context.run();
    // What is on its way is not lost by a window that closes before it came.
    const auto workflow = context.workflow() ? context.workflowId() : workflowOnItsWay_;
    const auto runId = run.isOpen() ? run.runId() : runOnItsWay_;
    return {{kWorkflow, workflow}, {kRun, runId}, {kPanels, panels}};
}

void Session::save() {
    soon_.stop();
    store_.setValue(kWindow, QJsonObject{{kGeometry, QString::fromLatin1(parts_.window.saveGeometry().toBase64())},
                                         {kLayouts, parts_.layouts.save()}});
    store_.setValue(workspaceKey(), documents());
}

void Session::restore(bool documents) {
    const auto window = store_.value(kWindow).toObject();
    const auto geometry = QByteArray::fromBase64(window.value(kGeometry).toString().toLatin1());
    if (!geometry.isEmpty()) parts_.window.restoreGeometry(geometry);
    if (window.contains(kLayouts)) parts_.layouts.restore(window.value(kLayouts).toObject());
    const auto saved = store_.value(workspaceKey()).toObject();
    const auto panels = saved.value(kPanels).toObject();
    for (auto* panel : std::as_const(parts_.panels)) {
        const auto state = panels.value(panel->objectName()).toObject();
        if (state.isEmpty()) continue;
        panel->restoreState(state.value(kState).toObject());
        restoreViews(*panel, state.value(kViews).toObject());
    }
    if (documents) restoreDocuments(saved);
    soon_.stop();
}

void Session::restoreDocuments(const QJsonObject& saved) {
    workflowOnItsWay_ = saved.value(kWorkflow).toString();
    runOnItsWay_ = saved.value(kRun).toString();
    if (workflowOnItsWay_.isEmpty()) return;
    connect(
        &parts_.context, &PanelContext::workflowChanged, this,
        [this] {
            const auto run = std::exchange(runOnItsWay_, QString());
            const auto workflow = std::exchange(workflowOnItsWay_, QString());
            // Something else may have been opened meanwhile.
            if (!run.isEmpty() && parts_.context.workflowId() == workflow) parts_.context.run().open(run);
        },
        Qt::SingleShotConnection);
    parts_.openWorkflow(workflowOnItsWay_);
}

}  // namespace signalbox::ui
