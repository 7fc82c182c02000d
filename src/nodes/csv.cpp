#include "nodes/csv.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

namespace signalbox::nodes {
namespace {

void trimSpaces(std::string& text) {
    const auto isSpace = [](char c) { return c == ' ' || c == '\t'; };
    text.erase(std::find_if_not(text.rbegin(), text.rend(), isSpace).base(), text.end());
    text.erase(text.begin(), std::ranges::find_if_not(text, isSpace));
}

tl::unexpected<Error> syntaxError(std::size_t line, const char* what) {
    return fail("csv.syntax", fmt::format("Line {}: {}", line, what), fmt::format("line {}", line));
}

}  // namespace

void CsvCursor::skipRowEnd() {
    if (rest_.starts_with("\r\n")) {
        rest_.remove_prefix(2);
        ++line_;
    } else if (!rest_.empty()) {
        rest_.remove_prefix(1);
        ++line_;
    }
}

Status CsvCursor::readQuoted(CsvField& field) {
    const std::size_t openedAt = line_;
    field.quoted = true;
    rest_.remove_prefix(1);
    while (true) {
        const std::size_t end = rest_.find(format_.quote);
        if (end == std::string_view::npos) return syntaxError(openedAt, "the quote opened here is never closed");
        const std::string_view part = rest_.substr(0, end);
        line_ += static_cast<std::size_t>(std::ranges::count(part, '\n'));
        field.text += part;
        rest_.remove_prefix(end + 1);
        if (rest_.empty() || rest_[0] != format_.quote) break;
        field.text += format_.quote;
        rest_.remove_prefix(1);
    }
    if (format_.trim) rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
    if (!atRowEnd() && rest_[0] != format_.delimiter) return syntaxError(line_, "there is text after a closing quote");
    return {};
}

void CsvCursor::readPlain(CsvField& field) {
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != format_.delimiter && rest_[end] != '\n') ++end;
    // The CR of a CRLF belongs to the line's end, any other is text.
    std::size_t textEnd = end;
    if (end > 0 && rest_[end - 1] == '\r' && (end == rest_.size() || rest_[end] == '\n')) --textEnd;
    field.text = rest_.substr(0, textEnd);
    rest_.remove_prefix(end);
    if (format_.trim) trimSpaces(field.text);
}

Result<bool> CsvCursor::next(std::vector<CsvField>& row) {
    row.clear();
    while (!rest_.empty() && atRowEnd()) skipRowEnd();
    if (rest_.empty()) return false;
    rowLine_ = line_;
    while (true) {
        CsvField& field = row.emplace_back();
        if (format_.trim) rest_.remove_prefix(std::min(rest_.find_first_not_of(" \t"), rest_.size()));
        if (format_.quote != '\0' && !rest_.empty() && rest_[0] == format_.quote) {
            SIGNALBOX_CHECK(readQuoted(field));
        } else {
            readPlain(field);
        }
        if (atRowEnd()) break;
        rest_.remove_prefix(1);
    }
    skipRowEnd();
    return true;
}

void appendCsvField(std::string& out, std::string_view text, char delimiter, bool always) {
    const bool needs = always || text.find_first_of("\"\r\n") != std::string_view::npos ||
                       text.find(delimiter) != std::string_view::npos ||
                       (!text.empty() && (text.front() == ' ' || text.back() == ' '));
    if (!needs) {
        out += text;
        return;
    }
    out += '"';
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    out += '"';
}

Value numberFromText(std::string_view text) {
    const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
    if (digits.empty() || digits[0] < '0' || digits[0] > '9') return Value::undefined();
    if (digits[0] == '0' && digits.size() > 1 && digits[1] >= '0' && digits[1] <= '9') return Value::undefined();
    const char* const end = text.data() + text.size();
    if (digits.find_first_not_of("0123456789") == std::string_view::npos) {
        std::int64_t whole = 0;
        const auto read = std::from_chars(text.data(), end, whole);
        return read.ec == std::errc() && read.ptr == end ? Value(whole) : Value::undefined();
    }
    const std::size_t point = digits.find('.');
    const bool hasFraction = point + 1 < digits.size() && digits[point + 1] >= '0' && digits[point + 1] <= '9';
    if (point != std::string_view::npos && !hasFraction) return Value::undefined();
    double number = 0;
    const auto read = std::from_chars(text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || !std::isfinite(number)) return Value::undefined();
    return number;
}

}  // namespace signalbox::nodes
