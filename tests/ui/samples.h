// Workflows and runs for tests of the window.
#pragma once

#include "protocol/dto.h"

namespace signalbox::test {

/// Twelve nodes: two sources, an error route, an approval, a fan-out, a group, a comment; no positions.
[[nodiscard]] protocol::WorkflowDetail releaseWorkflow();
/// Asks for inputs of several types.
[[nodiscard]] protocol::WorkflowDetail workflowWithInputs();
/// A draft with two errors and a warning.
[[nodiscard]] protocol::WorkflowDetail brokenWorkflow();
/// Three nodes in a row: read, count, write.
[[nodiscard]] protocol::WorkflowDetail smallWorkflow();
/// A run of the workflow that has just been started: every node pending.
[[nodiscard]] protocol::RunDetail freshRun(const protocol::WorkflowDetail& workflow, const std::string& runId,
                                           std::int64_t now);
/// A graph with positions: columns of `rows` nodes, wired to their neighbours in the next column.
[[nodiscard]] protocol::Graph gridGraph(int nodes, int rows);

}  // namespace signalbox::test
