// How the console says that it cannot start.
#pragma once

#include "base/result.h"

namespace signalbox::desktop {

enum ExitCode : int { kFailed = 1, kUsage = 2, kNotFound = 4, kRefused = 5 };

/// On standard error; gives the code back.
int complain(const Error& error, int code);
/// A program that was started by a click has nobody who reads its standard error: with a display a dialog says it too.
int showFailure(const Error& error, bool hasDisplay);

}  // namespace signalbox::desktop
