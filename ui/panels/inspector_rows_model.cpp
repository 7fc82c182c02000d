#include "ui/panels/inspector_rows_model.h"

#include <algorithm>

#include "base/json.h"
#include "ui/panels/inspector_editor.h"
#include "ui/text/format.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ObjectRowsModel::ObjectRowsModel(std::vector<FieldSpec> columns, QObject* parent)
    : QAbstractTableModel(parent), columns_(std::move(columns)) {}

void ObjectRowsModel::setRows(const Value& array) {
    if (rows() == array) return;
    const std::vector<Value> next(array.items().begin(), array.items().end());
    if (next.size() == rows_.size()) {
        rows_ = next;
        if (!rows_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnCount() - 1));
        return;
    }
    beginResetModel();
    rows_ = next;
    endResetModel();
}

void ObjectRowsModel::add() {
    ObjectBuilder row;
    // What must be there and has a usual value is filled in; the rest is typed.
    for (const auto& column : columns_) {
        if (column.required && column.defaultValue.isDefined()) row.set(column.name, column.defaultValue);
    }
    beginInsertRows({}, rowCount(), rowCount());
    rows_.push_back(std::move(row).build());
    endInsertRows();
    Q_EMIT edited();
}

void ObjectRowsModel::remove(int row) {
    if (row < 0 || row >= rowCount()) return;
    beginRemoveRows({}, row, row);
    rows_.erase(rows_.begin() + row);
    endRemoveRows();
    Q_EMIT edited();
}

void ObjectRowsModel::move(int row, int by) {
    const int to = row + by;
    if (row < 0 || to < 0 || row >= rowCount() || to >= rowCount()) return;
    std::swap(rows_[static_cast<std::size_t>(row)], rows_[static_cast<std::size_t>(to)]);
    Q_EMIT dataChanged(index(std::min(row, to), 0), index(std::max(row, to), columnCount() - 1));
    Q_EMIT edited();
}

int ObjectRowsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ObjectRowsModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

QString ObjectRowsModel::text(const Value& value, const FieldSpec& column) const {
    if (column.kind == FieldKind::Choice && value.isDefined()) {
        const auto values = column.schema["enum"].items();
        const auto found = std::find(values.begin(), values.end(), value);
        if (found != values.end()) return choiceTitle(column.schema, static_cast<std::size_t>(found - values.begin()));
    }
    return fieldText(value);
}

QVariant ObjectRowsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto& spec = column(index.column());
    const auto& value = rows_[static_cast<std::size_t>(index.row())][spec.name];
    switch (role) {
        case Qt::DisplayRole:
            return text(value.isUndefined() ? spec.defaultValue : value, spec);
        case Qt::EditRole:
            return text(value, spec);
        case Qt::FontRole:
            return spec.kind == FieldKind::Expression ? Theme::current().monospaceFont() : QVariant();
        case Qt::ForegroundRole:
            return value.isUndefined() ? Theme::current().colour(ColourRole::Muted) : QVariant();
        case Qt::ToolTipRole:
            return spec.help;
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2").arg(spec.title, text(value, spec));
        default:
            return {};
    }
}

bool ObjectRowsModel::setData(const QModelIndex& index, const QVariant& value, int role) {
    if (!index.isValid() || role != Qt::EditRole) return false;
    const auto& spec = column(index.column());
    const auto typed = value.toString();
    auto next = fieldValue(typed, spec);
    if (spec.kind == FieldKind::Choice) {
        for (std::size_t i = 0; i < spec.schema["enum"].size(); ++i) {
            if (choiceTitle(spec.schema, i) == typed) next = spec.schema["enum"].at(i);
        }
    } else if (spec.kind == FieldKind::Boolean || spec.kind == FieldKind::Json || spec.kind == FieldKind::Group ||
               spec.kind == FieldKind::TextList || spec.kind == FieldKind::Table) {
        if (auto parsed = parseJson(typed.toStdString())) next = *parsed;
    }
    auto& row = rows_[static_cast<std::size_t>(index.row())];
    if (row[spec.name] == next) return false;
    row = next.isUndefined() ? row.without(spec.name) : row.with(spec.name, next);
    Q_EMIT dataChanged(index, index);
    Q_EMIT edited();
    return true;
}

QVariant ObjectRowsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) return role == Qt::DisplayRole ? QVariant(section + 1) : QVariant();
    if (role == Qt::DisplayRole) return column(section).title;
    if (role == Qt::ToolTipRole) return column(section).help;
    if (role == Qt::TextAlignmentRole) return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    return {};
}

Qt::ItemFlags ObjectRowsModel::flags(const QModelIndex& index) const {
    return QAbstractTableModel::flags(index) | Qt::ItemIsEditable;
}

}  // namespace signalbox::ui
