// The versions of a workflow: each as text, and what changed from it to the newest.
#pragma once

#include <QDialog>
#include <string>

#include "base/result.h"
#include "protocol/workflow_dto.h"

class QListWidget;
class QPlainTextEdit;
class QTabWidget;

namespace signalbox::ui {

class DiffView;
class NoticeBar;
class PanelContext;
class ThemedLabel;

/// Read-only. Asks for the list, and for a text when its version is chosen; a late answer is dropped.
class WorkflowVersionsDialog : public QDialog {
    Q_OBJECT
public:
    WorkflowVersionsDialog(PanelContext& context, QString workflowId, const QString& name, QWidget* parent);

private:
    void build();
    [[nodiscard]] QWidget* buildPages();
    void load();
    void fill(const protocol::WorkflowVersionList& list);
    void choose(int row);
    void showVersion(const protocol::WorkflowVersionDetail& version);
    void fail(const Error& error);

    PanelContext& context_;
    QString workflowId_;
    NoticeBar* notice_;
    ThemedLabel* state_;
    QListWidget* list_;
    QTabWidget* pages_;
    QPlainTextEdit* text_;
    DiffView* diff_;
    std::string newest_;     ///< text of the newest version
    int newestVersion_ = 0;  ///< 0: there is none
    quint64 turn_ = 0;
};

}  // namespace signalbox::ui
