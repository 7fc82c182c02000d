#include "ui/panels/hold_back.h"

#include <QPushButton>
#include <QWidget>

#include "ui/models/connection_monitor.h"

namespace signalbox::ui {

HoldBack::HoldBack(ConnectionMonitor& connection, QWidget& control)
    : QObject(&control), connection_(&connection), control_(control) {
    connect(&connection, &ConnectionMonitor::changed, this, &HoldBack::refresh);
    connect(&connection, &ConnectionMonitor::identityChanged, this, &HoldBack::refresh);
    refresh();
}

HoldBack* HoldBack::of(const QWidget& control) {
    return control.findChild<HoldBack*>(QString(), Qt::FindDirectChildrenOnly);
}

void HoldBack::setPossible(bool possible) {
    possible_ = possible;
    refresh();
}

void HoldBack::setPossible(QWidget& control, bool possible) {
    auto* held = of(control);
    held ? held->setPossible(possible) : control.setEnabled(possible);
}

void HoldBack::setNeeded(bool needed) {
    needed_ = needed;
    refresh();
}

void HoldBack::refresh() {
    const auto why = needed_ && connection_ ? connection_->writeReason() : QString();
    // What others have set meanwhile is what holds again afterwards.
    if (!away_) {
        tip_ = control_.toolTip();
        description_ = control_.accessibleDescription();
    }
    if (away_ || !why.isEmpty()) {
        control_.setToolTip(why.isEmpty() ? tip_ : why);
        control_.setAccessibleDescription(why.isEmpty() ? description_ : why);
    }
    away_ = !why.isEmpty();
    control_.setEnabled(possible_ && !away_);
}

HoldBack& holdBackWhileAway(ConnectionMonitor& connection, QWidget& control) {
    return *new HoldBack(connection, control);
}

void holdBackRetries(ConnectionMonitor& connection, QWidget& part) {
    for (const auto* name : {"errorRetry", "staleRetry", "noticeRetry"}) {
        for (auto* button : part.findChildren<QPushButton*>(QLatin1String(name))) {
            if (!HoldBack::of(*button)) holdBackWhileAway(connection, *button);
        }
    }
}

}  // namespace signalbox::ui
