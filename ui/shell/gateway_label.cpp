#include "ui/shell/gateway_label.h"

#include "client/gateway_client.h"
#include "ui/models/connection_look.h"
#include "ui/models/connection_monitor.h"
#include "ui/text/format.h"

namespace signalbox::ui {

GatewayLabel::GatewayLabel(ConnectionMonitor& monitor, client::GatewayClient& client, QWidget* parent)
    : ThemedLabel(ColourRole::Muted, Kind::Body, parent), monitor_(monitor) {
    setObjectName(QStringLiteral("gatewayName"));
    setElided(true);
    connect(&monitor_, &ConnectionMonitor::changed, this, &GatewayLabel::refresh);
    connect(&monitor_, &ConnectionMonitor::identityChanged, this, &GatewayLabel::refresh);
    refresh();
    if (monitor_.isRemote()) return;
    client.info().then(this, [this](const Result<protocol::GatewayInfo>& reply) {
        if (!reply) return;
        info_ = *reply;
        refresh();
    });
}

void GatewayLabel::refresh() {
    if (const auto told = monitor_.status().gateway) info_ = told;
    QStringList words;
    const auto own = info_ ? toQString(info_->name) : QString();
    const auto name = monitor_.gatewayName().isEmpty() ? own : monitor_.gatewayName();
    const auto version = info_ ? toQString(info_->version) : QString();
    words << QStringLiteral("%1 %2").arg(name, version).trimmed();
    if (monitor_.isRemote()) words << environmentWord(monitor_.environment());
    if (info_ && !info_->workspace.empty()) words << toQString(info_->workspace);
    setText(words.join(QStringLiteral(" · ")));
    QStringList more;
    if (!own.isEmpty() && own != name) more << tr("It calls itself %1").arg(own);
    if (info_ && !info_->principal.empty()) more << tr("Signed in as %1").arg(toQString(info_->principal));
    if (info_ && info_->started > 0) more << tr("Running since %1").arg(formatDateTime(info_->started));
    if (!monitor_.isLive()) more << monitor_.reason();
    setToolTip(more.join(QLatin1Char('\n')));
    setAccessibleDescription(more.join(QStringLiteral(". ")));
}

}  // namespace signalbox::ui
