// Workflow documents for the inspector. Apart from the tests: moc does not get through such literals.
#pragma once

namespace signalbox::test {

/// Has a field of every kind, a condition on a wire, and a parameter that its node does not know.
inline constexpr const char* kFieldsDocument = R"json({
  "format": 1, "id": "fields", "name": "Fields", "version": 1, "x-team": "ops",
  "inputs": [{"name": "limit", "type": "integer", "default": 5, "help": "kept"}],
  "nodes": [
    {"id": "rows", "type": "ConstantNode", "title": "Rows", "params": {"value": [{"n": "b", "size": 3}, {"n": "a", "size": 9}]}},
    {"id": "big", "type": "FilterNode", "title": "Big ones", "params": {"condition": "size > 1", "limit": 4}, "note": "only the big ones"},
    {"id": "sorted", "type": "SortNode", "title": "Sorted", "params": {"by": [{"key": "size", "order": "descending"}, {"key": "n"}]}},
    {"id": "call", "type": "HttpRequestNode", "title": "Tell", "retry": {"maxAttempts": 3, "backoff": "5ms"},
     "params": {"url": "http://127.0.0.1:9/", "method": "POST", "expectedStatus": ["2xx", "404"], "useProxy": false,
                "headers": {"accept": "application/json"}, "timeout": {"$expr": "\"3s\""}}},
    {"id": "py", "type": "PythonCodeNode", "title": "Count", "params": {"code": "result = len(inputs[\"input\"])\n", "cpuSecond": 3}}
  ],
  "edges": [
    {"from": "rows.output", "to": "big.input"},
    {"from": "big.output", "to": "sorted.input", "when": "$count($) > 0"},
    {"from": "sorted.output", "to": "py.input"}
  ],
  "outputs": [{"name": "sorted", "from": "sorted.output"}]
})json";

/// Reads a file that is not there, after a step that need not be repeated.
inline constexpr const char* kWalkDocument = R"json({
  "format": 1, "id": "walk", "name": "Walk", "version": 1,
  "nodes": [
    {"id": "begin", "type": "ConstantNode", "title": "Begin", "params": {"value": 1}},
    {"id": "read", "type": "TextReaderNode", "title": "Read", "params": {"path": "no-such-file.txt"}},
    {"id": "size", "type": "TransformNode", "title": "Size", "params": {"expression": "$length($)"}}
  ],
  "edges": [{"from": "begin.output", "to": "read.input"}, {"from": "read.output", "to": "size.input"}],
  "outputs": [{"name": "size", "from": "size.output"}]
})json";

}  // namespace signalbox::test
