// Copying the write-ahead log into the database, and when that is due.
#pragma once

#include "base/result.h"
#include "store/database.h"

namespace signalbox::store {

struct LogState {
    int frames = 0;     ///< pages in the log
    int copied = 0;     ///< of them, already in the database
    bool busy = false;  ///< another process copies; the numbers are not known
    [[nodiscard]] int rest() const { return frames - copied; }
    [[nodiscard]] bool complete() const { return !busy && rest() == 0; }
};

/// Copies what no reader's snapshot stands in the way of; waits for nobody, and does nothing while another process
/// copies. Once all is copied the next commit starts the log over.
[[nodiscard]] Result<LogState> copyLog(Database& database);

/// Decides from the size of the log when a checkpoint is due: each time it has grown by so many pages. Used by the
/// writer thread only.
class CheckpointTrigger {
public:
    explicit CheckpointTrigger(int pages) : step_(pages), next_(pages) {}
    [[nodiscard]] bool due(int pages);

private:
    int step_;
    int next_;
    int last_ = 0;
};

}  // namespace signalbox::store
