#include "ui/expression/result_text.h"

#include <QCoreApplication>
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

// Writes until the room is used up. An unfinished character at the cut is taken off at the end.
class Writer {
public:
    Writer(std::size_t mostBytes, int width, int mostLines)
        : mostBytes_(mostBytes), width_(static_cast<std::size_t>(width)), mostLines_(mostLines) {}

    void writeFlat(const Value& value);
    void writeTall(const Value& value, int level);
    [[nodiscard]] bool full() const { return full_; }
    [[nodiscard]] std::string take() && {
        out_.resize(validUtf8Prefix(out_));
        return std::move(out_);
    }

private:
    void put(std::string_view text);
    void putScalar(const Value& value);
    void putKey(const std::string& key);
    void newLine(int level);
    [[nodiscard]] bool fitsFlat(const Value& value, int level) const;

    std::string out_;
    std::size_t mostBytes_;
    std::size_t width_;
    int mostLines_;
    int lines_ = 1;
    bool full_ = false;
};

void Writer::put(std::string_view text) {
    if (full_) return;
    if (out_.size() + text.size() > mostBytes_) {
        out_ += text.substr(0, mostBytes_ - out_.size());
        full_ = true;
        return;
    }
    out_ += text;
}

void Writer::putScalar(const Value& value) {
    if ((value.isString() || value.isBytes()) && value.size() > mostBytes_) {
        const auto start = value.asString().substr(0, mostBytes_);
        const auto text = start.substr(0, validUtf8Prefix(start));
        put(writeJson(value.isString() ? Value(text) : Value::bytes(text)));
        full_ = true;
        return;
    }
    put(writeJson(value));
}

void Writer::putKey(const std::string& key) {
    std::string quoted;
    appendJsonString(quoted, std::string_view(key).substr(0, mostBytes_));
    put(quoted);
    put(": ");
}

void Writer::writeFlat(const Value& value) {
    if (full_) return;
    if (!value.isArray() && !value.isObject()) {
        putScalar(value);
        return;
    }
    put(value.isArray() ? "[" : "{");
    for (std::size_t i = 0; i < value.size() && !full_; ++i) {
        if (i > 0) put(", ");
        if (value.isObject()) putKey(value.members()[i].first);
        writeFlat(value.isArray() ? value.at(i) : value.members()[i].second);
    }
    put(value.isArray() ? "]" : "}");
}

bool Writer::fitsFlat(const Value& value, int level) const {
    const auto used = static_cast<std::size_t>(level) * 2;
    if (value.empty()) return true;
    if (used >= width_) return false;
    Writer trial(width_ - used, 0, 1);
    trial.writeFlat(value);
    return !trial.full();
}

void Writer::newLine(int level) {
    if (++lines_ > mostLines_) full_ = true;
    put("\n");
    put(std::string(static_cast<std::size_t>(level) * 2, ' '));
}

void Writer::writeTall(const Value& value, int level) {
    if (full_) return;
    if ((!value.isArray() && !value.isObject()) || fitsFlat(value, level)) {
        writeFlat(value);
        return;
    }
    put(value.isArray() ? "[" : "{");
    for (std::size_t i = 0; i < value.size() && !full_; ++i) {
        if (i > 0) put(",");
        newLine(level + 1);
        if (value.isObject()) putKey(value.members()[i].first);
        writeTall(value.isArray() ? value.at(i) : value.members()[i].second, level + 1);
    }
    newLine(level);
    put(value.isArray() ? "]" : "}");
}

QString words(const char* text, int count = -1) {
    return QCoreApplication::translate("ResultText", text, nullptr, count);
}

}  // namespace

CutText writeOnOneLine(const Value& value, int longest) {
    const auto room = static_cast<std::size_t>(std::max(1, longest));
    Writer writer(room * 4, 0, 1);
    writer.writeFlat(value);
    const bool cut = writer.full();
    auto text = toQString(std::move(writer).take());
    if (!cut && text.size() <= longest) return {text, true};
    text.truncate(longest - 1);
    if (!text.isEmpty() && text.back().isHighSurrogate()) text.chop(1);
    return {text + QChar(0x2026), false};
}

CutText writeLaidOut(const Value& value, int width, int mostLines, std::size_t mostBytes) {
    Writer writer(mostBytes, width, mostLines);
    writer.writeTall(value, 0);
    const bool cut = writer.full();
    auto text = toQString(std::move(writer).take());
    return {cut ? text + QStringLiteral("\n…") : text, !cut};
}

QString describeKind(const Value& value) {
    const auto count = static_cast<int>(std::min<std::size_t>(value.size(), 2'000'000'000));
    switch (value.kind()) {
        case Value::Kind::Undefined:
            return words("nothing");
        case Value::Kind::Null:
            return words("null");
        case Value::Kind::Boolean:
            return words("boolean");
        case Value::Kind::Integer:
        case Value::Kind::Number:
            return words("number");
        case Value::Kind::String:
            return words("string, %1").arg(formatBytes(value.size()));
        case Value::Kind::Bytes:
            return words("bytes, %1").arg(formatBytes(value.size()));
        case Value::Kind::Array:
            return words("array of %1").arg(formatCount(value.size()));
        case Value::Kind::Object:
            return words("object with %n member(s)", count);
    }
    return {};
}

}  // namespace signalbox::ui
