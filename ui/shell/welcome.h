// The first thing that is seen: what this is, where one stands, and three ways to go on.
#pragma once

#include <QFrame>

class QMainWindow;
class QPushButton;

namespace signalbox::ui {

class ThemedLabel;

/// A child of the window above its middle; nothing behind it is blocked. Hides itself when a way is chosen or Esc is
/// pressed.
class Welcome : public QFrame {
    Q_OBJECT
public:
    Welcome(QMainWindow& window, const QString& workspace, bool demo);
    void open();
    void leave();

Q_SIGNALS:
    void tourRequested();
    void workspaceRequested();
    void demoRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void build(const QString& workspace, bool demo);
    void place();
    QPushButton* first_ = nullptr;
};

}  // namespace signalbox::ui
