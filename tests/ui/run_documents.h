// A workflow for the panel of a run on the real engine. Apart from the test: moc does not get through such a literal.
#pragma once

namespace signalbox::test {

/// Multiplies, writes to the log, waits for a signal, and gives what the signal brought.
inline constexpr const char* kSignalDocument = R"json({
  "format": 1, "id": "waits", "name": "Waits", "version": 1,
  "inputs": [{"name": "factor", "type": "integer", "default": 2}],
  "nodes": [
    {"id": "sum", "type": "TransformNode", "title": "Sum", "params": {"expression": "12 * $inputs.factor"}},
    {"id": "note", "type": "LogNode", "title": "Note", "params": {"message": "\"sum is \" & $string($)"}},
    {"id": "wait", "type": "WaitForSignalNode", "title": "Wait", "params": {"signal": "go"}},
    {"id": "take", "type": "TransformNode", "title": "Take", "params": {"expression": "{\"sum\": 12 * $inputs.factor}"}}
  ],
  "edges": [
    {"from": "sum.output", "to": "note.input"},
    {"from": "note.output", "to": "wait.input"},
    {"from": "wait.output", "to": "take.input"}
  ],
  "outputs": [{"name": "taken", "from": "take.output"}]
})json";

}  // namespace signalbox::test
