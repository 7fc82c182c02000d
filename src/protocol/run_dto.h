// Runs looked at closely: grid, timeline, items, log, and what waits for people.
#pragma once

#include "protocol/dto.h"

namespace signalbox::protocol {

/// One run in the grid. `statuses` has one character for each node of the grid: '.' pending, 'q' ready, 'r' running,
/// 'b' backoff, 'w' waiting, 's' succeeded, 'f' failed, '-' skipped, 'c' cancelled, 'u' reused, ' ' the run's version
/// has no such node.
struct RunGridRow {
    RunSummaryDto run;
    std::string statuses;
    std::vector<Duration> took;  ///< one a node, from its start to its end; 0: not ended, or not run
    bool operator==(const RunGridRow&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunGridRow, (), (run, statuses, took))

struct RunGrid {
    std::vector<std::string> nodes;  ///< ids: those of the newest run in its order, then what only older ones have
    std::vector<RunGridRow> rows;    ///< newest first
    std::string nextCursor;          ///< for older runs; empty: there are none
    bool operator==(const RunGrid&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunGrid, (), (nodes, rows, nextCursor))

/// Attempts as columns: entry i of each is bar i of this reply. A bar keeps its number (`bar`) for good; what changes
/// is its end and outcome. All times are microseconds after `origin`.
struct RunTimeline {
    WallTime origin = 0;
    std::vector<std::string> nodes;  ///< ids, in the order of the workflow
    std::vector<std::uint32_t> bar;
    std::vector<std::uint32_t> node;        ///< index into nodes
    std::vector<std::int32_t> item;         ///< of a MapNode; -1: the node itself
    std::vector<std::uint32_t> generation;  ///< passes of a loop before
    std::vector<std::uint32_t> attempt;
    std::vector<Duration> ready;    ///< when it could have started: until `started` it was queued
    std::vector<Duration> started;  ///< -1: not yet
    std::vector<Duration> ended;    ///< -1: not yet
    /// One character a bar: 'r' an attempt at work, 'w' waiting (delay, signal, approval), 'b' backoff before the next
    /// attempt.
    std::string phases;
    /// One character a bar: ' ' going on, 's' succeeded, 'f' failed, 'c' cancelled, 'l' lost with the program that did
    /// it, 'u' reused from an earlier run, 'd' done (of waiting and backoff).
    std::string outcomes;
    std::uint64_t seq = 0;     ///< of the last journal record that is in it: the next call's afterSeq
    std::uint32_t total = 0;   ///< bars that the call asked about, of which this reply holds those from `offset` on
    std::string nextCursor{};  ///< behind the last bar of this reply; empty: there are no more
    bool operator==(const RunTimeline&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunTimeline, (),
                      (origin, nodes, bar, node, item, generation, attempt, ready, started, ended, phases, outcomes,
                       seq, total, nextCursor))

/// One attempt at a node or at one of its items.
struct AttemptDto {
    std::optional<std::uint32_t> item;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    std::string outcome;  ///< "running", "succeeded", "failed", "cancelled", "lost", "reused"
    WallTime ready = 0;
    WallTime started = 0;   ///< 0: not yet
    WallTime finished = 0;  ///< 0: not yet
    std::optional<ErrorDto> error;
    bool operator==(const AttemptDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(AttemptDto, (), (item, generation, attempt, outcome, ready, started, finished, error))

/// A node of a run with its data.
struct NodeData {
    NodeStateDto state;
    Value inputs = Value::undefined();   ///< undefined: not reached yet
    Value outputs = Value::undefined();  ///< undefined: none yet
    std::vector<AttemptDto> attempts;    ///< of the node itself, oldest first; the last 1000
    bool operator==(const NodeData&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodeData, (), (state, inputs, outputs, attempts))

/// One item of a MapNode.
struct RunItemDto {
    std::uint32_t item = 0;
    std::string status;  ///< as of a node
    std::uint32_t attempt = 0;
    Value input = Value::undefined();
    Value output = Value::undefined();  ///< undefined: none yet
    std::optional<ErrorDto> error;
    bool operator==(const RunItemDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunItemDto, (), (item, status, attempt, input, output, error))

struct RunItemPage {
    std::vector<RunItemDto> items;
    std::uint32_t total = 0;   ///< that match
    std::string nextCursor{};  ///< empty: there are no more
    bool operator==(const RunItemPage&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunItemPage, (), (items, total, nextCursor))

struct LogLineDto {
    std::uint64_t line = 0;  ///< grows within a run; those that were dropped leave a gap
    WallTime wall = 0;
    std::string level;  ///< "debug", "info", "warning", "error"
    std::string nodeId;
    std::optional<std::uint32_t> item;
    std::uint32_t attempt = 0;
    std::string text;
    Value data = Value::undefined();
    bool operator==(const LogLineDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(LogLineDto, (), (line, wall, level, nodeId, item, attempt, text, data))

struct RunLogPage {
    std::vector<LogLineDto> lines;  ///< oldest first, whichever way was asked
    bool more = false;              ///< there are others that match, beyond this page
    std::uint64_t kept = 0;         ///< lines of the run that are stored
    std::uint64_t dropped = 0;      ///< lines that the run's limit left no room for
    bool operator==(const RunLogPage&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunLogPage, (), (lines, more, kept, dropped))

/// A node that waits for someone.
struct PendingItem {
    std::string kind;  ///< "approval", "signal"
    std::string runId;
    std::string workflowId;
    std::string workflowName;
    std::string nodeId;
    std::string title;
    std::string name;     ///< of the signal
    std::string message;  ///< what the node says about it
    WallTime since = 0;
    WallTime expires = 0;  ///< 0: never
    bool operator==(const PendingItem&) const = default;
};
BOOST_DESCRIBE_STRUCT(PendingItem, (),
                      (kind, runId, workflowId, workflowName, nodeId, title, name, message, since, expires))

struct PendingList {
    std::vector<PendingItem> items;  ///< longest waiting first
    bool truncated = false;          ///< more runs are open than could be looked at: ask by workflow
    std::string nextCursor{};        ///< empty: there are no more
    bool operator==(const PendingList&) const = default;
};
BOOST_DESCRIBE_STRUCT(PendingList, (), (items, truncated, nextCursor))

}  // namespace signalbox::protocol
