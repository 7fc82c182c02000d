// The actions of the window itself, declared in its registry. Panels declare their own.
#pragma once

#include <QObject>

class QAction;
class QActionGroup;

namespace signalbox::ui {

class ActionRegistry;

/// Owned by the window, which connects them.
class Actions : public QObject {
    Q_OBJECT
public:
    Actions(ActionRegistry& registry, QObject* parent);

    QAction* openFile;
    QAction* openWorkspace;
    QAction* find;
    QAction* reload;
    QAction* settings;
    QAction* shortcuts;
    QAction* closeWindow;
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
    QAction* saveLayout;
    QAction* resetLayout;
    QAction* removeLayout;
    QAction* compact;
    QAction* reducedMotion;
    QActionGroup* themes;  ///< data: value of the setting look.theme
    QAction* palette;
    QAction* goToNode;
    QAction* goToRun;
    QAction* nextPanel;
    QAction* previousPanel;
    QAction* goToGraph;
    QAction* welcome;
    QAction* tour;
    QAction* shortcutSheet;
    QAction* about;

private:
    void addFile();
    void addRun();
    void addView();
    void addLayouts();
    void addThemes();
    void addGo();
    void addHelp();
    ActionRegistry& registry_;
};

}  // namespace signalbox::ui
