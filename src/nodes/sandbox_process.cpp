#include "nodes/sandbox_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <iterator>

#include <fcntl.h>
#include <fmt/format.h>
#include <linux/filter.h>
#include <linux/mount.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "nodes/seccomp_filter.h"

// Between clone() and execve() the child shares nothing with the parent's threads but memory as it was, locks held by
// other threads included: it may make system calls and nothing else, also no sanitizer's bookkeeping.
#define SIGNALBOX_IN_CHILD __attribute__((no_sanitize("thread", "address", "undefined")))

namespace signalbox::nodes {
namespace {

enum class Step : int { Identity = 1, Mounts, Limits, Privileges, Descriptors, Folder, Filter, Program };

const char* stepName(Step step) {
    constexpr std::array<const char*, 9> kNames{"starting",   "user mapping",    "mounts",
                                                "limits",     "privileges",      "file descriptors",
                                                "the folder", "the call filter", "the program"};
    return kNames.at(static_cast<std::size_t>(step));
}

struct Failure {
    Step step;
    int error;
};

/// All that the child needs, made before clone().
struct Prepared {
    const SandboxRequest* request = nullptr;
    std::string uidMap;
    std::string gidMap;
    std::string scratchOptions;
    std::string emptyFile;  ///< made in the scratch folder, for files that look empty
    std::vector<char*> argv;
    std::vector<char*> envp;
    std::vector<sock_filter> filter;
    sock_fprog program{};
    int report = -1;  ///< write end of the pipe that tells the parent what failed
};

template <class... Args>
SIGNALBOX_IN_CHILD long sys(long number, Args... args) {
    return ::syscall(number, args...);
}

SIGNALBOX_IN_CHILD bool writeText(const char* path, const char* text, std::size_t size) {
    const long fd = sys(SYS_openat, AT_FDCWD, path, O_WRONLY, 0);
    if (fd < 0) return false;
    const long written = sys(SYS_write, fd, text, size);
    sys(SYS_close, fd);
    return written == static_cast<long>(size);
}

SIGNALBOX_IN_CHILD bool mapIdentity(const Prepared& prepared) {
    return writeText("/proc/self/setgroups", "deny", 4) &&
           writeText("/proc/self/uid_map", prepared.uidMap.data(), prepared.uidMap.size()) &&
           writeText("/proc/self/gid_map", prepared.gidMap.data(), prepared.gidMap.size());
}

SIGNALBOX_IN_CHILD bool setAttributes(const char* path, std::uint64_t set, std::uint64_t clear, unsigned flags) {
    mount_attr attributes{};
    attributes.attr_set = set;
    attributes.attr_clr = clear;
    return sys(SYS_mount_setattr, AT_FDCWD, path, flags, &attributes, sizeof(attributes)) == 0;
}

constexpr const char* kDevices[] = {"/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom"};
constexpr std::size_t kDeviceCount = std::size(kDevices);

/// An empty /dev with the devices that harm nobody; they were cloned before everything else lost its devices.
SIGNALBOX_IN_CHILD bool mountDevices(const long (&devices)[kDeviceCount]) {
    if (sys(SYS_mount, "tmpfs", "/dev", "tmpfs", MS_NOSUID | MS_NOEXEC, "mode=0755,size=64k") != 0) return false;
    for (std::size_t i = 0; i < kDeviceCount; ++i) {
        const long file = sys(SYS_openat, AT_FDCWD, kDevices[i], O_CREAT | O_WRONLY, 0666);
        if (file < 0) return false;
        sys(SYS_close, file);
        if (sys(SYS_move_mount, devices[i], "", AT_FDCWD, kDevices[i], MOVE_MOUNT_F_EMPTY_PATH) != 0) return false;
    }
    sys(SYS_symlinkat, "/proc/self/fd", AT_FDCWD, "/dev/fd");
    return setAttributes("/dev", MOUNT_ATTR_RDONLY, 0, 0);
}

/// What has vanished meanwhile need not be hidden.
SIGNALBOX_IN_CHILD bool isGone() { return errno == ENOENT || errno == ENOTDIR; }

/// For a time at which the scratch folder is there and nothing is read-only yet.
SIGNALBOX_IN_CHILD bool hide(const Prepared& prepared) {
    const char* none = nullptr;
    for (const std::string& folder : prepared.request->hiddenFolders) {
        const long flags = MS_NOSUID | MS_NODEV | MS_NOEXEC;
        if (sys(SYS_mount, "tmpfs", folder.c_str(), "tmpfs", flags, "mode=0555,size=4k") != 0 && !isGone()) {
            return false;
        }
    }
    if (prepared.request->hiddenFiles.empty()) return true;
    const char* empty = prepared.emptyFile.c_str();
    const long made = sys(SYS_openat, AT_FDCWD, empty, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW, 0444);
    if (made < 0) return false;
    sys(SYS_close, made);
    for (const std::string& file : prepared.request->hiddenFiles) {
        if (sys(SYS_mount, empty, file.c_str(), none, MS_BIND, none) != 0 && !isGone()) return false;
    }
    return sys(SYS_unlinkat, AT_FDCWD, empty, 0) == 0;
}

SIGNALBOX_IN_CHILD bool arrangeMounts(const Prepared& prepared) {
    const SandboxRequest& request = *prepared.request;
    const char* none = nullptr;
    const char* scratch = request.scratch.c_str();
    if (sys(SYS_mount, none, "/", none, MS_REC | MS_PRIVATE, none) != 0) return false;
    long devices[kDeviceCount];
    for (std::size_t i = 0; i < kDeviceCount; ++i) {
        devices[i] = sys(SYS_open_tree, AT_FDCWD, kDevices[i], OPEN_TREE_CLONE | OPEN_TREE_CLOEXEC);
        if (devices[i] < 0) return false;
    }
    if (!request.writable.empty()) {
        const char* writable = request.writable.c_str();
        if (sys(SYS_mount, writable, writable, none, MS_BIND | MS_REC, none) != 0) return false;
    }
    if (sys(SYS_mount, "tmpfs", scratch, "tmpfs", MS_NOSUID | MS_NODEV, prepared.scratchOptions.c_str()) != 0) {
        return false;
    }
    // Before everything becomes read-only, these too: they stay so where their parent can be written again.
    if (!hide(prepared)) return false;
    // Where a real /proc may not be mounted (in some containers), an empty one hides other processes just as well.
    if (sys(SYS_mount, "proc", "/proc", "proc", MS_NOSUID | MS_NODEV | MS_NOEXEC, none) != 0 &&
        sys(SYS_mount, "tmpfs", "/proc", "tmpfs", MS_NOSUID | MS_NODEV | MS_NOEXEC, none) != 0) {
        return false;
    }
    // /proc and /sys included: for root they hold settings of the whole machine.
    if (!setAttributes("/", MOUNT_ATTR_RDONLY | MOUNT_ATTR_NODEV, 0, AT_RECURSIVE)) return false;
    if (!mountDevices(devices) || !setAttributes(scratch, 0, MOUNT_ATTR_RDONLY, 0)) return false;
    return request.writable.empty() || setAttributes(request.writable.c_str(), 0, MOUNT_ATTR_RDONLY, 0);
}

SIGNALBOX_IN_CHILD bool setLimit(int resource, std::uint64_t value) {
    // As the kernel's prlimit64 reads it.
    const std::uint64_t limit[2] = {value, value};
    const void* none = nullptr;
    return sys(SYS_prlimit64, 0, resource, &limit, none) == 0;
}

SIGNALBOX_IN_CHILD bool limitResources(const SandboxRequest& request) {
    if (!setLimit(RLIMIT_CORE, 0) || !setLimit(RLIMIT_NOFILE, request.openFiles)) return false;
    if (!setLimit(RLIMIT_FSIZE, request.scratchBytes)) return false;
    // Counted apart for each user space; without one it would count every process the user has.
    return !request.namespaces || setLimit(RLIMIT_NPROC, request.processes);
}

SIGNALBOX_IN_CHILD bool dropPrivileges() {
    for (long capability = 0; capability < 64; ++capability) {
        sys(SYS_prctl, PR_CAPBSET_DROP, capability, 0L, 0L, 0L);
    }
    sys(SYS_prctl, PR_SET_PDEATHSIG, static_cast<long>(SIGKILL), 0L, 0L, 0L);
    return sys(SYS_prctl, PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0;
}

/// 0 to 2: /dev/null, 3: the channel, 4: the report pipe, which execve() closes.
SIGNALBOX_IN_CHILD bool arrangeDescriptors(const Prepared& prepared) {
    constexpr int kAbove = 16;  // out of the way of 0 to 4
    const long channel = sys(SYS_fcntl, prepared.request->channel, F_DUPFD, kAbove);
    const long report = sys(SYS_fcntl, prepared.report, F_DUPFD, kAbove);
    const long null = sys(SYS_openat, AT_FDCWD, "/dev/null", O_RDWR, 0);
    if (channel < 0 || report < 0 || null < 0) return false;
    for (int fd = 0; fd < 3; ++fd) {
        if (null != fd && sys(SYS_dup3, null, fd, 0) < 0) return false;
    }
    if (sys(SYS_dup3, channel, 3, 0) < 0 || sys(SYS_dup3, report, 4, O_CLOEXEC) < 0) return false;
    return sys(SYS_close_range, 5U, ~0U, 0U) == 0;
}

SIGNALBOX_IN_CHILD void resetSignals() {
    for (int number = 1; number < NSIG; ++number) {
        // The kernel's layout of struct sigaction for the default action: all zero.
        const std::uint64_t action[4] = {0, 0, 0, 0};
        const void* none = nullptr;
        sys(SYS_rt_sigaction, number, &action, none, 8UL);
    }
    const std::uint64_t nothing = 0;
    const void* none = nullptr;
    sys(SYS_rt_sigprocmask, SIG_SETMASK, &nothing, none, 8UL);
}

/// Runs in the new process until the program takes over. Returns only with a failure.
SIGNALBOX_IN_CHILD Failure becomeProgram(const Prepared& prepared, int& report) {
    const SandboxRequest& request = *prepared.request;
    sys(SYS_setsid);
    if (request.namespaces && !mapIdentity(prepared)) return {Step::Identity, errno};
    if (request.namespaces && !arrangeMounts(prepared)) return {Step::Mounts, errno};
    if (!arrangeDescriptors(prepared)) return {Step::Descriptors, errno};
    report = 4;
    if (!limitResources(request)) return {Step::Limits, errno};
    if (!dropPrivileges()) return {Step::Privileges, errno};
    if (sys(SYS_chdir, request.scratch.c_str()) != 0) return {Step::Folder, errno};
    resetSignals();
    if (!prepared.filter.empty() && sys(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0U, &prepared.program) != 0) {
        return {Step::Filter, errno};
    }
    sys(SYS_execve, prepared.argv[0], prepared.argv.data(), prepared.envp.data());
    return {Step::Program, errno};
}

std::vector<char*> pointersTo(const std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
    pointers.push_back(nullptr);
    return pointers;
}

Prepared prepare(const SandboxRequest& request) {
    Prepared prepared;
    prepared.request = &request;
    prepared.uidMap = fmt::format("{0} {0} 1\n", ::geteuid());
    prepared.gidMap = fmt::format("{0} {0} 1\n", ::getegid());
    prepared.scratchOptions = fmt::format("mode=0700,size={}", request.scratchBytes);
    prepared.emptyFile = request.scratch + "/.empty";
    prepared.argv = pointersTo(request.command);
    prepared.envp = pointersTo(request.environment);
    prepared.filter = seccompProgram({.denySockets = !request.network, .denyNewSessions = !request.namespaces});
    prepared.program = {static_cast<unsigned short>(prepared.filter.size()), prepared.filter.data()};
    return prepared;
}

SIGNALBOX_IN_CHILD pid_t cloneChild(const Prepared& prepared) {
    unsigned long flags = SIGCHLD;
    if (prepared.request->namespaces) {
        flags |= CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWPID | CLONE_NEWIPC | CLONE_NEWUTS;
        if (!prepared.request->network) flags |= CLONE_NEWNET;
    }
    const long pid = sys(SYS_clone, flags, nullptr, nullptr, nullptr, 0UL);
    if (pid != 0) return static_cast<pid_t>(pid);
    int report = prepared.report;
    const Failure failure = becomeProgram(prepared, report);
    sys(SYS_write, report, &failure, sizeof(failure));
    sys(SYS_exit_group, 127);
    __builtin_unreachable();
}

}  // namespace

Result<SandboxProcess> startSandboxed(const SandboxRequest& request) {
    Prepared prepared = prepare(request);
    if (prepared.filter.empty() && !request.network && !request.namespaces) {
        return fail("sandbox.start", "This machine offers no way to shut off the network", {},
                    "Namespaces are not allowed and there is no call filter for this architecture.");
    }
    int report[2];
    if (::pipe2(report, O_CLOEXEC) != 0) return fail("sandbox.start", std::strerror(errno));
    prepared.report = report[1];
    sigset_t all;
    sigset_t before;
    ::sigfillset(&all);
    ::pthread_sigmask(SIG_SETMASK, &all, &before);
    const pid_t pid = cloneChild(prepared);
    const int cloneError = errno;
    ::pthread_sigmask(SIG_SETMASK, &before, nullptr);
    ::close(report[1]);
    Failure failure{};
    ssize_t got = 0;
    if (pid > 0) {
        do {
            got = ::read(report[0], &failure, sizeof(failure));
        } while (got < 0 && errno == EINTR);
    }
    ::close(report[0]);
    if (pid < 0) return fail("sandbox.start", fmt::format("clone: {}", std::strerror(cloneError)));
    if (got == 0) return SandboxProcess{pid};
    ::waitpid(pid, nullptr, 0);
    const char* code = failure.step == Step::Program ? "sandbox.program" : "sandbox.start";
    return fail(code,
                fmt::format("{} ({}): {}", request.command[0], stepName(failure.step), std::strerror(failure.error)));
}

int killSandboxed(const SandboxProcess& process, bool namespaces) {
    if (process.pid <= 0) return -1;
    if (!namespaces) ::kill(-process.pid, SIGKILL);
    ::kill(process.pid, SIGKILL);
    int status = -1;
    while (::waitpid(process.pid, &status, 0) < 0) {
        if (errno != EINTR) return -1;
    }
    return status;
}

}  // namespace signalbox::nodes
