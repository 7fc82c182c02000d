#include "app/ctl/prompt.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <iostream>

#include <poll.h>
#include <termios.h>
#include <unistd.h>

#include "app/ctl/caught_signals.h"
#include "base/file.h"

namespace signalbox::ctl {

namespace {

/// What is typed stays dark while it lives.
class NoEcho {
public:
    NoEcho() {
        isChanged_ = ::tcgetattr(STDIN_FILENO, &before_) == 0;
        termios dark = before_;
        dark.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        if (isChanged_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &dark);
    }
    NoEcho(const NoEcho&) = delete;
    NoEcho& operator=(const NoEcho&) = delete;
    ~NoEcho() {
        if (isChanged_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    }

private:
    termios before_{};
    bool isChanged_ = false;
};

struct Answer {
    std::optional<std::string> line;
    int signal = 0;  ///< that came in place of a line
};

/// What the terminal gives at once is at the most a line: the rest of what was typed stays for who reads next.
Answer readLine(const CaughtSignals& caught) {
    std::string line;
    std::array<char, 4096> buffer{};
    while (true) {
        std::array<pollfd, 2> sources = {pollfd{STDIN_FILENO, POLLIN, 0}, pollfd{caught.fd(), POLLIN, 0}};
        ::poll(sources.data(), sources.size(), -1);
        if (const int signal = caught.take(); signal != 0) return {std::nullopt, signal};
        if (sources[0].revents == 0) continue;
        const ssize_t got = ::read(STDIN_FILENO, buffer.data(), buffer.size());
        if (got < 0 && errno == EINTR) continue;
        if (got > 0) line.append(buffer.data(), static_cast<std::size_t>(got));
        if (line.ends_with('\n')) return {line.substr(0, line.size() - 1)};
        if (got <= 0) return {line.empty() ? std::nullopt : std::optional(line)};
    }
}

Answer askOnce(const std::string& question, bool isSecret) {
    const CaughtSignals caught({SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGTSTP});
    std::optional<NoEcho> dark;
    if (isSecret) dark.emplace();
    std::fputs((question + ": ").c_str(), stderr);
    std::fflush(stderr);
    Answer answer = readLine(caught);
    // The line break that was typed was not shown.
    if (isSecret || !answer.line) std::fputs("\n", stderr);
    return answer;
}

Result<std::string> ask(const std::string& question, bool isSecret) {
    if (!canAsk()) return fail("usage.terminal", "There is nobody at the terminal to ask", question);
    Answer answer = askOnce(question, isSecret);
    while (answer.signal != 0) {
        // By now the terminal is as it was: the signal does what it does to every program.
        ::raise(answer.signal);
        answer = askOnce(question, isSecret);
    }
    if (answer.line) return *std::move(answer.line);
    return fail("usage.terminal", "There was no answer", question);
}

std::string firstLine(std::string text) {
    text.erase(std::min(text.find_first_of("\r\n"), text.size()));
    return text;
}

}  // namespace

bool canAsk() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

Result<std::string> askLine(const std::string& question) { return ask(question, false); }

Result<std::string> askSecret(const std::string& question) { return ask(question, true); }

Result<std::string> readSecret(const std::string& file) {
    std::string line;
    if (file == "-") {
        std::getline(std::cin, line);
    } else {
        constexpr std::size_t kMostBytes = 64U << 10U;
        SIGNALBOX_TRY(line, readFile(file, kMostBytes));
    }
    line = firstLine(std::move(line));
    if (line.empty()) return fail("usage.secret-empty", "There is nothing in its first line", file);
    return line;
}

Result<std::string> passwordFrom(const std::optional<std::string>& file, const std::string& question) {
    if (file) return readSecret(*file);
    if (canAsk()) return askSecret(question);
    return fail("usage.password", "There is nobody at the terminal to ask for the password", {},
                "Give it with --password-file FILE");
}

Result<std::string> newPasswordFrom(const std::optional<std::string>& file, const std::string& question) {
    SIGNALBOX_TRY(auto password, passwordFrom(file, question));
    if (file) return password;
    SIGNALBOX_TRY(const auto again, askSecret("The same password again"));
    if (again == password) return password;
    return fail("usage.password", "These were two different passwords");
}

}  // namespace signalbox::ctl
