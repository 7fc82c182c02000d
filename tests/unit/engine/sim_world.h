// Random workflows, an oracle that says how each step turns out, and a sequential model of what must come of it.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "base/random.h"
#include "engine/document.h"
#include "engine/events.h"
#include "engine/plan.h"
#include "engine/registry.h"

namespace signalbox::test {

/// Knows PureSimNode and EffectSimNode: input "input" (many), outputs "output" and "alt".
[[nodiscard]] engine::Registry& simRegistry();

/// A random workflow of up to `maxNodes` nodes named n0, n1, ... in topological order: forks, joins, conditions, silent
/// ports, retries, every onError, and nested loops over chains.
[[nodiscard]] engine::Document randomWorkflow(SeededRandom& random, int maxNodes);

/// How the `used`-th attempt at a step turns out: outputs, or an error object. Depends on its arguments only.
struct SimOutcome {
    bool succeeded = false;
    Value payload;
};
[[nodiscard]] SimOutcome simOutcome(std::uint64_t seed, const std::string& node, std::uint32_t generation,
                                    std::uint32_t used, const Value& inputs);

/// What a node came to in the model.
struct ModelNode {
    engine::NodeStatus status = engine::NodeStatus::Pending;
    Value outputs = Value::undefined();
    Value error = Value::undefined();
    std::uint32_t generation = 0;
    bool routed = false;
};

struct ModelResult {
    std::vector<ModelNode> nodes;
    std::set<std::string> fatal;  ///< nodes whose failure ends the run; empty when it succeeds
};

/// Runs the workflow one node after the other, without concurrency, retries in time, crashes or journals: the meaning
/// of a document in the simplest form. Understands what randomWorkflow() makes.
[[nodiscard]] ModelResult runModel(const engine::Document& document, std::uint64_t seed);

}  // namespace signalbox::test
