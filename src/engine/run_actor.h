// Private to the engine: one run being worked on.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <vector>

#include "engine/engine_core.h"
#include "engine/machine.h"

namespace signalbox::engine {

/// Applies records to a run one after the other, journals them, and does what the machine commands. Messages may be
/// posted from any thread; turns run in the pool, never two at once. Only one append is under way at a time, so that a
/// failed one can be repeated without a gap.
///
/// What must be on disk before what:
/// - before anybody is told of the run, by an answer, an event or a list: its first record, with the idempotency key in
///   the same commit. A run that a crash takes away before that was never heard of, and has changed nothing.
/// - before a node with an effect starts: its NodeStarted and every record before it.
/// - before the run counts as ended: its last record.
/// Pure nodes need nothing: they run ahead of the disk and are recomputed after a crash. So when whoever starts a run
/// waits for its end, its first commit is put off (for `patience` at most) while only pure nodes are at work, and takes
/// along what they give: for a run that only computes, everything.
class RunActor : public std::enable_shared_from_this<RunActor> {
public:
    RunActor(std::shared_ptr<EngineCore> core, RunId run, std::shared_ptr<const Plan> plan, RunSummary summary,
             std::uint64_t token);

    using Done = std::function<void(Status)>;

    /// A new run: journals RunStarted (and what a rerun takes over) and waits for admission. `durable` hears of the
    /// first commit, which may be put off for `patience`.
    void create(Value startPayload, std::vector<Record> reused, Micros patience, Done durable);
    /// A run read back: `journal` is replayed in `state`.
    void resumeFrom(RunState state);
    /// Lets the run's nodes start.
    void admit();
    /// Gives the run a turn, so that what is pending is written.
    void nudge();
    /// Journals and applies what someone outside wants. `done` is called once it is on disk, or with "run.finished" or
    /// "run.not-waiting" when it does not fit.
    void request(Record record, Done done);
    /// Stops the nodes being run, without a word in the journal.
    void abandon();
    /// Writes what has not been written yet; for shutdown, after the pool has stopped.
    /// Ok: everything is on disk.
    [[nodiscard]] Status flushNow();
    /// At the very end: calls back everyone who still waits. `written` is what flushNow() gave.
    void answerAll(const Status& written);

    [[nodiscard]] RunSnapshot snapshot(bool withInputs);
    [[nodiscard]] Result<NodeSnapshot> node(NodeIndex index);
    void collectPending(std::vector<PendingNode>& pending);
    [[nodiscard]] RunId id() const { return run_; }
    [[nodiscard]] const std::shared_ptr<const Plan>& plan() const { return plan_; }
    [[nodiscard]] int priority() const { return summary_.priority; }

private:
    struct Message {
        enum class Kind : std::uint8_t { Record, Durable, Admit, Retry, Event, Nudge };
        Kind kind = Kind::Record;
        Record record;
        Done done;
        Status status;
        std::shared_ptr<EngineEvent> event;
    };
    struct TaskKey {
        std::uint32_t node = 0;
        std::uint32_t item = kNoItem;
        auto operator<=>(const TaskKey&) const = default;
    };
    struct RunningTask {
        std::uint32_t generation = 0;
        std::uint32_t attempt = 0;
        std::stop_source stop;
        std::uint64_t timeoutTimer = 0;
    };
    /// An effectful start that waits for its NodeStarted record to be on disk.
    struct HeldStart {
        std::uint64_t seq = 0;
        Command command;
    };

    // Turns (run_actor.cpp).
    void post(Message message, WorkPool::Wake wake = WorkPool::Wake::Sleeper);
    void schedule(WorkPool::Wake wake = WorkPool::Wake::Sleeper);
    void turn();
    void handle(Message& message);
    [[nodiscard]] Acceptance journalAndApply(Record record);
    void admitNow();
    void recoverOutstanding();
    void obey(Commands& commands);
    void obeyStart(const Command& command);
    void obeyTimer(const Command& command);
    void cancelTask(const Command& command);
    void publish(const Command& command);
    void noteStatus();
    void callOut(std::vector<EngineEvent>& events, std::vector<std::function<void()>>& calls);

    // Journal (run_actor_journal.cpp).
    void flush();
    [[nodiscard]] bool mayPutOffFlush() const;
    void putOffFlush();
    void sendInFlight();
    void durable(Status status);
    void releaseHeld();
    void conclude();
    void refreshSummary();
    void lost(const Error& error);

    // Nodes (run_actor_tasks.cpp).
    [[nodiscard]] bool canRunInline(const Command& command) const;
    void runInline();
    void startAttempt(const Command& command);
    void runAttempt(const Command& command, const std::shared_ptr<const NodeCall>& call);
    void startChildRun(const Command& command, RunningTask& task);
    [[nodiscard]] Result<std::shared_ptr<NodeCall>> makeCall(const Command& command, std::stop_token stop);
    void fillCall(NodeCall& call, const Command& command);
    /// `wake`: Nobody when it is the last act of a task of the pool.
    void attemptEnded(const Command& command, NodeResult result, Micros startedMonotonic,
                      WorkPool::Wake wake = WorkPool::Wake::Sleeper);
    [[nodiscard]] Record resultRecord(const Command& command, NodeResult result, Micros startedMonotonic) const;
    void nodeLog(const Command& command, LogLevel level, std::string text, Value fields);
    void nodeProgress(const Command& command, double fraction, std::string note);

    const std::shared_ptr<EngineCore> core_;
    const RunId run_;
    const std::string runText_;
    const std::shared_ptr<const Plan> plan_;

    std::mutex mailboxMutex_;
    std::vector<Message> mailbox_;
    bool scheduled_ = false;
    std::condition_variable appendEnded_;  ///< with mailboxMutex_; for flushNow()
    bool appending_ = false;
    Status lastAppend_;

    std::mutex turnMutex_;  ///< held during a turn and by snapshot(); guards everything below
    RunState state_;
    RunSummary summary_;
    std::uint64_t token_ = 0;
    bool created_ = false;  ///< the first batch is on disk
    bool admitted_ = false;
    bool recovering_ = false;
    bool abandoned_ = false;
    bool concluded_ = false;
    std::optional<Record> startRecord_;  ///< journalled, applied on admission
    std::vector<Record> reused_;
    std::vector<Record> pending_;   ///< applied, not handed to the store yet
    std::vector<Record> inFlight_;  ///< being written
    std::vector<Done> pendingDone_;
    std::vector<Done> inFlightDone_;
    Micros flushBy_ = 0;            ///< monotonic: until then the first commit may be put off
    std::uint64_t flushTimer_ = 0;  ///< 0: not put off
    std::uint64_t durableSeq_ = 0;
    std::uint64_t nextSeq_ = 1;
    std::deque<HeldStart> held_;
    std::deque<Command> inlineQueue_;
    bool startedQuietly_ = false;  ///< in this turn, and nobody was woken for it
    std::map<TaskKey, RunningTask> tasks_;
    std::stop_source stopAll_;
    Commands commands_;
    std::vector<EngineEvent> events_;  ///< kept until the run's start is on disk
    /// Calls to the outside that a turn has collected: made after its lock is released, before the next turn.
    std::vector<std::function<void()>> outbox_;
    std::shared_ptr<NodeCall> inlineCall_;
    Command inlineCommand_;
    std::optional<RunStatus> publishedStatus_;
    Micros turnWall_ = 0;
    Micros turnMonotonic_ = 0;
};

}  // namespace signalbox::engine
