// Numbers: reading, rounding, aggregation, writing.
#include <charconv>
#include <cmath>
#include <limits>

#include "expr/builtins.h"
#include "expr/evaluator.h"
#include "expr/integer_format.h"
#include "expr/number_format.h"
#include "expr/value_text.h"

namespace signalbox::expr {

namespace {

/// The number shifted by decimal places, exactly as its shortest decimal form would be.
double shifted(double number, int places) {
    char buffer[64];
    const auto written = std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::scientific);
    std::string_view text(buffer, static_cast<std::size_t>(written.ptr - buffer));
    const std::size_t mark = text.find('e');
    int exponent = 0;
    const char* digits = text.data() + mark + (text[mark + 1] == '+' ? 2 : 1);
    std::from_chars(digits, written.ptr, exponent);
    const std::string moved = std::string(text.substr(0, mark)) + "e" + std::to_string(exponent + places);
    double result = 0;
    std::from_chars(moved.data(), moved.data() + moved.size(), result);
    return result;
}

/// To the nearest, halves to the even neighbour.
double roundedHalfEven(double number, int places) {
    const double scaled = places == 0 ? number : shifted(number, places);
    double result = std::floor(scaled + 0.5);
    if (std::abs(result - scaled) == 0.5 && std::abs(std::fmod(result, 2)) == 1) result -= 1;
    if (!std::isfinite(result)) return number;
    return places == 0 || result == 0 ? result : shifted(result, -places);
}

/// Decimal as in JSON but with leading zeros, or 0x, 0o, 0b.
bool readNumber(std::string_view text, double& number) {
    const char* end = text.data() + text.size();
    const std::string_view prefix = text.substr(0, 2);
    const int base = prefix == "0x" || prefix == "0X"   ? 16
                     : prefix == "0o" || prefix == "0O" ? 8
                     : prefix == "0b" || prefix == "0B" ? 2
                                                        : 10;
    if (base != 10) {
        std::uint64_t whole = 0;
        const auto read = std::from_chars(text.data() + 2, end, whole, base);
        number = static_cast<double>(whole);
        return text.size() > 2 && read.ec == std::errc() && read.ptr == end;
    }
    const std::string_view digits = text.substr(text.empty() || text.front() != '-' ? 0 : 1);
    if (digits.empty() || digits.front() < '0' || digits.front() > '9' || digits.find(".e") != std::string_view::npos ||
        digits.find(".E") != std::string_view::npos || digits.back() == '.') {
        return false;
    }
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end && std::isfinite(number);
}

bool runNumber(const Call& call) {
    const Item& item = call[0];
    if (item.isUndefined()) return true;
    if (item.isNumber()) return call.give(item);
    if (item.isBoolean()) return call.give(Item(Value(item.value().asBoolean() ? 1 : 0)));
    double number = 0;
    if (!readNumber(call.text(0), number)) return call.fail("D3030", item.value());
    std::int64_t whole = 0;
    const char* end = call.text(0).data() + call.text(0).size();
    const auto exact = std::from_chars(call.text(0).data(), end, whole);
    return call.give(Item(exact.ec == std::errc() && exact.ptr == end ? Value(whole) : Value(number)));
}

template <double (*function)(double)>
bool runUnary(const Call& call) {
    if (call[0].isUndefined() || call[0].value().isInteger()) return call.give(call[0]);
    return call.give(Item(Value(function(call.number(0)))));
}

bool runAbs(const Call& call) {
    const Value& number = call[0].value();
    if (call[0].isUndefined() || (number.isInteger() && number.asInteger() >= 0)) return call.give(call[0]);
    if (number.isInteger() && number.asInteger() > std::numeric_limits<std::int64_t>::min())
        return call.give(Item(Value(-number.asInteger())));
    return call.give(Item(Value(std::abs(call.number(0)))));
}

bool runRound(const Call& call) {
    if (call[0].isUndefined()) return true;
    const double places = call[1].isNumber() ? call.number(1) : 0;
    if (std::abs(places) > 400) return call.give(Item(Value(places > 0 ? call.number(0) : 0.0)));
    return call.give(Item(Value(roundedHalfEven(call.number(0), static_cast<int>(places)))));
}

bool runSqrt(const Call& call) {
    if (call[0].isUndefined()) return true;
    if (call.number(0) < 0) return call.fail("D3060", call[0].value());
    return call.give(Item(Value(std::sqrt(call.number(0)))));
}

bool runPower(const Call& call) {
    if (call[0].isUndefined()) return true;
    const double result = std::pow(call.number(0), call.number(1));
    if (!std::isfinite(result)) return call.fail("D3061", call[0].value());
    return call.give(Item(Value(result)));
}

bool runRandom(const Call& call) { return call.give(Item(Value(call.evaluator.random().unit()))); }

template <class Step>
double accumulate(const Item& numbers, double start, Step step) {
    forEachItem(numbers, [&](const Item& item, std::size_t) {
        start = step(start, item.value().asNumber());
        return true;
    });
    return start;
}

double total(const Item& numbers) {
    return accumulate(numbers, 0, [](double a, double b) { return a + b; });
}

bool giveNumber(const Call& call, double number) {
    if (!std::isfinite(number)) return call.fail("D1001", Value(numberText(number)));
    return call.give(Item(Value(number)));
}

bool runSum(const Call& call) { return call[0].isUndefined() || giveNumber(call, total(call[0])); }

bool runAverage(const Call& call) {
    if (call[0].arraySize() == 0) return true;
    return giveNumber(call, total(call[0]) / static_cast<double>(call[0].arraySize()));
}

bool runMax(const Call& call) {
    if (call[0].arraySize() == 0) return true;
    return giveNumber(call, accumulate(call[0], -std::numeric_limits<double>::infinity(),
                                       [](double a, double b) { return std::max(a, b); }));
}

bool runMin(const Call& call) {
    if (call[0].arraySize() == 0) return true;
    return giveNumber(call, accumulate(call[0], std::numeric_limits<double>::infinity(),
                                       [](double a, double b) { return std::min(a, b); }));
}

bool runFormatBase(const Call& call) {
    if (call[0].isUndefined()) return true;
    const double radix = call[1].isNumber() ? roundedHalfEven(call.number(1), 0) : 10;
    if (radix < 2 || radix > 36) return call.fail("D3100", call[1].value());
    const double number = roundedHalfEven(call.number(0), 0);
    if (std::abs(number) >= 9.2e18) return call.fail("D1001", call[0].value());
    char buffer[72];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, static_cast<std::int64_t>(number), static_cast<int>(radix)).ptr;
    return call.give(Item(Value(std::string_view(buffer, static_cast<std::size_t>(end - buffer)))));
}

bool runFormatNumber(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto text = formatNumber(call.number(0), call.text(1), freeze(call[2]));
    return text ? call.give(Item(Value(*text))) : call.fail(text.error());
}

bool runFormatInteger(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto text = formatInteger(std::floor(call.number(0)), call.text(1));
    if (!text && text.error() == "D2015") return call.fail(text.error(), Value("text bytes"));
    return text ? call.give(Item(Value(*text))) : call.fail(text.error(), call[1].value());
}

bool runParseInteger(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto number = parseInteger(call.text(0), call.text(1));
    if (!number) return call.fail(number.error(), call[1].value());
    return call.give(*number ? Item(Value(**number)) : Item());
}

constexpr Builtin kBuiltins[] = {
    {"number", "<(nsb)-:n>", 1, runNumber},
    {"abs", "<n-:n>", 1, runAbs},
    {"floor", "<n-:n>", 1, runUnary<std::floor>},
    {"ceil", "<n-:n>", 1, runUnary<std::ceil>},
    {"round", "<n-n?:n>", 2, runRound},
    {"sqrt", "<n-:n>", 1, runSqrt},
    {"power", "<n-n:n>", 2, runPower},
    {"random", "<:n>", 0, runRandom},
    {"sum", "<a<n>:n>", 1, runSum},
    {"average", "<a<n>:n>", 1, runAverage},
    {"max", "<a<n>:n>", 1, runMax},
    {"min", "<a<n>:n>", 1, runMin},
    {"formatBase", "<n-n?:s>", 2, runFormatBase},
    {"formatNumber", "<n-so?:s>", 3, runFormatNumber},
    {"formatInteger", "<n-s:s>", 2, runFormatInteger},
    {"parseInteger", "<s-s:n>", 2, runParseInteger},
};

}  // namespace

std::span<const Builtin> numericBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
