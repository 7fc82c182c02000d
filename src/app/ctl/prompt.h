// Questions to whoever sits at the terminal, and secrets from there or from files.
#pragma once

#include <optional>
#include <string>

#include "base/result.h"

namespace signalbox::ctl {

/// Whether someone is there: standard input and standard error are a terminal.
[[nodiscard]] bool canAsk();
/// One line. Error "usage.terminal" when nobody is there or no answer comes. A signal that ends or stops the program
/// (Ctrl-C, Ctrl-Z) does so with the terminal as it was before; continued, it asks again.
[[nodiscard]] Result<std::string> askLine(const std::string& question);
/// As askLine, without showing what is typed.
[[nodiscard]] Result<std::string> askSecret(const std::string& question);
/// The first line of a file; "-" is standard input. Errors "file.*", "usage.secret-empty".
[[nodiscard]] Result<std::string> readSecret(const std::string& file);
/// A password from the file that --password-file named, or else asked for. Error "usage.password": nobody is there to
/// ask.
[[nodiscard]] Result<std::string> passwordFrom(const std::optional<std::string>& file, const std::string& question);
/// As passwordFrom, for a password that does not exist yet: asked for twice. Error "usage.password": the two differ.
[[nodiscard]] Result<std::string> newPasswordFrom(const std::optional<std::string>& file, const std::string& question);

}  // namespace signalbox::ctl
