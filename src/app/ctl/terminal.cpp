#include "app/ctl/terminal.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/text.h"

namespace signalbox::ctl {

namespace {

constexpr std::size_t kDefaultWidth = 100;

bool wantsColours() {
    const char* refused = std::getenv("NO_COLOR");
    if (refused != nullptr && *refused != '\0') return false;
    const char* kind = std::getenv("TERM");
    return kind != nullptr && std::string_view(kind) != "dumb";
}

const char* codeOf(Tone tone) {
    switch (tone) {
        case Tone::Plain:
            return "";
        case Tone::Strong:
            return "1";
        case Tone::Muted:
            return "2";
        case Tone::Good:
            return "32";
        case Tone::Warning:
            return "33";
        case Tone::Bad:
            return "31";
        case Tone::Accent:
            return "36";
    }
    return "";
}

}  // namespace

Terminal::Terminal(std::FILE* file)
    : file_(file), isTerminal_(::isatty(::fileno(file)) == 1), colours_(isTerminal_ && wantsColours()) {}

void Terminal::write(std::string_view text) { std::fwrite(text.data(), 1, text.size(), file_); }

void Terminal::line(std::string_view text) {
    write(text);
    write("\n");
}

void Terminal::flush() { std::fflush(file_); }

std::string Terminal::paint(Tone tone, std::string_view text) const {
    if (!colours_ || tone == Tone::Plain || text.empty()) return std::string(text);
    return fmt::format("\x1b[{}m{}\x1b[0m", codeOf(tone), text);
}

std::size_t Terminal::width() const {
    winsize size{};
    if (!isTerminal_ || ::ioctl(::fileno(file_), TIOCGWINSZ, &size) != 0 || size.ws_col == 0) return kDefaultWidth;
    return size.ws_col;
}

std::size_t columnsOf(std::string_view text) {
    std::size_t columns = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\x1b') {
            const auto end = text.find('m', i);
            if (end == std::string_view::npos) return columns;
            i = end;
        } else if ((static_cast<unsigned char>(text[i]) & 0xc0U) != 0x80U) {
            ++columns;
        }
    }
    return columns;
}

std::string cutTo(std::string_view text, std::size_t columns) {
    if (columnsOf(text) <= columns) return std::string(text);
    if (columns == 0) return {};
    std::size_t offset = 0;
    for (std::size_t kept = 0; kept + 1 < columns && offset < text.size(); ++kept) {
        offset += std::max<std::size_t>(1, utf8SequenceLength(text, offset));
    }
    return std::string(text.substr(0, offset)) + "…";
}

std::string onOneLine(std::string_view text) {
    std::string line(text);
    for (char& c : line) {
        if (static_cast<unsigned char>(c) < 0x20U || c == '\x7f') c = ' ';
    }
    return line;
}

}  // namespace signalbox::ctl
