// The workflows that were deleted, to be had back.
#pragma once

#include <QDialog>

#include "protocol/workflow_dto.h"

class QListWidget;
class QPushButton;

namespace signalbox::ui {

class NoticeBar;
class PanelContext;
class ThemedLabel;

/// Asks for the list by itself. Closes when one was restored; what hinders that is shown here.
class WorkflowTrashDialog : public QDialog {
    Q_OBJECT
public:
    WorkflowTrashDialog(PanelContext& context, QWidget* parent);

Q_SIGNALS:
    void restored(const QString& workflowId);

private:
    void build();
    void load();
    void fill(const protocol::TrashList& trash);
    void restore();

    PanelContext& context_;
    NoticeBar* notice_;
    ThemedLabel* state_;
    QListWidget* list_;
    QPushButton* restore_ = nullptr;
};

}  // namespace signalbox::ui
