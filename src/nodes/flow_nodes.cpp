#include "nodes/flow_nodes.h"

#include <fmt/format.h>

#include "nodes/embedded.h"
#include "nodes/expression_param.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;

struct SwitchCase {
    ExpressionParam when;
    std::string port;
};

struct SwitchSettings {
    std::vector<SwitchCase> cases;
    bool allMatches;
    static Result<SwitchSettings> read(const Value& params) {
        SwitchSettings settings{{}, params["mode"].asString() == "allMatches"};
        for (const Value& item : params["cases"].items()) {
            SIGNALBOX_TRY(auto when, ExpressionParam::compile(item["when"].asString(),
                                                              fmt::format("cases.{}.when", settings.cases.size())));
            settings.cases.push_back({std::move(when), std::string(item["port"].asString())});
        }
        return settings;
    }
};

NodeResult choose(const SwitchSettings& settings, const NodeCall& call) {
    const expr::Environment environment = environmentOf(call);
    const Value input = call.input("input").isUndefined() ? Value(nullptr) : call.input("input");
    ObjectBuilder outputs;
    for (const SwitchCase& option : settings.cases) {
        SIGNALBOX_TRY(const bool holds, option.when.holds(input, environment));
        if (!holds) continue;
        outputs.set(option.port, input);
        if (!settings.allMatches) break;
    }
    if (outputs.size() == 0) outputs.set("default", input);
    return std::move(outputs).build();
}

}  // namespace

Status registerFlowNodes(engine::Registry& registry) {
    return registerFamily(registry, kFlowManifests, {{"SwitchNode", maker<SwitchSettings>(&choose)}});
}

}  // namespace signalbox::nodes
