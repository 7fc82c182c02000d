// The quick way of evaluating must give what the Evaluator gives, and count as much: over random expressions.
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "base/json.h"
#include "expr/evaluator.h"
#include "expr/parser.h"

namespace signalbox::expr {
namespace {

class RandomExpression {
public:
    explicit RandomExpression(unsigned seed) : generator_(seed) {}

    std::string of(int depth) {
        if (depth == 0) return any({"1", "2.5", "0", "'t'", "''", "true", "null", "['t', 1]", "[]"});
        const std::string lhs = of(depth - 1);
        const std::string rhs = of(depth - 1);
        switch (generator_() % 12) {
            case 0:
            case 1:
                return any({"a", "s", "o.p", "list.v", "o.deep", "missing.x", "$", "$$.a", "$v.p", "$w", "$none"});
            case 2:
                return "(" + lhs + any({" + ", " - ", " * ", " / ", " % "}) + rhs + ")";
            case 3:
                return "(" + lhs + any({" = ", " != ", " < ", " <= ", " > ", " >= ", " in "}) + rhs + ")";
            case 4:
                return "(" + lhs + any({" and ", " or ", " ?: ", " ?? ", " & "}) + rhs + ")";
            case 5:
                return "(" + lhs + " ? " + rhs + " : " + of(depth - 1) + ")";
            case 6:
                return "-(" + lhs + ")";
            case 7:
                return any({"list", "o", "list.o", "lists"}) + "[" + lhs + "]";
            case 8:
                return any({"list", "$", "list.o"}) + ".(" + lhs + ")";
            case 9:
                return "{'m': " + lhs + ", 'k': " + rhs + "}";
            case 10:
                return any({"list", "list.o"}) + "{" + any({"k", "w", "'x'"}) + ": " + lhs + "}";
            default:
                return "$ ~> |" + any({"list", "o", "**[v > 1]", "lists"}) + "|" +
                       any({"{'v': v + 1}", "{'m': v, 'o': 5}", "{'q': o}", "o"}) +
                       any({"", ", 'v'", ", ['v', 'w']", ", w"}) + "|";
        }
    }

private:
    std::string any(std::initializer_list<const char*> texts) { return texts.begin()[generator_() % texts.size()]; }
    std::mt19937 generator_;
};

/// The same program with nothing left to the quick way.
void unmark(const Program& program) {
    for (const auto& node : program.nodes) {
        node->directHeight = 0;
        if (node->kind == NodeKind::Object) static_cast<ObjectNode&>(*node).plainPairs = false;
    }
}

std::string outcome(const Program& program, const Value& input, const Environment& environment) {
    if (Value quick; Evaluator::runDirect(program, input, environment, quick)) return writeJson(quick);
    Evaluator evaluator(program, environment);
    Item result;
    if (evaluator.run(input, result)) return writeJson(freeze(result));
    const ExpressionError& error = *evaluator.error();
    return error.jsonataCode + " at " + std::to_string(error.position) + (error.limit ? ", limit" : "");
}

/// The least limit with which the outcome is the same as without.
std::uint64_t leastLimit(const Program& program, const Value& input, Environment environment,
                         void (*set)(Limits&, std::uint64_t)) {
    const std::string wanted = outcome(program, input, environment);
    std::uint64_t low = 0;
    for (std::uint64_t high = 1024; low < high;) {
        const std::uint64_t middle = (low + high) / 2;
        set(environment.limits, middle);
        if (outcome(program, input, environment) == wanted) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    return low;
}

TEST(Direct, GivesAndCountsWhatTheEvaluatorDoes) {
    const unsigned seed = std::random_device{}();
    RecordProperty("seed", static_cast<int>(seed));
    RandomExpression expressions(seed);
    const Value input = *parseJson(
        R"({"a": 1, "s": "text", "o": {"p": 3, "v": 9, "deep": {"z": [1, 2]}}, "lists": [[{"v": 1}], [{"v": 2}]],
            "list": [{"v": 1, "w": "t", "k": "x", "o": {"v": 5}}, {"v": 2, "k": "y", "o": {"v": 1}}, {"v": [1, 2]}]})");
    Environment environment;
    environment.variables = {{"v", Value::object({{"p", 8}})}, {"w", Value("w")}};
    for (int i = 0; i < 1000; ++i) {
        const std::string text = expressions.of(1 + i % 4);
        const auto marked = Parser(text).parse();
        const auto plain = Parser(text).parse();
        ASSERT_TRUE(marked && plain) << text;
        unmark(**plain);
        SCOPED_TRACE("seed " + std::to_string(seed) + ": " + text);
        ASSERT_EQ(outcome(**marked, input, environment), outcome(**plain, input, environment));
        for (const auto set : {+[](Limits&limits, std::uint64_t most) { limits.maxSteps = most; },
                               +[](Limits&limits, std::uint64_t most) { limits.maxDepth = most; },
                               +[](Limits&limits, std::uint64_t most) { limits.maxOutputItems = most; }}) {
            ASSERT_EQ(leastLimit(**marked, input, environment, set), leastLimit(**plain, input, environment, set));
        }
    }
}

TEST(Direct, SharesWhatATransformDoesNotChange) {
    const auto program = Parser("$ ~> |a|{'x': 1}|").parse();
    ASSERT_TRUE(program);
    const Value input = *parseJson(R"({"a": {"b": [1, 2]}, "c": {"d": [3, {"e": 4}]}})");
    const Environment environment;
    Evaluator evaluator(**program, environment);
    Item result;
    ASSERT_TRUE(evaluator.run(input, result));
    const Value changed = freeze(result);
    EXPECT_EQ(writeJson(changed), R"({"a":{"b":[1,2],"x":1},"c":{"d":[3,{"e":4}]}})");
    EXPECT_TRUE(changed["c"].sameIdentity(input["c"]));
    EXPECT_EQ(writeJson(input), R"({"a":{"b":[1,2]},"c":{"d":[3,{"e":4}]}})") << "the input stays as it was";
}

}  // namespace
}  // namespace signalbox::expr
