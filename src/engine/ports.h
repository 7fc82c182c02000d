// What the engine needs from the outside: a journal, memos, workflow versions. Implemented by store/ (SQLite).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "engine/document.h"
#include "engine/record.h"

namespace signalbox::engine {

enum class RunStatus : std::uint8_t { Queued, Running, Waiting, Paused, Succeeded, Failed, Cancelled, Quarantined };
[[nodiscard]] std::string_view runStatusName(RunStatus status) noexcept;  ///< "queued", "running", ...
[[nodiscard]] std::optional<RunStatus> runStatusFromName(std::string_view name) noexcept;
[[nodiscard]] inline bool isTerminal(RunStatus status) { return status >= RunStatus::Succeeded; }

/// One row of the list of runs: kept beside the journal, written in the same transaction.
struct RunSummary {
    RunId run;
    std::string workflowId;
    std::string workflowName;
    int version = 1;
    RunStatus status = RunStatus::Queued;
    int priority = 0;
    std::string idempotencyKey;  ///< empty: none
    std::string startedBy;
    RunId parent;  ///< of a sub-workflow's run
    RunId rerunOf;
    Micros createdWall = 0;
    Micros startedWall = 0;   ///< 0: not yet
    Micros finishedWall = 0;  ///< 0: not yet
    std::uint32_t nodesTotal = 0;
    std::uint32_t nodesDone = 0;  ///< succeeded or reused
    std::uint32_t nodesFailed = 0;
    std::uint32_t nodesSkipped = 0;
    std::string errorCode;
    std::string errorMessage;
    std::string errorNode;
    bool operator==(const RunSummary&) const = default;
};

struct RunFilter {
    std::vector<RunStatus> statuses;  ///< any of them; empty: all
    std::string workflowId;           ///< empty: all
    std::string errorText;            ///< substring of code or message; empty: all
    Micros createdAfter = 0;
    Micros createdBefore = 0;  ///< 0: no bound
    std::uint32_t limit = 100;
    std::string cursor;        ///< of the previous page; empty: first
    std::uint64_t offset = 0;  ///< without a cursor: rows to leave out, counted from the newest as of `asOf`
    std::string asOf;          ///< cursor of the newest row that counts; empty: the newest there is
};
struct RunPage {
    std::vector<RunSummary> runs;  ///< newest first
    std::string nextCursor;        ///< empty: last page
    std::uint64_t total = 0;       ///< matching the filter
    bool totalIsLeast = false;     ///< counting all of them would have taken too long: there are at least `total`
    bool partial = false;          ///< the search for text ended at nextCursor for want of time
    std::uint64_t offset = 0;      ///< rank of the first row, when asked by rank
    std::string asOf;              ///< the newest row there was
    std::uint32_t newer = 0;       ///< rows newer than the given asOf, counted up to 1000
};

/// A batch for one run: its records and, when given, its new summary, in one transaction.
struct Append {
    RunId run;
    std::uint64_t token = 0;
    std::vector<Record> records;
    std::optional<RunSummary> summary;
    bool create = false;  ///< the run's first batch: makes the run and takes its lease for `owner`
    std::string owner;    ///< with create
};

struct ClaimedRun {
    RunId run;
    std::uint64_t token = 0;  ///< larger than any before
};

/// Durable storage of runs. Thread-safe. One writer thread commits appends in groups.
class RunStore {
public:
    RunStore() = default;
    RunStore(const RunStore&) = delete;
    RunStore& operator=(const RunStore&) = delete;
    virtual ~RunStore() = default;

    /// Queues the batch and returns; batches of one run are written in the order given. `durable` is called from the
    /// writer thread once it is on disk, or with an error: "store.fenced" when the token is not the run's newest,
    /// "store.duplicate-key" when a create meets an idempotency key that is taken, "store.no-space", "store.io",
    /// "store.busy" (the last three retryable: nothing of the batch was written).
    virtual void append(Append batch, std::function<void(Status)> durable) = 0;

    /// Error "store.corrupt" when a checksum or a sequence is wrong: the caller quarantines the run.
    [[nodiscard]] virtual Result<std::vector<Record>> readJournal(RunId run) = 0;
    [[nodiscard]] virtual Result<std::optional<RunSummary>> summary(RunId run) = 0;
    [[nodiscard]] virtual Result<RunPage> list(const RunFilter& filter) = 0;
    [[nodiscard]] virtual Result<std::optional<RunId>> findByIdempotencyKey(const std::string& workflowId,
                                                                            const std::string& key) = 0;

    /// Takes over runs that are not finished and whose lease ran out (or belongs to another boot), oldest first.
    [[nodiscard]] virtual Result<std::vector<ClaimedRun>> claimExpired(const std::string& owner, Micros leaseTtl,
                                                                       std::size_t limit) = 0;
    /// Extends every lease of this owner.
    [[nodiscard]] virtual Status renewLeases(const std::string& owner, Micros leaseTtl) = 0;
    /// Gives up every lease of this owner, so that another may take over at once.
    [[nodiscard]] virtual Status releaseLeases(const std::string& owner) = 0;
    /// Marks a run as damaged with a message; it is never claimed again. Its records are kept.
    [[nodiscard]] virtual Status quarantine(RunId run, const std::string& reason) = 0;
    /// Whether there is room to take in new runs (disk watermark). The error says how much is missing.
    [[nodiscard]] virtual Status intakeAllowed() = 0;
};

/// Results of pure nodes by (node type and version, hash of parameters and inputs). Thread-safe.
class MemoStore {
public:
    virtual ~MemoStore() = default;
    [[nodiscard]] virtual std::optional<Value> lookUp(const std::string& key, Micros wallNow) = 0;
    virtual void remember(const std::string& key, const Value& outputs, Micros expiresWall) = 0;
};

/// Immutable versions of workflows, as runs are pinned to. Thread-safe.
class WorkflowStore {
public:
    virtual ~WorkflowStore() = default;
    /// Stores the document's logic if its hash is new for this id and gives the version number that it has.
    [[nodiscard]] virtual Result<int> putVersion(const Document& document) = 0;
    /// version 0 is the newest. Error "workflow.not-found".
    [[nodiscard]] virtual Result<Document> getVersion(const std::string& id, int version) = 0;
};

}  // namespace signalbox::engine
