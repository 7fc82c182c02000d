// Starting a process that is shut off from the machine: no network, files read-only but for a private folder.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <sys/types.h>

#include "base/result.h"

namespace signalbox::nodes {

struct SandboxRequest {
    std::vector<std::string> command;        ///< absolute path of the program, then its arguments
    std::vector<std::string> environment;    ///< all of it, as NAME=value
    int channel = -1;                        ///< becomes descriptor 3; every other is closed, 0 to 2 are /dev/null
    std::string scratch;                     ///< an existing folder: the working directory, and all that can be written
    std::uint64_t scratchBytes = 0;          ///< room in it
    std::string writable;                    ///< a further folder that may be written; may be empty
    std::vector<std::string> hiddenFolders;  ///< real paths of what looks empty to the process
    std::vector<std::string> hiddenFiles;
    bool network = false;
    bool namespaces = true;  ///< false: only the system call filter and resource limits
    std::uint64_t openFiles = 256;
    std::uint64_t processes = 128;  ///< not held for root
};

struct SandboxProcess {
    pid_t pid = -1;
};

/// With namespaces (user, mount, process, IPC, host name; network unless granted) the process is the first of its
/// process space: killing it ends all it has started. Its scratch folder is a file system in memory that nobody else
/// sees, all other files are read-only, other processes and all devices but /dev/null and its like are invisible.
/// Without them files are not protected, and a kill must go to its process group, which nothing in it can leave. In
/// both: no new privileges, no capabilities, the filter of seccompProgram(). Error "sandbox.start" names the step that
/// failed, "sandbox.program" the program that cannot be executed.
[[nodiscard]] Result<SandboxProcess> startSandboxed(const SandboxRequest& request);

/// Kills the process and all that it has started, and takes its exit status (-1 when somebody else has taken it).
int killSandboxed(const SandboxProcess& process, bool namespaces);

}  // namespace signalbox::nodes
