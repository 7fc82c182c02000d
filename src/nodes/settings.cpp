#include "nodes/settings.h"

#include <algorithm>

#include <fmt/format.h>

#include "engine/params.h"

namespace signalbox::nodes {
namespace {

/// "/by/0/key" as "by.0.key", as people name a parameter.
std::string dotted(std::string_view pointer) {
    std::string name(pointer.substr(std::min<std::size_t>(1, pointer.size())));
    std::replace(name.begin(), name.end(), '/', '.');
    return name;
}

}  // namespace

Result<std::shared_ptr<const ParamRules>> ParamRules::of(const engine::NodeManifest& manifest) {
    SIGNALBOX_TRY(JsonSchema compiled, JsonSchema::compile(manifest.paramsSchema));
    return std::shared_ptr<const ParamRules>(new ParamRules(manifest.paramsSchema, std::move(compiled)));
}

Result<Value> ParamRules::settle(const Value& params) const {
    Value settled = engine::withDefaults(schema_, params);
    const auto violations = compiled_.validate(settled);
    if (violations.empty()) return settled;
    const std::string name = dotted(violations.front().pointer);
    return fail("params.invalid",
                name.empty() ? fmt::format("The parameters are not valid: {}", violations.front().message)
                             : fmt::format("The parameter '{}' is not valid: {}", name, violations.front().message),
                name);
}

bool isDynamic(const Value& params) {
    if (params.isArray()) return std::ranges::any_of(params.items(), isDynamic);
    if (!params.isObject()) return false;
    if (engine::isExpressionObject(params)) return true;
    return std::ranges::any_of(params.members(), [](const Member& member) { return isDynamic(member.second); });
}

}  // namespace signalbox::nodes
