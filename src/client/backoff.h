// Private to the client: how long to wait before the next attempt to connect.
#pragma once

#include <chrono>

#include "base/random.h"

namespace signalbox::client {

/// Twice as long after each attempt, up to a limit, and of that a random part between half and all, so that the clients
/// of a gateway that has restarted do not come all at once.
class Backoff {
public:
    using Milliseconds = std::chrono::milliseconds;
    Backoff(Milliseconds first, Milliseconds longest) : first_(first), longest_(longest) {}

    [[nodiscard]] Milliseconds next(Random& random);
    void reset() { attempts_ = 0; }
    [[nodiscard]] int attempts() const { return attempts_; }  ///< since the last reset

private:
    Milliseconds first_;
    Milliseconds longest_;
    int attempts_ = 0;
};

}  // namespace signalbox::client
