// Controls that need the gateway: of no use while it is away, and saying why.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>

class QWidget;

namespace signalbox::ui {

class ConnectionMonitor;

/// Belongs to the control, and is the only one to enable it: the control can be used while the gateway can be reached
/// and setPossible() says so. Its tool tip and its accessible description tell when it is the gateway that is missing.
class HoldBack : public QObject {
    Q_OBJECT
public:
    HoldBack(ConnectionMonitor& connection, QWidget& control);
    /// Whether it could be used if the gateway were there; it can unless told.
    void setPossible(bool possible);
    /// Whether what it does at this moment needs the gateway; it does unless told.
    void setNeeded(bool needed);
    [[nodiscard]] bool isNeeded() const { return needed_; }
    /// Enables a control, or as above if it is one that is held back.
    static void setPossible(QWidget& control, bool possible);
    /// The one of that control; null: it has none.
    [[nodiscard]] static HoldBack* of(const QWidget& control);

private:
    void refresh();

    QPointer<ConnectionMonitor> connection_;
    QWidget& control_;
    QString tip_;          ///< otherwise
    QString description_;  ///< otherwise
    bool possible_ = true;
    bool needed_ = true;
    bool away_ = false;
};

/// For controls that can be used whenever the gateway is there.
HoldBack& holdBackWhileAway(ConnectionMonitor& connection, QWidget& control);
/// The Retry buttons of an error page, a stale strip or a notice: what they ask again is asked of the gateway.
void holdBackRetries(ConnectionMonitor& connection, QWidget& part);

}  // namespace signalbox::ui
