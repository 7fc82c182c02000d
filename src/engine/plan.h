// A document compiled for running: indices instead of names, expressions compiled, loops found. Immutable and shared by
// every run of that version, from any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "engine/document.h"
#include "engine/document_io.h"
#include "engine/node.h"
#include "engine/registry.h"
#include "expr/expression.h"

namespace signalbox::engine {

using NodeIndex = std::uint32_t;
using EdgeIndex = std::uint32_t;
using LoopIndex = std::uint32_t;
inline constexpr std::uint32_t kNone = 0xffffffffU;

enum class EdgeKind : std::uint8_t { Data, Error, Compensation, LoopBack, FromInput };
enum class MergeMode : std::uint8_t { WaitAll, WaitAny, First };
enum class ItemErrorPolicy : std::uint8_t { Fail, Null, Skip, Collect };

struct PlanEdge {
    NodeIndex from = kNone;  ///< kNone for FromInput
    NodeIndex to = kNone;
    std::string fromPort;
    std::uint16_t toPort = 0;  ///< index into the target's input ports
    EdgeKind kind = EdgeKind::Data;
    std::optional<expr::Expression> when;
    LoopIndex loop = kNone;       ///< LoopBack: which loop this closes
    LoopIndex exitsLoop = kNone;  ///< the outermost loop that this edge leaves
    bool inferred = false;        ///< made from the error table rather than drawn
};

struct PlanLoop {
    EdgeIndex edge = kNone;
    NodeIndex head = kNone;
    NodeIndex tail = kNone;
    LoopIndex parent = kNone;  ///< the next larger loop around this one
    int maxIterations = 1;
    bool failAtLimit = true;
    std::optional<expr::Expression> convergeWhen;
    std::vector<NodeIndex> body;       ///< ascending
    std::vector<EdgeIndex> exitEdges;  ///< edges whose exitsLoop is this one
};

struct MapPlan {
    std::uint32_t concurrency = 8;
    ItemErrorPolicy onItemError = ItemErrorPolicy::Fail;
    std::shared_ptr<const NodeBehaviour> itemBehaviour;  ///< for a node a item
    const NodeManifest* itemManifest = nullptr;
    Value itemParams = Value::object();  ///< static, defaults filled in
    /// As PlanNode::paramExpressions, into itemParams: computed for each item.
    std::vector<std::pair<std::string, expr::Expression>> itemParamExpressions;
};

struct PlanNode {
    std::string id;
    const NodeManifest* manifest = nullptr;
    std::shared_ptr<const NodeBehaviour> behaviour;                          ///< for Behaviour::Task
    Value params = Value::object();                                          ///< static, defaults filled in
    bool dynamicParams = false;                                              ///< some hold {"$expr": ...}
    std::vector<std::pair<std::string, expr::Expression>> paramExpressions;  ///< pointer into params, expression
    std::vector<std::pair<std::uint16_t, JsonSchema>> inputSchemas;          ///< refinements by index of the input port
    RetryPolicy retry;
    Micros attemptTimeout = 0;  ///< 0: none
    Micros totalTimeout = 0;
    OnError onError = OnError::Default;
    bool hasOwnRetry = false;
    Micros memoTtl = 0;
    MergeMode mergeMode = MergeMode::WaitAll;
    std::vector<NodeIndex> raceLosers;  ///< MergeMode::First: nodes that only lead here
    std::optional<MapPlan> map;
    std::string childWorkflow;  ///< SubWorkflow, or Map over a workflow
    int childVersion = 0;
    std::vector<EdgeIndex> in;  ///< without LoopBack, Compensation and FromInput edges
    std::vector<EdgeIndex> loopIn;
    std::vector<EdgeIndex> inputIn;  ///< FromInput edges
    std::vector<EdgeIndex> out;      ///< without LoopBack and Compensation edges
    EdgeIndex loopOut = kNone;
    NodeIndex compensatedBy = kNone;
    LoopIndex innermostLoop = kNone;
    bool isCompensation = false;  ///< runs only when undoing
    bool hasErrorEdge = false;

    /// Of what an attempt runs: of a MapNode the node that it runs for each item.
    [[nodiscard]] const NodeManifest& workManifest() const {
        return map && map->itemManifest ? *map->itemManifest : *manifest;
    }
};

class Plan {
public:
    Document document;  ///< flattened
    std::string workflowId;
    int version = 1;
    std::string logicHash;  ///< SHA-256 of writeLogic()
    std::vector<PlanNode> nodes;
    std::vector<PlanEdge> edges;
    std::vector<PlanLoop> loops;  ///< inner before outer
    [[nodiscard]] NodeIndex indexOf(std::string_view id) const;
    std::vector<std::pair<std::string, NodeIndex>> byId;  ///< sorted by id
};

/// Errors: "plan.invalid" with the first finding in the message when validate() finds errors. The registry must outlive
/// the plan.
[[nodiscard]] Result<std::shared_ptr<const Plan>> compilePlan(const Document& document, const Registry& registry,
                                                              const DocumentResolver& resolve = {});

}  // namespace signalbox::engine
