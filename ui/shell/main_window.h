// The window: workflows at the left, the graph in the middle, details at the right, the run below.
#pragma once

#include <QMainWindow>
#include <QPointer>
#include <QTimer>

#include "client/gateway_client.h"
#include "ui/shell/window_options.h"

class QDockWidget;
class QMenu;
class QToolBar;

namespace signalbox::ui {

class ActionRegistry;
class Actions;
class CanvasPanel;
class DetailsPanel;
class EnginePanel;
class FindingsPanel;
class GatewaysPanel;
class Layouts;
class Menus;
class NoticeBar;
class NumberLabel;
class OutlinePanel;
class Panel;
class PanelContext;
class RecentItems;
class RunListPanel;
class RunPanel;
class RunsPanel;
class Session;
class Settings;
class ThemedLabel;
class WindowNotices;
class WindowTools;
class WorkflowListPanel;

/// A console for one gateway. The client must outlive the window. Everything happens in the window's thread and nothing
/// in it waits: calls return futures that continue here.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(client::GatewayClient& client, WindowOptions options = {}, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows a workflow of the workspace. What goes wrong is told above the graph.
    void openWorkflow(const QString& id);
    /// Shows a run over its workflow.
    void openRun(const QString& id);
    /// Shows the workflow of a file. One outside of this workspace, or a folder, is asked for by placeRequested().
    void openPath(const QString& path);
    /// signalbox://run/ID, signalbox://workflow/ID or signalbox://attach?url=…
    void openLink(const QString& link);
    /// Asks for a gateway to be added, with what the link says of it.
    void addGateway(const QString& link = {});
    /// Runs the workflow that is open, or the next one to be opened if one is on its way, with its default inputs. Asks
    /// only if an input is required and has no default.
    void runCurrent();
    /// In front of all others, also when it was minimised.
    void bringToFront();
    /// Something that went wrong and belongs to no panel.
    void complain(const Error& error);

    [[nodiscard]] QString workspace() const { return options_.workspace; }
    [[nodiscard]] QString gateway() const { return options_.gateway; }
    [[nodiscard]] PanelContext& context() { return *context_; }
    [[nodiscard]] ActionRegistry& actionRegistry() { return *registry_; }
    [[nodiscard]] Layouts& layouts() { return *layouts_; }
    [[nodiscard]] Settings& settings();
    [[nodiscard]] WindowTools& tools() { return *tools_; }

Q_SIGNALS:
    /// A run that was watched has ended and its result is shown.
    void runFinished(bool succeeded);
    /// A workspace folder, or a file of another workspace, is to be opened.
    void placeRequested(const QString& path);
    void demoRequested();
    void closed();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void childEvent(QChildEvent* event) override;

private:
    void provideServices();
    void buildPanels();
    QDockWidget* addDock(const QString& name, const QString& title, QWidget* content);
    void prepareDocks();
    void buildLayouts();
    void buildMenus();
    void buildTools();
    void buildToolBar();
    void followGateway();
    void buildGatewayPanel();
    void buildGatewayBars();
    void reconnect();
    void answerGateway(bool credentials);
    void catchUp();
    void showGateways();
    void buildStatusBar();
    [[nodiscard]] QList<QWidget*> stopsAround(const QWidget* focused) const;
    void addDockAction(QDockWidget& dock);
    void refreshLayoutActions();
    void connectActions();
    void connectFileActions();
    void connectRunActions();
    void connectLookActions();
    void connectPanels();
    void connectRun();
    void connectSettings();
    void settingChanged(const QString& id);
    void showLookActions();
    void startSession();
    void showWorkflowTitle();
    void updateActions();
    void updateRunActions();
    void showFindings(int count);
    void askAndRun();
    void askAndCancel();
    void openInputsDialog();
    void openRunWhenShown();
    void choosePath(bool folder);
    void noteRecent();
    void openFileIn(const QString& path);
    void pollEngine();
    void cycleFocus(bool forward);
    [[nodiscard]] QList<Panel*> panels() const;

    client::GatewayClient& client_;
    WindowOptions options_;
    ActionRegistry* registry_;
    PanelContext* context_;
    Actions* actions_;
    Layouts* layouts_;
    RecentItems* recent_ = nullptr;
    Session* session_ = nullptr;
    WindowTools* tools_ = nullptr;
    WorkflowListPanel* workflows_ = nullptr;
    RunListPanel* runs_ = nullptr;
    CanvasPanel* canvas_ = nullptr;
    DetailsPanel* details_ = nullptr;
    FindingsPanel* findings_ = nullptr;
    RunPanel* run_ = nullptr;
    OutlinePanel* outline_ = nullptr;
    RunsPanel* allRuns_ = nullptr;
    EnginePanel* engineView_ = nullptr;
    GatewaysPanel* gateways_ = nullptr;  ///< null when the program keeps no gateways
    WindowNotices* notices_ = nullptr;
    QDockWidget* workflowDock_ = nullptr;
    QDockWidget* runListDock_ = nullptr;
    QDockWidget* detailsDock_ = nullptr;
    QDockWidget* findingsDock_ = nullptr;
    QDockWidget* runDock_ = nullptr;
    QToolBar* toolBar_ = nullptr;
    NoticeBar* notice_ = nullptr;
    ThemedLabel* title_ = nullptr;
    ThemedLabel* version_ = nullptr;
    NumberLabel* engine_ = nullptr;
    ThemedLabel* mode_ = nullptr;
    NumberLabel* zoom_ = nullptr;
    QTimer enginePoll_;
    QString opening_;    ///< id of the workflow on its way
    QString wanted_;     ///< the last one that was asked for
    QString runToOpen_;  ///< id of the run to be shown over it
    bool runWhenOpen_ = false;
    bool pollPending_ = false;
};

}  // namespace signalbox::ui
