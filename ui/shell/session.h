// What of a window outlasts it: its place, its docks, and what was open in this workspace.
#pragma once

#include <QJsonObject>
#include <QList>
#include <QMainWindow>
#include <QPointer>
#include <QString>
#include <QTimer>
#include <functional>

namespace signalbox::ui {

class Layouts;
class Panel;
class PanelContext;
class StateStore;

/// Belongs to the window. Place and docks are those of all windows, the rest is kept for each workspace. Ids only: no
/// inputs, no results.
class Session : public QObject {
    Q_OBJECT
public:
    struct Parts {
        QMainWindow& window;
        Layouts& layouts;
        PanelContext& context;
        QList<Panel*> panels;
        std::function<void(const QString& id)> openWorkflow;
    };
    Session(Parts parts, StateStore& store, QString workspace);

    /// Place, docks and views; `documents` opens the workflow and the run again.
    void restore(bool documents);
    /// Saves a moment later; close() of the window saves at once.
    void touch();
    void save();

private:
    void restoreDocuments(const QJsonObject& saved);
    [[nodiscard]] QJsonObject documents() const;
    [[nodiscard]] QString workspaceKey() const;

    Parts parts_;
    StateStore& store_;
    QString workspace_;
    QTimer soon_;
    QTimer regularly_;
    QString workflowOnItsWay_;
    QString runOnItsWay_;
};

}  // namespace signalbox::ui
