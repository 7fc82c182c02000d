#include "store/maintenance.h"

#include <fmt/format.h>

#include "store/checkpoint.h"

namespace signalbox::store {
namespace {

/// Rounds of copying while commits go on; each leaves what was written meanwhile.
constexpr int kCopyRounds = 4;
/// A remainder that the writer may finish by itself without anyone noticing (about 4 MiB).
constexpr int kSmallRemainder = 1000;
constexpr std::int64_t kSparePages = 4096;
constexpr const char* kGiveBackStep = "PRAGMA incremental_vacuum(512)";

}  // namespace

Result<std::unique_ptr<Maintenance>> Maintenance::open(Writer& writer, MaintenanceOptions options) {
    SIGNALBOX_TRY(auto database, Database::open(options.connection));
    return std::unique_ptr<Maintenance>(new Maintenance(writer, std::move(options), std::move(database)));
}

void Maintenance::start() {
    if (options_.ownThread) thread_ = std::thread([this] { loop(); });
}

Maintenance::Maintenance(Writer& writer, MaintenanceOptions options, std::unique_ptr<Database> database)
    : writer_(writer), options_(std::move(options)), retention_(options_.retention), database_(std::move(database)) {}

Retention Maintenance::retention() const {
    const std::scoped_lock lock(policyMutex_);
    return retention_;
}

void Maintenance::setRetention(const Retention& retention) {
    const std::scoped_lock lock(policyMutex_);
    retention_ = retention;
}

SweepStats Maintenance::sweeps() const {
    const std::scoped_lock lock(policyMutex_);
    return sweeps_;
}

Maintenance::~Maintenance() { stop(); }

void Maintenance::stop() {
    {
        const std::scoped_lock lock(mutex_);
        stopping_ = true;
    }
    wake_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Maintenance::wakeForCheckpoint() {
    {
        const std::scoped_lock lock(mutex_);
        checkpointDue_ = true;
    }
    wake_.notify_one();
}

void Maintenance::loop() {
    while (!stopping_) {
        bool checkpointDue = false;
        {
            std::unique_lock lock(mutex_);
            wake_.wait_for(lock, options_.interval, [this] { return stopping_ || checkpointDue_; });
            checkpointDue = std::exchange(checkpointDue_, false);
        }
        if (stopping_) return;
        if (options_.clock->monotonicNow() >= nextRound_) {
            report(round());
        } else if (checkpointDue) {
            const std::scoped_lock lock(databaseMutex_);
            report(checkpoint());
        }
    }
}

Status Maintenance::round() {
    const std::scoped_lock lock(databaseMutex_);
    nextRound_ = options_.clock->monotonicNow() + std::chrono::microseconds(options_.interval).count();
    SIGNALBOX_CHECK(applyRetention());
    SIGNALBOX_CHECK(giveBackPages());
    return checkpoint();
}

Status Maintenance::checkpoint() {
    LogState state;
    for (int i = 0; i < kCopyRounds && !stopping_; ++i) {
        const int before = state.copied;
        const std::scoped_lock lock(writer_.checkpointMutex());
        SIGNALBOX_TRY(state, copyLog(*database_));
        if (state.copied - before <= kSmallRemainder) break;  // as little will have been written meanwhile
    }
    if (state.frames == 0 || stopping_) return {};
    // Only with everything copied and nobody writing does the log start over: the writer does the rest between two
    // transactions.
    return writer_.runOutside([this](WriteSession& session) -> Status {
        const std::scoped_lock lock(writer_.checkpointMutex());
        SIGNALBOX_TRY(const LogState rest, copyLog(session.database()));
        static_cast<void>(rest);
        return {};
    });
}

Status Maintenance::applyRetention() {
    RetentionStep total;
    const Micros begun = options_.clock->monotonicNow();
    while (!stopping_) {
        RetentionStep step;
        SIGNALBOX_CHECK(writer_.run([&](WriteSession& session) -> Status {
            SIGNALBOX_TRY(step, retentionStep(session, retention()));
            return {};
        }));
        if (step.idle()) break;
        total.runs += step.runs;
        total.records += step.records;
        total.memos += step.memos;
    }
    {
        const std::scoped_lock lock(policyMutex_);
        sweeps_.lastWall = options_.clock->wallNow();
        sweeps_.took = options_.clock->monotonicNow() - begun;
        sweeps_.lastRuns = total.runs;
        sweeps_.lastRecords = total.records;
        sweeps_.runs += total.runs;
        sweeps_.records += total.records;
    }
    if (total.runs > 0) {
        options_.log.info(fmt::format("Retention removed {} finished runs", total.runs),
                          Value::object({{"runs", static_cast<std::int64_t>(total.runs)},
                                         {"records", static_cast<std::int64_t>(total.records)}}));
    }
    return {};
}

/// Gives free pages back when they are many, in small steps. Some are kept for what comes next.
Status Maintenance::giveBackPages() {
    while (!stopping_) {
        bool more = false;
        SIGNALBOX_CHECK(writer_.run([&more](WriteSession& session) -> Status {
            Database& database = session.database();
            SIGNALBOX_TRY(const std::int64_t unused, database.integer("PRAGMA freelist_count"));
            SIGNALBOX_TRY(const std::int64_t pages, database.integer("PRAGMA page_count"));
            more = unused > kSparePages && unused > pages / 8;
            return more ? database.execute(kGiveBackStep) : Status();
        }));
        if (!more) return {};
    }
    return {};
}

void Maintenance::report(const Status& status) const {
    if (status || stopping_) return;
    options_.log.warning("Keeping the database in shape failed and is tried again later",
                         Value::object({{"code", status.error().code}, {"message", status.error().message}}));
}

}  // namespace signalbox::store
