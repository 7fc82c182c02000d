// Every action of the window in one place: menus, tool bar and shortcuts are made from these.
#pragma once

#include <QKeySequence>
#include <QList>
#include <QObject>

class QAction;
class QActionGroup;
class QMenu;
class QMenuBar;
class QWidget;

namespace signalbox::ui {

/// Owned by the window, which connects them. Their object names are stable.
class Actions : public QObject {
    Q_OBJECT
public:
    explicit Actions(QWidget& window);

    /// Fills the menu bar; `docks` are the toggles of the docks.
    void fill(QMenuBar& bar, const QList<QAction*>& docks);

    QAction* reload;
    QAction* quit;
    QAction* run;
    QAction* pause;
    QAction* resume;
    QAction* cancel;
    QAction* rerunFailed;
    QAction* rerunFrom;
    QAction* closeRun;
    QAction* fit;
    QAction* zoomIn;
    QAction* zoomOut;
    QAction* actualSize;
    QAction* find;
    QAction* compact;
    QAction* reducedMotion;
    QActionGroup* themes;  ///< data: Theme::Mode as int

private:
    QAction* make(const char* name, const QString& text, const QString& icon, const QKeySequence& keys = {});
    void makeRunActions();
    void makeViewActions();
    void makeThemes();
    QWidget& window_;
};

}  // namespace signalbox::ui
