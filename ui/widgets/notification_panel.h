// The history of notifications as a list, and the button that opens it.
#pragma once

#include <QToolButton>
#include <QWidget>

#include "ui/widgets/notification_centre.h"

class QComboBox;
class QListView;

namespace signalbox::ui {

class PanelStates;

/// For a dock or a Popover. Enter or a click does what the notification offers; Delete takes it out.
class NotificationPanel : public QWidget {
    Q_OBJECT
public:
    explicit NotificationPanel(NotificationCentre& centre, QWidget* parent = nullptr);
    [[nodiscard]] QListView& view() { return *view_; }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QWidget* buildHeader();
    void refresh();
    [[nodiscard]] quint64 currentId() const;

    NotificationCentre& centre_;
    NotificationFilter filter_;
    QListView* view_;
    QComboBox* severity_;
    QToolButton* readAll_;
    QToolButton* clear_;
    PanelStates* states_;
};

/// A bell with the number of unread ones, also in its accessible name. The window says what a click does.
class NotificationButton : public QToolButton {
    Q_OBJECT
public:
    explicit NotificationButton(NotificationCentre& centre, QWidget* parent = nullptr);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void refresh(int unread);
    QString count_;
};

}  // namespace signalbox::ui
