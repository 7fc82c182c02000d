#include "store/checkpoint.h"

#include <sqlite3.h>

namespace signalbox::store {

Result<LogState> copyLog(Database& database) {
    LogState state;
    const int code =
        sqlite3_wal_checkpoint_v2(database.handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &state.frames, &state.copied);
    if ((code & 0xff) == SQLITE_BUSY) return LogState{0, 0, true};
    if (code != SQLITE_OK) return fail(database.error(code, "copying the log into it"));
    return state;
}

bool CheckpointTrigger::due(int pages) {
    if (pages < last_) next_ = step_;  // the log has started over
    last_ = pages;
    if (pages < next_) return false;
    next_ = pages + step_;
    return true;
}

}  // namespace signalbox::store
