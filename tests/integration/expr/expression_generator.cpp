#include "integration/expr/expression_generator.h"

#include <algorithm>
#include <fstream>

namespace signalbox::expr {

namespace {

constexpr int kMaxDepth = 5;

/// The symbols whose expressions are values, from which one of the wrong type is taken now and then.
constexpr std::string_view kValueSymbols[] = {"N", "S", "B", "X", "NS", "SS", "OS", "O"};

bool isValueSymbol(std::string_view symbol) {
    return std::find(std::begin(kValueSymbols), std::end(kValueSymbols), symbol) != std::end(kValueSymbols);
}

}  // namespace

ExpressionGenerator::ExpressionGenerator(const std::filesystem::path& grammar, std::uint64_t seed) : engine_(seed) {
    std::ifstream file(grammar);
    for (std::string line; std::getline(file, line);) {
        const std::size_t first = line.find('\t');
        const std::size_t second = line.find('\t', first + 1);
        if (line.empty() || line.front() == '#' || second == std::string::npos) continue;
        rules_.push_back({line.substr(0, first), line.substr(first + 1, second - first - 1), line.substr(second + 1)});
    }
}

std::string ExpressionGenerator::declare(std::string_view symbol) {
    scope_.push_back({std::string(symbol), "$v" + std::to_string(++names_)});
    return scope_.back().name;
}

const Rule* ExpressionGenerator::choose(std::string_view symbol, std::string_view context, bool leaf) {
    std::vector<const Rule*> fitting;
    for (const Rule& rule : rules_) {
        if (rule.symbol != symbol || (rule.context != "any" && rule.context != context)) continue;
        if (leaf && rule.text.find("<<") != std::string::npos) continue;
        fitting.push_back(&rule);
        // What belongs to the context is wanted more often than the rest.
        if (rule.context != "any") fitting.insert(fitting.end(), 4, &rule);
    }
    return fitting.empty() ? nullptr : fitting[below(fitting.size())];
}

std::string ExpressionGenerator::part(std::string_view marker, std::string_view context, int depth) {
    if (marker.substr(0, 4) == "let ") {
        const std::string value = expand(marker.substr(4), context, depth);
        return declare(marker.substr(4)) + " := " + value;
    }
    if (marker.substr(0, 6) == "param ") return declare(marker.substr(6));
    const std::size_t blank = marker.find(' ');
    if (blank != std::string_view::npos) context = marker.substr(blank + 1);
    return expand(marker.substr(0, blank), context, depth);
}

std::string ExpressionGenerator::fill(const Rule& rule, std::string_view context, int depth) {
    std::string out;
    const std::size_t known = scope_.size();
    for (std::string_view rest(rule.text); !rest.empty();) {
        const std::size_t open = rest.find("<<");
        out += rest.substr(0, open);
        if (open == std::string_view::npos) break;
        const std::size_t close = rest.find(">>", open);
        out += part(rest.substr(open + 2, close - open - 2), context, depth + 1);
        rest.remove_prefix(close + 2);
    }
    scope_.resize(known);
    return out;
}

std::string ExpressionGenerator::expand(std::string_view symbol, std::string_view context, int depth) {
    if (isValueSymbol(symbol)) {
        if (chance(3)) symbol = kValueSymbols[below(std::size(kValueSymbols))];
        std::vector<const Variable*> bound;
        for (const Variable& variable : scope_) {
            if (variable.symbol == symbol || chance(3)) bound.push_back(&variable);
        }
        if (!bound.empty() && chance(35)) return bound[below(bound.size())]->name;
    }
    const bool leaf = depth >= kMaxDepth || (depth > 2 && chance(30));
    const Rule* rule = choose(symbol, context, leaf);
    if (!rule) rule = choose(symbol, context, false);
    return rule ? fill(*rule, context, depth) : "null";
}

Pair ExpressionGenerator::next() {
    names_ = 0;
    scope_.clear();
    Pair pair;
    pair.input = input();
    pair.expression = expand(kValueSymbols[below(std::size(kValueSymbols))], "root", chance(40) ? 1 : 0);
    return pair;
}

Value ExpressionGenerator::number() {
    switch (below(8)) {
        case 0:
            return Value(static_cast<std::int64_t>(below(2'000'000)) - 1'000'000);
        case 1:
            return Value(static_cast<double>(below(100'000)) / 100);
        case 2:
            return Value(-static_cast<double>(below(1000)) / 8);
        default:
            return Value(static_cast<std::int64_t>(below(12)) - 2);
    }
}

Value ExpressionGenerator::word() {
    static constexpr const char* kWords[] = {
        "",      "a",    "Ab",   "abc",       "hello world", "  two  blanks ",
        "1e1",   "x-1",  "b2b",  "A,B,,C",    "foo@bar.org", "\xC3\xA4\xC3\x96\xC3\x9F",
        "Hello", "true", "3.50", "line\nend", "zz",          "\xE2\x82\xAC 5"};
    return Value(kWords[below(std::size(kWords))]);
}

Value ExpressionGenerator::some() {
    switch (below(9)) {
        case 0:
            return Value(nullptr);
        case 1:
            return Value(below(2) == 0);
        case 2:
            return Value::array({});
        case 3:
            return Value::object({});
        case 4:
            return Value::array({Value::array({number()}), number()});
        case 5:
            return word();
        default:
            return number();
    }
}

template <class Make>
Value ExpressionGenerator::listOf(std::size_t most, Make make) {
    std::vector<Value> items;
    for (std::size_t count = below(most + 1); count > 0; --count) items.push_back(make());
    return Value::array(std::move(items));
}

Value ExpressionGenerator::item() {
    std::vector<Member> members;
    members.emplace_back("id", Value("i" + std::to_string(below(5))));
    if (chance(90)) members.emplace_back("name", word());
    if (chance(85)) members.emplace_back("price", number());
    if (chance(85)) members.emplace_back("qty", chance(90) ? number() : some());
    if (chance(70)) members.emplace_back("tags", chance(80) ? listOf(3, [&] { return word(); }) : word());
    if (chance(60)) {
        const auto part = [&] { return Value::object({{"code", word()}, {"weight", number()}}); };
        members.emplace_back("parts", chance(80) ? listOf(3, part) : part());
    }
    return Value::object(std::move(members));
}

Value ExpressionGenerator::input() {
    if (chance(3)) return some();
    std::vector<Member> members;
    members.emplace_back("n", chance(95) ? number() : some());
    members.emplace_back("s", chance(95) ? word() : some());
    if (chance(80)) members.emplace_back("flag", Value(below(2) == 0));
    if (chance(80)) members.emplace_back("nothing", Value(nullptr));
    members.emplace_back("nums", chance(90) ? listOf(5, [&] { return number(); }) : some());
    members.emplace_back("words", chance(90) ? listOf(4, [&] { return word(); }) : some());
    members.emplace_back("items", chance(90) ? listOf(4, [&] { return item(); }) : item());
    members.emplace_back("user", Value::object({{"name", word()},
                                                {"age", number()},
                                                {"home", Value::object({{"city", word()}, {"zip", number()}})}}));
    if (chance(60)) members.emplace_back("matrix", listOf(3, [&] { return listOf(3, [&] { return number(); }); }));
    if (chance(60)) members.emplace_back("mixed", listOf(4, [&] { return some(); }));
    Value root = Value::object(std::move(members));
    if (chance(8)) return Value::array({root, item()});
    return root;
}

}  // namespace signalbox::expr
