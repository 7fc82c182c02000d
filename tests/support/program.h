// A program that a test has started: what it writes, what is typed at it, its signals, its end.
#pragma once

#include <array>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include <sys/types.h>

namespace signalbox::test {

/// How it is started.
struct ProgramStart {
    std::vector<std::string> command;                          ///< the file of the program, then its arguments
    std::optional<std::vector<std::string>> environment = {};  ///< all of it, NAME=value; without it that of the test
    std::filesystem::path folder = {};                         ///< where it runs; empty: where the test does
    std::string input = {};   ///< all that it can read; less than a pipe holds (64 KiB)
    bool atTerminal = false;  ///< at a terminal of its own instead, which shows all that it writes: out()
};

/// Killed with the object if it still runs. Used in one thread.
class Program {
public:
    explicit Program(ProgramStart start);
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;
    ~Program();

    /// Waits until standard output (or the terminal) holds the text behind what an earlier call found; false when the
    /// program ends, or a minute passes, without it.
    [[nodiscard]] bool waitForOutput(const std::string& text) { return waitFor(out_, text); }
    /// As waitForOutput, for standard error.
    [[nodiscard]] bool waitForError(const std::string& text) { return waitFor(err_, text); }
    /// The word that stands behind a text in standard error; empty when it ends without it.
    [[nodiscard]] std::string waitForErrorWord(const std::string& text);
    /// Only at a terminal: as if someone had pressed these keys.
    void type(const std::string& keys) const;
    void signal(int number) const;
    /// Its exit code, or minus the signal that ended it; kNeverEnded when it does not within a minute.
    int wait();
    [[nodiscard]] std::string out();
    [[nodiscard]] std::string err();
    [[nodiscard]] pid_t id() const { return process_; }

    static constexpr int kNeverEnded = -1000;

private:
    /// One of its outputs.
    struct Stream {
        std::string text;
        std::size_t searched = 0;
        std::jthread reader = {};
    };
    void startWithPipes(const std::string& input, std::array<int, 3>& ends);
    void startAtTerminal(std::array<int, 3>& ends);
    void read(int fd, Stream& into);
    [[nodiscard]] bool waitFor(Stream& stream, const std::string& text);

    pid_t process_ = -1;
    int keyboard_ = -1;
    std::mutex mutex_;
    std::condition_variable grown_;
    Stream out_;
    Stream err_;
    int expected_ = 0;  ///< streams there were
    int open_ = 0;      ///< streams that have not ended yet
};

}  // namespace signalbox::test
