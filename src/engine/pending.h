// What runs wait for that only people or other programs can bring.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"

namespace signalbox::engine {

class Plan;
struct RunState;

/// A node that waits for an approval or a signal.
struct PendingNode {
    RunId run;
    std::string workflowId;
    std::string workflowName;
    std::string node;
    std::string title;
    bool isApproval = false;
    std::string signal;   ///< its name
    std::string message;  ///< the approval's prompt
    Micros sinceWall = 0;
    Micros expiresWall = 0;  ///< 0: never
};
void collectPending(RunId run, const Plan& plan, const RunState& state, std::vector<PendingNode>& pending);

}  // namespace signalbox::engine
