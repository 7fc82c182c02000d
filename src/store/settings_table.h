// What is set for a store and kept in it.
#pragma once

#include <optional>

#include "base/result.h"
#include "store/database.h"
#include "store/retention.h"

namespace signalbox::store {

/// Nothing when it was never set. A value that cannot be read counts as not set.
[[nodiscard]] Result<std::optional<Retention>> readRetention(Database& database, const Retention& defaults);
[[nodiscard]] Status writeRetention(Database& database, const Retention& retention);

}  // namespace signalbox::store
