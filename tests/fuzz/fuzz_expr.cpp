// Fuzzes compiling and evaluating: the input is an expression, a zero byte, and JSON to evaluate it on.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "expr/expression.h"

namespace {

constexpr std::uint64_t kSteps = 20'000;
constexpr std::size_t kItems = 20'000;
constexpr std::size_t kTextBytes = 1U << 20U;

/// Counts what a result holds; aborts when it is more than its limits allow.
void check(const signalbox::Value& value, std::size_t& items) {
    if (value.isString() && value.size() > kTextBytes) std::abort();
    items += value.isArray() || value.isObject() ? value.size() : 0;
    for (const auto& item : value.items()) check(item, items);
    for (const auto& member : value.members()) check(member.second, items);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace signalbox;
    const std::string_view all(reinterpret_cast<const char*>(data), size);
    const std::size_t cut = all.find('\0');
    const std::string_view text = all.substr(0, cut);
    const auto compiled = expr::Expression::compile(text);
    if (!compiled) {
        if (expr::jsonataCode(compiled.error()).size() != 5) std::abort();
        return 0;
    }
    Value input = Value::undefined();
    if (cut != std::string_view::npos) {
        auto parsed = parseJson(all.substr(cut + 1));
        if (parsed) input = std::move(*parsed);
    }
    expr::Environment environment;
    environment.wallNow = 1'700'000'000'000'000;
    environment.limits.maxSteps = kSteps;
    environment.limits.maxOutputItems = kItems;
    environment.limits.maxTextBytes = kTextBytes;
    const auto first = compiled->evaluate(input, environment);
    const auto second = compiled->evaluate(input, environment);
    // The same expression over the same input gives the same, errors included.
    if (first.has_value() != second.has_value()) std::abort();
    if (!first) {
        if (!(first.error() == second.error()) || expr::jsonataCode(first.error()).size() != 5) std::abort();
        return 0;
    }
    if (!(*first == *second)) std::abort();
    // The depth and items of an input come on top of those that were made.
    if (first->depth() > environment.limits.maxDepth + input.depth() + 1) std::abort();
    std::size_t items = 0;
    check(*first, items);
    if (items > kItems * 2 && input.isUndefined()) std::abort();
    if (isValidUtf8(text) && first->isString() && !isValidUtf8(first->asString())) std::abort();
    if (first->isDefined() && writeJson(*first).empty()) std::abort();
    return 0;
}
