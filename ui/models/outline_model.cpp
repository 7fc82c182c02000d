#include "ui/models/outline_model.h"

#include <queue>

#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

struct Links {
    std::vector<std::vector<int>> next;
    std::vector<int> waitsFor;
};

// Wires that lead back and those that undo are taken when everything else is done: they order nothing.
Links linksOf(const protocol::Graph& graph) {
    QHash<QString, int> index;
    for (std::size_t i = 0; i < graph.nodes.size(); ++i)
        index.insert(toQString(graph.nodes[i].id), static_cast<int>(i));
    Links links{std::vector<std::vector<int>>(graph.nodes.size()), std::vector<int>(graph.nodes.size(), 0)};
    for (const auto& edge : graph.edges) {
        const int from = index.value(toQString(edge.from), -1);
        const int to = index.value(toQString(edge.to), -1);
        if (from < 0 || to < 0 || from == to || edge.kind == "loop" || edge.kind == "compensation") continue;
        links.next[at(from)].push_back(to);
        ++links.waitsFor[at(to)];
    }
    return links;
}

}  // namespace

// Kahn's algorithm; of the nodes that could come next the first of the document does.
std::vector<int> runOrder(const protocol::Graph& graph) {
    auto links = linksOf(graph);
    const int count = static_cast<int>(graph.nodes.size());
    std::priority_queue<int, std::vector<int>, std::greater<>> ready;
    std::vector<bool> taken(at(count), false);
    std::vector<int> order;
    for (int i = 0; i < count; ++i) {
        if (links.waitsFor[at(i)] == 0) ready.push(i);
    }
    for (int first = 0; static_cast<int>(order.size()) < count;) {
        if (ready.empty()) {
            // Only cycles are left that nobody marked as such.
            while (taken[at(first)]) ++first;
            ready.push(first);
        }
        const int node = ready.top();
        ready.pop();
        if (taken[at(node)]) continue;
        taken[at(node)] = true;
        order.push_back(node);
        for (const int next : links.next[at(node)]) {
            if (--links.waitsFor[at(next)] == 0) ready.push(next);
        }
    }
    return order;
}

void OutlineModel::setGraph(const protocol::Graph& graph) {
    beginResetModel();
    nodes_.clear();
    rows_.clear();
    for (const int i : runOrder(graph)) {
        const auto& node = graph.nodes[at(i)];
        const auto id = toQString(node.id);
        rows_.insert(id, static_cast<int>(nodes_.size()));
        const auto type = toQString(node.type);
        const auto subtitle = toQString(node.subtitle);
        nodes_.push_back({id,
                          node.title.empty() ? id : toQString(node.title),
                          subtitle.isEmpty() || subtitle == type ? type : QStringLiteral("%1 · %2").arg(type, subtitle),
                          {},
                          {}});
    }
    endResetModel();
}

void OutlineModel::setState(const protocol::NodeStateDto& state, std::int64_t now) {
    const int row = rowOf(toQString(state.nodeId));
    if (row < 0) return;
    auto& node = nodes_[at(row)];
    node.status = toQString(state.status);
    node.badge.clear();
    if (state.started > 0) {
        const bool over = isFinalNodeStatus(node.status) && state.finished > 0;
        node.badge = formatDuration((over ? state.finished : now) - state.started);
    }
    Q_EMIT dataChanged(index(row), index(row));
}

void OutlineModel::clearStates() {
    for (auto& node : nodes_) {
        node.status.clear();
        node.badge.clear();
    }
    if (!nodes_.empty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
}

int OutlineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(nodes_.size());
}

QVariant OutlineModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& node = nodes_[at(index.row())];
    switch (role) {
        case Qt::DisplayRole:
            return node.title;
        case DetailRole:
            return node.detail;
        case IdRole:
            return node.id;
        case StatusRole:
            return node.status.isEmpty() ? QVariant() : node.status;
        case BadgeRole:
            return node.badge.isEmpty() ? QVariant() : node.badge;
        case Qt::AccessibleTextRole: {
            QStringList parts{node.title, node.detail};
            if (!node.status.isEmpty()) parts << stateLook(node.status).word;
            if (!node.badge.isEmpty()) parts << node.badge;
            return parts.join(QStringLiteral(", "));
        }
        default:
            return {};
    }
}

}  // namespace signalbox::ui
