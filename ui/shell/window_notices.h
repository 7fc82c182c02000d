// What the window tells without being asked: toasts, the history behind the bell, the desktop's notifications.
#pragma once

#include <QObject>
#include <QPointer>
#include <functional>

#include "ui/widgets/notification_centre.h"
#include "ui/widgets/popover.h"

class QMainWindow;

namespace signalbox::ui {

class ActionRegistry;
class DesktopNotifier;
class NotificationButton;
class PanelContext;
class ToastStack;

/// Belongs to the window. Tells how runs that were followed ended and that one waits for an answer; in the window as a
/// toast, and on the desktop while nobody looks at the window. All of it is kept behind the bell in the status bar.
class WindowNotices : public QObject {
    Q_OBJECT
public:
    WindowNotices(QMainWindow& window, PanelContext& context, ActionRegistry& actions);

    [[nodiscard]] NotificationCentre& centre() { return centre_; }
    /// Whether the desktop is told as well.
    void setDesktopNotices(bool wanted);
    [[nodiscard]] bool desktopNotices() const;

Q_SIGNALS:
    /// Somebody clicked a notification of the desktop.
    void windowRequested();
    void runRequested(const QString& runId);

private:
    void declareActions(ActionRegistry& actions);
    void openHistory();
    void tellEnd(bool succeeded);
    void tellWaiting();

    QMainWindow& window_;
    PanelContext& context_;
    NotificationCentre centre_;
    ToastStack* toasts_;
    DesktopNotifier* notifier_;
    NotificationButton* bell_;
    QPointer<Popover> history_;
    QString toldWaiting_;  ///< run and node that were told of last
};

}  // namespace signalbox::ui
