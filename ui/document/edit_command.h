// One step of a document's undo stack.
#pragma once

#include <QUndoCommand>

#include "ui/document/workflow_document.h"

namespace signalbox::ui {

/// Owned by the stack of its document. Changes are checked against what stands there: a step that does not fit any more
/// does nothing and leaves the stack.
class EditCommand : public QUndoCommand {
public:
    EditCommand(WorkflowDocument& document, Edit edit, Value result, quint64 gesture);
    void undo() override;
    void redo() override;
    int id() const override { return edit_.mergeKey.isEmpty() ? -1 : 1; }
    bool mergeWith(const QUndoCommand* other) override;

private:
    void take(const Change& change);
    void run(std::vector<Change> changes, const QString& text);
    WorkflowDocument& document_;
    Edit edit_;
    Value result_;  ///< of the first redo, which is the push
    quint64 gesture_;
    bool pushed_ = false;
};

}  // namespace signalbox::ui
