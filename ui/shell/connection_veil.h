// Greys a panel and tells the age of what it shows while its gateway cannot be reached.
#pragma once

#include <QObject>

namespace signalbox::ui {

class ConnectionMonitor;
class Panel;
class PanelStates;
class StaleStrip;
class StaleVeil;

/// Belongs to the panel. Stands back where the panel tells by itself that it is stale.
class ConnectionVeil : public QObject {
    Q_OBJECT
public:
    ConnectionVeil(Panel& panel, ConnectionMonitor& monitor);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void refresh();
    void place();
    Panel& panel_;
    ConnectionMonitor& monitor_;
    PanelStates* states_;
    StaleVeil* veil_;
    StaleStrip* strip_;
};

}  // namespace signalbox::ui
