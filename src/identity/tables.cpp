#include "identity/tables.h"

#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::int32_t kApplicationId = 0x53626964;  // "Sbid"

constexpr std::array<const char*, 1> kMigrations{
    "CREATE TABLE users (id TEXT PRIMARY KEY, tenant TEXT NOT NULL, login TEXT NOT NULL, folded TEXT NOT NULL,"
    " name TEXT NOT NULL, roles TEXT NOT NULL, password TEXT NOT NULL, disabled INTEGER NOT NULL,"
    " created INTEGER NOT NULL, last_login INTEGER NOT NULL, version INTEGER NOT NULL, UNIQUE (tenant, folded)) STRICT;"
    "CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,"
    " token TEXT NOT NULL UNIQUE, created INTEGER NOT NULL, last_seen INTEGER NOT NULL, address TEXT NOT NULL,"
    " agent TEXT NOT NULL, ended TEXT NOT NULL, ended_at INTEGER NOT NULL) STRICT;"
    "CREATE INDEX sessions_by_user ON sessions (user_id);"
    "CREATE TABLE keys (id TEXT PRIMARY KEY, user_id TEXT NOT NULL REFERENCES users (id) ON DELETE CASCADE,"
    " secret TEXT NOT NULL UNIQUE, prefix TEXT NOT NULL, name TEXT NOT NULL, scopes TEXT NOT NULL,"
    " created INTEGER NOT NULL, expires INTEGER NOT NULL, last_used INTEGER NOT NULL) STRICT;"
    "CREATE INDEX keys_by_user ON keys (user_id);"
    "CREATE TABLE setup (id INTEGER PRIMARY KEY CHECK (id = 1), token TEXT NOT NULL, expires INTEGER NOT NULL) "
    "STRICT;"};

/// Roles and scopes hold no spaces.
std::string joined(const std::vector<std::string>& words) {
    std::string all;
    for (const std::string& word : words) all.append(all.empty() ? "" : " ").append(word);
    return all;
}

std::vector<std::string> words(std::string_view joinedWords) {
    std::vector<std::string> all;
    for (const std::string_view word : split(joinedWords, ' ')) {
        if (!word.empty()) all.emplace_back(word);
    }
    return all;
}

/// A digest that cannot be read is that of no secret.
Digest digestIn(const std::string& text) { return digestFromHex(text).value_or(Digest{}); }

Status done(const Result<std::int64_t>& changed) {
    if (!changed) return fail(changed.error());
    return {};
}

}  // namespace

Result<std::unique_ptr<Tables>> Tables::open(const std::filesystem::path& path) {
    sqlite::SqliteOptions options;
    options.path = path;
    options.applicationId = kApplicationId;
    options.migrations = kMigrations;
    SIGNALBOX_TRY(auto file, sqlite::SqliteFile::open(options));
    return std::unique_ptr<Tables>(new Tables(std::move(file)));
}

Result<std::unique_ptr<Tables>> Tables::openReader(const std::filesystem::path& path) {
    sqlite::SqliteOptions options;
    options.path = path;
    options.readsOnly = true;
    SIGNALBOX_TRY(auto file, sqlite::SqliteFile::open(options));
    return std::unique_ptr<Tables>(new Tables(std::move(file)));
}

Result<bool> Tables::knows(const Digest& digest) {
    const std::string hex = hexOf(digest);
    SIGNALBOX_TRY(auto rows, file_->query("SELECT EXISTS (SELECT 1 FROM sessions WHERE token = ?)"
                                          " OR EXISTS (SELECT 1 FROM keys WHERE secret = ?)",
                                          hex, hex));
    SIGNALBOX_TRY(const bool isThere, rows.next());
    return isThere && rows.boolean(0);
}

Result<std::int64_t> Tables::dataVersion() {
    SIGNALBOX_TRY(auto rows, file_->query("PRAGMA data_version"));
    SIGNALBOX_TRY(const bool isThere, rows.next());
    return isThere ? rows.integer(0) : 0;
}

Result<AllRecords> Tables::load(bool isAlone) {
    if (!isAlone) return loadAll();
    SIGNALBOX_CHECK(file_->execute("BEGIN"));
    auto all = loadAll();
    SIGNALBOX_CHECK(file_->execute("ROLLBACK"));
    return all;
}

Result<AllRecords> Tables::loadAll() {
    AllRecords all;
    SIGNALBOX_TRY(all.users, loadUsers());
    SIGNALBOX_TRY(all.sessions, loadSessions());
    SIGNALBOX_TRY(all.keys, loadKeys());
    return all;
}

Result<std::vector<UserRecord>> Tables::loadUsers() {
    std::vector<UserRecord> users;
    SIGNALBOX_TRY(auto rows, file_->query("SELECT id, tenant, login, name, roles, password, disabled, created,"
                                          " last_login, version FROM users"));
    for (;;) {
        SIGNALBOX_TRY(const bool isThere, rows.next());
        if (!isThere) return users;
        users.push_back({rows.text(0), rows.text(1), rows.text(2), rows.text(3), words(rows.text(4)), rows.text(5),
                         rows.boolean(6), rows.integer(7), rows.integer(8), rows.integer(9)});
    }
}

Result<std::vector<SessionRecord>> Tables::loadSessions() {
    std::vector<SessionRecord> sessions;
    SIGNALBOX_TRY(auto rows, file_->query("SELECT id, user_id, token, created, last_seen, address, agent, ended,"
                                          " ended_at FROM sessions ORDER BY ended_at"));
    for (;;) {
        SIGNALBOX_TRY(const bool isThere, rows.next());
        if (!isThere) return sessions;
        sessions.push_back({rows.text(0), rows.text(1), digestIn(rows.text(2)), rows.integer(3), rows.integer(4),
                            rows.text(5), rows.text(6), rows.text(7), rows.integer(8)});
    }
}

Result<std::vector<KeyRecord>> Tables::loadKeys() {
    std::vector<KeyRecord> keys;
    SIGNALBOX_TRY(auto rows, file_->query("SELECT id, user_id, secret, prefix, name, scopes, created, expires,"
                                          " last_used FROM keys"));
    for (;;) {
        SIGNALBOX_TRY(const bool isThere, rows.next());
        if (!isThere) return keys;
        keys.push_back({rows.text(0), rows.text(1), digestIn(rows.text(2)), rows.text(3), rows.text(4),
                        words(rows.text(5)), rows.integer(6), rows.integer(7), rows.integer(8)});
    }
}

Status Tables::insert(const UserRecord& user) {
    return done(
        file_->run("INSERT INTO users (id, tenant, login, folded, name, roles, password, disabled, created,"
                   " last_login, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   user.id, user.tenant, user.login, foldLogin(user.login), user.name, joined(user.roles),
                   user.password, user.disabled, user.created, user.lastLogin, user.version));
}

Status Tables::update(const UserRecord& user) {
    return done(
        file_->run("UPDATE users SET name = ?, roles = ?, password = ?, disabled = ?, last_login = ?,"
                   " version = ? WHERE id = ? AND tenant = ?",
                   user.name, joined(user.roles), user.password, user.disabled, user.lastLogin, user.version, user.id,
                   user.tenant));
}

Status Tables::removeUser(const std::string& id) { return done(file_->run("DELETE FROM users WHERE id = ?", id)); }

Status Tables::insert(const SessionRecord& session) {
    return done(
        file_->run("INSERT INTO sessions (id, user_id, token, created, last_seen, address, agent, ended,"
                   " ended_at) VALUES (?, ?, ?, ?, ?, ?, ?, '', 0)",
                   session.id, session.userId, hexOf(session.digest), session.created, session.lastSeen,
                   session.address, session.agent));
}

Status Tables::endSession(const std::string& id, const std::string& reason, Micros at) {
    return done(
        file_->run("UPDATE sessions SET ended = ?, ended_at = ? WHERE id = ? AND ended_at = 0", reason, at, id));
}

Status Tables::setLastSeen(const std::string& id, Micros at) {
    return done(file_->run("UPDATE sessions SET last_seen = max(last_seen, ?) WHERE id = ?", at, id));
}

Status Tables::forgetEnded(Micros before) {
    return done(file_->run("DELETE FROM sessions WHERE ended_at > 0 AND ended_at < ?", before));
}

Status Tables::insert(const KeyRecord& key) {
    return done(
        file_->run("INSERT INTO keys (id, user_id, secret, prefix, name, scopes, created, expires, last_used)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                   key.id, key.userId, hexOf(key.digest), key.prefix, key.name, joined(key.scopes), key.created,
                   key.expires, key.lastUsed));
}

Status Tables::removeKey(const std::string& id) { return done(file_->run("DELETE FROM keys WHERE id = ?", id)); }

Status Tables::setLastUsed(const std::string& id, Micros at) {
    return done(file_->run("UPDATE keys SET last_used = max(last_used, ?) WHERE id = ?", at, id));
}

Result<std::optional<SetupRecord>> Tables::setup() {
    SIGNALBOX_TRY(auto rows, file_->query("SELECT token, expires FROM setup"));
    SIGNALBOX_TRY(const bool isThere, rows.next());
    if (!isThere) return std::optional<SetupRecord>{};
    return std::optional<SetupRecord>(SetupRecord{digestIn(rows.text(0)), rows.integer(1)});
}

Status Tables::setSetup(const std::optional<SetupRecord>& setup) {
    if (!setup) return done(file_->run("DELETE FROM setup"));
    return done(file_->run("INSERT OR REPLACE INTO setup (id, token, expires) VALUES (1, ?, ?)", hexOf(setup->digest),
                           setup->expires));
}

}  // namespace signalbox::identity
