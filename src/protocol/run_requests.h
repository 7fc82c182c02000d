// Calls about runs: started, listed, looked at, controlled.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "protocol/request_macro.h"
#include "protocol/run_dto.h"

namespace signalbox::protocol {

struct RunRef {
    std::string runId;
    bool operator==(const RunRef&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunRef, (), (runId))
struct StartRun {
    SIGNALBOX_REQUEST("runs.start", RunRef, "run:start");
    std::string workflowId;  ///< of the workspace; or
    std::string text;        ///< a document given with the call
    Value inputs = Value::object();
    std::optional<std::string> idempotencyKey;
    std::int32_t priority = 0;
};
BOOST_DESCRIBE_STRUCT(StartRun, (), (workflowId, text, inputs, idempotencyKey, priority))

/// How a run stands, without its graph and nodes.
struct RunResult {
    RunSummaryDto summary;
    Value outputs = Value::undefined();  ///< undefined: not yet, or it failed
    std::optional<ErrorDto> error;
    bool ended = false;
    bool operator==(const RunResult&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunResult, (), (summary, outputs, error, ended))
/// Answers when the run has ended, or with `ended` false when the time is over; the run goes on.
struct WaitForRun {
    SIGNALBOX_REQUEST("runs.wait", RunResult, "run:read");
    std::string runId;
    Duration timeout = 30'000'000;  ///< at most 10 minutes; 0: how it stands now
};
BOOST_DESCRIBE_STRUCT(WaitForRun, (), (runId, timeout))

struct RunList {
    std::vector<RunSummaryDto> runs;  ///< newest first
    std::string nextCursor;           ///< behind the last row; empty: there are no more
    std::uint64_t total = 0;          ///< that match the filter
    bool totalIsLeast = false;        ///< counting all would have taken too long: there are at least `total`
    bool partial = false;  ///< the search ran out of time: go on with nextCursor, even when the page is short or empty
    std::uint64_t offset = 0;  ///< rank of the first row, when asked by rank
    std::string asOf;          ///< the newest row there was: give it with later calls, and ranks do not shift
    std::uint32_t newer = 0;   ///< matching runs newer than the given asOf, counted up to 1000
    bool operator==(const RunList&) const = default;
};
BOOST_DESCRIBE_STRUCT(RunList, (), (runs, nextCursor, total, totalIsLeast, partial, offset, asOf, newer))
/// A page behind a cursor, or by rank: `offset` rows behind the newest one as of `asOf`. Either way a page costs the
/// same at the end of a list as at its beginning.
struct ListRuns {
    SIGNALBOX_REQUEST("runs.list", RunList, "run:read");
    std::vector<std::string> statuses;  ///< any of them; empty: all
    std::string workflowId;
    std::string errorText;       ///< substring of an error's code or message, ASCII letters of either case
    WallTime createdAfter = 0;   ///< from this moment on; 0: no bound
    WallTime createdBefore = 0;  ///< before this moment; 0: no bound
    std::uint32_t limit = 100;   ///< 1 to 1000
    std::string cursor;
    std::uint64_t offset = 0;  ///< not with a cursor
    std::string asOf;
};
BOOST_DESCRIBE_STRUCT(ListRuns, (),
                      (statuses, workflowId, errorText, createdAfter, createdBefore, limit, cursor, offset, asOf))

/// The last runs of a workflow with the state of every node.
struct GetRunGrid {
    SIGNALBOX_REQUEST("runs.grid", RunGrid, "run:read");
    std::string workflowId;
    std::uint32_t limit = 30;  ///< runs, 1 to 200
    std::string cursor;
};
BOOST_DESCRIBE_STRUCT(GetRunGrid, (), (workflowId, limit, cursor))

struct GetRun {
    SIGNALBOX_REQUEST("runs.get", RunDetail, "run:read");
    std::string runId;
};
BOOST_DESCRIBE_STRUCT(GetRun, (), (runId))

struct GetRunNode {
    SIGNALBOX_REQUEST("runs.node", NodeData, "run:read");
    std::string runId;
    std::string nodeId;
};
BOOST_DESCRIBE_STRUCT(GetRunNode, (), (runId, nodeId))

struct GetRunItems {
    SIGNALBOX_REQUEST("runs.items", RunItemPage, "run:read");
    std::string runId;
    std::string nodeId;                 ///< a MapNode
    std::vector<std::string> statuses;  ///< any of them; empty: all
    std::uint32_t offset = 0;           ///< rank of the first one; not with a cursor
    std::uint32_t limit = 100;          ///< 1 to 1000
    std::string cursor{};               ///< goes on behind an item, also when others have changed their status
};
BOOST_DESCRIBE_STRUCT(GetRunItems, (), (runId, nodeId, statuses, offset, limit, cursor))

/// Bars that came or changed behind a journal record, oldest first: ask again with the reply's seq to follow a run.
struct GetRunTimeline {
    SIGNALBOX_REQUEST("runs.timeline", RunTimeline, "run:read");
    std::string runId;
    std::uint64_t afterSeq = 0;    ///< 0: all
    std::uint32_t offset = 0;      ///< bars to leave out; not with a cursor
    std::uint32_t limit = 20'000;  ///< 1 to 100,000
    std::string cursor{};          ///< goes on behind a bar
};
BOOST_DESCRIBE_STRUCT(GetRunTimeline, (), (runId, afterSeq, offset, limit, cursor))

struct JournalPage {
    std::vector<JournalRecordDto> records;  ///< ascending, whichever way was asked
    std::uint64_t lastSeq = 0;              ///< of the run's journal
    std::uint64_t nextSeq = 0;  ///< fromSeq of the next page in the direction asked; 0: there is nothing more
    bool operator==(const JournalPage&) const = default;
};
BOOST_DESCRIBE_STRUCT(JournalPage, (), (records, lastSeq, nextSeq))
struct GetRunJournal {
    SIGNALBOX_REQUEST("runs.journal", JournalPage, "run:read");
    std::string runId;
    std::uint64_t fromSeq = 0;   ///< first record of the page; backwards: the last one, 0 the newest
    std::uint32_t limit = 1000;  ///< 1 to 10,000
    std::string nodeId;
    std::vector<std::string> kinds;  ///< any of them; empty: all
    bool backwards = false;
};
BOOST_DESCRIBE_STRUCT(GetRunJournal, (), (runId, fromSeq, limit, nodeId, kinds, backwards))

struct GetRunLogs {
    SIGNALBOX_REQUEST("runs.logs", RunLogPage, "run:read");
    std::string runId;
    std::uint64_t fromLine = 0;  ///< first line of the page; backwards: the last one, 0 the newest
    std::uint32_t limit = 1000;  ///< 1 to 10,000
    bool backwards = false;
    std::string level;  ///< this and more serious; empty: all
    std::string nodeId;
    std::string text;  ///< substring, ASCII letters of either case
};
BOOST_DESCRIBE_STRUCT(GetRunLogs, (), (runId, fromLine, limit, backwards, level, nodeId, text))

/// Approvals and signals that runs wait for.
struct ListPending {
    SIGNALBOX_REQUEST("runs.pending", PendingList, "run:read");
    std::string workflowId;     ///< empty: of all
    std::uint32_t limit = 100;  ///< 1 to 1000
    std::string cursor{};
};
BOOST_DESCRIBE_STRUCT(ListPending, (), (workflowId, limit, cursor))

struct CancelRun {
    SIGNALBOX_REQUEST("runs.cancel", Empty, "run:control");
    std::string runId;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(CancelRun, (), (runId, reason))

struct PauseRun {
    SIGNALBOX_REQUEST("runs.pause", Empty, "run:control");
    std::string runId;
};
BOOST_DESCRIBE_STRUCT(PauseRun, (), (runId))

struct ResumeRun {
    SIGNALBOX_REQUEST("runs.resume", Empty, "run:control");
    std::string runId;
};
BOOST_DESCRIBE_STRUCT(ResumeRun, (), (runId))

struct SignalRun {
    SIGNALBOX_REQUEST("runs.signal", Empty, "run:control");
    std::string runId;
    std::string name;
    Value value;
};
BOOST_DESCRIBE_STRUCT(SignalRun, (), (runId, name, value))

struct DecideApproval {
    SIGNALBOX_REQUEST("runs.decide", Empty, "run:approve");
    std::string runId;
    std::string nodeId;
    bool approved = false;
    std::string comment;
};
BOOST_DESCRIBE_STRUCT(DecideApproval, (), (runId, nodeId, approved, comment))

struct RerunRun {
    SIGNALBOX_REQUEST("runs.rerun", RunRef, "run:start");
    std::string runId;
    std::string mode = "all";  ///< "all", "from", "failed"
    std::string fromNode;
    std::optional<Value> inputs;
    bool newest = false;  ///< with the workflow as it is now: what is unchanged in it keeps its results
    std::optional<std::string> idempotencyKey;  ///< as of a start: the same one twice is one run
};
BOOST_DESCRIBE_STRUCT(RerunRun, (), (runId, mode, fromNode, inputs, newest, idempotencyKey))

}  // namespace signalbox::protocol
