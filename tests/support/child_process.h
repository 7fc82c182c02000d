// A forked child for tests that kill: runs a function and tells its parent what it has done through a pipe.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include <sys/types.h>

namespace signalbox::test {

/// What a child tells: two numbers of the test's own meaning.
using Note = std::pair<std::uint64_t, std::uint64_t>;

/// The child must be forked while this process has no threads of its own. It ends with what `body` returns, without
/// running destructors or exit handlers of the parent's objects.
class ChildProcess {
public:
    /// `tell` may be called from any thread of the child; a note is written before it returns.
    using Tell = std::function<void(Note)>;
    explicit ChildProcess(const std::function<int(const Tell&)>& body);
    ChildProcess(const ChildProcess&) = delete;
    ChildProcess& operator=(const ChildProcess&) = delete;
    ~ChildProcess();  ///< kills it if it still runs

    /// Waits for the next note; nothing when the child has ended.
    [[nodiscard]] std::optional<Note> next();
    /// SIGKILL, then collects what it had still told.
    [[nodiscard]] std::vector<Note> kill();
    /// Waits for its end; gives its exit code, or minus the signal that ended it.
    [[nodiscard]] int wait();

private:
    pid_t process_ = -1;
    int pipe_ = -1;
};

}  // namespace signalbox::test
