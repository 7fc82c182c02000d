#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "base/file.h"
#include "base/json.h"
#include "nodes/csv.h"
#include "nodes/file_nodes.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;

std::vector<std::string> textsOf(const Value& list) {
    std::vector<std::string> texts;
    for (const Value& item : list.items()) texts.emplace_back(item.asString());
    return texts;
}

Result<char> oneByte(const Value& text, const char* param) {
    const std::string_view character = text.asString();
    if (character.size() > 1 || (character.size() == 1 && (character[0] == '\n' || character[0] == '\r'))) {
        return fail("params.invalid", fmt::format("The parameter '{}' must be one ASCII character", param), param);
    }
    return character.empty() ? '\0' : character[0];
}

enum class Ragged : std::uint8_t { Fail, Pad, Skip };

struct CsvReaderSettings {
    std::string path;
    CsvFormat format;
    bool header;
    std::vector<std::string> columns;
    bool inferTypes;
    Ragged ragged;
    std::string encoding;
    std::size_t maxRows;
    std::size_t maxBytes;

    static Result<CsvReaderSettings> read(const Value& params) {
        SIGNALBOX_TRY(const char delimiter, oneByte(params["delimiter"], "delimiter"));
        SIGNALBOX_TRY(const char quote, oneByte(params["quote"], "quote"));
        if (quote == delimiter) {
            return fail("params.invalid", "Delimiter and quote must differ", "quote");
        }
        const std::string_view ragged = params["raggedRows"].asString();
        return CsvReaderSettings{std::string(params["path"].asString()),
                                 {delimiter, quote, params["trim"].asBoolean()},
                                 params["header"].asBoolean(),
                                 textsOf(params["columns"]),
                                 params["inferTypes"].asBoolean(),
                                 ragged == "pad"    ? Ragged::Pad
                                 : ragged == "skip" ? Ragged::Skip
                                                    : Ragged::Fail,
                                 std::string(params["encoding"].asString()),
                                 static_cast<std::size_t>(params["maxRows"].asInteger()),
                                 static_cast<std::size_t>(params["maxBytes"].asInteger())};
    }
};

/// A table while it is read: cells row by row, all rows of one width.
class Table {
public:
    Table(const CsvReaderSettings& settings, std::string file) : settings_(settings), file_(std::move(file)) {}
    [[nodiscard]] Status read(std::string_view text, const NodeCall& call);
    [[nodiscard]] Value rows() const;
    [[nodiscard]] Value info(const std::filesystem::path& path) const;
    void inferTypes();

private:
    [[nodiscard]] Status nameColumns(const std::vector<CsvField>& first);
    [[nodiscard]] Status addRow(std::vector<CsvField>& row, std::size_t line);
    [[nodiscard]] std::string place(std::size_t line) const { return fmt::format("{}:{}", file_, line); }
    [[nodiscard]] std::size_t rowCount() const { return columns_.empty() ? 0 : cells_.size() / columns_.size(); }
    template <class Convert>
    [[nodiscard]] bool convertColumn(std::size_t column, Convert convert);

    const CsvReaderSettings& settings_;
    std::string file_;
    std::vector<std::string> columns_;
    std::vector<Value> cells_;
    std::size_t skipped_ = 0;
};

Status Table::nameColumns(const std::vector<CsvField>& first) {
    columns_ = settings_.columns;
    for (std::size_t i = columns_.size(); i < first.size(); ++i) {
        const bool named = settings_.header && !first[i].text.empty();
        columns_.push_back(named ? first[i].text : fmt::format("column{}", i + 1));
    }
    std::unordered_set<std::string_view> seen;
    for (const std::string& name : columns_) {
        if (seen.insert(name).second) continue;
        return fail("csv.header", fmt::format("The column name '{}' occurs twice", name), place(1),
                    "Give names of your own in 'columns'.");
    }
    return {};
}

Status Table::addRow(std::vector<CsvField>& row, std::size_t line) {
    if (row.size() != columns_.size()) {
        if (settings_.ragged == Ragged::Fail) {
            return fail("csv.ragged", fmt::format("Line {} has {} fields, not {}", line, row.size(), columns_.size()),
                        place(line), "Choose what to do with rows of a wrong length in 'raggedRows'.");
        }
        if (settings_.ragged == Ragged::Skip) {
            ++skipped_;
            return {};
        }
        row.resize(columns_.size());
    }
    for (CsvField& field : row) {
        const bool isNull = field.text.empty() && !field.quoted && settings_.inferTypes;
        cells_.push_back(isNull ? Value(nullptr) : Value(field.text));
    }
    return {};
}

Status Table::read(std::string_view text, const NodeCall& call) {
    CsvCursor cursor(text, settings_.format);
    std::vector<CsvField> row;
    bool isFirst = true;
    while (settings_.maxRows == 0 || rowCount() < settings_.maxRows) {
        if (call.stop.stop_requested()) return fail("node.stopped", "Reading was stopped", file_);
        auto more = cursor.next(row);
        if (!more) {
            Error error = std::move(more).error();
            error.where = fmt::format("{}, {}", file_, error.where);
            return fail(std::move(error));
        }
        if (!*more) break;
        if (isFirst) {
            SIGNALBOX_CHECK(nameColumns(row));
            isFirst = false;
            if (settings_.header) continue;
        }
        SIGNALBOX_CHECK(addRow(row, cursor.line()));
    }
    return {};
}

/// Converts every text of a column, or nothing when one of them cannot be.
template <class Convert>
bool Table::convertColumn(std::size_t column, Convert convert) {
    std::vector<Value> converted;
    bool any = false;
    for (std::size_t i = column; i < cells_.size(); i += columns_.size()) {
        if (cells_[i].isNull()) {
            converted.emplace_back(nullptr);
            continue;
        }
        Value value = convert(cells_[i].asString());
        if (value.isUndefined()) return false;
        any = true;
        converted.push_back(std::move(value));
    }
    if (!any) return true;
    for (std::size_t row = 0; row < converted.size(); ++row) {
        cells_[row * columns_.size() + column] = std::move(converted[row]);
    }
    return true;
}

void Table::inferTypes() {
    const auto toBoolean = [](std::string_view text) {
        if (text == "true" || text == "TRUE" || text == "True") return Value(true);
        if (text == "false" || text == "FALSE" || text == "False") return Value(false);
        return Value::undefined();
    };
    for (std::size_t column = 0; column < columns_.size(); ++column) {
        if (!convertColumn(column, numberFromText)) static_cast<void>(convertColumn(column, toBoolean));
    }
}

Value Table::rows() const {
    ArrayBuilder rows;
    rows.reserve(rowCount());
    const std::size_t width = columns_.size();
    for (std::size_t i = 0; i < cells_.size(); i += width) {
        std::vector<Member> members;
        members.reserve(width);
        for (std::size_t column = 0; column < width; ++column)
            members.emplace_back(columns_[column], cells_[i + column]);
        rows.push(Value::object(std::move(members)));
    }
    return std::move(rows).build();
}

Value Table::info(const std::filesystem::path& path) const {
    ArrayBuilder names;
    for (const std::string& name : columns_) names.push(name);
    return Value::object(
        {{"path", path.string()}, {"rows", rowCount()}, {"columns", std::move(names).build()}, {"skipped", skipped_}});
}

NodeResult readCsv(const FileAccess& access, const CsvReaderSettings& settings, const NodeCall& call) {
    SIGNALBOX_TRY(const auto path, resolveForReading(access, call.workspace, settings.path));
    SIGNALBOX_TRY(const std::string text, readTextFile(path, settings.encoding, settings.maxBytes, "csv.encoding"));
    Table table(settings, path.string());
    SIGNALBOX_CHECK(table.read(text, call));
    if (settings.inferTypes) table.inferTypes();
    return Value::object({{"output", table.rows()}, {"info", table.info(path)}});
}

struct CsvWriterSettings {
    std::string path;
    std::vector<std::string> columns;
    char delimiter;
    bool header;
    bool quoteAll;
    std::string lineEnding;

    static Result<CsvWriterSettings> read(const Value& params) {
        SIGNALBOX_TRY(const char delimiter, oneByte(params["delimiter"], "delimiter"));
        if (delimiter == '"') return fail("params.invalid", "The delimiter must not be a quote", "delimiter");
        return CsvWriterSettings{std::string(params["path"].asString()),
                                 textsOf(params["columns"]),
                                 delimiter,
                                 params["header"].asBoolean(),
                                 params["quoting"].asString() == "all",
                                 params["lineEnding"].asString() == "crlf" ? "\r\n" : "\n"};
    }
};

std::vector<std::string> columnsOf(std::span<const Value> rows) {
    std::vector<std::string> columns;
    std::unordered_set<std::string_view> seen;
    for (const Value& row : rows) {
        for (const auto& [key, value] : row.members()) {
            if (seen.insert(key).second) columns.push_back(key);
        }
    }
    return columns;
}

void appendCell(std::string& out, const Value& value, const CsvWriterSettings& settings) {
    if (value.isString()) {
        // An empty text is quoted, so that it is not read back as null.
        appendCsvField(out, value.asString(), settings.delimiter, settings.quoteAll || value.empty());
    } else if (value.isUndefined() || value.isNull()) {
        if (settings.quoteAll) out += "\"\"";
    } else {
        appendCsvField(out, writeJson(value), settings.delimiter, settings.quoteAll);
    }
}

NodeResult writeCsv(const FileAccess& access, const CsvWriterSettings& settings, const NodeCall& call) {
    const auto rows = call.input("input").items();
    const auto columns = settings.columns.empty() ? columnsOf(rows) : settings.columns;
    std::string text;
    const auto appendRow = [&](auto cellOf) {
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (i > 0) text += settings.delimiter;
            appendCell(text, cellOf(columns[i]), settings);
        }
        text += settings.lineEnding;
    };
    if (settings.header && !columns.empty()) appendRow([](const std::string& name) { return Value(name); });
    for (const Value& row : rows) {
        if (call.stop.stop_requested()) return fail("node.stopped", "Writing was stopped before the file was touched");
        appendRow([&row](const std::string& name) { return row[name]; });
    }
    SIGNALBOX_TRY(const auto path, resolveForWriting(access, call.workspace, settings.path));
    SIGNALBOX_CHECK(writeFileAtomically(path, text));
    return engine::onOutput(Value::object({{"path", path.string()}, {"rows", rows.size()}, {"bytes", text.size()}}));
}

}  // namespace

Maker csvReaderMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool) {
    return blockingMaker<CsvReaderSettings>(pool, [access](const CsvReaderSettings& settings, const NodeCall& call) {
        return readCsv(*access, settings, call);
    });
}

Maker csvWriterMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool) {
    return blockingMaker<CsvWriterSettings>(pool, [access](const CsvWriterSettings& settings, const NodeCall& call) {
        return writeCsv(*access, settings, call);
    });
}

}  // namespace signalbox::nodes
