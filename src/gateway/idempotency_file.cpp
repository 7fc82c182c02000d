#include "gateway/idempotency_file.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/random.h"
#include "sqlite/sqlite_file.h"

namespace signalbox::gateway {

namespace {

constexpr std::int32_t kApplicationId = 0x53626b79;  // "Sbky"
/// The second makes the table again, with whose instance a key is: of the first there were no releases.
constexpr std::array<const char*, 2> kMigrations{
    "CREATE TABLE keys (name TEXT PRIMARY KEY) STRICT;",
    "DROP TABLE keys;"
    "CREATE TABLE keys (name TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, at INTEGER NOT NULL,"
    " instance INTEGER NOT NULL, state INTEGER NOT NULL, status INTEGER NOT NULL, headers TEXT NOT NULL,"
    " body TEXT NOT NULL) STRICT;"
    "CREATE INDEX keys_by_age ON keys (at);"};

std::string headersText(const HttpResponse& response) {
    ArrayBuilder all;
    for (const auto& [name, value] : response.headers) all.push(Value::array({Value(name), Value(value)}));
    return writeJson(std::move(all).build());
}

Result<HttpResponse> responseOf(unsigned status, const std::string& headers, std::string body) {
    SIGNALBOX_TRY(const Value all, parseJson(headers));
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    for (const Value& header : all.items()) {
        const auto& parts = header.items();
        if (parts.size() == 2) response.headers.emplace_back(parts[0].asString(), parts[1].asString());
    }
    return response;
}

/// Columns as in the queries below.
Result<KeyRow> rowOf(const sqlite::Query& rows) {
    KeyRow row;
    row.name = rows.text(0);
    row.fingerprint = rows.text(1);
    row.at = rows.integer(2);
    row.state = static_cast<KeyRow::State>(std::clamp<std::int64_t>(rows.integer(3), 0, 2));
    if (row.state != KeyRow::State::Answered) return row;
    auto response = responseOf(static_cast<unsigned>(rows.integer(4)), rows.text(5), rows.text(6));
    // An answer that cannot be read is none, but the key has been used.
    if (response)
        row.response = *std::move(response);
    else
        row.state = KeyRow::State::Unkept;
    return row;
}

KeyOutcome done(const Result<std::int64_t>& changed) {
    if (!changed) return fail(changed.error());
    return std::nullopt;
}

/// SQLite undoes such a statement and leaves the transaction as it is; after others there may be none any more.
bool isOfItself(const Error& error) { return error.code == "store.constraint"; }

}  // namespace

IdempotencyFile::IdempotencyFile(std::unique_ptr<sqlite::SqliteFile> file)
    : file_(std::move(file)), instance_(static_cast<std::int64_t>(SystemRandom().next())) {}

IdempotencyFile::~IdempotencyFile() = default;

Result<std::unique_ptr<IdempotencyFile>> IdempotencyFile::open(const std::filesystem::path& path) {
    sqlite::SqliteOptions options;
    options.path = path;
    options.applicationId = kApplicationId;
    options.migrations = kMigrations;
    SIGNALBOX_TRY(auto file, sqlite::SqliteFile::open(options));
    return std::unique_ptr<IdempotencyFile>(new IdempotencyFile(std::move(file)));
}

Result<std::vector<KeyRow>> IdempotencyFile::load() {
    std::vector<KeyRow> all;
    SIGNALBOX_TRY(auto rows,
                  file_->query("SELECT name, fingerprint, at, state, status, headers, body FROM keys ORDER BY at"));
    for (;;) {
        SIGNALBOX_TRY(const bool isThere, rows.next());
        if (!isThere) return all;
        SIGNALBOX_TRY(KeyRow row, rowOf(rows));
        all.push_back(std::move(row));
    }
}

Status IdempotencyFile::setDurable(bool durable) {
    if (durable == durable_) return {};
    SIGNALBOX_CHECK(file_->execute(durable ? "PRAGMA synchronous=FULL" : "PRAGMA synchronous=NORMAL"));
    durable_ = durable;
    return {};
}

Result<std::vector<KeyOutcome>> IdempotencyFile::write(const std::vector<KeyChange>& changes) {
    const bool begins = std::any_of(changes.begin(), changes.end(),
                                    [](const KeyChange& change) { return change.kind == KeyChange::Kind::Begin; });
    SIGNALBOX_CHECK(setDurable(begins));
    std::vector<KeyOutcome> outcomes;
    outcomes.reserve(changes.size());
    SIGNALBOX_TRY(auto scope, file_->begin());
    for (const KeyChange& change : changes) {
        KeyOutcome outcome = apply(change);
        if (!outcome && !isOfItself(outcome.error())) return fail(std::move(outcome).error());
        outcomes.push_back(std::move(outcome));
    }
    SIGNALBOX_CHECK(scope.commit());
    return outcomes;
}

KeyOutcome IdempotencyFile::apply(const KeyChange& change) {
    switch (change.kind) {
        case KeyChange::Kind::Begin:
            return begin(change);
        case KeyChange::Kind::Keep:
            return keep(change.row);
        case KeyChange::Kind::Forget:
            break;
    }
    return forget(change.row);
}

KeyOutcome IdempotencyFile::begin(const KeyChange& change) {
    const KeyRow& row = change.row;
    SIGNALBOX_TRY(const auto made,
                  file_->run("INSERT INTO keys (name, fingerprint, at, instance, state, status, headers, body)"
                             " VALUES (?1, ?2, ?3, ?4, 0, 0, '', '') ON CONFLICT (name) DO UPDATE SET"
                             " fingerprint = excluded.fingerprint, at = excluded.at, instance = excluded.instance,"
                             " state = 0, status = 0, headers = '', body = ''"
                             " WHERE keys.at <= ?5 OR (keys.instance = excluded.instance AND keys.state = 0)",
                             row.name, row.fingerprint, row.at, instance_, change.forgottenUntil));
    if (made > 0) return std::nullopt;
    SIGNALBOX_TRY(
        auto rows,
        file_->query("SELECT name, fingerprint, at, state, status, headers, body FROM keys WHERE name = ?", row.name));
    SIGNALBOX_TRY(const bool isThere, rows.next());
    if (!isThere) return std::nullopt;
    SIGNALBOX_TRY(KeyRow other, rowOf(rows));
    return std::optional(std::move(other));
}

KeyOutcome IdempotencyFile::keep(const KeyRow& row) {
    const bool isWhole = row.state == KeyRow::State::Answered;
    return done(file_->run("UPDATE keys SET at = ?, state = ?, status = ?, headers = ?, body = ? WHERE name = ?",
                           row.at, static_cast<int>(row.state), isWhole ? row.response.status : 0U,
                           isWhole ? headersText(row.response) : std::string(),
                           isWhole ? row.response.body : std::string(), row.name));
}

KeyOutcome IdempotencyFile::forget(const KeyRow& row) {
    return done(file_->run("DELETE FROM keys WHERE name = ? AND at <= ?", row.name, row.at));
}

}  // namespace signalbox::gateway
