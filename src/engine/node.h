// The interface between the engine and the code of a node.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/result.h"
#include "base/value.h"
#include "engine/manifest.h"

namespace signalbox::engine {

/// One attempt at one node of one run. Made by the engine, given to the node, read-only but for log and progress.
/// Lives until the completion was called.
struct NodeCall {
    Value inputs;  ///< object: port name to value; ports without a value are missing; "many" ports hold an array
    Value params;  ///< the node's parameters with every {"$expr": ...} evaluated and defaults filled in
    Value runInputs;
    std::string runId;
    std::string nodeId;
    std::string workflowId;
    int attempt = 1;         ///< from 1
    int iteration = 0;       ///< of the innermost loop, from 0
    std::string stepKey;     ///< same for every attempt at this step: pass it on as an idempotency key
    Micros wallNow = 0;      ///< time of the event that started the attempt
    std::uint64_t seed = 0;  ///< for deterministic randomness in pure nodes
    std::stop_token stop;    ///< set when the attempt timed out or the run was cancelled
    std::string workspace;   ///< folder that relative paths are relative to; may be empty
    std::function<void(LogLevel, std::string, Value fields)> log;     ///< never empty
    std::function<void(double fraction, std::string note)> progress;  ///< never empty

    [[nodiscard]] const Value& input(std::string_view port) const { return inputs[port]; }
    [[nodiscard]] const Value& param(std::string_view name) const { return params[name]; }
};

/// The values a node leaves on its output ports: an object of port name to value. A port that is not named stays silent
/// and what hangs on it is skipped. The usual single port is "output".
using NodeResult = Result<Value>;
using NodeCompletion = std::function<void(NodeResult)>;

/// A node type prepared with one node's static parameters: expressions compiled, schemas parsed. Immutable; called from
/// many threads and for many runs at once.
class NodeBehaviour {
public:
    NodeBehaviour() = default;
    NodeBehaviour(const NodeBehaviour&) = delete;
    NodeBehaviour& operator=(const NodeBehaviour&) = delete;
    virtual ~NodeBehaviour() = default;
    /// Calls `done` exactly once, from any thread, possibly before returning. Stops early when call->stop is set.
    virtual void start(std::shared_ptr<const NodeCall> call, NodeCompletion done) const = 0;
};

/// For nodes that compute and return.
class SyncNode : public NodeBehaviour {
public:
    void start(std::shared_ptr<const NodeCall> call, NodeCompletion done) const final { done(run(*call)); }
    [[nodiscard]] virtual NodeResult run(const NodeCall& call) const = 0;
};

/// {"output": value}
[[nodiscard]] inline Value onOutput(Value value) { return Value::object({{"output", std::move(value)}}); }

/// A kind of node. Immutable after registration; thread-safe.
class NodeType {
public:
    NodeType() = default;
    NodeType(const NodeType&) = delete;
    NodeType& operator=(const NodeType&) = delete;
    virtual ~NodeType() = default;
    [[nodiscard]] virtual const NodeManifest& manifest() const = 0;
    /// Checks what a schema cannot (does the expression parse?) and prepares. `params` may still hold {"$expr": ...}
    /// where the schema allows any value. Errors name the parameter in `where`. Not called for Behaviours other than
    /// Task.
    [[nodiscard]] virtual Result<std::shared_ptr<const NodeBehaviour>> prepare(const Value& params) const = 0;
};

}  // namespace signalbox::engine
