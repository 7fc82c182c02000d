#include "store/leases.h"

#include <algorithm>

#include "store/run_rows.h"
#include "store/write_session.h"

namespace signalbox::store {
namespace {

struct Orphan {
    std::int64_t row = 0;
    RunId run;
    std::uint64_t token = 0;
    Micros createdWall = 0;
};

/// Owners of active runs without a valid lease. The recursion hops from owner to owner in the index, however many runs
/// each of them has.
Result<std::vector<std::string>> deadOwners(WriteSession& session, Micros now) {
    SIGNALBOX_QUERY(query, session.database(),
                    "WITH RECURSIVE owners (owner) AS ("
                    " SELECT min(owner) FROM runs WHERE status < 4"
                    " UNION ALL SELECT (SELECT min(owner) FROM runs WHERE status < 4 AND owner > owners.owner)"
                    "  FROM owners WHERE owner IS NOT NULL)"
                    " SELECT owners.owner FROM owners LEFT JOIN leases ON leases.owner = owners.owner"
                    "  AND leases.boot = ? AND leases.until_mono > ?"
                    " WHERE owners.owner IS NOT NULL AND leases.owner IS NULL");
    query.text(session.boot()).integer(now);
    std::vector<std::string> owners;
    while (true) {
        SIGNALBOX_TRY(const bool row, query.step());
        if (!row) return owners;
        owners.emplace_back(query.columnText(0));
    }
}

Status addOrphans(Database& database, const std::string& owner, std::size_t limit, std::vector<Orphan>& orphans) {
    SIGNALBOX_QUERY(query, database,
                    "SELECT row, id, token, created_wall FROM runs WHERE status < 4 AND owner = ?"
                    " ORDER BY created_wall, row LIMIT ?");
    query.text(owner).integer(static_cast<std::int64_t>(limit));
    while (true) {
        SIGNALBOX_TRY(const bool row, query.step());
        if (!row) return {};
        orphans.push_back({query.columnInteger(0), idFromBytes(query.columnText(1)),
                           static_cast<std::uint64_t>(query.columnInteger(2)), query.columnInteger(3)});
    }
}

Status dropDeadLeases(WriteSession& session, Micros now) {
    SIGNALBOX_QUERY(query, session.database(), "DELETE FROM leases WHERE boot <> ? OR until_mono <= ?");
    return query.text(session.boot()).integer(now).run();
}

}  // namespace

Result<Micros> extendLease(Database& database, const std::string& owner, const std::string& boot, Micros now,
                           Micros until) {
    SIGNALBOX_QUERY(read, database, "SELECT until_mono FROM leases WHERE owner = ? AND boot = ? AND until_mono > ?");
    SIGNALBOX_TRY(const bool valid, read.text(owner).text(boot).integer(now).step());
    if (valid && read.columnInteger(0) >= until) return read.columnInteger(0);
    SIGNALBOX_QUERY(write, database, "INSERT OR REPLACE INTO leases (owner, boot, until_mono) VALUES (?, ?, ?)");
    SIGNALBOX_CHECK(write.text(owner).text(boot).integer(until).run());
    return until;
}

Status endLease(Database& database, const std::string& owner) {
    SIGNALBOX_QUERY(query, database, "DELETE FROM leases WHERE owner = ?");
    return query.text(owner).run();
}

Result<std::vector<engine::ClaimedRun>> claimOrphans(WriteSession& session, const std::string& owner, Micros ttl,
                                                     std::size_t limit) {
    Database& database = session.database();
    const Micros now = session.clock().monotonicNow();
    SIGNALBOX_TRY(const auto owners, deadOwners(session, now));
    std::vector<Orphan> orphans;
    for (const std::string& dead : owners) SIGNALBOX_CHECK(addOrphans(database, dead, limit, orphans));
    std::vector<engine::ClaimedRun> claimed;
    if (orphans.empty()) return claimed;
    std::sort(orphans.begin(), orphans.end(), [](const Orphan& a, const Orphan& b) {
        return a.createdWall != b.createdWall ? a.createdWall < b.createdWall : a.row < b.row;
    });
    orphans.resize(std::min(orphans.size(), limit));
    SIGNALBOX_CHECK(dropDeadLeases(session, now));
    SIGNALBOX_TRY(const Micros until, extendLease(database, owner, session.boot(), now, now + ttl));
    static_cast<void>(until);
    session.forget();
    SIGNALBOX_QUERY(take, database, "UPDATE runs SET owner = ?, token = token + 1 WHERE row = ?");
    for (const Orphan& orphan : orphans) {
        SIGNALBOX_CHECK(take.text(owner).integer(orphan.row).run());
        claimed.push_back({orphan.run, orphan.token + 1});
    }
    return claimed;
}

}  // namespace signalbox::store
