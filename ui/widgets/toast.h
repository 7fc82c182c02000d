// One short message in the corner of the window.
#pragma once

#include <QPointer>
#include <QTimer>
#include <QWidget>

#include "ui/widgets/notification_centre.h"

class QLabel;

namespace signalbox::ui {

/// Asks to go when its time is over; the time stands still while the pointer or the focus is in it. Read out as an
/// alert.
class Toast : public QWidget {
    Q_OBJECT
public:
    Toast(const Notification& notification, int milliseconds, QWidget* parent);
    ~Toast() override;
    [[nodiscard]] quint64 id() const { return id_; }
    [[nodiscard]] bool isHeld() const { return hovered_ || focused_; }
    /// Tells assistive technology, once it can be seen.
    void announce();

Q_SIGNALS:
    void actionRequested();
    void leaveRequested();

protected:
    void paintEvent(QPaintEvent* event) override;
    void enterEvent(QEnterEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build(const Notification& notification);
    void restyle();
    void follow(const QWidget* old, const QWidget* now);
    void holdOrGo();

    quint64 id_;
    Severity severity_;
    QTimer life_;
    int left_;  ///< milliseconds of life when it is held
    bool hovered_ = false;
    bool focused_ = false;
    QPointer<QWidget> before_;  ///< had the focus before it came in here
    QLabel* icon_;
};

}  // namespace signalbox::ui
