#include "support/memory/memory_store.h"

#include <utility>

#include "engine/document_io.h"

namespace signalbox::test {

using engine::Append;
using engine::isTerminal;
using engine::Record;
using engine::RunSummary;

void MemoryStore::append(Append batch, std::function<void(Status)> durable) {
    Status status;
    {
        const std::lock_guard lock(mutex_);
        status = commit(batch);
    }
    durable(std::move(status));
}

Status MemoryStore::commit(Append& batch) {
    if (nextErrors_ > 0) {
        --nextErrors_;
        return fail(*nextError_);
    }
    if (batch.create) {
        const auto& key = batch.summary->idempotencyKey;
        if (!key.empty() && !keys_.emplace(std::pair(batch.summary->workflowId, key), batch.run).second) {
            return fail("store.duplicate-key", "The key is taken", key);
        }
        Run& made = runs_[batch.run];
        made.owner = batch.owner;
        made.token = batch.token;
        made.leaseEnds = clock_.monotonicNow() + 15'000'000;
    }
    Run& run = runs_.at(batch.run);
    if (batch.token != run.token) return fail("store.fenced", "Another owner has taken over", batch.run.toString());
    if (batch.summary) run.summary = *batch.summary;
    if (drop_) return {};
    for (Record& record : batch.records) {
        if (record.seq != run.journal.size() + 1)
            return fail("store.gap", "A record is missing or doubled", batch.run.toString());
        run.journal.push_back(std::move(record));
    }
    return {};
}

Result<std::vector<Record>> MemoryStore::readJournal(RunId run) {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(run);
    return found == runs_.end() ? std::vector<Record>{} : found->second.journal;
}

Result<std::optional<RunSummary>> MemoryStore::summary(RunId run) {
    const std::lock_guard lock(mutex_);
    const auto found = runs_.find(run);
    if (found == runs_.end()) return std::optional<RunSummary>{};
    return std::optional(found->second.summary);
}

Result<engine::RunPage> MemoryStore::list(const engine::RunFilter& filter) {
    const std::lock_guard lock(mutex_);
    engine::RunPage page;
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run) {
        const RunSummary& summary = run->second.summary;
        if (!filter.statuses.empty() &&
            std::find(filter.statuses.begin(), filter.statuses.end(), summary.status) == filter.statuses.end())
            continue;
        if (!filter.workflowId.empty() && summary.workflowId != filter.workflowId) continue;
        ++page.total;
        if (page.runs.size() < filter.limit) page.runs.push_back(summary);
    }
    return page;
}

Result<std::optional<RunId>> MemoryStore::findByIdempotencyKey(const std::string& workflowId, const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto found = keys_.find({workflowId, key});
    if (found == keys_.end()) return std::optional<RunId>{};
    return std::optional(found->second);
}

Result<std::vector<engine::ClaimedRun>> MemoryStore::claimExpired(const std::string& owner, Micros leaseTtl,
                                                                  std::size_t limit) {
    const std::lock_guard lock(mutex_);
    std::vector<engine::ClaimedRun> claimed;
    for (auto& [id, run] : runs_) {
        if (claimed.size() >= limit) break;
        if (isTerminal(run.summary.status) || run.leaseEnds > clock_.monotonicNow()) continue;
        run.owner = owner;
        run.leaseEnds = clock_.monotonicNow() + leaseTtl;
        claimed.push_back({id, ++run.token});
    }
    return claimed;
}

Status MemoryStore::renewLeases(const std::string& owner, Micros leaseTtl) {
    const std::lock_guard lock(mutex_);
    for (auto& [id, run] : runs_) {
        if (run.owner == owner) run.leaseEnds = clock_.monotonicNow() + leaseTtl;
    }
    return {};
}

Status MemoryStore::releaseLeases(const std::string& owner) {
    const std::lock_guard lock(mutex_);
    for (auto& [id, run] : runs_) {
        if (run.owner == owner) run.leaseEnds = 0;
    }
    return {};
}

Status MemoryStore::quarantine(RunId run, const std::string& reason) {
    const std::lock_guard lock(mutex_);
    RunSummary& summary = runs_.at(run).summary;
    summary.status = engine::RunStatus::Quarantined;
    summary.errorMessage = reason;
    return {};
}

Status MemoryStore::intakeAllowed() {
    const std::lock_guard lock(mutex_);
    return intake_;
}

std::optional<Value> MemoryStore::lookUp(const std::string& key, Micros wallNow) {
    const std::lock_guard lock(mutex_);
    const auto found = memos_.find(key);
    if (found == memos_.end() || found->second.second <= wallNow) return std::nullopt;
    return found->second.first;
}

void MemoryStore::remember(const std::string& key, const Value& outputs, Micros expiresWall) {
    const std::lock_guard lock(mutex_);
    memos_.insert_or_assign(key, std::pair(outputs, expiresWall));
}

Result<int> MemoryStore::putVersion(const engine::Document& document) {
    const std::lock_guard lock(mutex_);
    auto& versions = workflows_[document.id];
    for (std::size_t i = 0; i < versions.size(); ++i) {
        if (engine::writeLogic(versions[i]) == engine::writeLogic(document)) return static_cast<int>(i) + 1;
    }
    versions.push_back(document);
    return static_cast<int>(versions.size());
}

Result<engine::Document> MemoryStore::getVersion(const std::string& id, int version) {
    const std::lock_guard lock(mutex_);
    const auto found = workflows_.find(id);
    const auto count = found == workflows_.end() ? 0 : static_cast<int>(found->second.size());
    if (version == 0) version = count;
    if (version < 1 || version > count) return fail("workflow.not-found", "There is no such workflow or version", id);
    return found->second[static_cast<std::size_t>(version) - 1];
}

void MemoryStore::failNextAppends(Error error, int times) {
    const std::lock_guard lock(mutex_);
    nextError_ = std::move(error);
    nextErrors_ = times;
}

std::size_t MemoryStore::recordCount() const {
    const std::lock_guard lock(mutex_);
    std::size_t count = 0;
    for (const auto& [id, run] : runs_) count += run.journal.size();
    return count;
}

void MemoryStore::setIntake(Status allowed) {
    const std::lock_guard lock(mutex_);
    intake_ = std::move(allowed);
}

}  // namespace signalbox::test
