// Removing what is old: finished runs with their journals, blobs that nothing refers to, memos that ran out.
#pragma once

#include <cstdint>

#include "base/clock.h"
#include "base/result.h"
#include "store/write_session.h"

namespace signalbox::store {

/// How much of finished runs is kept. 0 switches a limit off. Runs that are active, quarantined, or children of an
/// active run are never removed.
struct Retention {
    Micros maxAge = 30LL * 24 * 3600 * 1'000'000;  ///< since the run ended
    std::uint64_t maxRuns = 100'000;
    std::uint64_t maxBytes = 10ULL << 30U;  ///< of the whole database, free pages not counted
    std::uint64_t maxMemos = 100'000;
};

/// What one step did.
struct RetentionStep {
    std::size_t runs = 0;
    std::size_t records = 0;
    std::size_t memos = 0;
    [[nodiscard]] bool idle() const { return runs + records + memos == 0; }
};

/// Does a bounded piece of work (some ten milliseconds) in the open transaction; call until it is idle.
[[nodiscard]] Result<RetentionStep> retentionStep(WriteSession& session, const Retention& policy);

}  // namespace signalbox::store
