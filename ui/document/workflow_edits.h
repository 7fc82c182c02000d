// The edits that the console knows, as data for WorkflowDocument::apply. Creating and wiring nodes are further ones.
#pragma once

#include <QPointF>
#include <QString>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ui/document/workflow_document.h"

namespace signalbox::ui {

/// "/nodes/3" of a node; empty when the document has no such node (it may come from the workflow that it extends).
[[nodiscard]] std::string nodePointer(const Value& root, const QString& nodeId);
/// "/edges/2" of the wire between two ports ("a.output", "b.input"); empty when there is none.
[[nodiscard]] std::string edgePointer(const Value& root, const QString& from, const QString& to);

namespace edits {

/// Sets a place below `part` ("" for the workflow, nodePointer(), edgePointer()), or takes it away when value is
/// undefined. `what` names it for people: "Path of read". Edits of one place merge.
[[nodiscard]] Edit set(const Value& root, const std::string& part, const std::string& below, Value value,
                       const QString& what);
/// Another JSON for a node; merges with others of the same node. Its wires are not renamed with it.
[[nodiscard]] Edit replaceNode(const Value& root, const QString& nodeId, Value node);
/// Another JSON for all of it.
[[nodiscard]] Edit replaceDocument(const Value& root, Value document, const QString& text);
/// Positions in the layout; edits of one drag merge. The first move in a workflow without positions should bring those
/// of all nodes, because nodes without one are laid out anew once another has one.
[[nodiscard]] Edit moveNodes(const Value& root, const std::vector<std::pair<QString, QPointF>>& positions);
/// The node under another id, with its wires, outputs, error routes, position and groups. Errors: "edit.id-taken",
/// "edit.id-syntax", "edit.node-unknown".
[[nodiscard]] Result<Edit> renameNode(const Value& root, const QString& from, const QString& to);

}  // namespace edits

}  // namespace signalbox::ui
