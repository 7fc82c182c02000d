#include "expr/completion.h"

#include <chrono>
#include <random>

#include <gtest/gtest.h>

#include "base/json.h"
#include "expr/analysis.h"
#include "expr/expression.h"
#include "expr/formatter.h"
#include "expr/tokens.h"
#include "unit/expr/random_expression.h"

namespace signalbox::expr {
namespace {

const Value& sample() {
    static const Value value = *parseJson(R"({
        "user": {"name": "Ada", "age": 36},
        "orders": [
            {"id": 7, "status": "open", "lines": [{"sku": "a", "price": 1.5}], "unit price": 2},
            {"id": 8, "status": "done", "rare": true, "lines": []}],
        "rates": {"eur": 1, "usd": 1.1}
    })");
    return value;
}

/// The candidates at the '|' of a text.
std::vector<Completion> at(std::string text, const NamedValues& variables = {}, const Value& input = sample()) {
    const std::size_t caret = text.find('|');
    text.erase(caret, 1);
    return complete(text, caret, input, variables);
}

std::string labels(const std::vector<Completion>& all, CompletionKind kind) {
    std::string out;
    for (const Completion& each : all) {
        if (each.kind == kind) out += (out.empty() ? "" : " ") + each.label;
    }
    return out;
}
std::string fields(const std::string& text, const NamedValues& variables = {}) {
    return labels(at(text, variables), CompletionKind::Field);
}
std::string variables(const std::string& text, const NamedValues& given = {}) {
    return labels(at(text, given), CompletionKind::Variable);
}

/// The text after taking the first candidate.
std::string taken(std::string text) {
    const auto all = at(text);
    text.erase(text.find('|'), 1);
    if (all.empty()) return "nothing";
    return text.replace(all[0].from, all[0].to - all[0].from, all[0].insert);
}

TEST(Completion, OffersTheFieldsOfTheSample) {
    EXPECT_EQ(fields("|"), "user orders rates");
    EXPECT_EQ(fields("user.|"), "name age");
    EXPECT_EQ(fields("1 + user.|"), "name age");
    EXPECT_EQ(fields("orders.|"), "id status lines unit price rare");
    EXPECT_EQ(fields("orders.lines.|"), "sku price");
    EXPECT_EQ(fields("$.user.|"), "name age");
    EXPECT_EQ(fields("$$.user.|"), "name age");
    EXPECT_EQ(fields("nothing.|"), "");
    EXPECT_EQ(fields("user.n|"), "name");
    EXPECT_EQ(fields("$input.|", {{"input", *parseJson(R"({"deep": 1})")}}), "deep");
}

TEST(Completion, KnowsWhatNamesMeanInside) {
    const std::string order = "id status lines unit price rare";
    EXPECT_EQ(fields("orders[|]"), order);
    EXPECT_EQ(fields("orders[status = \"open\" and |]"), order);
    EXPECT_EQ(fields("orders[id = 8].|"), "id status rare lines");
    EXPECT_EQ(fields("orders[status = \"none\"].|"), order) << "a predicate that leaves nothing is passed over";
    EXPECT_EQ(fields("orders.(|"), order);
    EXPECT_EQ(fields("orders.{\"a\": |"), order);
    EXPECT_EQ(fields("orders{status: |"), order);
    EXPECT_EQ(fields("orders^(>|"), order);
    EXPECT_EQ(fields("orders^(id).|"), order);
    EXPECT_EQ(fields("orders.$sum(lines.|"), "sku price");
    EXPECT_EQ(fields("orders.[|"), order);
    EXPECT_EQ(fields("$sum(|"), "user orders rates");
    EXPECT_EQ(fields("(orders.lines).|"), "sku price");
}

TEST(Completion, KnowsTransforms) {
    const std::string text = "$ ~> |orders|{\"a\": ";
    std::vector<Completion> all = complete(text, text.size(), sample());
    EXPECT_EQ(labels(all, CompletionKind::Field), "id status lines unit price rare");
    const std::string pattern = "user ~> |";
    all = complete(pattern, pattern.size(), sample());
    EXPECT_EQ(labels(all, CompletionKind::Field), "name age");
}

TEST(Completion, KnowsWhatFunctionsAreCalledWith) {
    const std::string order = "id status lines unit price rare";
    EXPECT_EQ(fields("$map(orders, function($o) { $o.|"), order);
    EXPECT_EQ(fields("orders ~> $filter(function($o, $i) { $o.|"), order);
    EXPECT_EQ(fields("$map(orders[id = 7], function($o) { $o.lines.|"), "sku price");
    EXPECT_EQ(fields("$reduce(orders, function($a, $b) { $b.|"), order);
    EXPECT_EQ(fields("$each($, function($v, $k) { $v.|"), "name age");
    EXPECT_EQ(fields("orders ~> $filter(function($o) { $o.id > 1 }) ~> $map(function($p) { $p.|"), order);
    EXPECT_EQ(fields("orders@$o.rates.($o.|"), order);
    EXPECT_EQ(fields("($u := user; $u.|"), "name age");
    EXPECT_EQ(fields("($n := $count(orders); $first := orders[0]; $first.|"), "id status lines unit price");
}

TEST(Completion, OffersVariablesInScope) {
    EXPECT_EQ(variables("|", {{"tax", Value(2)}}), "$tax $ $$");
    EXPECT_EQ(variables("($a := 1; $b := 2; $|"), "$b $a $ $$");
    EXPECT_EQ(variables("$map(orders, function($o, $i) { $o|"), "$o");
    EXPECT_EQ(variables("($f := function($x) { $x }; $x|"), "") << "out of scope";
    EXPECT_EQ(variables("orders@$o#$i.(|"), "$i $o $ $$");
    const auto all = at("$t|", {{"tax", Value(2)}});
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].label, "$tax");
    EXPECT_EQ(all[0].type, "integer");
    EXPECT_EQ(all[0].detail, "2");
}

TEST(Completion, TellsTypesAndSamples) {
    const auto all = at("orders.|");
    EXPECT_EQ(all[0].type, "integer");
    EXPECT_EQ(all[0].detail, "7");
    EXPECT_EQ(all[2].type, "array<any>");
    EXPECT_EQ(all[2].detail, "[{sku: \"a\", price: 1.5}]");
    EXPECT_EQ(shortSample(Value(std::string(100, 'x')), 10), "\"xxxxxxxxx\xE2\x80\xA6");
    EXPECT_EQ(typeWord(*parseJson("[1, 2.5]")), "array<number>");
}

TEST(Completion, OffersFunctionsWithHelp) {
    const auto all = at("$substringB|");
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all[0].label, "$substringBefore");
    EXPECT_EQ(all[0].insert, "$substringBefore(");
    EXPECT_EQ(all[0].detail, "$substringBefore(text, mark)");
    EXPECT_FALSE(all[0].help.empty());
    EXPECT_EQ(taken("$no|"), "$not(");
    EXPECT_EQ(taken("$now|"), "$now(");
    EXPECT_EQ(taken("$milli|"), "$millis()");
    EXPECT_EQ(taken("$summ|(a)"), "nothing");
    EXPECT_EQ(taken("$su|(a)"), "$sum(a)") << "its bracket is there already";
    EXPECT_EQ(taken("$map(a, $upp|"), "$map(a, $uppercase") << "given, not called";
    EXPECT_EQ(taken("uppercas|"), "$uppercase(");
}

TEST(Completion, RanksAndReplaces) {
    EXPECT_EQ(taken("user.na|"), "user.name");
    EXPECT_EQ(taken("user.n|ame"), "user.name");
    EXPECT_EQ(taken("us|"), "user");
    EXPECT_EQ(taken("ods|"), "orders") << "its letters in order";
    EXPECT_EQ(taken("orders.uni|"), "orders.`unit price`");
    EXPECT_EQ(taken("orders.`uni|"), "orders.`unit price`");
    EXPECT_EQ(taken("orders.`uni|t price` + 1"), "orders.`unit price` + 1");
    EXPECT_EQ(taken("fal|"), "false");
    EXPECT_EQ(taken("user a|"), "user and");
    EXPECT_EQ(quotedName("and"), "`and`");
    EXPECT_EQ(quotedName("2nd"), "`2nd`");
    EXPECT_EQ(quotedName(""), "``");
    EXPECT_EQ(quotedName("a`b"), "\"a`b\"");
    EXPECT_EQ(quotedName("caf\xC3\xA9"), "caf\xC3\xA9");
}

TEST(Completion, OffersNothingWhereNamesAreMadeOrTextIsWritten) {
    for (const char* text :
         {"\"us|", "/us|", "/* us|", "12|", "function($a, |", "orders@|", "orders#$|", "'a' & 'us|'"})
        EXPECT_TRUE(at(text).empty()) << text;
    EXPECT_EQ(labels(at("user |"), CompletionKind::Keyword), "and or in");
    EXPECT_EQ(fields("user |"), "");
}

TEST(Completion, QuotedNamesWorkAsTheyAreInserted) {
    for (const char* name :
         {"a b", "and", "true", "2nd", "", "a.b", "$x", "x`y", "f(x)", "caf\xC3\xA9", "\"q\"", "function"}) {
        const Value input = Value::object({{"o", Value::object({{name, Value(7)}})}});
        const auto compiled = Expression::compile("o." + quotedName(name));
        ASSERT_TRUE(compiled) << name;
        EXPECT_EQ(*compiled->evaluate(input), Value(7)) << name;
    }
}

TEST(Completion, SurvivesAnyText) {
    const unsigned seed = std::random_device{}();
    SCOPED_TRACE("seed " + std::to_string(seed));
    std::mt19937 engine(seed);
    RandomExpression random(seed);
    for (int round = 0; round < 400; ++round) {
        std::string text = random.next();
        for (int cut = 0; cut < 2 && !text.empty(); ++cut) text.erase(engine() % text.size(), 1 + engine() % 3);
        const std::size_t caret = engine() % (text.size() + 1);
        for (const Completion& each : complete(text, caret, sample())) {
            ASSERT_LE(each.from, caret);
            ASSERT_GE(each.to, caret);
            ASSERT_LE(each.to, text.size());
        }
        const Analysis analysis = analyse(text);
        EXPECT_TRUE(!analysis.error || analysis.error->position + analysis.errorLength <= text.size()) << text;
    }
}

/// About 1 MB of orders, and about 1 kB of expression over them.
std::string longExpression() {
    std::string text = "($tax := 0.2; $all := orders[status = \"open\"];\n";
    for (int i = 0; text.size() < 900; ++i)
        text += "$v" + std::to_string(i) +
                " := $sum($map($all, function($o) { $o.id * $tax + $count($o.lines.price) }));\n";
    return text + "orders ~> $filter(function($o) { $o.id > 3 }) ~> $map(function($p) { $p.lines.|";
}

TEST(Completion, IsQuickOnLargeSamples) {
    std::vector<Value> orders;
    for (int i = 0; i < 12000; ++i) orders.push_back(sample()["orders"].at(0).with("id", Value(i)));
    const Value large = Value::object({{"orders", Value::array(std::move(orders))}, {"orderIndex", sample()}});
    ASSERT_GT(writeJson(large).size(), 700'000U);
    std::string text = longExpression();
    const std::size_t caret = text.find('|');
    text.erase(caret, 1);
    double best = 1e9;
    std::vector<Completion> all;
    for (int round = 0; round < 20; ++round) {
        const auto start = std::chrono::steady_clock::now();
        all = complete(text, caret, large);
        const std::chrono::duration<double, std::milli> took = std::chrono::steady_clock::now() - start;
        best = std::min(best, took.count());
    }
    EXPECT_EQ(labels(all, CompletionKind::Field), "sku price");
    std::printf("[  quick  ] %.3f ms\n", best);
    EXPECT_LT(best, 50.0) << "generous, for builds without optimisation and with sanitizers";
}

}  // namespace
}  // namespace signalbox::expr
