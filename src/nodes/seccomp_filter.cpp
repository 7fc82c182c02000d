#include "nodes/seccomp_filter.h"

#include <cerrno>
#include <cstddef>
#include <cstdint>

#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <sys/syscall.h>

namespace signalbox::nodes {
namespace {

#if defined(__x86_64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_X86_64;
#elif defined(__aarch64__)
constexpr std::uint32_t kArchitecture = AUDIT_ARCH_AARCH64;
#else
constexpr std::uint32_t kArchitecture = 0;
#endif

constexpr std::uint32_t kNamespaceFlags =
    CLONE_NEWNS | CLONE_NEWCGROUP | CLONE_NEWUTS | CLONE_NEWIPC | CLONE_NEWUSER | CLONE_NEWPID | CLONE_NEWNET;

constexpr long kAlwaysDenied[] = {SYS_ptrace,
                                  SYS_process_vm_readv,
                                  SYS_process_vm_writev,
                                  SYS_mount,
                                  SYS_umount2,
                                  SYS_pivot_root,
                                  SYS_chroot,
                                  SYS_setns,
                                  SYS_unshare,
                                  SYS_bpf,
                                  SYS_keyctl,
                                  SYS_add_key,
                                  SYS_request_key,
                                  SYS_kexec_load,
                                  SYS_init_module,
                                  SYS_finit_module,
                                  SYS_delete_module,
                                  SYS_userfaultfd,
                                  SYS_perf_event_open,
                                  SYS_open_by_handle_at,
                                  SYS_io_uring_setup,
                                  SYS_io_uring_enter,
                                  SYS_io_uring_register,
                                  SYS_quotactl,
                                  SYS_swapon,
                                  SYS_swapoff,
                                  SYS_reboot,
                                  SYS_acct,
                                  SYS_move_mount,
                                  SYS_open_tree,
                                  SYS_fsopen,
                                  SYS_fsmount,
                                  SYS_mount_setattr};

class ProgramBuilder {
public:
    ProgramBuilder() {
        load(offsetof(seccomp_data, arch));
        program_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, kArchitecture, 1, 0));
        answer(SECCOMP_RET_KILL_PROCESS);
        load(offsetof(seccomp_data, nr));
#if defined(__x86_64__)
        // The x32 ABI has the same architecture and other numbers.
        program_.push_back(BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, 0x40000000U, 0, 1));
        answer(SECCOMP_RET_KILL_PROCESS);
#endif
    }
    void deny(long call, std::uint32_t error) {
        program_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(call), 0, 1));
        answer(SECCOMP_RET_ERRNO | error);
    }
    /// clone() keeps its flags in its first argument. clone3() hides them in memory that a filter cannot read, so it is
    /// said not to exist; the C library then uses clone().
    void denyNamespaces() {
        program_.push_back(BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, static_cast<std::uint32_t>(SYS_clone), 0, 4));
        load(offsetof(seccomp_data, args));
        program_.push_back(BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, kNamespaceFlags, 0, 1));
        answer(SECCOMP_RET_ERRNO | EPERM);
        load(offsetof(seccomp_data, nr));
        deny(SYS_clone3, ENOSYS);
    }
    std::vector<sock_filter> build() && {
        answer(SECCOMP_RET_ALLOW);
        return std::move(program_);
    }

private:
    void load(std::size_t offset) {
        program_.push_back(BPF_STMT(BPF_LD | BPF_W | BPF_ABS, static_cast<std::uint32_t>(offset)));
    }
    void answer(std::uint32_t action) { program_.push_back(BPF_STMT(BPF_RET | BPF_K, action)); }
    std::vector<sock_filter> program_;
};

}  // namespace

std::vector<sock_filter> seccompProgram(const SeccompRules& rules) {
    if (kArchitecture == 0) return {};
    ProgramBuilder builder;
    for (const long call : kAlwaysDenied) builder.deny(call, EPERM);
    builder.denyNamespaces();
    if (rules.denySockets) builder.deny(SYS_socket, EACCES);
    if (rules.denyNewSessions) {
        builder.deny(SYS_setsid, EPERM);
        builder.deny(SYS_setpgid, EPERM);
    }
    return std::move(builder).build();
}

}  // namespace signalbox::nodes
