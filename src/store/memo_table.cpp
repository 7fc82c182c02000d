#include "store/memo_table.h"

#include "base/hash.h"
#include "base/json.h"

namespace signalbox::store {
namespace {

constexpr std::size_t kMaxBytes = 1U << 20U;

std::uint64_t memoChecksum(std::string_view key, Micros expiresWall, std::string_view outputs) {
    return checksum64(outputs, checksum64(key, static_cast<std::uint64_t>(expiresWall)));
}

Result<std::optional<Value>> readMemo(Database& database, const std::string& key, Micros wallNow) {
    SIGNALBOX_QUERY(query, database, "SELECT expires_wall, checksum, outputs FROM memos WHERE key = ?");
    SIGNALBOX_TRY(const bool found, query.text(key).step());
    if (!found || query.columnInteger(0) <= wallNow) return std::nullopt;
    const std::string_view outputs = query.columnText(2);
    const auto checksum = static_cast<std::uint64_t>(query.columnInteger(1));
    if (checksum != memoChecksum(key, query.columnInteger(0), outputs)) return std::nullopt;
    SIGNALBOX_TRY(Value value, parseJson(outputs, true));
    return value;
}

Status writeMemo(Database& database, const std::string& key, Micros expiresWall, const std::string& outputs) {
    SIGNALBOX_QUERY(query, database,
                    "INSERT OR REPLACE INTO memos (key, expires_wall, checksum, outputs) VALUES (?, ?, ?, ?)");
    query.text(key).integer(expiresWall);
    query.integer(static_cast<std::int64_t>(memoChecksum(key, expiresWall, outputs)));
    return query.text(outputs).run();
}

}  // namespace

std::optional<Value> MemoTable::lookUp(const std::string& key, Micros wallNow) {
    bool found = false;
    auto pending = lookUpPending(key, wallNow, found);
    if (found) return pending;
    const auto reader = readers_.borrow();
    if (!reader) return std::nullopt;
    auto memo = readMemo(**reader, key, wallNow);
    return memo ? std::move(*memo) : std::nullopt;
}

std::optional<Value> MemoTable::lookUpPending(const std::string& key, Micros wallNow, bool& found) {
    const std::scoped_lock lock(mutex_);
    const auto entry = pending_.find(key);
    found = entry != pending_.end();
    if (!found || entry->second.expiresWall <= wallNow) return std::nullopt;
    return entry->second.outputs;
}

void MemoTable::remember(const std::string& key, const Value& outputs, Micros expiresWall) {
    std::string text = writeJson(outputs);
    if (text.size() > kMaxBytes) return;
    std::uint64_t order = 0;
    {
        const std::scoped_lock lock(mutex_);
        order = ++lastOrder_;
        pending_.insert_or_assign(key, Pending{outputs, expiresWall, order});
    }
    writer_.post([key, expiresWall, text = std::move(text)](
                     WriteSession& session) { return writeMemo(session.database(), key, expiresWall, text); },
                 [this, key, order](const Status&) { written(key, order); });
}

void MemoTable::written(const std::string& key, std::uint64_t order) {
    const std::scoped_lock lock(mutex_);
    const auto entry = pending_.find(key);
    if (entry != pending_.end() && entry->second.order == order) pending_.erase(entry);
}

}  // namespace signalbox::store
