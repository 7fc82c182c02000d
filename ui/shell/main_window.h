// The window: workflows at the left, the graph in the middle, details at the right, the run below.
#pragma once

#include <QMainWindow>
#include <QTimer>

#include "client/gateway_client.h"

class QDockWidget;

namespace signalbox::ui {

class Actions;
class CanvasPanel;
class DetailsPanel;
class FindingsPanel;
class NumberLabel;
class Panel;
class PanelContext;
class RunListPanel;
class RunPanel;
class ThemedLabel;
class WorkflowListPanel;

/// A console for one gateway. The client must outlive the window. Everything happens in the window's thread and nothing
/// in it waits: calls return futures that continue here.
class MainWindow : public QMainWindow {
    Q_OBJECT
public:
    explicit MainWindow(client::GatewayClient& client, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Shows a workflow of the workspace. What goes wrong is told above the graph.
    void openWorkflow(const QString& id);
    /// Runs the workflow that is open, or the next one to be opened if one is on its way, with its default inputs. Asks
    /// only if an input is required and has no default.
    void runCurrent();

    [[nodiscard]] PanelContext& context() { return *context_; }

Q_SIGNALS:
    /// A run that was watched has ended and its result is shown.
    void runFinished(bool succeeded);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void hideEvent(QHideEvent* event) override;

private:
    void buildPanels();
    QDockWidget* addDock(const QString& name, const QString& title, QWidget* content, Qt::DockWidgetArea area);
    void arrangeDocks();
    void buildToolBar();
    void buildStatusBar();
    void orderTabs();
    void connectActions();
    void connectPanels();
    void showWorkflowTitle();
    void updateActions();
    void askAndRun();
    void openInputsDialog();
    void pollEngine();
    void cycleFocus(bool forward);
    [[nodiscard]] QList<Panel*> panels() const;

    client::GatewayClient& client_;
    PanelContext* context_;
    Actions* actions_;
    WorkflowListPanel* workflows_ = nullptr;
    RunListPanel* runs_ = nullptr;
    CanvasPanel* canvas_ = nullptr;
    DetailsPanel* details_ = nullptr;
    FindingsPanel* findings_ = nullptr;
    RunPanel* run_ = nullptr;
    QDockWidget* workflowDock_ = nullptr;
    QDockWidget* runListDock_ = nullptr;
    QDockWidget* detailsDock_ = nullptr;
    QDockWidget* findingsDock_ = nullptr;
    QDockWidget* runDock_ = nullptr;
    ThemedLabel* title_ = nullptr;
    ThemedLabel* version_ = nullptr;
    NumberLabel* engine_ = nullptr;
    ThemedLabel* gateway_ = nullptr;
    NumberLabel* zoom_ = nullptr;
    QTimer enginePoll_;
    QString opening_;  ///< id of the workflow on its way
    bool runWhenOpen_ = false;
    bool pollPending_ = false;
};

}  // namespace signalbox::ui
