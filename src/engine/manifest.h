// What a node type says of itself: enough to check, draw, configure and run it, also from far away.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "engine/port_type.h"

namespace signalbox::engine {

/// What running a node does outside the run. Decides what must be on disk before it starts.
enum class Effect : std::uint8_t {
    Pure,        ///< result depends on inputs and parameters only; may be recomputed after a crash
    ReadOnly,    ///< reads the world (files, HTTP GET, SQL SELECT): recomputable, but not memoised by default
    Idempotent,  ///< changes the world; doing it again with the same step key changes nothing more
    Effectful,   ///< changes the world each time
};

/// Where a node's work is done.
enum class Cost : std::uint8_t {
    Inline,  ///< a few microseconds: on the thread that runs the state machine
    Cpu,     ///< on the work-stealing pool
    Io,      ///< start() returns at once and completes later; holds no thread
};

/// Nodes whose behaviour is part of the run's state machine rather than a task.
enum class Behaviour : std::uint8_t { Task, Merge, Map, SubWorkflow, Delay, WaitForSignal, Approval };

struct PortDecl {
    std::string name;
    PortType type;
    bool required = false;  ///< inputs: must be wired
    bool many = false;      ///< inputs: several wires allowed, the node gets an array in wire order
    std::string help;
    Value schema = Value::undefined();  ///< JSON Schema refinement
};

struct NodeManifest {
    std::string type;        ///< "HttpRequestNode"
    int version = 1;         ///< part of the memoisation key
    std::string title;       ///< "HTTP request"
    std::string summary;     ///< one sentence
    std::string help;        ///< Markdown, for the node reference
    std::string category;    ///< "data", "flow", "io", "code", "people"
    std::string icon;        ///< semantic icon name: "http", "filter", ...
    std::string colourRole;  ///< colour role of the theme: "series1" ... "series8"
    Effect effect = Effect::Pure;
    Cost cost = Cost::Inline;
    Behaviour behaviour = Behaviour::Task;
    std::vector<PortDecl> inputs;
    std::vector<PortDecl> outputs;
    /// JSON Schema (object) of the parameters with title, description, default, unit ("x-unit"). "x-expression": true
    /// marks a JSONata text, "x-multiline" a long text, "x-secret" one that is never shown.
    Value paramsSchema = Value::object();
    std::vector<std::string> errorCodes;  ///< codes this node fails with, for the error table's completion

    [[nodiscard]] const PortDecl* input(std::string_view name) const;
    [[nodiscard]] const PortDecl* output(std::string_view name) const;  ///< also "error" and "compensate"
};

[[nodiscard]] std::string_view effectName(Effect effect) noexcept;  ///< "pure", "read-only", "idempotent", "effectful"
/// A manifest as JSON, as sent to a console.
[[nodiscard]] Value manifestToValue(const NodeManifest& manifest);

}  // namespace signalbox::engine
