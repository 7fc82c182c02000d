// Which gateway the window looks at, with the word for its environment; its menu leads to the others.
#pragma once

#include <QToolButton>

class QMenu;

namespace signalbox::ui {

class ConnectionMonitor;
class GatewayBook;

/// In the top bar. Without a book it only tells the name.
class GatewaySwitcher : public QToolButton {
    Q_OBJECT
public:
    /// `here` is the place of the window in the book.
    GatewaySwitcher(ConnectionMonitor& monitor, GatewayBook* book, QString here, QWidget* parent = nullptr);

Q_SIGNALS:
    void addRequested();
    void listRequested();

private:
    void refresh();
    void fill();
    ConnectionMonitor& monitor_;
    GatewayBook* book_;
    QString here_;
    QMenu* menu_;
};

}  // namespace signalbox::ui
