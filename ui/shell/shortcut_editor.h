// The dialog in which shortcuts are looked up, changed and reset.
#pragma once

#include <QDialog>
#include <QSortFilterProxyModel>

class QAction;
class QLineEdit;
class QPushButton;
class QTableView;

namespace signalbox::ui {

class ActionRegistry;
class KeyRecorder;
class ShortcutModel;
class ThemedLabel;

/// Made when it is opened first. Keys that another action has are not taken from it without a word: the dialog says
/// whose they are, and a button moves them.
class ShortcutEditor : public QDialog {
    Q_OBJECT
public:
    explicit ShortcutEditor(ActionRegistry& actions, QWidget* parent = nullptr);

Q_SIGNALS:
    void sheetRequested();

private:
    void build();
    QWidget* buildTable();
    QWidget* buildEditor();
    QWidget* buildButtons();
    void showCurrent();
    void consider(const QKeySequence& keys);
    void assign();
    void clearKeys();
    [[nodiscard]] QAction* current() const;

    ActionRegistry& actions_;
    ShortcutModel* model_;
    QSortFilterProxyModel filtered_;
    QLineEdit* search_;
    QTableView* table_;
    ThemedLabel* title_;
    KeyRecorder* recorder_;
    ThemedLabel* message_;
    QPushButton* assign_;
    QPushButton* clear_;
    QPushButton* reset_;
};

}  // namespace signalbox::ui
