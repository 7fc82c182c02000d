#include "integration/gatewayd/workspace.h"

#include <fmt/format.h>

namespace signalbox::gatewayd::test {

namespace {

std::string stepsDocument() {
    constexpr int kSteps = 10;
    std::string nodes;
    std::string edges = R"({"from": "$inputs.n", "to": "step1.input"})";
    for (int i = 1; i <= kSteps; ++i) {
        nodes += fmt::format(R"({}{{"id": "step{}", "type": "TransformNode", "params": {{"expression": "$ + 1"}}}})",
                             i == 1 ? "" : ",\n", i);
        if (i > 1) edges += fmt::format(",\n{{\"from\": \"step{}.output\", \"to\": \"step{}.input\"}}", i - 1, i);
    }
    return fmt::format(R"({{"format": 1, "id": "steps", "name": "Steps",
"inputs": [{{"name": "n", "type": "integer", "default": 0}}],
"nodes": [{}],
"edges": [{}],
"outputs": [{{"name": "sum", "from": "step{}.output"}}]}})",
                       nodes, edges, kSteps);
}

}  // namespace

WorkspaceFolder::WorkspaceFolder() {
    write("doubling.workflow.json", R"({"format": 1, "id": "doubling", "name": "Doubling",
"inputs": [{"name": "n", "type": "integer", "default": 21}],
"nodes": [{"id": "double", "type": "TransformNode", "params": {"expression": "$ * 2"}}],
"edges": [{"from": "$inputs.n", "to": "double.input"}],
"outputs": [{"name": "result", "from": "double.output"}]})");
    write("waiting.workflow.json", R"({"format": 1, "id": "waiting", "name": "Waiting",
"nodes": [{"id": "wait", "type": "WaitForSignalNode", "params": {"signal": "go"}}],
"outputs": [{"name": "got", "from": "wait.output"}]})");
    write("steps.workflow.json", stepsDocument());
}

std::vector<std::string> WorkspaceFolder::arguments(std::vector<std::string> added) const {
    added.insert(added.begin(), {"--workspace", path().string(), "--port", "0"});
    return added;
}

std::string setupTokenOf(GatewayProcess& gateway) {
    constexpr std::string_view kMark = "is in a file file=";
    std::size_t at = gateway.log().find(kMark);
    if (at == std::string::npos) {
        if (!gateway.waitForLog("Next: curl ")) return {};
        at = gateway.log().find(kMark);
    }
    const std::string rest = gateway.log().substr(at + kMark.size());
    const TemporaryFolder nowhere;
    std::string token = nowhere.read(rest.substr(0, rest.find(' ')));
    while (token.ends_with('\n')) token.pop_back();
    return token;
}

std::string setUpAdministrator(GatewayProcess& gateway, HttpClient& http) {
    const HttpAnswer answer = http.post("/api/v1/auth/setup", Value::object({{"token", setupTokenOf(gateway)},
                                                                             {"login", "admin"},
                                                                             {"name", "Administrator"},
                                                                             {"password", kPassword}}));
    return std::string(answer.json()["token"].asString());
}

std::string login(HttpClient& http) {
    const HttpAnswer answer =
        http.post("/api/v1/auth/login", Value::object({{"login", "admin"}, {"password", kPassword}}));
    return std::string(answer.json()["token"].asString());
}

std::string startRun(HttpClient& http, const std::string& workflow, const Value& inputs,
                     const std::string& idempotencyKey) {
    std::vector<std::string> headers;
    if (!idempotencyKey.empty()) headers.push_back("Idempotency-Key: " + idempotencyKey);
    const HttpAnswer answer =
        http.post("/api/v1/runs", Value::object({{"workflowId", workflow}, {"inputs", inputs}}), std::move(headers));
    const Value id = answer.json()["runId"];
    return id.isString() ? std::string(id.asString())
                         : fmt::format("{} {}{}", answer.status, answer.body, answer.error);
}

Value waitForRun(HttpClient& http, const std::string& run) { return http.get("/api/v1/runs/" + run + "/wait").json(); }

}  // namespace signalbox::gatewayd::test
