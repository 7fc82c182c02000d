// What the command line's exit codes mean; they are part of its interface.
#pragma once

#include "base/result.h"

namespace signalbox::ctl {

enum ExitCode : int {
    kOk = 0,
    kRunFailed = 1,
    kUsage = 2,
    kInvalidDocument = 3,
    kNotFound = 4,
    kRefused = 5,
};

/// By the error's code: what was typed wrong, invalid or missing has its own; everything else was refused.
[[nodiscard]] ExitCode exitCodeFor(const Error& error);

}  // namespace signalbox::ctl
