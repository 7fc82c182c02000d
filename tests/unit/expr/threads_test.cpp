// One compiled expression, evaluated on several threads at once. A program of its own, for ThreadSanitizer.
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "expr/expression.h"

namespace signalbox::expr {
namespace {

TEST(Threads, ShareOneExpression) {
    const auto shared = Expression::compile(
        "($f := function($n) { $n = 0 ? 0 : 1 + $f($n - 1) }; {'n': $f(20), 'm': $match(text, /[a-z]+/).match, 'd': "
        "$fromMillis(0, '[FNn]')})");
    ASSERT_TRUE(shared);
    const Value input = Value::object({{"text", "one two three"}});
    const auto expected = shared->evaluate(input);
    ASSERT_TRUE(expected);
    std::vector<std::thread> threads;
    std::vector<int> equal(4, 0);
    for (std::size_t t = 0; t < equal.size(); ++t) {
        threads.emplace_back([&, t] {
            const Expression copy = *shared;
            for (int i = 0; i < 200; ++i) {
                const auto result = copy.evaluate(input);
                equal[t] += result && *result == *expected ? 1 : 0;
            }
        });
    }
    for (auto& thread : threads) thread.join();
    EXPECT_EQ(equal, std::vector<int>(4, 200));
}

}  // namespace
}  // namespace signalbox::expr
