#include "ui/shell/connection_veil.h"

#include <QBoxLayout>
#include <QEvent>
#include <QPushButton>

#include "ui/models/connection_monitor.h"
#include "ui/panels/panel.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/stale_strip.h"

namespace signalbox::ui {

ConnectionVeil::ConnectionVeil(Panel& panel, ConnectionMonitor& monitor)
    : QObject(&panel),
      panel_(panel),
      monitor_(monitor),
      states_(panel.findChild<PanelStates*>(QString(), Qt::FindDirectChildrenOnly)),
      veil_(new StaleVeil(&panel)),
      strip_(new StaleStrip(&panel)) {
    veil_->setObjectName(QStringLiteral("connectionVeil"));
    strip_->setObjectName(QStringLiteral("connectionStrip"));
    strip_->setClock([&monitor] { return monitor.now(); });
    if (auto* column = qobject_cast<QBoxLayout*>(panel.layout())) column->addWidget(strip_);
    veil_->hide();
    strip_->hide();
    // One button above the graph is enough for all panels.
    strip_->findChild<QPushButton*>(QStringLiteral("staleRetry"))->hide();
    panel.installEventFilter(this);
    connect(&monitor_, &ConnectionMonitor::changed, this, &ConnectionVeil::refresh);
    if (states_) connect(states_, &PanelStates::stateChanged, this, &ConnectionVeil::refresh);
    refresh();
}

bool ConnectionVeil::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::Resize || event->type() == QEvent::LayoutRequest) place();
    return QObject::eventFilter(watched, event);
}

void ConnectionVeil::refresh() {
    const bool old = monitor_.wasLive() && !monitor_.isLive();
    using State = PanelStates::State;
    const bool itself = states_ && (states_->state() == State::Stale || states_->state() == State::Error);
    veil_->setVisible(old && !itself);
    strip_->setVisible(old && !itself);
    if (!old || itself) return;
    strip_->setStale(monitor_.asOf(), monitor_.reason());
    place();
}

void ConnectionVeil::place() {
    if (veil_->isHidden()) return;
    auto area = panel_.rect();
    if (strip_->isVisible()) area.setBottom(strip_->geometry().top() - 1);
    veil_->setGeometry(area);
    veil_->raise();
}

}  // namespace signalbox::ui
