#include "ui/document/edit_command.h"

#include <QCoreApplication>
#include <algorithm>

namespace signalbox::ui {

EditCommand::EditCommand(WorkflowDocument& document, Edit edit, Value result, quint64 gesture)
    : document_(document), edit_(std::move(edit)), result_(std::move(result)), gesture_(gesture) {
    setText(edit_.text);
}

void EditCommand::run(std::vector<Change> changes, const QString& text) {
    auto made = applied(document_.root_, changes);
    if (made) {
        document_.step(std::move(*made), changes, text);
    } else {
        setObsolete(true);
    }
}

void EditCommand::undo() {
    run(reversed(edit_.changes), QCoreApplication::translate("EditCommand", "Undo: %1").arg(text()));
}

void EditCommand::redo() {
    if (pushed_) {
        run(edit_.changes, QCoreApplication::translate("EditCommand", "Redo: %1").arg(text()));
        return;
    }
    pushed_ = true;
    document_.step(std::exchange(result_, Value::undefined()), edit_.changes, text());
}

// Into the last change of the same place, if nothing around that place was changed since; otherwise behind all others.
void EditCommand::take(const Change& change) {
    auto& all = edit_.changes;
    const auto overlaps = [&](const Change& mine) {
        return isWithin(mine.pointer, change.pointer) || isWithin(change.pointer, mine.pointer);
    };
    const auto last = std::find_if(all.rbegin(), all.rend(), overlaps);
    // What was taken away and comes again stands at the end of its siblings: that is two changes.
    const bool again = last != all.rend() && last->after.isUndefined();
    if (last == all.rend() || last->pointer != change.pointer || again) {
        all.push_back(change);
        return;
    }
    last->after = change.after;
    if (change.after.isUndefined()) last->place = change.place;
}

bool EditCommand::mergeWith(const QUndoCommand* other) {
    const auto& next = static_cast<const EditCommand&>(*other);
    if (next.edit_.mergeKey != edit_.mergeKey || next.gesture_ != gesture_) return false;
    for (const auto& change : next.edit_.changes) take(change);
    auto& all = edit_.changes;
    std::erase_if(all, [](const auto& change) { return change.before == change.after; });
    setObsolete(all.empty());
    return true;
}

}  // namespace signalbox::ui
