// Shared values under threads: made to be run with ThreadSanitizer and AddressSanitizer as well.
#include <atomic>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"
#include "random_value.h"

namespace signalbox {
namespace {

TEST(ValueThreads, CopiesAreMadeReadAndFreedFromManyThreadsAtOnce) {
    const auto shared =
        *parseJson(R"({"list":[1,2,{"text":"a text that is longer than fourteen bytes"}],"a":{"b":[]}})");
    const auto text = writeJson(shared);
    std::atomic<int> good{0};
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread) {
            threads.emplace_back([&shared, &text, &good] {
                for (int i = 0; i < 2'000; ++i) {
                    Value copy = shared;
                    const Value inner = copy["list"].at(2);
                    copy = copy.with("added", i);
                    if (copy.size() == 3 && inner["text"].size() == 41 && (i % 100 != 0 || writeJson(shared) == text))
                        ++good;
                }
            });
        }
    }
    EXPECT_EQ(good.load(), 4 * 2'000);
}

TEST(ValueThreads, TheLastOfSeveralHoldersFreesWhicheverThreadItIs) {
    for (int round = 0; round < 300; ++round) {
        Value value =
            Value::array({Value::array({"a text that is longer than fourteen bytes"}), Value::object({{"k", 1.5}})});
        std::vector<std::jthread> threads;
        for (int i = 0; i < 4; ++i) {
            threads.emplace_back([copy = value]() mutable {
                const Value part = copy.at(0);
                copy = nullptr;
                EXPECT_EQ(part.at(0).size(), 41U);
            });
        }
        value = nullptr;
    }
}

}  // namespace
}  // namespace signalbox
