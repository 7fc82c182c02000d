#include "expr/layout_printer.h"

#include <algorithm>

namespace signalbox::expr {

std::size_t textColumns(std::string_view text) noexcept {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

void LayoutPrinter::text(std::string_view text) {
    const std::size_t lineEnd = text.find('\n');
    ops_.push_back(
        {Kind::Text, Break::None, text, textColumns(text.substr(0, lineEnd)), lineEnd != std::string_view::npos});
}

void LayoutPrinter::separate(Break how) {
    if (how == Break::None) return;
    const bool blank = how == Break::Space || how == Break::Line;
    ops_.push_back({Kind::Break, how, {}, blank ? 1U : 0U, how == Break::Hard || how == Break::Blank});
}

/// Gives each group the width and hardness of what it holds.
void LayoutPrinter::measure() {
    ends_.assign(ops_.size(), 0);
    std::vector<std::size_t> open;
    std::vector<std::size_t> before;
    std::size_t columns = 0;
    for (std::size_t i = 0; i < ops_.size(); ++i) {
        Op& op = ops_[i];
        if (op.kind == Kind::Begin) {
            open.push_back(i);
            before.push_back(columns);
        } else if (op.kind == Kind::End) {
            const std::size_t begin = open.back();
            open.pop_back();
            ops_[begin].columns = columns - before.back();
            before.pop_back();
            ends_[begin] = i;
            if (ops_[begin].hard && !open.empty()) ops_[open.back()].hard = true;
        } else {
            columns += op.columns;
            if (op.hard && !open.empty()) ops_[open.back()].hard = true;
        }
    }
}

/// Columns of what follows on the same line whatever is broken; stops counting past the limit.
std::size_t LayoutPrinter::tailAfter(std::size_t index, std::size_t limit) const {
    std::size_t columns = 0;
    for (std::size_t i = index + 1; i < ops_.size() && columns <= limit; ++i) {
        const Op& op = ops_[i];
        if (op.kind == Kind::Break && op.how != Break::Space) break;
        if (op.kind == Kind::Text || op.kind == Kind::Break) columns += op.columns;
        if (op.kind == Kind::Text && op.hard) break;
    }
    return columns;
}

void LayoutPrinter::put(std::string& out, std::string_view text) {
    if (lineStart_) {
        out.append(level_ * indentWidth_, ' ');
        column_ = level_ * indentWidth_;
        lineStart_ = false;
    }
    out.append(text);
    const std::size_t lineEnd = text.rfind('\n');
    column_ = lineEnd == std::string_view::npos ? column_ + textColumns(text) : textColumns(text.substr(lineEnd + 1));
}

void LayoutPrinter::newLine(std::string& out, bool blank) {
    out.append(blank ? "\n\n" : "\n");
    lineStart_ = true;
    column_ = level_ * indentWidth_;
}

std::string LayoutPrinter::print(std::size_t width, std::size_t indentWidth) {
    indentWidth_ = indentWidth;
    measure();
    std::string out;
    std::vector<bool> flat = {false};
    for (std::size_t i = 0; i < ops_.size(); ++i) {
        const Op& op = ops_[i];
        switch (op.kind) {
            case Kind::Text:
                put(out, op.text);
                break;
            case Kind::Break:
                if (op.hard || (!flat.back() && op.how != Break::Space)) {
                    newLine(out, op.how == Break::Blank);
                } else if (op.columns > 0) {
                    put(out, " ");
                }
                break;
            case Kind::Begin: {
                const std::size_t used = (lineStart_ ? level_ * indentWidth_ : column_) + op.columns;
                const bool fits = !op.hard && used <= width && used + tailAfter(ends_[i], width) <= width;
                flat.push_back(flat.back() || fits);
                break;
            }
            case Kind::End:
                flat.pop_back();
                break;
            case Kind::Indent:
                ++level_;
                break;
            case Kind::Dedent:
                --level_;
                break;
        }
    }
    return out;
}

}  // namespace signalbox::expr
