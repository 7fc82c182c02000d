#include "gateway/idempotency_writer.h"

#include <algorithm>
#include <limits>

namespace signalbox::gateway {

namespace {

/// So many that have failed before go with a batch: where they fail again, nobody waits long for it.
constexpr std::size_t kMostAgain = 256;

bool isDone(const KeyOutcome& outcome) { return outcome.has_value(); }

}  // namespace

IdempotencyWriter::IdempotencyWriter(std::shared_ptr<IdempotencyFile> file, Logger log, std::chrono::microseconds retry)
    : file_(std::move(file)), log_(std::move(log)), retry_(retry), thread_([this] { work(); }) {}

IdempotencyWriter::~IdempotencyWriter() { stop(); }

void IdempotencyWriter::begin(KeyRow row, Micros forgottenUntil, Begun begun) {
    add({{KeyChange::Kind::Begin, std::move(row), forgottenUntil}, std::move(begun)});
}

void IdempotencyWriter::keep(KeyRow row) { add({{KeyChange::Kind::Keep, std::move(row)}, {}}); }

void IdempotencyWriter::forget(std::string name, Micros at) {
    KeyRow row;
    row.name = std::move(name);
    row.at = at;
    add({{KeyChange::Kind::Forget, std::move(row)}, {}});
}

void IdempotencyWriter::add(Job job) {
    {
        const std::lock_guard lock(mutex_);
        if (stopping_) return;
        jobs_.push_back(std::move(job));
    }
    wake_.notify_one();
}

void IdempotencyWriter::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

bool IdempotencyWriter::await(std::vector<Job>& jobs) {
    std::unique_lock lock(mutex_);
    const auto isCalled = [this] { return stopping_ || !jobs_.empty(); };
    if (owed_.size() == 0)
        wake_.wait(lock, isCalled);
    else if (failing_)
        wake_.wait_for(lock, retry_, isCalled);
    jobs.swap(jobs_);
    return stopping_;
}

void IdempotencyWriter::work() {
    for (bool isLast = false; !isLast;) {
        std::vector<Job> jobs;
        isLast = await(jobs);
        // Nothing may begin any more: nobody would be there to answer.
        if (isLast) std::erase_if(jobs, [](const Job& job) { return job.change.kind == KeyChange::Kind::Begin; });
        if (!jobs.empty() || owed_.size() != 0) write(std::move(jobs), isLast);
    }
}

/// What is owed of a key goes out of the way of what happens to it later.
std::vector<IdempotencyWriter::Job> IdempotencyWriter::batchOf(std::vector<Job> jobs, bool isLast) {
    std::vector<Job> begins;
    const std::size_t most = isLast ? std::numeric_limits<std::size_t>::max() : jobs.size() + kMostAgain;
    for (Job& job : jobs) {
        if (job.change.kind != KeyChange::Kind::Begin) {
            owed_.add(std::move(job.change));
            continue;
        }
        job.before = owed_.take(job.change.row.name);
        if (job.before) job.change.forgottenUntil = std::max(job.change.forgottenUntil, job.before->row.at);
        begins.push_back(std::move(job));
    }
    std::vector<Job> batch;
    for (KeyChange& change : owed_.takeNext(most)) batch.push_back({std::move(change), {}});
    for (Job& job : begins) batch.push_back(std::move(job));
    return batch;
}

void IdempotencyWriter::write(std::vector<Job> jobs, bool isLast) {
    std::vector<Job> batch = batchOf(std::move(jobs), isLast);
    std::vector<KeyChange> changes;
    changes.reserve(batch.size());
    for (Job& job : batch) changes.push_back(std::move(job.change));
    auto outcomes = outcomesOf(changes);
    settle(batch, changes, outcomes);
    report(outcomes, isLast);
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (batch[i].begun) batch[i].begun(std::move(outcomes[i]));
    }
}

std::vector<KeyOutcome> IdempotencyWriter::outcomesOf(const std::vector<KeyChange>& changes) {
    auto written = file_->write(changes);
    if (written) return *std::move(written);
    std::vector<KeyOutcome> outcomes(changes.size(), KeyOutcome(fail(written.error())));
    const auto isBegin = [](const KeyChange& change) { return change.kind == KeyChange::Kind::Begin; };
    const auto first = std::find_if(changes.begin(), changes.end(), isBegin);
    const bool isMixed = first != changes.begin() && first != changes.end();
    // What begins is small: a large answer for which there is no space is not in its way.
    if (!isMixed || written.error().code != "store.no-space") return outcomes;
    auto begun = file_->write({first, changes.end()});
    if (begun) std::move(begun->begin(), begun->end(), outcomes.begin() + (first - changes.begin()));
    return outcomes;
}

void IdempotencyWriter::settle(std::vector<Job>& batch, std::vector<KeyChange>& changes,
                               const std::vector<KeyOutcome>& outcomes) {
    for (std::size_t i = 0; i < batch.size(); ++i) {
        if (outcomes[i]) continue;
        if (!batch[i].begun)
            owed_.addFailed(std::move(changes[i]));
        else if (batch[i].before)
            owed_.addFailed(*std::move(batch[i].before));
    }
}

/// Once for a disk that stays full, and when all is over.
void IdempotencyWriter::report(const std::vector<KeyOutcome>& outcomes, bool isLast) {
    const auto failed = std::find_if_not(outcomes.begin(), outcomes.end(), isDone);
    const bool isFailing = failed != outcomes.end();
    const bool wasFailing = std::exchange(failing_, isFailing);
    if (!isFailing) {
        if (wasFailing) log_.info("Idempotency keys can be written down again");
        return;
    }
    if (wasFailing && !isLast) return;
    const char* const what =
        isLast ? "Idempotency keys were not written down: " : "Idempotency keys cannot be written: ";
    log_.warning(what + failed->error().message,
                 Value::object({{"code", failed->error().code}, {"owed", owed_.size()}, {"given-up", owed_.lost()}}));
}

}  // namespace signalbox::gateway
