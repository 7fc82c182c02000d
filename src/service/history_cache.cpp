#include "service/history_cache.h"

#include <algorithm>

namespace signalbox::service {

namespace {

constexpr std::size_t kRecordsAtOnce = 20'000;

}  // namespace

Result<HistoryCache::Lease> HistoryCache::open(RunId run) {
    std::shared_ptr<Entry> entry;
    {
        const std::lock_guard lock(mutex_);
        const auto known =
            std::find_if(entries_.begin(), entries_.end(), [run](const auto& each) { return each.first == run; });
        if (known != entries_.end()) {
            entries_.splice(entries_.begin(), entries_, known);
        } else {
            entries_.emplace_front(run, std::make_shared<Entry>());
            if (entries_.size() > kKept) entries_.pop_back();
        }
        entry = entries_.front().second;
    }
    std::unique_lock lock(entry->mutex);
    if (!entry->history) {
        SIGNALBOX_TRY(auto plan, engine_.planOf(run));
        entry->history = std::make_unique<engine::RunHistory>(std::move(plan));
    }
    SIGNALBOX_CHECK(readOn(run, *entry->history));
    return Lease(std::move(entry), std::move(lock));
}

Status HistoryCache::readOn(RunId run, engine::RunHistory& history) {
    while (true) {
        store::JournalQuery query;
        query.fromSeq = history.state().lastSeq + 1;
        query.limit = kRecordsAtOnce;
        SIGNALBOX_TRY(const auto slice, store_.journal(run, query));
        for (const auto& record : slice.records) SIGNALBOX_CHECK(history.add(record));
        if (slice.nextSeq == 0) return {};
    }
}

Result<engine::RunState> HistoryCache::replay(RunId run, const engine::Plan& plan) {
    SIGNALBOX_TRY(const auto journal, store_.readJournal(run));
    SIGNALBOX_TRY(auto state, engine::replay(plan, journal));
    if (state.nodes.empty()) state.nodes.resize(plan.nodes.size());
    return state;
}

}  // namespace signalbox::service
