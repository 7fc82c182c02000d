// How a run that was followed ended, and what the command makes of it.
#pragma once

#include "app/ctl/report.h"
#include "app/ctl/session.h"

namespace signalbox::ctl {

/// Says how it went: outputs to standard output, the rest to standard error. Gives the exit code: 0 when it succeeded
/// or waits, 1 otherwise.
[[nodiscard]] int reportEnd(const protocol::RunDetail& detail, Session& session, Output& output);

}  // namespace signalbox::ctl
