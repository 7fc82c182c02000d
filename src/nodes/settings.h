// From a node's parameters to the settings its code works with: defaults, checks, and parsing once where possible.
#pragma once

#include <memory>
#include <string_view>

#include "base/json_schema.h"
#include "base/result.h"
#include "engine/node.h"

namespace signalbox::nodes {

/// A type's parameters as its manifest describes them. Immutable, shared by every node of the type.
class ParamRules {
public:
    /// Error "schema.invalid".
    [[nodiscard]] static Result<std::shared_ptr<const ParamRules>> of(const engine::NodeManifest& manifest);
    /// Fills in defaults, also inside arrays and objects, and checks. Error "params.invalid", the parameter in `where`.
    [[nodiscard]] Result<Value> settle(const Value& params) const;

private:
    ParamRules(Value schema, JsonSchema compiled) : schema_(std::move(schema)), compiled_(std::move(compiled)) {}
    Value schema_;
    JsonSchema compiled_;
};

/// Whether a parameter holds {"$expr": ...} at any depth, so that its value is only known when the node runs.
[[nodiscard]] bool isDynamic(const Value& params);

/// Settings of type S, made by `static Result<S> S::read(const Value& settledParams)`: once when the parameters are
/// static, for each call when they are not. Thread-safe.
template <class S>
class Settings {
public:
    [[nodiscard]] static Result<Settings> prepare(std::shared_ptr<const ParamRules> rules, const Value& params) {
        Settings settings;
        settings.rules_ = std::move(rules);
        if (!isDynamic(params)) {
            SIGNALBOX_TRY(settings.fixed_, settings.read(params));
        }
        return settings;
    }
    [[nodiscard]] Result<std::shared_ptr<const S>> of(const engine::NodeCall& call) const {
        if (fixed_) return fixed_;
        return read(call.params);
    }

private:
    [[nodiscard]] Result<std::shared_ptr<const S>> read(const Value& params) const {
        SIGNALBOX_TRY(const Value settled, rules_->settle(params));
        SIGNALBOX_TRY(S settings, S::read(settled));
        return std::make_shared<const S>(std::move(settings));
    }
    std::shared_ptr<const ParamRules> rules_;
    std::shared_ptr<const S> fixed_;
};

}  // namespace signalbox::nodes
