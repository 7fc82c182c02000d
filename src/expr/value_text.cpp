#include "expr/value_text.h"

#include <charconv>
#include <cmath>

#include "base/json.h"

namespace signalbox::expr {

namespace {

/// Writes JSON as JSON.stringify does, over items.
class JsonText {
public:
    JsonText(std::string& out, bool pretty) : out_(out), pretty_(pretty) {}

    void write(const Item& item) {
        if (item.isArray()) {
            writeArray(item);
        } else if (item.isObject()) {
            writeObject(item);
        } else if (item.isFunction()) {
            out_ += "\"\"";
        } else if (item.isNumber()) {
            out_ += displayedNumber(item.value());
        } else {
            appendJson(out_, item.value());
        }
    }

private:
    void newLine() {
        if (!pretty_) return;
        out_.push_back('\n');
        out_.append(2 * indent_, ' ');
    }

    void writeArray(const Item& array) {
        if (array.arraySize() == 0) {
            out_ += "[]";
            return;
        }
        out_.push_back('[');
        ++indent_;
        forEachItem(array, [&](const Item& item, std::size_t index) {
            if (index > 0) out_.push_back(',');
            newLine();
            write(item);
            return true;
        });
        --indent_;
        newLine();
        out_.push_back(']');
    }

    void writeObject(const Item& object) {
        bool first = true;
        out_.push_back('{');
        ++indent_;
        forEachMember(object, [&](std::string_view key, const Item& item) {
            if (item.isUndefined()) return true;
            if (!first) out_.push_back(',');
            first = false;
            newLine();
            appendJsonString(out_, key);
            out_ += pretty_ ? ": " : ":";
            write(item);
            return true;
        });
        --indent_;
        if (!first) newLine();
        out_.push_back('}');
    }

    std::string& out_;
    bool pretty_;
    std::size_t indent_ = 0;
};

}  // namespace

std::string numberText(double number) {
    if (std::isnan(number)) return "NaN";
    if (std::isinf(number)) return number < 0 ? "-Infinity" : "Infinity";
    if (number == 0) return "0";
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, std::abs(number), std::chars_format::scientific).ptr;
    std::string digits;
    const char* at = buffer;
    for (; at != end && *at != 'e'; ++at) {
        if (*at != '.') digits.push_back(*at);
    }
    int exponent = 0;
    if (at != end) {
        ++at;
        if (*at == '+') ++at;
        std::from_chars(at, end, exponent);
    }
    const int count = static_cast<int>(digits.size());
    const int point = exponent + 1;  // the decimal point stands behind so many digits
    std::string text = number < 0 ? "-" : "";
    if (point > 21 || point <= -6) {
        text += digits.substr(0, 1);
        if (count > 1) text += "." + digits.substr(1);
        return text + (exponent < 0 ? "e-" : "e+") + std::to_string(std::abs(exponent));
    }
    if (point <= 0) return text + "0." + std::string(static_cast<std::size_t>(-point), '0') + digits;
    if (point >= count) return text + digits + std::string(static_cast<std::size_t>(point - count), '0');
    return text + digits.substr(0, static_cast<std::size_t>(point)) + "." +
           digits.substr(static_cast<std::size_t>(point));
}

std::string displayedNumber(const Value& number) {
    if (number.isInteger()) return std::to_string(number.asInteger());
    const double exact = number.asNumber();
    if (exact == std::floor(exact)) return numberText(exact);
    char buffer[40];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, exact, std::chars_format::scientific, 14).ptr;
    double rounded = 0;
    std::from_chars(buffer, end, rounded);
    return numberText(rounded);
}

void appendText(std::string& out, const Item& item, bool pretty) {
    if (item.isString()) {
        out += item.value().asString();
    } else if (!item.isFunction()) {
        JsonText(out, pretty).write(item);
    }
}

}  // namespace signalbox::expr
