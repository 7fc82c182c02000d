#include "ui/panels/workflow_undo_bar.h"

#include <QBoxLayout>
#include <QPushButton>

namespace signalbox::ui {

WorkflowUndoBar::WorkflowUndoBar(QWidget* parent) : NoticeBar(parent), undo_(new QPushButton(tr("&Undo"))) {
    setObjectName(QStringLiteral("workflowUndoBar"));
    undo_->setObjectName(QStringLiteral("workflowUndo"));
    undo_->setAccessibleName(tr("Undo the deletion"));
    // Before the buttons that every notice has: after the icon and the text.
    static_cast<QBoxLayout*>(layout())->insertWidget(2, undo_, 0, Qt::AlignTop);
    connect(undo_, &QPushButton::clicked, this, &WorkflowUndoBar::undoRequested);
}

}  // namespace signalbox::ui
