#include "ui/shell/shortcut_model.h"

#include <QAction>

#include "ui/actions/action_registry.h"
#include "ui/text/roles.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ShortcutModel::ShortcutModel(ActionRegistry& actions, QObject* parent)
    : QAbstractTableModel(parent), actions_(actions) {
    const auto reset = [this] {
        beginResetModel();
        endResetModel();
    };
    connect(&actions_, &ActionRegistry::added, this, reset);
    connect(&actions_, &ActionRegistry::removed, this, reset);
    connect(&actions_, &ActionRegistry::shortcutsChanged, this, [this] {
        if (rowCount() > 0) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
}

QAction* ShortcutModel::actionAt(const QModelIndex& index) const {
    return index.isValid() && index.row() < rowCount() ? actions_.actions()[index.row()] : nullptr;
}

QString ShortcutModel::keysOf(const QAction& action) {
    QStringList keys;
    for (const auto& shortcut : action.shortcuts()) keys << shortcut.toString(QKeySequence::NativeText);
    return keys.join(tr(" or "));
}

int ShortcutModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(actions_.actions().size());
}

int ShortcutModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant ShortcutModel::data(const QModelIndex& index, int role) const {
    const auto* action = actionAt(index);
    if (!action) return {};
    const auto& spec = actions_.spec(*action);
    if (role == IdRole) return spec.id;
    const bool custom = actions_.isCustom(spec.id);
    if (role == Qt::FontRole && index.column() == KeysColumn && custom) return Theme::current().strongFont();
    if (role == Qt::ToolTipRole && custom) return tr("Differs from the default");
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case ActionColumn:
            return ActionRegistry::plainText(*action);
        case CategoryColumn:
            return actionCategoryName(spec.category).remove(QLatin1Char('&'));
        default:
            return custom ? tr("%1 (changed)").arg(keysOf(*action)).trimmed() : keysOf(*action);
    }
}

QVariant ShortcutModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case ActionColumn:
            return tr("Action");
        case CategoryColumn:
            return tr("Menu");
        default:
            return tr("Shortcut");
    }
}

}  // namespace signalbox::ui
