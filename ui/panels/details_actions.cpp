#include <QAction>
#include <QUndoStack>

#include "ui/actions/action_registry.h"
#include "ui/panels/details_panel.h"
#include "ui/panels/inspector_form.h"

namespace signalbox::ui {

namespace {

InspectorField* fieldWithKeyboard(const QWidget& panel) {
    for (const auto* form : panel.findChildren<InspectorForm*>()) {
        if (auto* field = form->focusedField()) return field;
    }
    return nullptr;
}

/// "Undo Change Path of read".
QString withStep(const QString& verb, const QString& step) {
    return step.isEmpty() ? verb : QStringLiteral("%1: %2").arg(verb, step);
}

}  // namespace

void DetailsPanel::addActions(ActionRegistry& actions) {
    const auto document = [this] { return context_.document(); };
    auto* undo = actions.add({QStringLiteral("undo"), tr("&Undo"), ActionCategory::Edit, 0, {}, {QKeySequence::Undo}},
                             this, [document] { document() ? document()->undoStack().undo() : void(); });
    auto* redo = actions.add({QStringLiteral("redo"),
                              tr("&Redo"),
                              ActionCategory::Edit,
                              0,
                              {},
                              {QKeySequence(tr("Ctrl+Shift+Z")), QKeySequence(tr("Ctrl+Y"))}},
                             this, [document] { document() ? document()->undoStack().redo() : void(); });
    ActionSpec saving{QStringLiteral("save"), tr("&Save workflow"), ActionCategory::File, 1, {}, {QKeySequence::Save}};
    saving.needsGateway = true;
    auto* save = actions.add(saving, this, [this] { context_.session() ? context_.session()->save() : void(); });
    auto* edit =
        actions.add({QStringLiteral("editWorkflow"), tr("&Edit the workflow"), ActionCategory::Edit, 1, {}, {}}, this,
                    [this] { context_.editWorkflow(); });
    actions.add({QStringLiteral("resetField"),
                 tr("Reset the &field"),
                 ActionCategory::Edit,
                 1,
                 {},
                 {QKeySequence(tr("Alt+Backspace"))}},
                this, [this] {
                    if (auto* field = fieldWithKeyboard(*this)) field->reset();
                });
    actions.add({QStringLiteral("computeField"),
                 tr("Co&mpute the field"),
                 ActionCategory::Edit,
                 1,
                 {},
                 {QKeySequence(tr("Alt+="))},
                 tr("expression")},
                this, [this] {
                    auto* field = fieldWithKeyboard(*this);
                    if (field) field->setComputed(!field->isComputedNow());
                });
    const auto update = [this, undo, redo, save, edit] { updateActions(*undo, *redo, *save, *edit); };
    connect(&context_, &PanelContext::documentChanged, this, update);
    connect(&context_, &PanelContext::historyChanged, this, update);
    connect(&context_, &PanelContext::dirtyChanged, this, update);
    connect(&context_, &PanelContext::editabilityChanged, this, update);
    update();
}

void DetailsPanel::updateActions(QAction& undo, QAction& redo, QAction& save, QAction& edit) {
    auto* document = context_.document();
    const auto none = document ? QString() : tr("No workflow is open");
    const auto step = [&](QAction& action, const QString& verb, bool can, const QString& text, const QString& why) {
        action.setText(withStep(verb, text));
        ActionRegistry::setReason(action, !none.isEmpty() ? none : can ? QString() : why);
    };
    step(undo, tr("&Undo"), document && document->undoStack().canUndo(),
         document ? document->undoStack().undoText() : QString(), tr("Nothing has been edited"));
    step(redo, tr("&Redo"), document && document->undoStack().canRedo(),
         document ? document->undoStack().redoText() : QString(), tr("Nothing has been undone"));
    ActionRegistry::setReason(save, !none.isEmpty()       ? none
                                    : document->isDirty() ? QString()
                                                          : tr("There are no unsaved edits"));
    ActionRegistry::setReason(edit,
                              !context_.readOnlyReason().isEmpty() ? QString() : tr("The workflow is being edited"));
}

}  // namespace signalbox::ui
