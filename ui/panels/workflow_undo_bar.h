// Says what was deleted, and takes it back.
#pragma once

#include "ui/widgets/notice_bar.h"

namespace signalbox::ui {

/// A notice with one more button: Undo. It stays until it is used or closed.
class WorkflowUndoBar : public NoticeBar {
    Q_OBJECT
public:
    explicit WorkflowUndoBar(QWidget* parent = nullptr);
    [[nodiscard]] QPushButton& undoButton() { return *undo_; }

Q_SIGNALS:
    void undoRequested();

private:
    QPushButton* undo_;
};

}  // namespace signalbox::ui
