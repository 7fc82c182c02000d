// Unsaved edits of a process that is gone: found at the start, and restored, kept as a copy or discarded.
#pragma once

#include <QDialog>
#include <QObject>
#include <vector>

#include "ui/document/edit_journal.h"

class QListWidget;

namespace signalbox::ui {

class PanelContext;

/// Asks about the edits of one workflow: what was changed and when. Esc decides nothing: they are offered again.
class RestoreDialog : public QDialog {
    Q_OBJECT
public:
    RestoreDialog(const RecoveredEdits& edits, int more, QWidget* parent);
    /// Those that do something at the gateway.
    [[nodiscard]] QList<QWidget*> gatewayButtons() const;

Q_SIGNALS:
    void restoreChosen();
    void copyChosen();
    void discardChosen();

private:
    QWidget* buildButtons();
    [[nodiscard]] QListWidget* buildSteps(const RecoveredEdits& edits);
};

/// Owned by the window. Looks for lost edits in a thread of the pool once the gateway is known, then asks about one
/// workflow after the other.
class EditRecovery : public QObject {
    Q_OBJECT
public:
    EditRecovery(PanelContext& context, QWidget& window);
    [[nodiscard]] bool isLooking() const { return looking_; }

Q_SIGNALS:
    void looked(int found);

private:
    void look(const std::string& gateway);
    void askNext();
    void saveCopy(const RecoveredEdits& edits);
    void discard(const RecoveredEdits& edits);
    PanelContext& context_;
    QWidget& window_;
    std::vector<RecoveredEdits> found_;
    bool looking_ = true;
};

}  // namespace signalbox::ui
