// Tells above the graph that the gateway cannot be reached, why, and what can be done.
#pragma once

#include <QTimer>
#include <QWidget>

class QPushButton;

namespace signalbox::ui {

class ConnectionMonitor;
class StateBadge;
class ThemedLabel;

/// Hidden while the gateway is live. The countdown to the next attempt goes on by itself.
class ConnectionBar : public QWidget {
    Q_OBJECT
public:
    explicit ConnectionBar(ConnectionMonitor& monitor, QWidget* parent = nullptr);

Q_SIGNALS:
    void reconnectRequested();
    void signInRequested();
    void trustRequested();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void build();
    void refresh();
    void act();
    ConnectionMonitor& monitor_;
    StateBadge* state_;
    ThemedLabel* what_;
    ThemedLabel* more_;
    QPushButton* action_;
    QTimer tick_;
};

}  // namespace signalbox::ui
