#include "expr/analysis.h"

#include <gtest/gtest.h>

#include "base/json.h"
#include "engine/port_type.h"
#include "expr/completion.h"
#include "unit/expr/suite_expressions.h"

namespace signalbox::expr {
namespace {

std::string joined(const std::vector<std::string>& parts) {
    std::string out;
    for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
    return out;
}

std::string pathsOf(std::string_view text) {
    std::vector<std::string> paths;
    for (const PathRead& read : analyse(text).paths) paths.push_back(read.path.empty() ? "(all)" : read.path);
    return joined(paths);
}

/// "code at position+length: message -> suggestion".
std::string warningsOf(std::string_view text, const AnalysisOptions& options = {}) {
    std::vector<std::string> told;
    for (const Warning& warning : analyse(text, options).warnings) {
        told.push_back(warning.code.substr(11) + " at " + std::to_string(warning.position) + "+" +
                       std::to_string(warning.length) + ": " + warning.message +
                       (warning.suggestion.empty() ? "" : " -> " + warning.suggestion));
    }
    return joined(told);
}

TEST(Analysis, FindsThePathsThatAreRead) {
    EXPECT_EQ(pathsOf("user.age >= 18"), "user.age");
    EXPECT_EQ(pathsOf("orders[status = \"open\"].price"), "orders[].status, orders[].price");
    EXPECT_EQ(pathsOf("$sum(orders.(price * quantity))"), "orders.price, orders.quantity");
    EXPECT_EQ(pathsOf("$map(orders, function($o) { $o.price })"), "orders[].price");
    EXPECT_EQ(pathsOf("orders ~> $filter(function($o) { $o.ok }) ~> $count()"), "orders[].ok, orders[]");
    EXPECT_EQ(pathsOf("($o := orders; $o.price + $$.tax)"), "orders.price, tax");
    EXPECT_EQ(pathsOf("orders^(>date).id"), "orders[].date, orders.id");
    EXPECT_EQ(pathsOf("orders{customer: $sum(total)}"), "orders[].customer, orders[].total");
    EXPECT_EQ(pathsOf("orders.lines.{\"order\": %.id, \"sku\": sku}"), "orders.id, orders.lines.sku");
    EXPECT_EQ(pathsOf("orders@$o.customers[id = $o.who].name"), "customers[].id, orders[].who, customers[].name");
    EXPECT_EQ(pathsOf("a.*.b"), "a.*.b");
    EXPECT_EQ(pathsOf("**.id"), "**.id");
    EXPECT_EQ(pathsOf("`unit price`"), "`unit price`");
    EXPECT_EQ(pathsOf("$lookup(rates, \"eur\")"), "rates.eur");
    EXPECT_EQ(pathsOf("$"), "(all)");
    EXPECT_EQ(pathsOf("name.$uppercase()"), "name");
    EXPECT_EQ(pathsOf("$ ~> |orders|{\"total\": price}|"), "(all), orders[].price");
    EXPECT_EQ(pathsOf("$reduce(lines, function($sum, $l) { $sum + $l.price }, 0)"), "lines[].price");
}

TEST(Analysis, FollowsFunctions) {
    EXPECT_EQ(pathsOf("($f := function($u) { $u.name }; $f(user) & $f(owner))"), "user.name, owner.name");
    EXPECT_EQ(pathsOf("($f := function($g, $x) { $g($x) }; $f(function($o) { $o.a }, user))"), "user.a");
    EXPECT_EQ(pathsOf("(flag ? $f : $g)(user)"), "flag, user");
    EXPECT_EQ(pathsOf("($f := function($n) { $n ? $f($n.next) : 0 }; $f(list))"), "list, list.next");
    EXPECT_EQ(pathsOf("function() { secret }"), "secret");
}

TEST(Analysis, TellsTypes) {
    const auto type = [](std::string_view text) {
        const Analysis result = analyse(text);
        return result.resultType + (result.mayBeMissing ? "?" : "");
    };
    EXPECT_EQ(type("a"), "any?");
    EXPECT_EQ(type("a & b"), "string");
    EXPECT_EQ(type("a + 1"), "number?");
    EXPECT_EQ(type("a = 1 and b"), "boolean");
    EXPECT_EQ(type("a > 1"), "boolean?");
    EXPECT_EQ(type("{\"a\": a}"), "object");
    EXPECT_EQ(type("[a & \"x\", \"y\"]"), "array<string>");
    EXPECT_EQ(type("[[1, a]]"), "array<array<any>>");
    EXPECT_EQ(type("a ? 1 : 2.5"), "number");
    EXPECT_EQ(type("a ? 1 : \"x\""), "any");
    EXPECT_EQ(type("a ? 1"), "integer?");
    EXPECT_EQ(type("$count(a)"), "integer");
    EXPECT_EQ(type("$uppercase(a)"), "string?");
    EXPECT_EQ(type("$split(a, \",\")"), "array<string>?");
    EXPECT_EQ(type("a ?? \"none\""), "any");
    EXPECT_EQ(type("function($x) { 1 }"), "any?");
}

TEST(Analysis, FoldsConstants) {
    const Analysis sum = analyse("$sum([1..10]) * 2");
    EXPECT_TRUE(sum.constant);
    EXPECT_EQ(sum.folded, Value(110));
    EXPECT_EQ(sum.resultType, "integer");
    EXPECT_FALSE(sum.mayBeMissing);
    EXPECT_TRUE(analyse("[1..1000000]").constant);
    EXPECT_TRUE(analyse("[1..1000000]").folded.isUndefined()) << "beyond the limits of folding";
    EXPECT_TRUE(analyse("[1,2].($ * 2)").constant);
    for (const char* text : {"a", "$", "$now()", "$random()", "$x", "$eval(\"1\")", "$uppercase()", "[1,2].a.$$"})
        EXPECT_FALSE(analyse(text).constant) << text;
    EXPECT_TRUE(analyse("$now()").usesTime);
    EXPECT_TRUE(analyse("$map(a, $shuffle)").usesRandom);
}

TEST(Analysis, TellsWhatMayNotBeMeant) {
    EXPECT_EQ(warningsOf("$summ(a)"), "unknown-function at 0+5: There is no function $summ -> $sum");
    EXPECT_EQ(warningsOf("1 + sum(a)"), "unknown-function at 4+3: Functions are written with $: $sum -> $sum");
    EXPECT_EQ(warningsOf("$substring()"), "argument-count at 0+10: $substring takes 1 to 3 arguments, not 0");
    EXPECT_EQ(warningsOf("$now(1, 2, 3)"), "argument-count at 0+4: $now takes 0 to 2 arguments, not 3");
    EXPECT_EQ(warningsOf("$sum(a, b)"), "argument-count at 0+4: $sum takes 1 argument, not 2");
    EXPECT_EQ(warningsOf("a ~> $substring(1, 2) & $zip(a, b, c)"), "");
    EXPECT_EQ(warningsOf("$pad(a, \"5\")"), "");
    EXPECT_EQ(warningsOf("$join(a, 5)"), "argument-type at 9+1: Argument 2 of $join cannot be of type integer");
    EXPECT_EQ(warningsOf("\"a\" + 1"), "operand-type at 4+1: The operator + needs numbers, not a string");
    EXPECT_EQ(warningsOf("$usr.name"), "") << "nobody said which variables there are";
    AnalysisOptions options;
    options.variables = {"user"};
    EXPECT_EQ(warningsOf("$usr.name & $user", options), "unknown-variable at 0+4: There is no variable $usr -> $user");
    EXPECT_EQ(warningsOf("($x := 1; $map(a, function($y) { $x + $y }))", options), "");
}

TEST(Analysis, ListsVariablesAndFunctions) {
    const Analysis result = analyse("($x := $y; $map(a, function($z) { $z + $x + $w }) ~> $sum())");
    EXPECT_EQ(joined(result.variables), "w, y");
    EXPECT_EQ(joined(result.functions), "map, sum");
    ASSERT_EQ(result.paths.size(), 1U);
    EXPECT_EQ(result.paths[0].position, 16U);
}

TEST(Analysis, GivesTheErrorWithItsToken) {
    const Analysis result = analyse("a + )");
    ASSERT_TRUE(result.error);
    EXPECT_EQ(result.error->position, 4U);
    EXPECT_EQ(result.errorLength, 1U);
    EXPECT_EQ(analyse("a +").errorLength, 0U);
    EXPECT_TRUE(result.paths.empty());
}

/// Keeps of a value only what the paths lead to; arrays are walked through.
class Pruned {
public:
    using Path = std::vector<std::string>;
    explicit Pruned(const Analysis& analysis) {
        for (const PathRead& read : analysis.paths) paths_.push_back(partsOf(read.path));
    }
    Value of(const Value& input) const { return prune(input, paths_); }

private:
    static Path partsOf(const std::string& path) {
        Path parts;
        std::string part;
        bool quoted = false;
        for (const char c : path + ".") {
            if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                if (part.ends_with("[]")) part.resize(part.size() - 2);
                if (!part.empty()) parts.push_back(part);
                part.clear();
            } else {
                part += c;
            }
        }
        return parts;
    }
    static Value prune(const Value& value, std::vector<Path> paths) {
        for (std::size_t i = 0; i < paths.size(); ++i) {
            if (paths[i].empty()) return value;
            if (paths[i].front() == "**") paths.emplace_back(paths[i].begin() + 1, paths[i].end());
        }
        if (value.isArray()) {
            ArrayBuilder items;
            for (const Value& item : value.items()) items.push(prune(item, paths));
            return std::move(items).build();
        }
        if (!value.isObject()) return value;
        ObjectBuilder members;
        for (const auto& [key, member] : value.members()) {
            std::vector<Path> rest;
            for (const Path& path : paths) {
                if (path.front() == "**") rest.push_back(path);
                if (path.front() == key || path.front() == "*") rest.emplace_back(path.begin() + 1, path.end());
            }
            if (!rest.empty()) members.set(key, prune(member, rest));
        }
        return std::move(members).build();
    }
    std::vector<Path> paths_;
};

TEST(Analysis, HoldsForTheOfficialExpressions) {
    const auto cases = suiteCases();
    if (cases.empty()) GTEST_SKIP() << "The JSONata suite is not here: set SIGNALBOX_CONFORMANCE_DIR";
    std::size_t pruned = 0;
    for (const SuiteCase& each : cases) {
        const auto compiled = Expression::compileDetailed(each.text);
        const Analysis analysis = analyse(each.text);
        ASSERT_EQ(analysis.error.has_value(), !compiled) << each.id;
        if (!compiled) continue;
        Environment environment;
        environment.variables = each.bindings;
        environment.limits.maxSteps = 300'000;
        const auto result = compiled->evaluateDetailed(each.input, environment);
        if (!result) continue;
        const auto type = engine::PortType::parse(analysis.resultType);
        ASSERT_TRUE(type) << analysis.resultType;
        EXPECT_TRUE(type->admits(*result) || (analysis.mayBeMissing && result->isUndefined()))
            << each.id << ": " << analysis.resultType << " of\n"
            << each.text << "\ngave " << writeJson(*result);
        EXPECT_TRUE(analysis.mayBeMissing || result->isDefined()) << each.id << "\n" << each.text;
        EXPECT_TRUE(analysis.folded.isUndefined() || analysis.folded == *result) << each.id << "\n" << each.text;
        if (analysis.usesEval || analysis.usesRandom) continue;
        const Value less = Pruned(analysis).of(each.input);
        pruned += less == each.input ? 0 : 1;
        const auto again = compiled->evaluateDetailed(less, environment);
        EXPECT_TRUE(again && *again == *result) << each.id << ": paths " << pathsOf(each.text) << " of\n" << each.text;
    }
    EXPECT_GT(pruned, 300U);
}

}  // namespace
}  // namespace signalbox::expr
