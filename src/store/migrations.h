// The versions of the database's schema and the way from each to the next.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "base/result.h"
#include "store/database.h"

namespace signalbox::store {

/// The step that makes version `version` out of the one before. Version 0 is an empty file.
struct Migration {
    int version = 0;
    const char* what = "";
    const char* sql = "";
};

/// "SBx1" in the file's header (PRAGMA application_id), so that another program's database is never taken for ours.
inline constexpr std::int64_t kApplicationId = 0x53427831;

/// Every step there is, oldest first; the last one's version is what this program works with.
[[nodiscard]] std::span<const Migration> storeMigrations();

/// Brings the database to the last version of `steps`, in one transaction; a failure leaves it as it was. Several
/// processes may do so at once. Errors: "store.newer-version" (made by a newer program), "store.foreign" (the database
/// of another program), and those of SQLite.
[[nodiscard]] Status migrate(Database& database, std::span<const Migration> steps);

}  // namespace signalbox::store
