#include "ui/document/workflow_edits.h"

#include <QCoreApplication>
#include <algorithm>

#include "base/json.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(WorkflowEdits)
};

Change replacing(const Value& root, std::string pointer, Value value) {
    auto before = resolvePointer(root, pointer);
    return {std::move(pointer), std::move(before), std::move(value), {}};
}

/// "old.port" under the new name; other text as it is.
Value renamedPort(const Value& port, std::string_view from, std::string_view to) {
    const auto text = port.asString();
    const bool matches = text.size() > from.size() && text.starts_with(from) && text[from.size()] == '.';
    return matches ? Value(std::string(to) + std::string(text.substr(from.size()))) : port;
}

/// Follows a node's id through the parts of a document that name it.
class Renaming {
public:
    Renaming(const Value& root, std::string from, std::string to)
        : root_(root), from_(std::move(from)), to_(std::move(to)) {}

    std::vector<Change> changes() {
        change(nodePointer(root_, toQString(from_)) + "/id", Value(to_));
        ports("edges", {"from", "to"});
        ports("outputs", {"from"});
        ports("errors", {"to"});
        position();
        groups();
        return std::move(changes_);
    }

private:
    void change(const std::string& pointer, Value value) {
        auto made = replacing(root_, pointer, std::move(value));
        if (!(made.before == made.after)) changes_.push_back(std::move(made));
    }

    void ports(const char* list, std::initializer_list<const char*> members) {
        const auto items = root_[list].items();
        for (std::size_t i = 0; i < items.size(); ++i) {
            for (const auto* member : members) {
                if (!items[i][member].isString()) continue;
                change(childPointer(childPointer(std::string("/") + list, i), std::string_view(member)),
                       renamedPort(items[i][member], from_, to_));
            }
        }
    }

    void position() {
        const auto place = root_["layout"]["positions"][from_];
        if (place.isUndefined()) return;
        const std::string parent = "/layout/positions";
        changes_.push_back({childPointer(parent, from_), place, Value::undefined(), {}});
        changes_.push_back({childPointer(parent, to_), root_["layout"]["positions"][to_], place, {}});
    }

    void groups() {
        const auto all = root_["layout"]["groups"].items();
        for (std::size_t i = 0; i < all.size(); ++i) {
            const auto members = all[i]["nodes"].items();
            for (std::size_t j = 0; j < members.size(); ++j) {
                if (members[j].asString() != from_) continue;
                change(childPointer(childPointer("/layout/groups", i) + "/nodes", j), Value(to_));
            }
        }
    }

    const Value& root_;
    std::string from_;
    std::string to_;
    std::vector<Change> changes_;
};

bool isIdentifier(std::string_view id) {
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return !id.empty() && letter(id.front()) &&
           std::all_of(id.begin(), id.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '-'; });
}

}  // namespace

std::string nodePointer(const Value& root, const QString& nodeId) {
    const auto id = nodeId.toStdString();
    const auto nodes = root["nodes"].items();
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        if (nodes[i]["id"].asString() == id) return childPointer("/nodes", i);
    }
    return {};
}

std::string edgePointer(const Value& root, const QString& from, const QString& to) {
    const auto source = from.toStdString();
    const auto target = to.toStdString();
    const auto edges = root["edges"].items();
    for (std::size_t i = 0; i < edges.size(); ++i) {
        if (edges[i]["from"].asString() == source && edges[i]["to"].asString() == target) {
            return childPointer("/edges", i);
        }
    }
    return {};
}

namespace edits {

Edit set(const Value& root, const std::string& part, const std::string& below, Value value, const QString& what) {
    const auto pointer = part + below;
    auto change = value.isUndefined() ? unsetting(root, pointer, part) : setting(root, pointer, std::move(value));
    return {Words::tr("Change %1").arg(what), {std::move(change)}, toQString(pointer)};
}

Edit replaceNode(const Value& root, const QString& nodeId, Value node) {
    const auto pointer = nodePointer(root, nodeId);
    return {Words::tr("Change JSON of %1").arg(nodeId),
            {replacing(root, pointer, std::move(node))},
            QStringLiteral("json:") + toQString(pointer)};
}

Edit replaceDocument(const Value& root, Value document, const QString& text) {
    return {text, {replacing(root, {}, std::move(document))}, QStringLiteral("json:")};
}

Edit moveNodes(const Value& root, const std::vector<std::pair<QString, QPointF>>& positions) {
    Edit edit{positions.size() == 1 ? Words::tr("Move %1").arg(positions.front().first)
                                    : Words::tr("Move %1 nodes").arg(positions.size()),
              {},
              QStringLiteral("move")};
    Value made = root;
    for (const auto& [id, at] : positions) {
        const auto pointer = childPointer("/layout/positions", id.toStdString());
        auto change = setting(made, pointer, Value::array({Value(at.x()), Value(at.y())}));
        if (auto next = applied(made, change)) {
            made = std::move(*next);
            edit.changes.push_back(std::move(change));
        }
    }
    return edit;
}

Result<Edit> renameNode(const Value& root, const QString& from, const QString& to) {
    if (nodePointer(root, from).empty()) {
        return fail("edit.node-unknown", Words::tr("There is no node of this id").toStdString(), from.toStdString());
    }
    if (!isIdentifier(to.toStdString())) {
        return fail("edit.id-syntax",
                    Words::tr("An id begins with a letter and has letters, digits, _ and -").toStdString(),
                    to.toStdString());
    }
    if (from != to && !nodePointer(root, to).empty()) {
        return fail("edit.id-taken", Words::tr("Another node has this id").toStdString(), to.toStdString());
    }
    return Edit{
        Words::tr("Rename %1 to %2").arg(from, to), Renaming(root, from.toStdString(), to.toStdString()).changes(), {}};
}

}  // namespace edits

}  // namespace signalbox::ui
