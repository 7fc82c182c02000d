// Everything that is written goes through here: checks, journal rows, blobs and counters of one write connection.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "store/database.h"
#include "store/record_codec.h"
#include "store/run_rows.h"

namespace signalbox::store {

/// The one write connection with what it remembers of the runs it writes. Used by the writer thread only.
///
/// The heads of active runs are kept in memory, so that fencing costs no lookup. They are forgotten as soon as another
/// process has written (PRAGMA data_version) or a transaction was rolled back: inside a write transaction what is
/// remembered is what the database holds.
class WriteSession {
public:
    WriteSession(Database& database, const Clock& clock, std::string boot, Micros leaseTtl)
        : database_(database), clock_(clock), boot_(std::move(boot)), leaseTtl_(leaseTtl) {}

    /// Takes the write lock. Error "store.busy" when another process keeps it for longer than the busy timeout.
    [[nodiscard]] Status begin();
    [[nodiscard]] Status commit();
    void rollback();

    /// Adds a batch to the open transaction. The checks come first: when they refuse ("store.fenced",
    /// "store.duplicate-key", "store.run-exists", "store.run-not-found", "store.sequence", "store.incomplete"), nothing
    /// was written and the transaction goes on. Any other error leaves it half written: roll back.
    [[nodiscard]] Status append(const EncodedAppend& batch);
    /// Whether an error of append() or quarantine() is a refusal by its checks.
    [[nodiscard]] static bool isRefusal(const Error& error);

    /// Marks a run as damaged and raises its token, so that its owner writes no more. Error "run.not-found".
    [[nodiscard]] Status quarantine(RunId run, const std::string& reason);
    /// Notes that a run has entered or left a status; the counters are written with the commit.
    void count(const std::string& workflowId, engine::RunStatus status, std::int64_t change);
    /// Drops what is remembered of runs and leases; needed after changing them in the open transaction.
    void forget() {
        heads_.clear();
        leases_.clear();
    }

    [[nodiscard]] Database& database() { return database_; }
    [[nodiscard]] const Clock& clock() const { return clock_; }
    [[nodiscard]] const std::string& boot() const { return boot_; }

private:
    [[nodiscard]] Result<RunHead*> head(RunId run);
    [[nodiscard]] Status checkCreate(const EncodedAppend& batch);
    [[nodiscard]] Status create(const EncodedAppend& batch);
    [[nodiscard]] Status extend(const EncodedAppend& batch);
    [[nodiscard]] Status takeLease(const std::string& owner);
    [[nodiscard]] Status writeRecords(std::int64_t run, const EncodedAppend& batch);
    [[nodiscard]] Status writeBlob(const BlobHash& hash, std::string_view data);
    [[nodiscard]] Status writeCounts();
    void forgetEverything();

    Database& database_;
    const Clock& clock_;
    std::string boot_;
    Micros leaseTtl_;
    std::int64_t dataVersion_ = -1;
    std::unordered_map<RunId, RunHead> heads_;
    std::unordered_map<std::string, Micros> leases_;  ///< owner to the end of its lease, as far as written here
    std::map<std::pair<std::string, engine::RunStatus>, std::int64_t> counts_;
};

}  // namespace signalbox::store
