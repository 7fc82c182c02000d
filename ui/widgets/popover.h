// A small area that opens beside a control, inside the window: Esc or a click elsewhere closes it.
#pragma once

#include <QFrame>
#include <QPointer>

namespace signalbox::ui {

/// A child of the anchor's window above everything else in it, so it neither grabs input nor blocks. Focus goes into it
/// and comes back on close. Takes the content over, and deletes itself when it closes.
class Popover : public QFrame {
    Q_OBJECT
public:
    /// Opens below the anchor, or above where there is more room.
    static Popover* open(QWidget& anchor, QWidget& content);
    ~Popover() override;

public Q_SLOTS:
    void dismiss();

Q_SIGNALS:
    void closed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    Popover(QWidget& anchor, QWidget& content);
    void place();
    QPointer<QWidget> anchor_;
    QPointer<QWidget> before_;  ///< had the focus
    bool closing_ = false;
};

}  // namespace signalbox::ui
