#include "app/ctl/prompt.h"

#include <cstdio>
#include <iostream>

#include <termios.h>
#include <unistd.h>

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

Result<std::string> ask(const std::string& question) {
    if (!canAsk()) return fail("usage.terminal", "There is nobody at the terminal to ask", question);
    std::fputs((question + ": ").c_str(), stderr);
    std::fflush(stderr);
    std::string line;
    if (!std::getline(std::cin, line)) return fail("usage.terminal", "There was no answer", question);
    return line;
}

std::string firstLine(std::string text) {
    text.erase(std::min(text.find_first_of("\r\n"), text.size()));
    return text;
}

}  // namespace

bool canAsk() { return ::isatty(STDIN_FILENO) == 1 && ::isatty(STDERR_FILENO) == 1; }

Result<std::string> askLine(const std::string& question) { return ask(question); }

Result<std::string> askSecret(const std::string& question) {
    const NoEcho dark;
    auto answer = ask(question);
    std::fputs("\n", stderr);
    return answer;
}

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

}  // namespace signalbox::ctl
