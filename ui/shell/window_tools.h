// What a window opens only when it is asked for: palette, dialogs, welcome and tour.
#pragma once

#include <QObject>
#include <QPointer>
#include <QString>
#include <functional>

#include "base/result.h"

class QMainWindow;

namespace signalbox::ui {

class ActionRegistry;
class Actions;
class CommandPalette;
class GatewayBook;
class Layouts;
class PanelContext;
class Preferences;
class SettingsDialog;
class ShortcutEditor;
class StateStore;
class Tour;
class Welcome;

/// Belongs to the window and connects the actions that are about these tools. Each is made when it is first used, so
/// that a start does not pay for them.
class WindowTools : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow& window;
        PanelContext& context;
        ActionRegistry& registry;
        Actions& actions;
        Layouts& layouts;
        Preferences& preferences;
        StateStore& state;
        QString workspace;
        bool demo = false;
        std::function<void(const QString& id)> openWorkflow;
        std::function<void(const QString& id)> openRun;
        std::function<void(const QString& id)> goToNode;
        std::function<void(const Error& error)> complain;
        GatewayBook* gateways = nullptr;
    };
    explicit WindowTools(Parts parts);

    void openPalette(const QString& text = {});
    /// At a setting, when its id is given.
    void openSettings(const QString& id = {});
    void openShortcuts();
    /// Writes the sheet of shortcuts and has the desktop open it.
    void openShortcutSheet();
    void openWelcome();
    void startTour();
    /// Shows the welcome if nobody has seen it yet.
    void greet();

Q_SIGNALS:
    void openWorkspaceRequested();  ///< the button of the welcome
    void openDemoRequested();

private:
    void connectActions();
    void buildPalette();
    void askLayoutName();
    void openAbout();
    void markGreeted();

    Parts parts_;
    QPointer<CommandPalette> palette_;
    QPointer<SettingsDialog> settings_;
    QPointer<ShortcutEditor> shortcuts_;
    QPointer<Welcome> welcome_;
    QPointer<Tour> tour_;
};

}  // namespace signalbox::ui
