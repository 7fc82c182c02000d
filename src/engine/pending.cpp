#include "engine/pending.h"

#include "engine/machine.h"
#include "engine/plan.h"
#include "engine/run_state.h"

namespace signalbox::engine {
namespace {

/// The prompt as it was when the wait began: equal arguments give an equal text.
std::string promptOf(const Plan& plan, const RunState& state, NodeIndex index) {
    const auto inputs = gatherInputs(plan, state, index);
    if (!inputs) return {};
    const NodeState& node = state.nodes[index];
    const auto params = resolveParams(plan.nodes[index], false, *inputs, state.inputs, node.startedWall,
                                      placeSeed(state.seed, index, kNoItem, node.generation, node.attempt));
    return params ? std::string((*params)["prompt"].asString()) : std::string();
}

}  // namespace

void collectPending(RunId run, const Plan& plan, const RunState& state, std::vector<PendingNode>& pending) {
    if (state.waiting == 0) return;
    for (NodeIndex i = 0; i < state.nodes.size(); ++i) {
        const NodeState& node = state.nodes[i];
        if (node.status != NodeStatus::Waiting) continue;
        const Behaviour behaviour = plan.nodes[i].manifest->behaviour;
        if (behaviour != Behaviour::Approval && behaviour != Behaviour::WaitForSignal) continue;
        PendingNode found;
        found.run = run;
        found.workflowId = plan.workflowId;
        found.workflowName = plan.document.name;
        found.node = plan.nodes[i].id;
        found.isApproval = behaviour == Behaviour::Approval;
        if (found.isApproval) {
            found.message = promptOf(plan, state, i);
        } else {
            found.signal = node.error.asString();  // the machine keeps the awaited name there
        }
        found.sinceWall = node.startedWall;
        found.expiresWall = node.dueWall;
        for (const NodeDecl& declared : plan.document.nodes) {
            if (declared.id == found.node) found.title = declared.title;
        }
        pending.push_back(std::move(found));
    }
}

}  // namespace signalbox::engine
