// A system call filter for processes that run users' code.
#pragma once

#include <vector>

struct sock_filter;

namespace signalbox::nodes {

struct SeccompRules {
    bool denySockets = true;       ///< socket() of every family; pairs within a process stay possible
    bool denyNewSessions = false;  ///< setsid, setpgid: nothing escapes a kill of the process group
};

/// The program for seccomp(SECCOMP_SET_MODE_FILTER). Beyond the rules it refuses (EPERM) what an ordinary program never
/// needs and a sandbox must not allow: tracing other processes, mounting, new namespaces, kernel keys and modules, BPF,
/// io_uring (which opens sockets by another way). Calls of a foreign ABI end the process. Empty on an architecture that
/// is not known here.
[[nodiscard]] std::vector<sock_filter> seccompProgram(const SeccompRules& rules);

}  // namespace signalbox::nodes
