// Questions to whoever sits at the terminal, and secrets from there or from files.
#pragma once

#include <string>

#include "base/result.h"

namespace signalbox::ctl {

/// Whether someone is there: standard input and standard error are a terminal.
[[nodiscard]] bool canAsk();
/// One line. Error "usage.terminal" when nobody is there or no answer comes.
[[nodiscard]] Result<std::string> askLine(const std::string& question);
/// As askLine, without showing what is typed.
[[nodiscard]] Result<std::string> askSecret(const std::string& question);
/// The first line of a file; "-" is standard input. Errors "file.*", "usage.secret-empty".
[[nodiscard]] Result<std::string> readSecret(const std::string& file);

}  // namespace signalbox::ctl
