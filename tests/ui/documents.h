// Workflow documents for the real engine. Apart from the tests: moc does not get through such literals.
#pragma once

namespace signalbox::test {

/// Adds up, writes to the log, asks, and gives the sum.
inline constexpr const char* kApprovalDocument = R"json({
  "format": 1, "id": "totals", "name": "Order totals", "version": 1,
  "inputs": [{"name": "factor", "type": "integer", "default": 2}],
  "nodes": [
    {"id": "orders", "type": "ConstantNode", "title": "Orders", "params": {"value": [3, 4, 5]}},
    {"id": "sum", "type": "TransformNode", "title": "Sum", "params": {"expression": "$sum($) * $inputs.factor"}},
    {"id": "note", "type": "LogNode", "title": "Note", "params": {"message": "\"sum is \" & $string($)"}},
    {"id": "ask", "type": "ApprovalNode", "title": "Ask", "params": {"prompt": "Is the sum right?"}},
    {"id": "take", "type": "TransformNode", "title": "Take", "params": {"expression": "input"}}
  ],
  "edges": [
    {"from": "orders.output", "to": "sum.input"},
    {"from": "sum.output", "to": "note.input"},
    {"from": "note.output", "to": "ask.input"},
    {"from": "ask.approved", "to": "take.input"}
  ],
  "outputs": [{"name": "total", "from": "take.output"}]
})json";

/// Reads a file that is not there.
inline constexpr const char* kFailingDocument = R"json({
  "format": 1, "id": "failing", "name": "Failing", "version": 1,
  "nodes": [{"id": "read", "type": "TextReaderNode", "title": "Read", "params": {"path": "no-such-file.txt"}}],
  "edges": [], "outputs": [{"name": "text", "from": "read.output"}]
})json";

}  // namespace signalbox::test
