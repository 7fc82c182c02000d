#include "app/ctl/table.h"

#include <algorithm>

namespace signalbox::ctl {

namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 10;  ///< what the last column keeps however narrow the terminal is

std::string padding(std::size_t columns) { return std::string(columns, ' '); }

}  // namespace

void Table::print(Terminal& out) const {
    std::vector<std::size_t> widths;
    for (const Column& column : columns_) widths.push_back(columnsOf(column.head));
    for (const auto& row : rows_) {
        for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], columnsOf(row[i].text));
    }
    std::size_t before = 0;
    for (std::size_t i = 0; i + 1 < widths.size(); ++i) before += widths[i] + kGap;
    const std::size_t room = std::max(kNarrowest, out.width() > before ? out.width() - before : 0);

    const auto printRow = [&](const std::vector<Cell>& row) {
        std::string line;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const bool last = i + 1 == columns_.size();
            const std::string text = last && out.isTerminal() ? cutTo(row[i].text, room) : row[i].text;
            const std::size_t missing = widths[i] - std::min(widths[i], columnsOf(text));
            if (columns_[i].align == Align::Right) line += padding(missing);
            line += out.paint(row[i].tone, text);
            if (!last) line += padding(kGap + (columns_[i].align == Align::Left ? missing : 0));
        }
        line.erase(line.find_last_not_of(' ') + 1);
        out.line(line);
    };
    std::vector<Cell> heads;
    for (const Column& column : columns_) heads.push_back({column.head, Tone::Muted});
    printRow(heads);
    for (const auto& row : rows_) printRow(row);
}

}  // namespace signalbox::ctl
