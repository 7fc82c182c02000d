// The workflow document (*.workflow.json) as plain data.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/value.h"

namespace signalbox::engine {

/// "node.port"; the node "$inputs" stands for the workflow's own inputs.
struct PortRef {
    std::string node;
    std::string port;
    auto operator<=>(const PortRef&) const = default;
    [[nodiscard]] std::string toString() const { return node + "." + port; }
};

inline constexpr const char* kInputsNode = "$inputs";
/// Reserved output ports that every node has: "error" carries the error object of a failed node, "compensate" names the
/// node that undoes this one when the run fails later.
inline constexpr const char* kErrorPort = "error";
inline constexpr const char* kCompensatePort = "compensate";

/// Tries again after a failure. The n-th wait is backoff * multiplier^(n-1), capped, less up to jitter of itself.
struct RetryPolicy {
    int maxAttempts = 1;
    Micros backoff = 1'000'000;
    double multiplier = 2.0;
    double jitter = 0.0;  ///< 0 to 1: share of the wait that is random
    Micros maxBackoff = 300'000'000;
    std::vector<std::string> retryOn;  ///< error code patterns; empty means every error marked retryable
    bool operator==(const RetryPolicy&) const = default;
};

/// What a node's final failure does to the run.
enum class OnError : std::uint8_t {
    Default,   ///< route when an error edge is drawn, otherwise the workflow's error table, otherwise fail
    Fail,      ///< the run fails
    Continue,  ///< every output is null and the run goes on
    Route,     ///< the error object leaves through the port "error"
};

struct NodeDecl {
    std::string id;
    std::string type;
    std::string title;  ///< shown instead of the id; may be empty
    std::string note;   ///< a remark for people; may be empty
    Value params = Value::object();
    std::optional<RetryPolicy> retry;
    std::optional<Micros> attemptTimeout;
    std::optional<Micros> totalTimeout;
    OnError onError = OnError::Default;
    std::optional<Micros> memoTtl;  ///< results of this pure node are reused for equal inputs for so long
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const NodeDecl&) const = default;
};

/// Marks an edge as the way back of a loop. The body is every node on a path from the edge's target to its source.
/// Edges that leave the body carry values only once the loop has ended.
struct LoopDecl {
    int maxIterations = 0;     ///< at least 1; the first pass counts
    std::string convergeWhen;  ///< JSONata over the value on the edge; empty: exactly maxIterations passes
    bool failAtLimit = true;   ///< with convergeWhen: not converged after maxIterations fails the run
    bool operator==(const LoopDecl&) const = default;
};

struct EdgeDecl {
    PortRef from;
    PortRef to;
    std::string when;  ///< JSONata over the value on the edge; empty: always
    std::optional<LoopDecl> loop;
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const EdgeDecl&) const = default;
};

struct InputDecl {
    std::string name;
    std::string type = "any";
    bool required = false;
    Value defaultValue = Value::undefined();
    std::string help;
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const InputDecl&) const = default;
};

struct OutputDecl {
    std::string name;
    PortRef from;
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const OutputDecl&) const = default;
};

/// One row of the workflow's error table, tried in order when a node fails for good.
struct ErrorRule {
    enum class Action : std::uint8_t { Return, RetryThenFail, Route };
    std::string code;  ///< pattern: "http.timeout", "http.*", "*"
    Action action = Action::RetryThenFail;
    bool returnSucceeded = false;   ///< Return: whether the run ends as succeeded or failed
    Value returnValue;              ///< Return: becomes the run's outputs
    RetryPolicy retry;              ///< RetryThenFail: for nodes without a policy of their own
    PortRef to;                     ///< Route: gets the error object
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const ErrorRule&) const = default;
};

struct Position {
    double x = 0;
    double y = 0;
    bool operator==(const Position&) const = default;
};
struct GroupDecl {
    std::string id;
    std::string title;
    std::string colourRole;
    std::vector<std::string> nodes;
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const GroupDecl&) const = default;
};
struct CommentDecl {
    std::string id;
    std::string text;
    Position position;
    double width = 0;
    double height = 0;
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const CommentDecl&) const = default;
};
/// Where things are drawn; apart from the logic, so that moving a node never conflicts with changing one.
struct Layout {
    std::map<std::string, Position> positions;
    std::vector<GroupDecl> groups;
    std::vector<CommentDecl> comments;
    Value extra = Value::object();  ///< as Document::extra
    bool operator==(const Layout&) const = default;
};

/// A workflow as written. May hold errors (a draft); only compilePlan() decides whether it can run.
struct Document {
    static constexpr int kFormat = 1;
    int format = kFormat;
    std::string id;
    std::string name;
    std::string description;
    int version = 1;
    std::string extends;      ///< id of the workflow whose nodes and edges this one starts from; may be empty
    int maxParallelRuns = 0;  ///< 0: no limit of its own
    std::vector<std::string> tags;
    std::vector<InputDecl> inputs;
    std::vector<NodeDecl> nodes;
    std::vector<EdgeDecl> edges;
    std::vector<OutputDecl> outputs;
    std::vector<ErrorRule> errors;
    Layout layout;
    /// What could not be read into the members above: members this version does not know (a finding says so) and such
    /// of the wrong type (an error). Kept and written again, never used. Mirrors nested objects ({"retry": {"x": 1}});
    /// no object at all stands for an entry that is none.
    Value extra = Value::object();
    bool operator==(const Document&) const = default;
};

}  // namespace signalbox::engine
