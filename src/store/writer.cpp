#include "store/writer.h"

#include <future>

#include <fmt/format.h>
#include <sqlite3.h>

namespace signalbox::store {
namespace {

/// A larger group gains nothing and makes the first of it wait for the last.
constexpr std::size_t kMaxGroupWeight = 8192;

bool isDiskTrouble(const Error& error) {
    return error.code == "store.no-space" || error.code == "store.io" || error.code == "store.busy";
}

}  // namespace

Writer::Writer(std::unique_ptr<Database> database, WriterOptions options)
    : options_(std::move(options)),
      database_(std::move(database)),
      session_(*database_, *options_.clock, options_.boot, options_.leaseTtl),
      logLimit_(options_.maxLogPages) {
    installHooks();
    thread_ = std::thread([this] { loop(); });
}

Writer::~Writer() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    work_.notify_one();
    thread_.join();
}

void Writer::installHooks() {
    sqlite3_wal_hook(database_->handle(), &Writer::onWal, this);
    if (options_.faultHook) sqlite3_commit_hook(database_->handle(), &Writer::onCommit, this);
}

int Writer::onCommit(void* self) {
    const auto* writer = static_cast<const Writer*>(self);
    writer->callHook(FaultPoint::DuringCommit, writer->group_);
    return 0;
}

int Writer::onWal(void* self, ::sqlite3* /*database*/, const char* /*name*/, int pages) {
    auto* writer = static_cast<Writer*>(self);
    if (writer->logLimit_.due(pages)) writer->logTooLong_ = true;
    if (writer->options_.walGrew) writer->options_.walGrew(pages);
    return SQLITE_OK;
}

void Writer::append(EncodedAppend batch, Done done) {
    Job job;
    job.batch = std::make_unique<EncodedAppend>(std::move(batch));
    job.done = std::move(done);
    enqueue(std::move(job), true);
}

void Writer::post(Task task, Done done) {
    Job job;
    job.task = std::move(task);
    job.done = std::move(done);
    enqueue(std::move(job), false);
}

Status Writer::run(Task task) { return enqueueAndWait(std::move(task), false); }
Status Writer::runOutside(Task task) { return enqueueAndWait(std::move(task), true); }

Status Writer::enqueueAndWait(Task task, bool outside) {
    if (std::this_thread::get_id() == thread_.get_id()) {
        return fail("store.deadlock", "A callback of the store must not wait for the store", database_->where(),
                    "Hand the call to another thread.");
    }
    std::promise<Status> promise;
    Job job;
    job.task = std::move(task);
    job.outside = outside;
    job.done = [&promise](Status status) { promise.set_value(std::move(status)); };
    enqueue(std::move(job), false);
    return promise.get_future().get();
}

void Writer::enqueue(Job job, bool mayWait) {
    const std::size_t weight = job.weight();
    bool wake = false;
    {
        std::unique_lock lock(mutex_);
        if (mayWait && std::this_thread::get_id() != thread_.get_id()) {
            space_.wait(lock, [&] { return pending_ == 0 || pending_ + weight <= options_.maxPendingRecords; });
        }
        pending_ += weight;
        queue_.push_back(std::move(job));
        wake = sleeping_;
    }
    if (wake) work_.notify_one();
}

void Writer::loop() {
    std::vector<Job> taken;
    while (true) {
        {
            std::unique_lock lock(mutex_);
            sleeping_ = true;
            work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
            sleeping_ = false;
            if (queue_.empty()) return;
            taken.swap(queue_);
        }
        process(taken);
        taken.clear();
    }
}

std::size_t Writer::groupSize(std::span<Job> jobs) const {
    if (jobs.front().outside) return 1;
    std::size_t count = 0;
    std::size_t weight = 0;
    while (count < jobs.size() && !jobs[count].outside && weight < kMaxGroupWeight) {
        weight += jobs[count].weight();
        ++count;
    }
    return count;
}

void Writer::process(std::span<Job> jobs) {
    failedRuns_.clear();
    while (!jobs.empty()) {
        const auto group = jobs.first(groupSize(jobs));
        if (group.front().outside) {
            group.front().result = group.front().task(session_);
        } else {
            writeGroup(group);
        }
        finish(group);
        holdLogDown();
        jobs = jobs.subspan(group.size());
    }
}

void Writer::writeGroup(std::span<Job> jobs) {
    callHook(FaultPoint::BeforeCommit, jobs);
    const Status status = tryGroup(jobs);
    report(status);
    if (status) {
        callHook(FaultPoint::AfterCommit, jobs);
    } else if (jobs.size() == 1 || status.error().code == "store.busy") {
        for (Job& job : jobs) setFailed(job, status.error());
    } else {
        writeOneByOne(jobs);
    }
}

Status Writer::tryGroup(std::span<Job> jobs) {
    const Micros begun = options_.clock->monotonicNow();
    SIGNALBOX_CHECK(session_.begin());
    group_ = jobs;
    Status status;
    for (Job& job : jobs) {
        if (failedBefore(job)) continue;
        job.result = runJob(job);
        if (job.result || WriteSession::isRefusal(job.result.error())) continue;
        status = job.result;
        break;
    }
    const Micros committing = options_.clock->monotonicNow();
    if (status) status = session_.commit();
    if (!status) {
        session_.rollback();
    } else {
        noteCommit(jobs, begun, committing);
    }
    group_ = {};
    return status;
}

void Writer::noteCommit(std::span<const Job> jobs, Micros begun, Micros committing) {
    const Micros now = options_.clock->monotonicNow();
    std::size_t records = 0;
    for (const Job& job : jobs) {
        if (job.batch && job.result) records += job.batch->records.size();
    }
    const CommitTimes times{now, now - committing, now - begun};
    const std::scoped_lock lock(statsMutex_);
    records_ += records;
    if (times_.size() < kCommitTimesKept) {
        times_.push_back(times);
    } else {
        times_[commits_ % kCommitTimesKept] = times;
    }
    ++commits_;
}

WriterStats Writer::stats() const {
    constexpr Micros kWindow = 60'000'000;
    WriterStats stats;
    {
        const std::scoped_lock lock(mutex_);
        stats.pending = pending_;
    }
    const Micros oldest = options_.clock->monotonicNow() - kWindow;
    const std::scoped_lock lock(statsMutex_);
    stats.commits = commits_;
    stats.records = records_;
    stats.recent.reserve(times_.size());
    for (const CommitTimes& times : times_) {
        if (times.at >= oldest) stats.recent.push_back(times);
    }
    return stats;
}

Status Writer::runJob(Job& job) {
    if (job.task) return job.task(session_);
    return session_.append(*job.batch);
}

/// One of the group could not be written: each on its own, so that only those fail that must.
void Writer::writeOneByOne(std::span<Job> jobs) {
    for (Job& job : jobs) {
        const std::span<Job> alone(&job, 1);
        const Status status = tryGroup(alone);
        report(status);
        if (status) {
            callHook(FaultPoint::AfterCommit, alone);
        } else {
            setFailed(job, status.error());
        }
    }
}

void Writer::setFailed(Job& job, const Error& error) {
    job.result = fail(error);
    if (job.batch) failedRuns_.insert_or_assign(job.batch->run, error);
}

/// When a batch fails, those of the same run that were queued behind it cannot follow and fail alike.
bool Writer::failedBefore(Job& job) {
    if (!job.batch || failedRuns_.empty()) return false;
    const auto failed = failedRuns_.find(job.batch->run);
    if (failed == failedRuns_.end()) return false;
    job.result = fail(failed->second);
    return true;
}

/// When commits outrun the checkpoints on the other connection, they have to wait for one. The next commit then starts
/// the log over, unless a reader holds on to an old snapshot: then it is tried again after each commit.
void Writer::holdLogDown() {
    if (!logTooLong_) return;
    const std::scoped_lock lock(checkpointMutex_);
    const auto state = copyLog(*database_);
    logTooLong_ = !state || !state->complete();
}

void Writer::report(const Status& status) {
    if (!status) {
        if (isDiskTrouble(status.error()) && options_.notStored) options_.notStored(status.error());
        if (!std::exchange(failing_, true)) {
            options_.log.error("Writing failed; what was refused can be tried again",
                               Value::object({{"code", status.error().code}, {"message", status.error().message}}));
        }
    } else if (std::exchange(failing_, false)) {
        options_.log.info("Writing works again");
    }
}

void Writer::finish(std::span<Job> jobs) {
    std::size_t weight = 0;
    for (Job& job : jobs) {
        weight += job.weight();
        if (job.done) job.done(std::move(job.result));
        job = Job();
    }
    {
        const std::scoped_lock lock(mutex_);
        pending_ -= weight;
    }
    space_.notify_all();
}

void Writer::callHook(FaultPoint point, std::span<Job> jobs) const {
    if (!options_.faultHook) return;
    for (const Job& job : jobs) {
        if (!job.batch || !job.result) continue;
        for (const engine::Record& record : job.batch->source) options_.faultHook(point, record);
    }
}

}  // namespace signalbox::store
