#include "validate_cases.h"

namespace signalbox::engine {

std::string withoutMark(std::string_view text) {
    std::string clean(text);
    if (const auto mark = clean.find('@'); mark != std::string::npos) clean.erase(mark, 1);
    return clean;
}

const std::vector<ValidateCase>& formCases() {
    static const std::vector<ValidateCase> cases{
        {"document.format-unknown", "{\"id\": \"d\",\n  \"format\": @2}", "reads format 1"},
        {"document.missing-member", R"(@{"format": 1})"},
        {"document.missing-member", "{\"format\": 1, \"id\": \"d\", \"nodes\": [\n @{\"type\": \"PassNode\"}]}"},
        {"document.missing-member", "{\"format\": 1, \"id\": \"d\", \"nodes\": [\n @{\"id\": \"a\"}]}"},
        {"document.missing-member", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [@{"to": "a.input"}]})"},
        {"document.missing-member", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [@{"from": "a.output"}]})"},
        {"document.missing-member", R"({"format": 1, "id": "d", "inputs": [@{"type": "any"}]})"},
        {"document.missing-member", R"({"format": 1, "id": "d", "outputs": [@{"name": "o"}]})"},
        {"document.missing-member", R"({"format": 1, "id": "d", "errors": [@{"do": "return"}]})"},
        {"document.missing-member",
         R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode", "memo": @{}}]})", "ttl"},
        {"document.unknown-member", R"({"format": 1, "id": "d", "nods": @[]})", "\"nodes\"", true},
        {"document.unknown-member", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode",
            "retry": {"maxAttempt": @3}}]})",
         "\"maxAttempts\"", true},
        {"document.member-type", R"({"format": 1, "id": "d", "nodes": @{}})"},
        {"document.member-type", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode",
            "onError": @"rout"}]})",
         "\"route\""},
        {"document.member-type", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode",
            "timeout": {"attempt": @5}}]})",
         "\"10s\""},
        {"document.member-type", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [{"from": @"a", "to": "a.input"}]})"},
        {"document.member-type", R"({"format": 1, "id": "d", "version": @0})"},
        {"document.member-type", R"({"format": 1, "id": "d", "maxParallelRuns": @-1})"},
        {"document.id-syntax", R"({"format": 1, "id": @"../d"})"},
        {"document.id-syntax", R"({"format": 1, "id": "d", "nodes": [{"id": @"a b", "type": "PassNode"}]})"},
        {"document.id-syntax", R"({"format": 1, "id": "d", "nodes": [{"id": @"$inputs", "type": "PassNode"}]})"},
        {"document.id-syntax", R"({"format": 1, "id": "d", "inputs": [{"name": @"1st"}]})"},
        {"document.duplicate-id", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "EffectNode"},
            {"id": @"a", "type": "SourceNode"}], "edges": [{"from": "a.output", "to": "a.input",
            "loop": {"maxIterations": 2}}]})"},
        {"document.duplicate-id", R"({"format": 1, "id": "d", "inputs": [{"name": "x"}, {"name": @"x"}]})"},
        {"document.duplicate-id", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "outputs": [{"name": "x", "from": "a.output"}, {"name": @"x", "from": "a.output"}]})"},
        {"document.input-type", R"({"format": 1, "id": "d", "inputs": [{"name": "x", "type": @"text"}]})", "string"},
        {"document.input-type",
         R"({"format": 1, "id": "d", "inputs": [{"name": "x", "type": "integer", "default": @1.5}]})"},
        {"document.output-unknown", R"({"format": 1, "id": "d", "nodes": [{"id": "abc", "type": "PassNode"}],
            "outputs": [{"name": "x", "from": @"abd.output"}]})",
         "\"abc\""},
        {"document.output-unknown", R"({"format": 1, "id": "d", "nodes": [{"id": "abc", "type": "PassNode"}],
            "outputs": [{"name": "x", "from": @"abc.ouput"}]})",
         "\"output\""},
    };
    return cases;
}

const std::vector<ValidateCase>& nodeCases() {
    static const std::vector<ValidateCase> cases{
        {"document.node-name", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": @"Pass"}]})", "\"PassNode\""},
        {"document.unknown-node-type", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": @"PasNode"}]})",
         "\"PassNode\""},
        {"document.unknown-parameter", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "SourceNode", "params": {"valu": @1}}]})",
         "\"value\""},
        {"document.unknown-parameter", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "params": {"x": @1}}]})",
         "no parameters"},
        {"document.missing-parameter", R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": @{}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}]})"},
        {"document.missing-parameter", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "m", "type": "MapNode", "params": @{"concurrency": 2}}],
            "edges": [{"from": "s.output", "to": "m.input"}]})"},
        {"document.parameter-type", R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": @"many"}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}]})"},
        {"document.parameter-type", R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": 1, "options": {"depth": @"deep"}}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}]})"},
        {"document.parameter-type", R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": 1, "expression": @{"$expr": "1"}}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}]})"},
        {"document.parameter-type", R"({"format": 1, "id": "d", "nodes": [
            {"id": "m", "type": "MergeNode", "params": {"mode": @{"$expr": "'first'"}}}]})"},
        {"document.parameter-type", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "m", "type": "MapNode", "params": @{"node": {"type": "PassNode"}, "workflow": "w", "version": 1}}],
            "edges": [{"from": "s.output", "to": "m.input"}]})"},
        {"document.parameter-type", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "m", "type": "MapNode", "params": {"node": {"type": @"DelayNode"}}}],
            "edges": [{"from": "s.output", "to": "m.input"}]})"},
        {"document.unknown-node-type", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "m", "type": "MapNode", "params": {"node": {"type": @"PasNode"}}}],
            "edges": [{"from": "s.output", "to": "m.input"}]})",
         "\"PassNode\""},
        {"document.unknown-parameter", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "m", "type": "MapNode", "params": {"node": {"type": "PassNode", "params": {"x": @1}}}}],
            "edges": [{"from": "s.output", "to": "m.input"}]})"},
        {"document.parameter-invalid", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PickyNode", "params": {"good": 1, "bad": @2}}]})",
         "Leave it out"},
        {"document.expression-syntax", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "SourceNode", "params": {"value": [{"$expr": @"1 +"}]}}]})"},
        {"document.expression-syntax", R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": 1, "columns": [{"value": @"(1"}]}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}]})"},
    };
    return cases;
}

const std::vector<ValidateCase>& policyCases() {
    static const std::vector<ValidateCase> cases{
        {"document.subworkflow", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "SubWorkflowNode", "params": {"workflow": "known", "version": @0}}]})",
         "version"},
        {"document.subworkflow", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "SubWorkflowNode", "params": {"workflow": @"unknown", "version": 1}}]})"},
        {"document.subworkflow", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "SubWorkflowNode", "params": {"workflow": @"d", "version": 1}}]})",
         "use a loop"},
        {"document.subworkflow", R"({"format": 1, "id": "w", "nodes": [
            {"id": "a", "type": "SubWorkflowNode", "params": {"workflow": @"needy", "version": 1}}]})",
         "Wire an object"},
        {"document.subworkflow", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "m", "type": "MapNode", "params": @{"workflow": "known"}}],
            "edges": [{"from": "s.output", "to": "m.input"}]})"},
        {"document.retry", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "retry": {"maxAttempts": @0}}]})"},
        {"document.retry", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "retry": {"maxAttempts": 2, "jitter": @1.5}}]})"},
        {"document.retry", R"({"format": 1, "id": "d", "errors": [
            {"code": "*", "do": "retryThenFail", "retry": {"maxAttempts": 2, "multiplier": @0.5}}]})"},
        {"document.timeout", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "timeout": {"total": @"0s"}}]})"},
        {"document.timeout", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "timeout": @{"attempt": "2s", "total": "1s"}}]})",
         "Raise", true},
        {"document.memo-impure", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "ReadNode", "memo": @{"ttl": "1h"}}]})"},
        {"document.memo-impure", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "ApprovalNode", "memo": @{"ttl": "1h"}}]})"},
    };
    return cases;
}

const std::vector<ValidateCase>& edgeCases() {
    static const std::vector<ValidateCase> cases{
        {"document.unknown-node", R"({"format": 1, "id": "d", "nodes": [{"id": "load", "type": "PassNode"}],
            "edges": [{"from": @"laod.output", "to": "load.input"}]})",
         "\"load\""},
        {"document.unknown-node", R"({"format": 1, "id": "d", "nodes": [{"id": "load", "type": "PassNode"}],
            "edges": [{"from": "load.output", "to": @"laod.input"}]})",
         "\"load\""},
        {"document.unknown-node", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": @"$inputs.x"}]})"},
        {"document.unknown-port", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "PassNode"}],
            "edges": [
              {"from": @"a.outptu", "to": "b.input"}]})",
         "\"output\""},
        {"document.unknown-port", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "PassNode"}], "edges": [{"from": "a.output", "to": @"b.xyz"}]})",
         "It has: input."},
        {"document.unknown-port", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "SourceNode"}], "edges": [{"from": "a.output", "to": @"b.input"}]})",
         "It has none."},
        {"document.unknown-port", R"({"format": 1, "id": "d", "inputs": [{"name": "path"}],
            "nodes": [{"id": "b", "type": "PassNode"}], "edges": [{"from": @"$inputs.pth", "to": "b.input"}]})",
         "\"path\""},
        {"document.incompatible-types", R"({"format": 1, "id": "d", "inputs": [{"name": "n", "type": "number"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": 1}}],
            "edges": [@{"from": "$inputs.n", "to": "a.text"}]})",
         "converts"},
        {"document.incompatible-types", R"({"format": 1, "id": "d", "inputs": [{"name": "t", "type": "string"}],
            "nodes": [{"id": "a", "type": "TypedNode", "params": {"limit": 1}},
                      {"id": "b", "type": "TypedNode", "params": {"limit": 1}}],
            "edges": [{"from": "$inputs.t", "to": "a.text"}, {"from": "a.text", "to": "b.text"},
                      @{"from": "a.flags", "to": "b.list"}]})"},
        {"document.incompatible-types", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "a", "type": "TypedNode", "params": {"limit": 1}}],
            "edges": [{"from": "s.output", "to": "a.text"}], "errors": [{"code": "*", "do": "route", "to": @"a.count"}]})"},
        {"document.port-taken", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "b.input"}, {"from": "a.output", "to": @"b.input"}]})",
         "MergeNode"},
        {"document.port-taken", R"({"format": 1, "id": "d", "inputs": [{"name": "x"}],
            "nodes": [{"id": "a", "type": "SourceNode"}, {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "b.input"}, {"from": "$inputs.x", "to": @"b.input"}]})"},
        {"document.required-input", R"({"format": 1, "id": "d", "nodes": [
            @{"id": "a", "type": "TypedNode", "params": {"limit": 1}}]})",
         "string"},
        {"document.required-input", R"({"format": 1, "id": "d", "nodes": [
            @{"id": "a", "type": "TypedNode", "params": {"limit": 1}}],
            "edges": [{"from": "a.text", "to": "a.text", "loop": {"maxIterations": 2}}]})"},
        {"document.condition-syntax", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "b.input", "when": @"$ >"}]})"},
        {"document.condition-syntax", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "a.input", "loop": {"maxIterations": 2, "convergeWhen": @"[1"}}]})"},
    };
    return cases;
}

const std::vector<ValidateCase>& graphCases() {
    static const std::vector<ValidateCase> cases{
        {"document.unmarked-cycle", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "a", "type": "MergeNode"}, {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "s.output", "to": "a.input"}, {"from": "a.output", "to": "b.input"},
                      @{"from": "b.output", "to": "a.input"}]})",
         "loop"},
        {"document.unreachable-node", R"({"format": 1, "id": "d", "nodes": [{"id": "s", "type": "SourceNode"},
            {"id": "a", "type": "PassNode"}, @{"id": "alone", "type": "PassNode"}],
            "edges": [{"from": "s.output", "to": "a.input"}]})",
         "Connect", true},
        {"document.loop-limit", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "a.input", "loop": {"maxIterations": @0}}]})"},
        {"document.loop-limit", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "a.input", "loop": @{}}]})"},
        {"document.loop-not-cycle", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "SourceNode"},
            {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "b.input", "loop": @{"maxIterations": 2}}]})"},
        {"document.loop-not-cycle", R"({"format": 1, "id": "d", "inputs": [{"name": "x"}],
            "nodes": [{"id": "b", "type": "PassNode"}],
            "edges": [{"from": "$inputs.x", "to": "b.input", "loop": @{"maxIterations": 2}}]})"},
        {"document.loop-overlap", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"},
            {"id": "b", "type": "PassNode"}, {"id": "c", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "b.input"}, {"from": "b.output", "to": "c.input"},
                      {"from": "b.output", "to": "a.input", "loop": {"maxIterations": 2}},
                      {"from": "c.output", "to": "b.input", "loop": @{"maxIterations": 2}}]})"},
        {"document.loop-overlap", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"},
            {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "a.output", "to": "b.input"},
                      {"from": "b.output", "to": "a.input", "loop": {"maxIterations": 2}},
                      {"from": "b.output", "to": "b.input", "loop": @{"maxIterations": 2}}]})"},
    };
    return cases;
}

const std::vector<ValidateCase>& failureCases() {
    static const std::vector<ValidateCase> cases{
        {"document.error-route", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "onError": @"route"}]})",
         "a.error"},
        {"document.error-route", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "errors": [{"code": "*", "do": "route", "to": @"b.input"}]})"},
        {"document.error-route", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "PassNode"}],
            "errors": [{"code": "*", "do": "route", "to": @"a.inptu"}]})"},
        {"document.error-route", R"({"format": 1, "id": "d", "errors": [@{"code": "*", "do": "route"}]})"},
        {"document.error-route", R"({"format": 1, "id": "d", "nodes": [
            {"id": "a", "type": "PassNode", "onError": "continue"}, {"id": "b", "type": "PassNode"}],
            "edges": [@{"from": "a.error", "to": "b.input"}]})",
         "Remove", true},
        {"document.compensation", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "EffectNode"},
            {"id": "u", "type": "EffectNode"}, {"id": "b", "type": "PassNode"}],
            "edges": [{"from": "a.compensate", "to": "u.input"}, @{"from": "u.output", "to": "b.input"}]})"},
        {"document.compensation", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "EffectNode"},
            {"id": "b", "type": "EffectNode"}, {"id": "u", "type": "MergeNode"}],
            "edges": [{"from": "a.compensate", "to": "u.input"}, @{"from": "b.compensate", "to": "u.input"}]})"},
        {"document.compensation", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "EffectNode"}],
            "edges": [@{"from": "a.compensate", "to": "a.input"}]})"},
        {"document.compensation", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "EffectNode"},
            {"id": "u", "type": "EffectNode"}], "edges": [{"from": "a.compensate", "to": "u.input"}],
            "outputs": [{"name": "x", "from": @"u.output"}]})"},
        {"document.compensation", R"({"format": 1, "id": "d", "nodes": [{"id": "a", "type": "EffectNode"},
            {"id": "u", "type": "EffectNode"}], "edges": [{"from": "a.compensate", "to": "u.input", "when": @"true"}]})"},
        {"document.extends", R"({"format": 1, "id": "d", "extends": @"nowhere"})"},
        {"document.extends-cycle", R"({"format": 1, "id": "d", "extends": @"extends-d"})"},
    };
    return cases;
}

}  // namespace signalbox::engine
