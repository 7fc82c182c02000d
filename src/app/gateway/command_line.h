// signalboxd from its command line to its exit code.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace signalbox::gatewayd {

/// Does what is asked for. Everything that is said goes to standard error, what was asked for to standard output. To be
/// called before the process has other threads.
[[nodiscard]] int runCommandLine(const std::vector<std::string>& typed,
                                 const std::map<std::string, std::string, std::less<>>& environment);

/// The process's environment as it is now.
[[nodiscard]] std::map<std::string, std::string, std::less<>> processEnvironment();

}  // namespace signalbox::gatewayd
