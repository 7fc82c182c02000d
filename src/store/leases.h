// Who may work on which run: leases of owners on monotonic time, and taking over what a dead owner left.
#pragma once

#include <string>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "engine/ports.h"
#include "store/database.h"

namespace signalbox::store {

class WriteSession;

/// Makes the owner's lease last at least until that monotonic time of this boot; gives its end. Never shortens a lease
/// that is valid.
[[nodiscard]] Result<Micros> extendLease(Database& database, const std::string& owner, const std::string& boot,
                                         Micros now, Micros until);
/// Ends the owner's lease.
[[nodiscard]] Status endLease(Database& database, const std::string& owner);

/// Gives up to `limit` active runs whose owner has no valid lease to the new owner, oldest first, each with a token one
/// larger than before; the new owner's lease is made to last `ttl` from now.
[[nodiscard]] Result<std::vector<engine::ClaimedRun>> claimOrphans(WriteSession& session, const std::string& owner,
                                                                   Micros ttl, std::size_t limit);

}  // namespace signalbox::store
