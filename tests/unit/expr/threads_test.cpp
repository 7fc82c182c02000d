// One compiled expression, evaluated on several threads at once. A program of its own, for ThreadSanitizer.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "expr/expression.h"

namespace signalbox::expr {
namespace {

/// Evaluates one expression over one input on four threads; all must give what one gives alone.
void shareOnThreads(const char* text, const Value& input) {
    const auto shared = Expression::compile(text);
    ASSERT_TRUE(shared) << text;
    const auto expected = shared->evaluate(input);
    ASSERT_TRUE(expected) << text;
    std::vector<std::thread> threads;
    std::vector<int> equal(4, 0);
    for (std::size_t t = 0; t < equal.size(); ++t) {
        threads.emplace_back([&, t] {
            const Expression copy = *shared;
            for (int i = 0; i < 100; ++i) {
                const auto result = copy.evaluate(input);
                equal[t] += result && *result == *expected ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(equal, std::vector<int>(4, 100)) << text;
}

TEST(Threads, ShareOneExpression) {
    const Value line = Value::object({{"text", "one two three"}, {"price", 12.5}, {"count", 3}, {"kind", "a"}});
    const Value input = Value::object(
        {{"text", "one two three"}, {"lines", Value::array({line, line.with("kind", "b"), line.with("price", 2)})}});
    const char* const texts[] = {
        "($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; {'n': $f(20), 'm': $match(text, /[a-z]+/).match, "
        "'d': $fromMillis(0, '[FNn]')})",
        "text = 'one two three' and text in ['x', 'one two three']",
        "$sum(lines[price > 10].(price * count))",
        "lines{kind: {'total': $sum(price), 'first': [text][0]}}",
        "$ ~> |lines|{'total': price * count}, ['kind', 'price']|",
        "$map(lines, function($l) { $l.price & '-' & $l.kind })",
        "$eval('lines^(>price)[0].' & 'kind')",
    };
    for (const char* text : texts) shareOnThreads(text, input);
}

}  // namespace
}  // namespace signalbox::expr
