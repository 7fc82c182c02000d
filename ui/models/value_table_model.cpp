#include "ui/models/value_table_model.h"

#include <algorithm>
#include <numeric>
#include <unordered_set>

#include "ui/text/format.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

namespace {

// Numbers first, then texts, then everything else.
int rank(const Value& value) { return value.isNumber() ? 0 : value.isString() ? 1 : value.isUndefined() ? 3 : 2; }

bool less(const Value& a, const Value& b) {
    if (rank(a) != rank(b)) return rank(a) < rank(b);
    if (a.isNumber()) return a.asNumber() < b.asNumber();
    if (a.isString()) return a.asString() < b.asString();
    return a.isBoolean() && b.isBoolean() && !a.asBoolean() && b.asBoolean();
}

}  // namespace

bool ValueTableModel::canShow(const Value& value) {
    if (value.isArray()) return !value.empty();
    if (!value.isObject() || value.size() < 2) return false;
    const auto members = value.members();
    const auto looked = members.first(std::min(members.size(), kItemsForColumns));
    return std::all_of(looked.begin(), looked.end(), [](const Member& member) { return member.second.isObject(); });
}

void ValueTableModel::setValue(const Value& value) {
    beginResetModel();
    value_ = canShow(value) ? value : Value::undefined();
    order_.resize(value_.isArray() || value_.isObject() ? value_.size() : 0);
    std::iota(order_.begin(), order_.end(), 0U);
    findColumns();
    endResetModel();
}

void ValueTableModel::findColumns() {
    columns_.clear();
    if (value_.isObject()) columns_.push_back({ColumnKind::Key, {}});
    std::unordered_set<std::string> seen;
    bool others = false;
    const auto looked = std::min(order_.size(), kItemsForColumns);
    for (std::size_t row = 0; row < looked; ++row) {
        if (!item(row).isObject()) others = true;
        for (const auto& member : item(row).members()) {
            if (columns_.size() >= kMostColumns) break;
            if (seen.insert(member.first).second) columns_.push_back({ColumnKind::Member, member.first});
        }
    }
    if (others) columns_.insert(columns_.begin(), {ColumnKind::Whole, {}});
}

const Value& ValueTableModel::item(std::size_t row) const {
    return value_.isArray() ? value_.at(order_[row]) : value_.members()[order_[row]].second;
}

Value ValueTableModel::cell(std::size_t row, const Column& column) const {
    switch (column.kind) {
        case ColumnKind::Key:
            return Value(value_.members()[order_[row]].first);
        case ColumnKind::Whole:
            return item(row).isObject() ? Value::undefined() : item(row);
        case ColumnKind::Member:
            return item(row)[column.key];
    }
    return Value::undefined();
}

int ValueTableModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(order_.size());
}

int ValueTableModel::columnCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(columns_.size());
}

Value ValueTableModel::valueAt(const QModelIndex& index) const {
    if (!index.isValid()) return Value::undefined();
    return cell(static_cast<std::size_t>(index.row()), columns_[static_cast<std::size_t>(index.column())]);
}

ValuePlace ValueTableModel::placeOf(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    const auto row = static_cast<std::size_t>(index.row());
    ValuePlace place{order_[row]};
    const auto& column = columns_[static_cast<std::size_t>(index.column())];
    const auto members = item(row).members();
    const auto found =
        std::find_if(members.begin(), members.end(), [&](const Member& member) { return member.first == column.key; });
    if (column.kind == ColumnKind::Member && found != members.end()) {
        place.push_back(static_cast<std::uint32_t>(found - members.begin()));
    }
    return place;
}

QModelIndex ValueTableModel::indexOf(const ValuePlace& place) const {
    if (place.empty() || place[0] >= order_.size()) return {};
    const auto found = std::find(order_.begin(), order_.end(), place[0]);
    const auto row = found - order_.begin();
    int column = 0;
    const auto members = item(static_cast<std::size_t>(row)).members();
    if (place.size() > 1 && place[1] < members.size()) {
        const auto& key = members[place[1]].first;
        const auto at = std::find_if(columns_.begin(), columns_.end(), [&](const Column& one) {
            return one.kind == ColumnKind::Member && one.key == key;
        });
        if (at != columns_.end()) column = static_cast<int>(at - columns_.begin());
    }
    return index(static_cast<int>(row), column);
}

QVariant ValueTableModel::data(const QModelIndex& index, int role) const {
    const auto value = valueAt(index);
    if (value.isUndefined()) return {};
    const bool isKey = columns_[static_cast<std::size_t>(index.column())].kind == ColumnKind::Key;
    switch (role) {
        case Qt::DisplayRole:
        case Qt::AccessibleTextRole:
            // Texts stand without quotes: in a column they are read, not parsed.
            if (value.isString() && value.size() <= kLongestText) return toQString(value.asString());
            return summariseValue(value, kLongestText);
        case Qt::TextAlignmentRole:
            if (value.isNumber()) return static_cast<int>(Qt::AlignRight | Qt::AlignVCenter);
            return static_cast<int>(Qt::AlignLeft | Qt::AlignVCenter);
        case Qt::ForegroundRole:
            if (isKey || value.isNull() || value.isArray() || value.isObject()) {
                return static_cast<int>(ColourRole::Muted);
            }
            return {};
        case Qt::ToolTipRole:
            return value.isString() ? QVariant(toQString(value.asString().substr(0, 2000))) : QVariant();
        default:
            return {};
    }
}

QVariant ValueTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation == Qt::Vertical) {
        return role == Qt::DisplayRole ? QVariant(static_cast<qulonglong>(order_[static_cast<std::size_t>(section)]))
                                       : QVariant();
    }
    const auto& column = columns_[static_cast<std::size_t>(section)];
    if (role == Qt::TextAlignmentRole && rowCount() > 0) return data(index(0, section), role);
    if (role != Qt::DisplayRole) return {};
    if (column.kind == ColumnKind::Key) return tr("Key");
    return column.kind == ColumnKind::Whole ? tr("Value") : toQString(column.key);
}

void ValueTableModel::sort(int column, Qt::SortOrder order) {
    if (!canSort() || column >= columnCount()) return;
    Q_EMIT layoutAboutToBeChanged();
    const auto before = persistentIndexList();
    std::vector<ValuePlace> places;
    for (const auto& index : before) places.push_back(placeOf(index));
    std::iota(order_.begin(), order_.end(), 0U);
    if (column >= 0) {
        std::vector<Value> keys;
        keys.reserve(order_.size());
        for (std::size_t row = 0; row < order_.size(); ++row) {
            keys.push_back(cell(row, columns_[static_cast<std::size_t>(column)]));
        }
        std::stable_sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) {
            // Missing cells are last whichever way one sorts.
            if (keys[a].isUndefined() || keys[b].isUndefined()) return less(keys[a], keys[b]);
            return order == Qt::AscendingOrder ? less(keys[a], keys[b]) : less(keys[b], keys[a]);
        });
    }
    for (qsizetype i = 0; i < before.size(); ++i) {
        const auto moved = indexOf(places[static_cast<std::size_t>(i)]);
        changePersistentIndex(before[i], index(moved.row(), before[i].column()));
    }
    Q_EMIT layoutChanged();
}

}  // namespace signalbox::ui
