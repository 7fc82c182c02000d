#include "store/sqlite_store.h"

#include <cerrno>
#include <cstring>
#include <system_error>
#include <thread>

#include <fmt/format.h>
#include <sys/stat.h>

#include "store/checkpoint.h"
#include "store/database.h"
#include "store/leases.h"
#include "store/maintenance.h"
#include "store/memo_table.h"
#include "store/migrations.h"
#include "store/owner_locks.h"
#include "store/reader_pool.h"
#include "store/record_codec.h"
#include "store/run_list.h"
#include "store/run_queries.h"
#include "store/run_rows.h"
#include "store/settings_table.h"
#include "store/workflow_table.h"
#include "store/writer.h"

namespace signalbox::store {
namespace {

constexpr int kWriterCacheKiB = 16 * 1024;
constexpr int kReaderCacheKiB = 2 * 1024;
constexpr int kMaxLogGrowth = 16;  ///< in checkpoints' worth of pages, before commits wait for one

/// Made here and not by SQLite, so that nobody else can read it; the log and its index get the same permissions. Made
/// without being opened: closing a file drops all locks that this process has on it.
Status makeFile(const std::filesystem::path& path) {
    std::error_code problem;
    if (path.has_parent_path()) std::filesystem::create_directories(path.parent_path(), problem);
    if (!problem && (::mknod(path.c_str(), S_IFREG | 0600, 0) == 0 || errno == EEXIST)) return {};
    const int code = problem ? problem.value() : errno;
    const bool denied = code == EACCES || code == EPERM || code == EROFS;
    return fail(denied ? "store.read-only" : "store.io",
                fmt::format("The database cannot be made: {}", std::strerror(code)), path.string(),
                "Make sure that its folder exists and that you may write to it.", !denied);
}

ConnectionOptions connection(const StoreOptions& options, int cacheKiB) {
    ConnectionOptions result;
    result.path = options.path;
    result.vfs = options.vfs;
    result.busyTimeout = options.busyTimeout;
    result.cacheKiB = cacheKiB;
    return result;
}

ConnectionOptions readerConnection(const StoreOptions& options) {
    ConnectionOptions result = connection(options, kReaderCacheKiB);
    result.queryOnly = true;
    return result;
}

Status switchToLog(Database& database) {
    SIGNALBOX_QUERY(query, database, "PRAGMA journal_mode=WAL");
    SIGNALBOX_TRY(const bool row, query.step());
    if (row && query.columnText(0) == "wal") return {};
    return fail("store.sql", "The database cannot be used with a write-ahead log", database.where(),
                "Put it on a local disk: network file systems lack the shared memory that the log needs.");
}

/// When two processes switch a fresh file at once, SQLite does not let one wait for the other but refuses it.
Status useLog(Database& database, std::chrono::milliseconds patience) {
    constexpr std::chrono::milliseconds kPause{2};
    for (auto waited = kPause; waited < patience; waited += kPause) {
        auto switched = switchToLog(database);
        if (switched || switched.error().code != "store.busy") return switched;
        std::this_thread::sleep_for(kPause);
    }
    return switchToLog(database);
}

/// The write connection on a database that has the newest schema.
Result<std::unique_ptr<Database>> openForWriting(const StoreOptions& options) {
    SIGNALBOX_CHECK(makeFile(options.path));
    SIGNALBOX_TRY(auto database, Database::open(connection(options, kWriterCacheKiB)));
    SIGNALBOX_TRY(const std::int64_t pages, database->integer("PRAGMA page_count"));
    // Can only be chosen while the file is empty.
    if (pages == 0) SIGNALBOX_CHECK(database->execute("PRAGMA auto_vacuum=INCREMENTAL"));
    SIGNALBOX_CHECK(migrate(*database, storeMigrations()));
    SIGNALBOX_CHECK(useLog(*database, options.busyTimeout));
    return database;
}

}  // namespace

class SqliteStore::Impl {
public:
    Impl(StoreOptions options, std::unique_ptr<Database> database)
        : options_(std::move(options)),
          boot_(options_.boot.empty() ? bootId() : options_.boot),
          owners_(options_.path.string() + ".owners", boot_),
          watermark_(options_.path, options_.watermarkBytes, *options_.clock, options_.freeBytes),
          readers_(readerConnection(options_)),
          trigger_(options_.checkpointPages),
          anchors_(*options_.clock),
          memos_(writer_, readers_),
          workflows_(writer_, readers_),
          writer_(std::move(database), writerOptions()),
          logs_(writer_, readers_, options_.logLimits) {}
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;
    ~Impl() {
        logs_.stop();
        if (maintenance_) maintenance_->stop();
    }

    [[nodiscard]] Status startMaintenance() {
        MaintenanceOptions options;
        options.connection = connection(options_, kReaderCacheKiB);
        options.clock = options_.clock;
        options.log = options_.log;
        options.retention = options_.retention;
        options.interval = options_.maintenanceInterval;
        options.ownThread = options_.maintenanceThread;
        {
            SIGNALBOX_TRY(const auto reader, readers_.borrow());
            SIGNALBOX_TRY(const auto kept, readRetention(*reader, options_.retention));
            if (kept) options.retention = *kept;
        }
        SIGNALBOX_TRY(maintenance_, Maintenance::open(writer_, std::move(options)));
        maintenance_->start();
        return {};
    }

    /// Runs a reading function of run_queries.h on a connection of the pool.
    template <class Read>
    [[nodiscard]] auto read(Read&& function) -> decltype(function(std::declval<Database&>())) {
        SIGNALBOX_TRY(const auto reader, readers_.borrow());
        return function(*reader);
    }

    /// A lease that is known to have no owner any more need not run out.
    void endLeasesOfEnded() {
        for (const OwnerLocks::Ended& ended : owners_.findEnded()) {
            if (!endLeaseOf(ended.owner())) continue;
            ended.bury();
            options_.log.info("Another program on this database has ended without releasing its runs",
                              Value::object({{"owner", Value(ended.owner())}}));
        }
    }
    [[nodiscard]] Status endLeaseOf(const std::string& owner) {
        return writer_.run([&](WriteSession& session) -> Status {
            session.forget();
            return endLease(session.database(), owner);
        });
    }

    const StoreOptions options_;
    const std::string boot_;
    OwnerLocks owners_;  ///< held until the writer has written its last
    DiskWatermark watermark_;
    ReaderPool readers_;
    CheckpointTrigger trigger_;
    std::unique_ptr<Maintenance> maintenance_;
    RankAnchors anchors_;
    MemoTable memos_;
    WorkflowTable workflows_;
    Writer writer_;  ///< so late, that it goes early: while it writes what is left it calls back into the others
    RunLog logs_;    ///< writes what is left of it before the writer goes
    std::mutex blobsMutex_;  ///< guards the three below
    Micros blobsCounted_ = 0;
    std::uint64_t blobs_ = 0;
    std::uint64_t blobBytes_ = 0;

private:
    [[nodiscard]] WriterOptions writerOptions() {
        WriterOptions result;
        result.clock = options_.clock;
        result.log = options_.log;
        result.boot = boot_;
        result.leaseTtl = options_.leaseTtl;
        result.maxPendingRecords = options_.maxPendingRecords;
        result.maxLogPages = kMaxLogGrowth * options_.checkpointPages;
        result.faultHook = options_.faultHook;
        result.notStored = [this](const Error& error) { watermark_.noteRefused(error); };
        result.walGrew = [this](int pages) {
            if (trigger_.due(pages) && maintenance_) maintenance_->wakeForCheckpoint();
        };
        return result;
    }
};

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(StoreOptions options) {
    options.log = options.log.component("store");
    SIGNALBOX_TRY(auto database, openForWriting(options));
    auto impl = std::make_unique<Impl>(std::move(options), std::move(database));
    SIGNALBOX_CHECK(impl->startMaintenance());
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SqliteStore::~SqliteStore() = default;

void SqliteStore::append(engine::Append batch, std::function<void(Status)> durable) {
    const bool keepSource = static_cast<bool>(impl_->options_.faultHook);
    impl_->writer_.append(encodeAppend(std::move(batch), impl_->options_.inlineLimit, keepSource), std::move(durable));
}

Result<std::vector<engine::Record>> SqliteStore::readJournal(RunId run) {
    return impl_->read([&](Database& database) { return store::readJournal(database, run); });
}

Result<std::optional<engine::RunSummary>> SqliteStore::summary(RunId run) {
    return impl_->read([&](Database& database) { return readSummary(database, run); });
}

Result<engine::RunPage> SqliteStore::list(const engine::RunFilter& filter) {
    return impl_->read([&](Database& database) { return listRuns(database, filter, impl_->anchors_); });
}

Result<std::optional<RunId>> SqliteStore::findByIdempotencyKey(const std::string& workflowId, const std::string& key) {
    return impl_->read([&](Database& database) { return findKey(database, workflowId, key); });
}

Result<std::vector<engine::ClaimedRun>> SqliteStore::claimExpired(const std::string& owner, Micros leaseTtl,
                                                                  std::size_t limit) {
    impl_->endLeasesOfEnded();
    std::vector<engine::ClaimedRun> claimed;
    SIGNALBOX_CHECK(impl_->writer_.run([&](WriteSession& session) -> Status {
        SIGNALBOX_TRY(claimed, claimOrphans(session, owner, leaseTtl, limit));
        return {};
    }));
    return claimed;
}

Status SqliteStore::renewLeases(const std::string& owner, Micros leaseTtl) {
    impl_->owners_.hold(owner);
    return impl_->writer_.run([&](WriteSession& session) -> Status {
        const Micros now = session.clock().monotonicNow();
        SIGNALBOX_TRY(const Micros until, extendLease(session.database(), owner, session.boot(), now, now + leaseTtl));
        static_cast<void>(until);
        return {};
    });
}

Status SqliteStore::releaseLeases(const std::string& owner) {
    auto released = impl_->endLeaseOf(owner);
    if (released) impl_->owners_.letGo(owner);
    return released;
}

Status SqliteStore::quarantine(RunId run, const std::string& reason) {
    return impl_->writer_.run([&](WriteSession& session) { return session.quarantine(run, reason); });
}

Status SqliteStore::intakeAllowed() { return impl_->watermark_.check(); }

std::optional<Value> SqliteStore::lookUp(const std::string& key, Micros wallNow) {
    return impl_->memos_.lookUp(key, wallNow);
}

void SqliteStore::remember(const std::string& key, const Value& outputs, Micros expiresWall) {
    impl_->memos_.remember(key, outputs, expiresWall);
}

Result<int> SqliteStore::putVersion(const engine::Document& document) { return impl_->workflows_.put(document); }

Result<int> SqliteStore::putGiven(const engine::Document& document) { return impl_->workflows_.putGiven(document); }

Result<engine::Document> SqliteStore::getVersion(const std::string& id, int version) {
    return impl_->workflows_.get(id, version);
}

Status SqliteStore::warmList(const engine::RunFilter& filter) {
    constexpr std::uint64_t kStep = 10 * RankAnchors::kStride;
    if (filter.asOf.empty()) return {};
    SIGNALBOX_TRY(const RunPlace newest, parseCursor(filter.asOf));
    auto walking = impl_->anchors_.walk(filter, newest);
    // In steps, so that pages asked for meanwhile do not wait for the end.
    for (std::uint64_t rank = kStep;; rank += kStep) {
        SIGNALBOX_TRY(const auto reader, impl_->readers_.borrow());
        SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(*reader, Transaction::Mode::Read));
        SIGNALBOX_TRY(const bool ended, walking.reach(*reader, rank));
        if (ended) return {};
    }
}

Result<JournalSlice> SqliteStore::journal(RunId run, const JournalQuery& query) {
    return impl_->read([&](Database& database) { return readJournalPart(database, run, query); });
}

RunLog& SqliteStore::logs() { return impl_->logs_; }

Result<std::vector<WorkflowVersion>> SqliteStore::versions(const std::string& id, const engine::Document* current) {
    return impl_->workflows_.list(id, current);
}

Result<WorkflowVersion> SqliteStore::versionText(const std::string& id, int version) {
    return impl_->workflows_.find(id, version);
}

Retention SqliteStore::retention() const { return impl_->maintenance_->retention(); }

Status SqliteStore::setRetention(const Retention& retention) {
    Retention wanted = retention;
    wanted.maxMemos = impl_->maintenance_->retention().maxMemos;
    SIGNALBOX_CHECK(impl_->writer_.run(
        [&](WriteSession& session) -> Status { return writeRetention(session.database(), wanted); }));
    impl_->maintenance_->setRetention(wanted);
    return {};
}

Result<StoreStats> SqliteStore::stats() {
    constexpr Micros kBlobsAge = 15'000'000;
    StoreStats stats;
    stats.writer = impl_->writer_.stats();
    stats.logLines = impl_->logs_.written();
    stats.logLinesDropped = impl_->logs_.dropped();
    stats.retention = impl_->maintenance_->retention();
    stats.sweeps = impl_->maintenance_->sweeps();
    stats.watermarkBytes = impl_->watermark_.watermark();
    if (const auto free = impl_->watermark_.freeBytes()) stats.freeBytes = *free;
    stats.intake = impl_->watermark_.check();
    const std::scoped_lock lock(impl_->blobsMutex_);
    const Micros now = impl_->options_.clock->monotonicNow();
    const bool count = impl_->blobsCounted_ == 0 || now - impl_->blobsCounted_ >= kBlobsAge;
    SIGNALBOX_CHECK(
        impl_->read([&](Database& database) { return readSizes(database, impl_->options_.path, count, stats); }));
    if (count) {
        impl_->blobsCounted_ = now;
        impl_->blobs_ = stats.blobs;
        impl_->blobBytes_ = stats.blobBytes;
    }
    stats.blobs = impl_->blobs_;
    stats.blobBytes = impl_->blobBytes_;
    return stats;
}

void SqliteStore::keepNodeStates(RunId run, std::string states) {
    impl_->writer_.post(
        [run, states = std::move(states)](WriteSession& session) -> Status {
            SIGNALBOX_QUERY(query, session.database(),
                            "INSERT OR REPLACE INTO run_nodes (run, states) SELECT row, ? FROM runs WHERE id = ?");
            return query.blob(states).blob(idBytes(run)).run();
        },
        {});
}

Result<std::optional<std::string>> SqliteStore::nodeStates(RunId run) {
    return impl_->read([&](Database& database) -> Result<std::optional<std::string>> {
        SIGNALBOX_QUERY(query, database,
                        "SELECT states FROM run_nodes WHERE run = (SELECT row FROM runs WHERE id = ?)");
        SIGNALBOX_TRY(const bool found, query.blob(idBytes(run)).step());
        if (!found) return std::nullopt;
        return std::string(query.columnText(0));
    });
}

Status SqliteStore::runMaintenance() { return impl_->maintenance_->round(); }

}  // namespace signalbox::store
