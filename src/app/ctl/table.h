// Aligned columns.
#pragma once

#include <string>
#include <vector>

#include "app/ctl/terminal.h"

namespace signalbox::ctl {

struct Cell {
    std::string text;
    Tone tone = Tone::Plain;
};

/// Collects rows and writes them with every column as wide as its widest cell; the last one is cut at the terminal's
/// edge. On a terminal the heads are muted; elsewhere they are plain.
class Table {
public:
    enum class Align : std::uint8_t { Left, Right };
    struct Column {
        std::string head;
        Align align = Align::Left;
    };
    explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

    void add(std::vector<Cell> row) { rows_.push_back(std::move(row)); }
    [[nodiscard]] bool empty() const { return rows_.empty(); }
    void print(Terminal& out) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

}  // namespace signalbox::ctl
