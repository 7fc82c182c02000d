#include "integration/expr/comparison.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/json.h"
#include "expr/expression.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kDigitsOfADouble = 16;

bool isDigit(char c) { return c >= '0' && c <= '9'; }

/// Integers are exact here and doubles there: long runs of digits are compared as the doubles they mean.
std::string withDoubles(std::string_view text) {
    std::string out;
    while (!text.empty()) {
        const auto* first = std::find_if(text.begin(), text.end(), isDigit);
        const auto* last = std::find_if_not(first, text.end(), isDigit);
        out.append(text.begin(), first);
        double number = 0;
        if (last - first >= static_cast<std::ptrdiff_t>(kDigitsOfADouble)) {
            std::from_chars(first, last, number);
            out += std::to_string(number);
        } else {
            out.append(first, last);
        }
        text.remove_prefix(static_cast<std::size_t>(last - text.begin()));
    }
    return out;
}

Value normalised(const Value& value) {
    if (value.isInteger()) return Value(value.asNumber());
    if (value.isString()) return Value(withDoubles(value.asString()));
    if (value.isArray()) {
        std::vector<Value> items;
        for (const Value& item : value.items()) items.push_back(normalised(item));
        return Value::array(std::move(items));
    }
    if (value.isObject()) {
        std::vector<Member> members;
        for (const auto& [key, member] : value.members()) members.emplace_back(key, normalised(member));
        return Value::object(std::move(members));
    }
    return value;
}

bool isPartial(std::string_view expression) {
    return expression.find("(?,") != std::string_view::npos || expression.find(", ?)") != std::string_view::npos;
}

Comparison comparedErrors(const Value& answer, const Pair& pair, const ExpressionError& error) {
    Comparison compared;
    compared.here =
        error.jsonataCode + " at " + std::to_string(error.position) + " token " + error.token + ": " + error.message;
    const std::string there(answer["error"].asString());
    if (error.jsonataCode == there) {
        compared.kind = "same error";
    } else if (error.limit) {
        compared.kind = "limit";
    } else if (error.jsonataCode == "T0410" && isPartial(pair.expression)) {
        // The reference does not check what a partly applied built-in function is given in the end.
        compared.kind = "arguments of a partial application";
    } else if (error.jsonataCode == "D1001" || answer.find("nonFinite")) {
        // A value that is not finite is an error where it arises; the reference tells it at its next use, if ever.
        compared.kind = "not finite";
    } else {
        compared.kind = error.jsonataCode + " here, " + (there.empty() ? "a value" : there) + " there";
        compared.differs = true;
    }
    return compared;
}

bool isNear(const Value& a, const Value& b) {
    if (a.isNumber() && b.isNumber()) {
        const double scale = std::max(std::abs(a.asNumber()), std::abs(b.asNumber()));
        return std::abs(a.asNumber() - b.asNumber()) <= scale * 1e-14;
    }
    if (!a.isArray() || !b.isArray() || a.size() != b.size()) return a == b;
    return std::equal(a.items().begin(), a.items().end(), b.items().begin(), isNear);
}

Comparison comparedValues(const Value& answer, const Pair& pair, const Value& here) {
    Comparison compared;
    compared.here = here.isUndefined() ? "nothing" : writeJson(here);
    if (answer.find("error")) {
        compared.kind = "a value here, " + std::string(answer["error"].asString()) + " there";
        compared.differs = true;
    } else if (answer.find("nonFinite")) {
        compared.kind = "not finite there only";
        compared.differs = true;
    } else if (here.isUndefined() != !answer.find("value")) {
        compared.kind = here.isUndefined() ? "nothing here, a value there" : "a value here, nothing there";
        compared.differs = true;
    } else {
        // Powers differ in their last bit between the two mathematical libraries.
        const bool same = normalised(here) == normalised(answer["value"]) ||
                          (pair.expression.find("$power") != std::string::npos && isNear(here, answer["value"]));
        compared.differs = here.isDefined() && !same;
        compared.kind = compared.differs ? "another value" : here.isDefined() ? "same value" : "same nothing";
    }
    return compared;
}

}  // namespace

Comparison compareWith(const Value& answer, const Pair& pair) {
    if (answer.find("lost")) return {false, "the reference hung or died", {}};
    if (answer["value"].isDefined() && writeJson(answer["value"]).find("undefined") != std::string::npos)
        return {false, "the reference writes undefined into a text", {}};
    if (answer.find("changed")) return {false, "the reference changed its input", {}};
    // Where the language gives no meaning (a missing argument, say), the reference falls over in JavaScript itself.
    if (answer["error"].asString() == "host") return {false, "the reference fails in its host", {}};
    const auto compiled = Expression::compileDetailed(pair.expression);
    if (!compiled) return comparedErrors(answer, pair, compiled.error());
    Environment environment;
    environment.wallNow = 1'700'000'000'000'000;  // the NOW of reference.js
    const auto result = compiled->evaluateDetailed(pair.input, environment);
    return result ? comparedValues(answer, pair, *result) : comparedErrors(answer, pair, result.error());
}

}  // namespace signalbox::expr
