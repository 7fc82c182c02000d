// Which gateway the window looks at, how that is told, and what happens when it goes and comes back.
#include <QAction>
#include <QDockWidget>
#include <QToolBar>
#include <QVBoxLayout>

#include "client/attach_link.h"
#include "ui/actions/action_registry.h"
#include "ui/models/gateway_book.h"
#include "ui/panels/gateway_actions.h"
#include "ui/panels/gateways_panel.h"
#include "ui/panels/panel_context.h"
#include "ui/panels/run_list_panel.h"
#include "ui/panels/workflow_list_panel.h"
#include "ui/shell/connection_bar.h"
#include "ui/shell/connection_veil.h"
#include "ui/shell/environment_band.h"
#include "ui/shell/gateway_switcher.h"
#include "ui/shell/main_window.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"

namespace signalbox::ui {

void MainWindow::followGateway() {
    auto& monitor = context_->connection();
    auto* book = options_.gateways;
    const auto here = [this, book] { return book ? book->place(options_.gateway) : std::nullopt; };
    const auto name = [&monitor, here] {
        if (const auto place = here()) monitor.setGateway(place->name, place->environment);
    };
    name();
    auto* connection = options_.connection;
    if (!connection && book) connection = book->connection(options_.gateway);
    monitor.follow(connection);
    if (book) connect(book, &GatewayBook::changed, &monitor, name);
}

void MainWindow::buildGatewayPanel() {
    if (!options_.gateways) return;
    gateways_ = new GatewaysPanel(*context_, *options_.gateways);
    addDock(QStringLiteral("gatewaysDock"), tr("Gateways"), gateways_);
}

void MainWindow::buildGatewayBars() {
    auto& monitor = context_->connection();
    auto* switcher = new GatewaySwitcher(monitor, options_.gateways, options_.gateway);
    toolBar_->insertWidget(toolBar_->actions().first(), switcher);
    connect(switcher, &GatewaySwitcher::addRequested, this, [this] { addGateway(); });
    connect(switcher, &GatewaySwitcher::listRequested, this, &MainWindow::showGateways);
    auto* band = new EnvironmentBand(*toolBar_, *this);
    // The engine in this program is no place that one could mistake for another.
    const auto paint = [band, &monitor] {
        band->setEnvironment(monitor.environment());
        band->setVisible(monitor.connection() != nullptr);
    };
    connect(&monitor, &ConnectionMonitor::identityChanged, band, paint);
    paint();
    auto* bar = new ConnectionBar(monitor);
    static_cast<QVBoxLayout*>(centralWidget()->layout())->insertWidget(0, bar);
    connect(bar, &ConnectionBar::reconnectRequested, this, &MainWindow::reconnect);
    connect(bar, &ConnectionBar::signInRequested, this, [this] { answerGateway(true); });
    connect(bar, &ConnectionBar::trustRequested, this, [this] { answerGateway(false); });
    for (auto* panel : panels()) {
        // What that panel shows is about all gateways, and stays true.
        if (panel == gateways_) continue;
        new ConnectionVeil(*panel, monitor);
    }
    connect(&monitor, &ConnectionMonitor::changed, this, &MainWindow::updateActions);
    const auto holdBack = [this, &monitor] { registry_->setAway(monitor.writeReason()); };
    connect(&monitor, &ConnectionMonitor::changed, this, holdBack);
    connect(&monitor, &ConnectionMonitor::identityChanged, this, holdBack);
    holdBack();
    // Numbers from before would be taken for those of now.
    connect(&monitor, &ConnectionMonitor::changed, this, [this, &monitor] {
        if (!monitor.isLive()) engine_->setText(tr("Engine out of reach"));
    });
    connect(&monitor, &ConnectionMonitor::returned, this, &MainWindow::catchUp);
}

void MainWindow::reconnect() {
    if (auto* connection = context_->connection().connection()) connection->reconnect();
}

// Credentials or trust, as the gateway needs it.
void MainWindow::answerGateway(bool credentials) {
    auto* connection = context_->connection().connection();
    if (!connection) return;
    auto& monitor = context_->connection();
    GatewayPlace place{options_.gateway, monitor.gatewayName(), {}, monitor.environment()};
    if (!credentials) return openTrust(*connection, place, this);
    const auto profile = options_.gateways ? options_.gateways->profile(options_.gateway) : std::nullopt;
    openSignIn(*connection, place, profile ? profile->login : QString(), this);
}

// What could not be asked for while the gateway was away. What is edited here stays.
void MainWindow::catchUp() {
    workflows_->reload();
    runs_->reload();
    pollEngine();
    if (!context_->workflow() && !wanted_.isEmpty() && opening_.isEmpty()) openWorkflow(wanted_);
}

void MainWindow::showGateways() {
    auto* dock = findChild<QDockWidget*>(QStringLiteral("gatewaysDock"));
    if (!dock) return;
    dock->show();
    dock->raise();
    gateways_->firstStop().setFocus();
}

void MainWindow::addGateway(const QString& link) {
    if (!gateways_) return;
    client::GatewayProfile profile;
    if (!link.isEmpty()) {
        const auto read = client::parseAttachLink(link);
        if (!read) return complain(read.error());
        profile = *read;
    }
    showGateways();
    gateways_->gatewayActions().add(profile);
}

}  // namespace signalbox::ui
