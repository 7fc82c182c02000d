// The gateway with everything that answers: real routes over a workspace.
#pragma once

namespace signalbox::bench {

/// Prints what an authenticated GET and the execution of three nodes cost, and how many durable steps go through HTTP.
/// Needs wrk.
void benchRoutes(int seconds);

}  // namespace signalbox::bench
