#include "ui/models/value_tree_model.h"

#include <algorithm>

#include "ui/text/format.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

struct ValueTreeModel::Node {
    QString key;
    Value value;
    Node* parent = nullptr;
    int row = 0;
    quint64 more = 0;  ///< this row stands for so many that are not shown
    bool expanded = false;
    std::vector<std::unique_ptr<Node>> children;
};

ValueTreeModel::ValueTreeModel(QObject* parent) : QAbstractItemModel(parent), root_(std::make_unique<Node>()) {
    root_->value = Value::undefined();
}

ValueTreeModel::~ValueTreeModel() = default;

void ValueTreeModel::setValue(Value value) {
    beginResetModel();
    root_ = std::make_unique<Node>();
    root_->value = std::move(value);
    const bool holds = (root_->value.isArray() || root_->value.isObject()) && !root_->value.empty();
    if (!holds && root_->value.isDefined()) {
        auto only = std::make_unique<Node>();
        only->value = root_->value;
        only->parent = root_.get();
        root_->children.push_back(std::move(only));
        root_->expanded = true;
    }
    endResetModel();
}

const Value& ValueTreeModel::value() const { return root_->value; }

Value ValueTreeModel::valueAt(const QModelIndex& index) const {
    const auto& node = nodeOf(index);
    return node.more > 0 ? Value::undefined() : node.value;
}

ValueTreeModel::Node& ValueTreeModel::nodeOf(const QModelIndex& index) const {
    return index.isValid() ? *static_cast<Node*>(index.internalPointer()) : *root_;
}

// Children up to that many, and a row for those that are left.
void ValueTreeModel::addRows(Node& node, std::size_t until) {
    const auto add = [&node](QString key, Value value) -> Node& {
        auto child = std::make_unique<Node>();
        child->key = std::move(key);
        child->value = std::move(value);
        child->parent = &node;
        child->row = static_cast<int>(node.children.size());
        node.children.push_back(std::move(child));
        return *node.children.back();
    };
    const auto size = node.value.size();
    for (std::size_t i = node.children.size(); i < std::min(size, until); ++i) {
        if (node.value.isArray()) {
            add(QString::number(i), node.value.at(i));
        } else {
            const auto& member = node.value.members()[i];
            add(toQString(member.first), member.second);
        }
    }
    if (size > until) {
        auto& rest = add(QStringLiteral("…"), Value::undefined());
        rest.more = size - until;
        rest.expanded = true;
    }
}

void ValueTreeModel::expand(Node& node) {
    if (std::exchange(node.expanded, true)) return;
    if (node.value.isArray() || node.value.isObject()) addRows(node, kMostChildren);
}

void ValueTreeModel::extend(Node& node, std::size_t until) {
    expand(node);
    if (node.children.empty() || node.children.back()->more == 0) return;
    const auto shown = node.children.size() - 1;
    until = std::min({until, node.value.size(), kMostRevealed});
    if (until <= shown) return;
    const auto parent = indexOf(node);
    const int last = static_cast<int>(shown);
    beginRemoveRows(parent, last, last);
    node.children.pop_back();
    endRemoveRows();
    const auto rows = until + (node.value.size() > until ? 1 : 0);
    beginInsertRows(parent, last, static_cast<int>(rows) - 1);
    addRows(node, until);
    endInsertRows();
}

QModelIndex ValueTreeModel::indexOf(Node& node) const {
    return &node == root_.get() ? QModelIndex() : createIndex(node.row, 0, &node);
}

bool ValueTreeModel::isMore(const QModelIndex& index) const { return index.isValid() && nodeOf(index).more > 0; }

void ValueTreeModel::showMore(const QModelIndex& index) {
    if (!isMore(index)) return;
    auto& node = *nodeOf(index).parent;
    extend(node, node.children.size() - 1 + kMostChildren);
}

ValuePlace ValueTreeModel::placeOf(const QModelIndex& index) const {
    ValuePlace place;
    const bool scalar = !root_->value.isArray() && !root_->value.isObject();
    if (!index.isValid() || scalar || isMore(index)) return place;
    for (const auto* node = &nodeOf(index); node->parent; node = node->parent) {
        place.insert(place.begin(), static_cast<std::uint32_t>(node->row));
    }
    return place;
}

QModelIndex ValueTreeModel::reveal(const ValuePlace& place) {
    auto* node = root_.get();
    if (place.empty()) return rowCount() > 0 ? index(0, 0) : QModelIndex();
    for (const auto step : place) {
        expand(*node);
        if (step + 1 >= node->children.size()) extend(*node, step + kMostChildren / 2);
        if (node->children.empty()) break;
        node = node->children[std::min<std::size_t>(step, node->children.size() - 1)].get();
        if (node->more > 0) break;
    }
    return indexOf(*node);
}

QModelIndex ValueTreeModel::index(int row, int column, const QModelIndex& parent) const {
    auto& node = nodeOf(parent);
    expand(node);
    if (row < 0 || row >= static_cast<int>(node.children.size()) || column < 0 || column > 1) return {};
    return createIndex(row, column, node.children[static_cast<std::size_t>(row)].get());
}

QModelIndex ValueTreeModel::parent(const QModelIndex& index) const {
    if (!index.isValid()) return {};
    auto* above = nodeOf(index).parent;
    return above == root_.get() || !above ? QModelIndex() : createIndex(above->row, 0, above);
}

int ValueTreeModel::rowCount(const QModelIndex& parent) const {
    if (parent.column() > 0) return 0;
    auto& node = nodeOf(parent);
    expand(node);
    return static_cast<int>(node.children.size());
}

int ValueTreeModel::columnCount(const QModelIndex&) const { return 2; }

bool ValueTreeModel::hasChildren(const QModelIndex& parent) const {
    if (parent.column() > 0) return false;
    const auto& node = nodeOf(parent);
    if (node.expanded) return !node.children.empty();
    return node.more == 0 && (node.value.isArray() || node.value.isObject()) && !node.value.empty();
}

QVariant ValueTreeModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto& node = nodeOf(index);
    if (role == Qt::ForegroundRole && (index.column() == 0 || node.value.isNull() || node.more > 0)) {
        return static_cast<int>(ColourRole::Muted);
    }
    if (role == Qt::DisplayRole || role == Qt::AccessibleTextRole) {
        if (index.column() == 0) return node.key;
        if (node.more > 0) return tr("and %1 more").arg(formatCount(node.more));
        return summariseValue(node.value, kLongestText);
    }
    if (role == Qt::ToolTipRole && index.column() == 1 && node.value.isString()) {
        return toQString(node.value.asString().substr(0, 2000));
    }
    return {};
}

QVariant ValueTreeModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    return section == 0 ? tr("Key") : tr("Value");
}

}  // namespace signalbox::ui
