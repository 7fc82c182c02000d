// All actions with their shortcuts, as a table.
#pragma once

#include <QAbstractTableModel>

class QAction;

namespace signalbox::ui {

class ActionRegistry;

/// Follows the registry. IdRole gives the action's id.
class ShortcutModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : int { ActionColumn, CategoryColumn, KeysColumn, ColumnCount };
    explicit ShortcutModel(ActionRegistry& actions, QObject* parent = nullptr);
    [[nodiscard]] QAction* actionAt(const QModelIndex& index) const;
    [[nodiscard]] static QString keysOf(const QAction& action);  ///< all of them, "Ctrl+K or Ctrl+Shift+P"

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    ActionRegistry& actions_;
};

}  // namespace signalbox::ui
