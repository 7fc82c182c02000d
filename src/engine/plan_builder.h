// Builds a Plan from a document that validation has found sound.
#pragma once

#include <memory>
#include <unordered_set>
#include <vector>

#include "base/result.h"
#include "engine/flow_graph.h"
#include "engine/plan.h"

namespace signalbox::engine {

/// What an edge is, by its ends and marks alone.
[[nodiscard]] EdgeKind edgeKindOf(const EdgeDecl& edge);

/// One build of one plan; used once. Errors "plan.invalid" wherever the document is not sound after all.
class PlanBuilder {
public:
    PlanBuilder(Document document, const Registry& registry);
    [[nodiscard]] Result<std::shared_ptr<const Plan>> build();

private:
    [[nodiscard]] Status addNodes();
    [[nodiscard]] Status prepareNode(const NodeDecl& decl, PlanNode& node, const NodeType& type) const;
    [[nodiscard]] Status prepareMap(PlanNode& node) const;
    [[nodiscard]] Status addEdges();
    [[nodiscard]] Status addEdge(const EdgeDecl& decl);
    void connect(EdgeIndex index);
    void buildGraph();
    [[nodiscard]] Status addInferredEdges();
    [[nodiscard]] Status addRoute(const ErrorRule& rule);
    [[nodiscard]] Status addLoops();
    void markLoopExits();
    [[nodiscard]] Status findRaceLosers();
    [[nodiscard]] std::vector<NodeIndex> losersOf(NodeIndex merge, const std::vector<bool>& isOutput) const;
    void dropOpenLoops(NodeIndex merge, std::unordered_set<NodeIndex>& race) const;

    const Registry& registry_;
    std::shared_ptr<Plan> plan_;
    std::vector<EdgeIndex> loopEdges_;
    std::unique_ptr<FlowGraph> graph_;  ///< over the drawn forward edges
};

}  // namespace signalbox::engine
