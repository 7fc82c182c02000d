#include "triggers/trigger_database.h"

#include <array>

namespace signalbox::triggers {

namespace {

constexpr std::int32_t kApplicationId = 0x53425447;  // "SBTG"

// A `dto` is the JSON of what people decide; what happens by itself is kept apart, so that neither overwrites the other
// when two programs have the file open.
constexpr std::array<const char*, 1> kMigrations{R"(
CREATE TABLE schedules (id TEXT PRIMARY KEY, dto TEXT NOT NULL, revision INTEGER NOT NULL, cursor INTEGER NOT NULL,
  progress TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE starts (key TEXT PRIMARY KEY, schedule TEXT NOT NULL REFERENCES schedules(id) ON DELETE CASCADE,
  due INTEGER NOT NULL, at INTEGER NOT NULL, origin INTEGER NOT NULL, overlap INTEGER NOT NULL,
  buffered INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX starts_of ON starts(schedule, at);
CREATE TABLE runs (key TEXT PRIMARY KEY, schedule TEXT NOT NULL REFERENCES schedules(id) ON DELETE CASCADE,
  run TEXT NOT NULL, due INTEGER NOT NULL, ended INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX runs_of ON runs(schedule, due);
CREATE INDEX runs_open ON runs(schedule) WHERE ended = 0;
CREATE TABLE webhooks (id TEXT PRIMARY KEY, dto TEXT NOT NULL, revision INTEGER NOT NULL, secret TEXT NOT NULL,
  accepted INTEGER NOT NULL DEFAULT 0, refused INTEGER NOT NULL DEFAULT 0, last_delivery INTEGER NOT NULL DEFAULT 0)
  WITHOUT ROWID;
CREATE TABLE deliveries (webhook TEXT NOT NULL REFERENCES webhooks(id) ON DELETE CASCADE, fingerprint TEXT NOT NULL,
  run TEXT NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (webhook, fingerprint)) WITHOUT ROWID;
CREATE INDEX deliveries_old ON deliveries(expires);
CREATE TABLE watches (id TEXT PRIMARY KEY, dto TEXT NOT NULL, revision INTEGER NOT NULL,
  primed INTEGER NOT NULL DEFAULT 0, started INTEGER NOT NULL DEFAULT 0, failed INTEGER NOT NULL DEFAULT 0,
  last_event INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE files (watch TEXT NOT NULL REFERENCES watches(id) ON DELETE CASCADE, path TEXT NOT NULL,
  modified INTEGER NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (watch, path)) WITHOUT ROWID;
CREATE TABLE file_events (key TEXT PRIMARY KEY, watch TEXT NOT NULL REFERENCES watches(id) ON DELETE CASCADE,
  path TEXT NOT NULL, event TEXT NOT NULL, modified INTEGER NOT NULL, size INTEGER NOT NULL, noticed INTEGER NOT NULL)
  WITHOUT ROWID;
CREATE INDEX file_events_of ON file_events(watch, noticed);
)"};

}  // namespace

Result<std::unique_ptr<TriggerDatabase>> TriggerDatabase::open(const std::filesystem::path& path) {
    sqlite::SqliteOptions options;
    options.path = path;
    options.applicationId = kApplicationId;
    options.migrations = kMigrations;
    SIGNALBOX_TRY(auto file, sqlite::SqliteFile::open(options));
    return std::unique_ptr<TriggerDatabase>(new TriggerDatabase(std::move(file)));
}

std::int64_t TriggerDatabase::foreignVersion() {
    const Use file = use();
    auto query = file->query("PRAGMA data_version");
    if (!query) return 0;
    const auto row = query->next();
    return row && *row ? query->integer(0) : 0;
}

}  // namespace signalbox::triggers
