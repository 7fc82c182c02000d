// Breaks text into lines: groups that fit stay on one line, of others every break is taken (after Oppen 1980 and
// Wadler 2003).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace signalbox::expr {

/// Collects texts, breaks and groups in order, then prints them. Texts must outlive it.
class LayoutPrinter {
public:
    enum class Break : std::uint8_t {
        None,
        Space,  ///< never a line break
        Soft,   ///< nothing, or a line break when the group is broken
        Line,   ///< a blank, or a line break
        Hard,   ///< a line break that breaks all groups around it
        Blank,  ///< an empty line
    };

    void text(std::string_view text);
    void separate(Break how);
    void begin() { ops_.push_back({Kind::Begin}); }
    void end() { ops_.push_back({Kind::End}); }
    void indent() { ops_.push_back({Kind::Indent}); }
    void dedent() { ops_.push_back({Kind::Dedent}); }
    [[nodiscard]] std::string print(std::size_t width, std::size_t indentWidth);

private:
    enum class Kind : std::uint8_t { Text, Break, Begin, End, Indent, Dedent };
    struct Op {
        Kind kind;
        Break how = Break::None;
        std::string_view text = {};
        std::size_t columns = 0;  ///< of a text: of its first line; of a group: of all in it
        bool hard = false;        ///< cannot stay on one line
    };
    void measure();
    void put(std::string& out, std::string_view text);
    void newLine(std::string& out, bool blank);
    [[nodiscard]] std::size_t tailAfter(std::size_t index, std::size_t limit) const;

    std::vector<Op> ops_;
    std::vector<std::size_t> ends_;  ///< of each Begin, the index of its End
    std::size_t column_ = 0;
    std::size_t level_ = 0;
    std::size_t indentWidth_ = 2;
    bool lineStart_ = true;
};

/// Code points.
[[nodiscard]] std::size_t textColumns(std::string_view text) noexcept;

}  // namespace signalbox::expr
