#include "app/ctl/excerpt.h"

#include <algorithm>

#include "app/ctl/terminal.h"

namespace signalbox::ctl {

namespace {

constexpr std::string_view kCut = "\xE2\x80\xA6";

bool continues(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80; }

/// The offset so many code points behind another one.
std::size_t forward(std::string_view text, std::size_t from, std::size_t columns) {
    std::size_t at = from;
    while (at < text.size() && columns > 0) {
        ++at;
        while (at < text.size() && continues(text[at])) ++at;
        --columns;
    }
    return at;
}

/// Tabs stay, so that the mark stands under its place; other control characters would command the terminal.
std::string shown(std::string_view text) {
    std::string out(text);
    std::replace_if(
        out.begin(), out.end(), [](char c) { return c != '\t' && (static_cast<unsigned char>(c) < 0x20 || c == 0x7F); },
        ' ');
    return out;
}

}  // namespace

Excerpt excerptAt(std::string_view text, std::size_t offset, std::size_t length, std::size_t columns) {
    offset = std::min(offset, text.size());
    const std::size_t lineStart = offset == 0 ? 0 : text.rfind('\n', offset - 1) + 1;
    const std::string_view line = text.substr(lineStart, text.find('\n', lineStart) - lineStart);
    const std::size_t place = std::min(offset - lineStart, line.size());
    std::size_t first = 0;
    const std::size_t before = columnsOf(line.substr(0, place));
    if (columnsOf(line) > columns && before > columns / 2) first = forward(line, 0, before - columns / 2);
    const std::size_t last = forward(line, first, columns);
    Excerpt excerpt;
    excerpt.line = (first > 0 ? std::string(kCut) : std::string{}) + shown(line.substr(first, last - first)) +
                   (last < line.size() ? std::string(kCut) : std::string{});
    excerpt.blank = first > 0 ? " " : "";
    for (std::size_t i = first; i < place; ++i) {
        if (!continues(line[i])) excerpt.blank += line[i] == '\t' ? '\t' : ' ';
    }
    const std::size_t width = columnsOf(line.substr(place, std::min(length, std::max(place, last) - place)));
    excerpt.mark = "^" + std::string(width > 1 ? width - 1 : 0, '~');
    return excerpt;
}

}  // namespace signalbox::ctl
