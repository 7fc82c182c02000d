#include "store/store_stats.h"

#include <system_error>

namespace signalbox::store {

Status readSizes(Database& database, const std::filesystem::path& path, bool blobs, StoreStats& stats) {
    SIGNALBOX_TRY(Transaction snapshot, Transaction::begin(database, Transaction::Mode::Read));
    SIGNALBOX_TRY(const std::int64_t size, database.integer("PRAGMA page_size"));
    SIGNALBOX_TRY(const std::int64_t pages, database.integer("PRAGMA page_count"));
    SIGNALBOX_TRY(const std::int64_t unused, database.integer("PRAGMA freelist_count"));
    stats.databaseBytes = static_cast<std::uint64_t>(pages * size);
    stats.unusedBytes = static_cast<std::uint64_t>(unused * size);
    SIGNALBOX_TRY(const std::int64_t runs, database.integer("SELECT coalesce(sum(runs), 0) FROM run_counts"));
    stats.runs = static_cast<std::uint64_t>(runs);
    std::error_code none;
    const auto log = std::filesystem::file_size(path.string() + "-wal", none);
    stats.walBytes = none ? 0 : log;
    if (!blobs) return {};
    SIGNALBOX_QUERY(query, database, "SELECT count(*), coalesce(sum(size), 0) FROM blobs");
    SIGNALBOX_TRY(const bool row, query.step());
    if (row) {
        stats.blobs = static_cast<std::uint64_t>(query.columnInteger(0));
        stats.blobBytes = static_cast<std::uint64_t>(query.columnInteger(1));
    }
    return {};
}

}  // namespace signalbox::store
