// Reads and writes the rows of the identity database.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "base/result.h"
#include "identity/records.h"
#include "sqlite/sqlite_file.h"

namespace signalbox::identity {

struct AllRecords {
    std::vector<UserRecord> users;
    std::vector<SessionRecord> sessions;  ///< also those that ended lately
    std::vector<KeyRecord> keys;
};

/// Used by one thread at a time. Errors "store.*" (sqlite/sqlite_file.h).
class Tables {
public:
    [[nodiscard]] static Result<std::unique_ptr<Tables>> open(const std::filesystem::path& path);

    /// For looking at a file that open() has made: whoever writes it is not waited for.
    [[nodiscard]] static Result<std::unique_ptr<Tables>> openReader(const std::filesystem::path& path);

    [[nodiscard]] Result<sqlite::Transaction> begin() { return file_->begin(); }
    /// Another number when another connection has changed the file.
    [[nodiscard]] Result<std::int64_t> dataVersion();
    /// As of one moment: within a transaction, or `isAlone` in one of its own, which waits for nobody.
    [[nodiscard]] Result<AllRecords> load(bool isAlone);
    /// Whether there is a session or key of that digest, be it ended.
    [[nodiscard]] Result<bool> knows(const Digest& digest);

    [[nodiscard]] Status insert(const UserRecord& user);
    [[nodiscard]] Status update(const UserRecord& user);     ///< all but tenant, login and created
    [[nodiscard]] Status removeUser(const std::string& id);  ///< with sessions and keys
    [[nodiscard]] Status insert(const SessionRecord& session);
    [[nodiscard]] Status endSession(const std::string& id, const std::string& reason, Micros at);
    [[nodiscard]] Status setLastSeen(const std::string& id, Micros at);  ///< unless it was seen later
    [[nodiscard]] Status forgetEnded(Micros before);
    [[nodiscard]] Status insert(const KeyRecord& key);
    [[nodiscard]] Status removeKey(const std::string& id);
    [[nodiscard]] Status setLastUsed(const std::string& id, Micros at);  ///< unless it was used later
    [[nodiscard]] Result<std::optional<SetupRecord>> setup();
    [[nodiscard]] Status setSetup(const std::optional<SetupRecord>& setup);

private:
    explicit Tables(std::unique_ptr<sqlite::SqliteFile> file) : file_(std::move(file)) {}
    [[nodiscard]] Result<AllRecords> loadAll();
    [[nodiscard]] Result<std::vector<UserRecord>> loadUsers();
    [[nodiscard]] Result<std::vector<SessionRecord>> loadSessions();
    [[nodiscard]] Result<std::vector<KeyRecord>> loadKeys();

    std::unique_ptr<sqlite::SqliteFile> file_;
};

}  // namespace signalbox::identity
