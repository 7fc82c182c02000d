// Short messages in the corner of the window: at most three, gone by themselves, never taking the focus.
#pragma once

#include <QList>
#include <QPointer>
#include <QWidget>

#include "ui/widgets/notification_centre.h"

namespace signalbox::ui {

class Toast;

/// Shows what is posted to the centre while the window is there, in the corner at the end of the last line of `host`. A
/// toast stays while the pointer or the focus is in it; errors and those with an action stay longer. Further ones wait.
class ToastStack : public QObject {
    Q_OBJECT
public:
    static constexpr int kMost = 3;
    ToastStack(NotificationCentre& centre, QWidget& host);
    ~ToastStack() override;

    /// Milliseconds a plain toast stays; errors and those with an action twice as long.
    void setLifetime(int milliseconds) { lifetime_ = milliseconds; }
    /// Room kept free below, such as for a status bar.
    void setBottomMargin(int pixels);
    [[nodiscard]] int shown() const { return static_cast<int>(toasts_.size()); }
    [[nodiscard]] int waiting() const { return static_cast<int>(waiting_.size()); }
    /// The newest toast that is shown, for a shortcut that puts the focus into it; null when there is none.
    [[nodiscard]] QWidget* newest() const;

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void offer(quint64 id);
    void show(quint64 id);
    void drop(Toast* toast);
    void place();

    NotificationCentre& centre_;
    QWidget& host_;
    QList<Toast*> toasts_;  ///< oldest first; children of the host
    QList<quint64> waiting_;
    int lifetime_ = 6000;
    int bottomMargin_ = 0;
};

}  // namespace signalbox::ui
