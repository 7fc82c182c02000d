// What somebody who starts a gateway for the first time has to do next.
#pragma once

#include <string>

namespace signalbox::gatewayd {

/// A command that makes the first administrator. The token itself is not in it: only the file it stands in.
[[nodiscard]] std::string setupCommand(const std::string& address, const std::string& tokenFile);

/// In single quotes, where a shell needs them.
[[nodiscard]] std::string shellQuoted(const std::string& text);

}  // namespace signalbox::gatewayd
