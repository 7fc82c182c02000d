// A place that text is written to: a terminal with colours and a width, or a file with neither.
#pragma once

#include <cstdio>
#include <string>
#include <string_view>

namespace signalbox::ctl {

/// What a text means; how that looks is the terminal's matter.
enum class Tone : std::uint8_t { Plain, Strong, Muted, Good, Warning, Bad, Accent };

class Terminal {
public:
    /// Colours only when it is a terminal, NO_COLOR is empty or unset, and TERM is not "dumb".
    explicit Terminal(std::FILE* file);

    void write(std::string_view text);
    void line(std::string_view text = {});
    void flush();

    [[nodiscard]] std::string paint(Tone tone, std::string_view text) const;
    [[nodiscard]] bool isTerminal() const { return isTerminal_; }
    [[nodiscard]] std::size_t width() const;  ///< columns; 100 when it is no terminal

private:
    std::FILE* file_;
    bool isTerminal_;
    bool colours_;
};

/// Columns that a text takes: code points, without escape sequences.
[[nodiscard]] std::size_t columnsOf(std::string_view text);
/// Cut to so many columns, with "…" in place of what was cut off. For texts without escape sequences.
[[nodiscard]] std::string cutTo(std::string_view text, std::size_t columns);
/// Control characters, line breaks among them, become spaces, so that a text stays on its line and cannot command the
/// terminal.
[[nodiscard]] std::string onOneLine(std::string_view text);

}  // namespace signalbox::ctl
