// Documents for the tests of the command line.
#pragma once

#include <string>

namespace signalbox::ctl::test {

/// n (21 unless given) is doubled in node "double"; output "result".
inline std::string doublingDocument() {
    return R"({"format": 1, "id": "doubling", "name": "Doubling",
"inputs": [{"name": "n", "type": "integer", "default": 21}],
"nodes": [{"id": "double", "type": "TransformNode", "params": {"expression": "$ * 2"}}],
"edges": [{"from": "$inputs.n", "to": "double.input"}],
"outputs": [{"name": "result", "from": "double.output"}]})";
}

/// Node "wait" waits for the signal "go"; output "got".
inline std::string signalDocument() {
    return R"({"format": 1, "id": "waiting", "name": "Waiting",
"nodes": [{"id": "wait", "type": "WaitForSignalNode", "params": {"signal": "go"}}],
"outputs": [{"name": "got", "from": "wait.output"}]})";
}

/// Node "first" waits for the signal "one", then node "ask" for an approval.
inline std::string twoStepsDocument() {
    return R"({"format": 1, "id": "steps", "name": "Two steps",
"nodes": [{"id": "first", "type": "WaitForSignalNode", "params": {"signal": "one"}},
{"id": "ask", "type": "ApprovalNode", "params": {"prompt": "Go on?"}}],
"edges": [{"from": "first.output", "to": "ask.input"}]})";
}

/// Node "read" fails unless data.json is there.
inline std::string readingDocument() {
    return R"({"format": 1, "id": "reading", "name": "Reading",
"nodes": [{"id": "read", "type": "JsonReaderNode", "params": {"path": "data.json"}}],
"outputs": [{"name": "data", "from": "read.output"}]})";
}

}  // namespace signalbox::ctl::test
