// Histories of the runs that are being looked at, kept so that each look only reads what is new.
#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <utility>

#include "engine/engine.h"
#include "engine/run_history.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

/// Thread-safe. Blocks on the store.
class HistoryCache {
    struct Entry {
        std::mutex mutex;
        std::unique_ptr<engine::RunHistory> history;  ///< null until first read
    };

public:
    /// What is given must outlive it.
    HistoryCache(engine::Engine& engine, store::SqliteStore& store) : engine_(engine), store_(store) {}

    /// A history as far as the journal goes; nobody else uses it meanwhile.
    class Lease {
    public:
        explicit Lease(std::shared_ptr<Entry> entry, std::unique_lock<std::mutex> lock)
            : entry_(std::move(entry)), lock_(std::move(lock)) {}
        [[nodiscard]] const engine::RunHistory& operator*() const { return *entry_->history; }
        [[nodiscard]] const engine::RunHistory* operator->() const { return entry_->history.get(); }

    private:
        std::shared_ptr<Entry> entry_;
        std::unique_lock<std::mutex> lock_;
    };
    /// Errors "run.not-found", "workflow.not-found", "store.corrupt", "journal.*".
    [[nodiscard]] Result<Lease> open(RunId run);
    /// As open, without keeping anything: the state at the end of the journal.
    [[nodiscard]] Result<engine::RunState> replay(RunId run, const engine::Plan& plan);

private:
    [[nodiscard]] Status readOn(RunId run, engine::RunHistory& history);

    static constexpr std::size_t kKept = 6;
    engine::Engine& engine_;
    store::SqliteStore& store_;
    std::mutex mutex_;
    std::list<std::pair<RunId, std::shared_ptr<Entry>>> entries_;  ///< last used first
};

}  // namespace signalbox::service
