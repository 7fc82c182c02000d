// The real command line, run as its users run it.
#pragma once

#include <string>
#include <vector>

#include "base/value.h"
#include "support/program.h"
#include "support/temporary_folder.h"

namespace signalbox::ctl::test {

using Workspace = signalbox::test::TemporaryFolder;

/// A process that runs in the workspace's folder.
class CtlProcess : public signalbox::test::Program {
public:
    CtlProcess(const Workspace& workspace, std::vector<std::string> arguments, const std::string& input = {});

    [[nodiscard]] Value json();  ///< of standard output
};

/// Runs to the end.
struct Finished {
    int code = 0;
    std::string out;
    std::string err;
    [[nodiscard]] Value json() const;
};
[[nodiscard]] Finished ctl(const Workspace& workspace, std::vector<std::string> arguments,
                           const std::string& input = {});

}  // namespace signalbox::ctl::test
