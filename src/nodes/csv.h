// CSV text: RFC 4180, with any delimiter and quote, LF or CRLF.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/value.h"

namespace signalbox::nodes {

struct CsvFormat {
    char delimiter = ',';
    char quote = '"';  ///< '\0': none
    bool trim = false;
};

struct CsvField {
    std::string text;
    bool quoted = false;
};

/// Reads rows one by one. Holds a view of the text. A last line break does not begin a row; an empty line is skipped.
class CsvCursor {
public:
    CsvCursor(std::string_view text, CsvFormat format) : rest_(text), format_(format) {}
    /// False at the end. Error "csv.syntax" with "line L" in where: a quote that is not closed, or text after one.
    [[nodiscard]] Result<bool> next(std::vector<CsvField>& row);
    [[nodiscard]] std::size_t line() const { return rowLine_; }  ///< where the last row begins, from 1

private:
    [[nodiscard]] Status readQuoted(CsvField& field);
    void readPlain(CsvField& field);
    [[nodiscard]] bool atRowEnd() const { return rest_.empty() || rest_[0] == '\n' || rest_.starts_with("\r\n"); }
    void skipRowEnd();

    std::string_view rest_;
    CsvFormat format_;
    std::size_t line_ = 1;
    std::size_t rowLine_ = 1;
};

/// Appends one field, quoted when it must be or `always`.
void appendCsvField(std::string& out, std::string_view text, char delimiter, bool always);

/// An integer of 64 bits or a number in the notation of JSON, when the text is exactly that and nothing would be lost;
/// otherwise Undefined. "007", "+1" and "1e999" are none.
[[nodiscard]] Value numberFromText(std::string_view text);

}  // namespace signalbox::nodes
