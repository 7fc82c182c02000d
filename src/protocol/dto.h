// What crosses the line between a console and a gateway: plain structs, described once. Codec and JSON Schema are
// derived from the descriptions (protocol/codec.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <boost/describe/class.hpp>

#include "base/value.h"

namespace signalbox::protocol {

/// Version of the protocol; a console and a gateway with different majors do not talk.
inline constexpr int kProtocolMajor = 1;
inline constexpr int kProtocolMinor = 0;

/// All times are microseconds since the Unix epoch (UTC), all durations microseconds; ids are text.
using WallTime = std::int64_t;
using Duration = std::int64_t;

struct Empty {};
BOOST_DESCRIBE_STRUCT(Empty, (), ())

struct FindingDto {
    std::string code;
    std::string severity;  ///< "info", "warning", "error"
    std::string message;
    std::string hint;
    std::string node;
    std::string port;
    std::string edge;
    std::string pointer;
    std::uint32_t line = 0;  ///< 0: unknown
    std::uint32_t column = 0;
    bool operator==(const FindingDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(FindingDto, (), (code, severity, message, hint, node, port, edge, pointer, line, column))

struct WorkflowSummary {
    std::string id;
    std::string name;
    std::string description;
    std::int32_t version = 1;
    std::string file;  ///< relative to the workspace
    std::vector<std::string> tags;
    std::uint32_t nodeCount = 0;
    std::uint32_t errors = 0;
    std::uint32_t warnings = 0;
    WallTime modified = 0;
    std::string etag;
    std::vector<std::string> uses;    ///< ids of workflows that its nodes start
    std::vector<std::string> usedBy;  ///< ids of workflows of the workspace that start it
    bool operator==(const WorkflowSummary&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowSummary, (),
                      (id, name, description, version, file, tags, nodeCount, errors, warnings, modified, etag, uses,
                       usedBy))

struct GraphPort {
    std::string name;
    std::string type;  ///< "any", "array<number>", ...
    bool required = false;
    bool many = false;
    bool operator==(const GraphPort&) const = default;
};
BOOST_DESCRIBE_STRUCT(GraphPort, (), (name, type, required, many))

/// A node as it is drawn. Icon and colour are semantic names; the console resolves them in its theme.
struct GraphNode {
    std::string id;
    std::string title;
    std::string type;
    std::string subtitle;  ///< the most telling parameter, short
    std::string note;
    std::string icon;
    std::string colourRole;
    std::string effect;  ///< "pure", "read-only", "idempotent", "effectful"
    std::vector<GraphPort> inputs;
    std::vector<GraphPort> outputs;
    bool placed = false;  ///< whether x and y were given; otherwise the console lays out
    double x = 0;
    double y = 0;
    Value params;
    bool operator==(const GraphNode&) const = default;
};
BOOST_DESCRIBE_STRUCT(GraphNode, (),
                      (id, title, type, subtitle, note, icon, colourRole, effect, inputs, outputs, placed, x, y,
                       params))

struct GraphEdge {
    std::string from;  ///< node id, "$inputs" for the workflow's own
    std::string fromPort;
    std::string to;
    std::string toPort;
    std::string kind;  ///< "data", "error", "compensation", "loop", "input"
    std::string when;
    bool operator==(const GraphEdge&) const = default;
};
BOOST_DESCRIBE_STRUCT(GraphEdge, (), (from, fromPort, to, toPort, kind, when))

struct GraphGroup {
    std::string id;
    std::string title;
    std::string colourRole;
    std::vector<std::string> nodes;
    bool operator==(const GraphGroup&) const = default;
};
BOOST_DESCRIBE_STRUCT(GraphGroup, (), (id, title, colourRole, nodes))

struct GraphComment {
    std::string id;
    std::string text;
    double x = 0;
    double y = 0;
    double width = 0;
    double height = 0;
    bool operator==(const GraphComment&) const = default;
};
BOOST_DESCRIBE_STRUCT(GraphComment, (), (id, text, x, y, width, height))

struct Graph {
    std::vector<GraphNode> nodes;
    std::vector<GraphEdge> edges;
    std::vector<GraphGroup> groups;
    std::vector<GraphComment> comments;
    bool operator==(const Graph&) const = default;
};
BOOST_DESCRIBE_STRUCT(Graph, (), (nodes, edges, groups, comments))

struct WorkflowInput {
    std::string name;
    std::string type;
    bool required = false;
    Value defaultValue = Value::undefined();  ///< undefined: none
    std::string help;
    bool operator==(const WorkflowInput&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowInput, (), (name, type, required, defaultValue, help))

struct WorkflowDetail {
    WorkflowSummary summary;
    std::vector<WorkflowInput> inputs;
    Graph graph;
    std::vector<FindingDto> findings;
    std::string text;  ///< the document itself
    std::string etag;  ///< changes with the text
    bool operator==(const WorkflowDetail&) const = default;
};
BOOST_DESCRIBE_STRUCT(WorkflowDetail, (), (summary, inputs, graph, findings, text, etag))

struct ErrorDto {
    std::string code;
    std::string message;
    std::string where;
    std::string hint;
    bool retryable = false;
    bool operator==(const ErrorDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(ErrorDto, (), (code, message, where, hint, retryable))

/// Statuses: "queued", "running", "waiting", "paused", "succeeded", "failed", "cancelled", "quarantined".
struct RunSummaryDto {
    std::string runId;
    std::string workflowId;
    std::string workflowName;
    std::int32_t version = 1;
    std::string status;
    std::int32_t priority = 0;
    std::string startedBy;
    std::string parent;
    std::string rerunOf;
    WallTime created = 0;
    WallTime started = 0;   ///< 0: not yet
    WallTime finished = 0;  ///< 0: not yet
    std::uint32_t nodesTotal = 0;
    std::uint32_t nodesDone = 0;
    std::uint32_t nodesFailed = 0;
    std::uint32_t nodesSkipped = 0;
    std::string errorCode;
    std::string errorMessage;
    std::string errorNode;
    bool operator==(const RunSummaryDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunSummaryDto, (),
                      (runId, workflowId, workflowName, version, status, priority, startedBy, parent, rerunOf, created,
                       started, finished, nodesTotal, nodesDone, nodesFailed, nodesSkipped, errorCode, errorMessage,
                       errorNode))

/// Statuses: "pending", "ready", "running", "backoff", "waiting", "succeeded", "failed", "skipped", "cancelled",
/// "reused".
struct NodeStateDto {
    std::string nodeId;
    std::string status;
    std::uint32_t generation = 0;  ///< times a loop reset it
    std::uint32_t attempt = 0;
    WallTime started = 0;
    WallTime finished = 0;
    std::uint32_t itemsTotal = 0;
    std::uint32_t itemsDone = 0;
    std::optional<ErrorDto> error;
    bool operator==(const NodeStateDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(NodeStateDto, (),
                      (nodeId, status, generation, attempt, started, finished, itemsTotal, itemsDone, error))

struct RunDetail {
    RunSummaryDto summary;
    Graph graph;  ///< of the version the run is pinned to
    Value inputs;
    Value outputs = Value::undefined();  ///< undefined: not yet
    std::optional<ErrorDto> error;
    std::vector<NodeStateDto> nodes;
    std::uint64_t eventSeq = 0;  ///< subscribe from here on to miss nothing
    bool operator==(const RunDetail&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunDetail, (), (summary, graph, inputs, outputs, error, nodes, eventSeq))

struct JournalRecordDto {
    std::uint64_t seq = 0;
    std::string kind;
    std::string node;
    std::optional<std::uint32_t> item;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    WallTime wall = 0;
    Duration took = 0;
    Value payload = Value::undefined();
    bool operator==(const JournalRecordDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(JournalRecordDto, (), (seq, kind, node, item, generation, attempt, wall, took, payload))

/// One live event. Kinds: "run", "node", "progress", "log", "refused"; "workflow" says that a workflow's file is new,
/// has changed or is gone (status "created", "changed", "deleted"; text is the file), whoever did it; "metrics" has the
/// engine's newest numbers in data, by the names of EngineSeries; "lost" says that
/// events seq..lostUntil are gone for this subscriber, who should ask for the state again.
/// "schedule", "webhook" and "watch" tell of what starts runs by itself (triggerId; text is its name). Their status:
///   created, changed, deleted  somebody edited it, here or in another program
///   started                    a run (runId) was started
///   failed                     a run did not start, for the error in code
///   missed                     times of a schedule passed; code is "down", "paused" or "clock", as in ScheduleCounts
///   skipped                    its overlap policy left them out; code is "overlap" or "buffer"
///   waiting                    its overlap policy put them off until the run before has ended
///   refused                    deliveries to a webhook were not taken
/// data holds `count`, when it is not one, and what else there is: `due` (of a start) and `path` (of a file).
struct EventDto {
    std::uint64_t seq = 0;  ///< grows by one for each event of the gateway
    std::string kind;
    std::string runId;
    std::string workflowId;
    std::string nodeId;
    std::string status;
    std::optional<std::uint32_t> item;
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    double progress = 0;
    WallTime wall = 0;
    Duration took = 0;
    std::string level;  ///< of a log line
    std::string text;
    std::string code;
    Value data = Value::undefined();
    std::uint64_t lostUntil = 0;
    std::string triggerId;  ///< of a schedule, webhook or watched folder
    bool operator==(const EventDto&) const = default;
};
BOOST_DESCRIBE_STRUCT(EventDto, (),
                      (seq, kind, runId, workflowId, nodeId, status, item, generation, attempt, progress, wall, took,
                       level, text, code, data, lostUntil, triggerId))

struct GatewayInfo {
    std::string name;
    std::string version;
    std::int32_t protocolMajor = kProtocolMajor;
    std::int32_t protocolMinor = kProtocolMinor;
    std::string workspace;
    WallTime started = 0;
    std::string principal;    ///< who one is there
    std::string instance;     ///< another one each time the gateway starts
    std::string environment;  ///< "production", "staging", "development"; empty: not told
    std::string tenant;       ///< whose workspace it is
    bool operator==(const GatewayInfo&) const = default;
};
BOOST_DESCRIBE_STRUCT(GatewayInfo, (),
                      (name, version, protocolMajor, protocolMinor, workspace, started, principal, instance,
                       environment, tenant))

}  // namespace signalbox::protocol
