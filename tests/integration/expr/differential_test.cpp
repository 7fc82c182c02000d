// Compares with the reference implementation: pairs written down in pairs.jsonl, and random ones.
//   SIGNALBOX_DIFFERENTIAL_PAIRS  how many random pairs (3000 unless told)
//   SIGNALBOX_DIFFERENTIAL_SEED   the seed of the first batch
//   SIGNALBOX_DIFFERENTIAL_FILE   a file of pairs instead of pairs.jsonl
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>

#include <gtest/gtest.h>

#include "base/json.h"
#include "integration/expr/comparison.h"
#include "integration/expr/expression_generator.h"
#include "integration/expr/reference.h"

namespace signalbox::expr {
namespace {

constexpr std::size_t kBatch = 500;
constexpr std::size_t kShownOfAKind = 25;

std::uint64_t fromEnvironment(const char* name, std::uint64_t otherwise) {
    const char* given = std::getenv(name);
    return given ? std::strtoull(given, nullptr, 10) : otherwise;
}

class Differential : public testing::Test {
protected:
    void SetUp() override {
        std::string why;
        reference_ = Reference::start(why);
        if (!reference_) GTEST_SKIP() << why;
    }

    void compare(const std::vector<Pair>& pairs) {
        const std::vector<Value> answers = reference_->answers(pairs);
        ASSERT_EQ(answers.size(), pairs.size()) << "the reference ended at " << pairs[answers.size()].expression;
        for (std::size_t i = 0; i < pairs.size(); ++i) {
            const Comparison compared = compareWith(answers[i], pairs[i]);
            ++counts_[compared.kind];
            if (!compared.differs || ++shown_[compared.kind] > kShownOfAKind) continue;
            ADD_FAILURE() << compared.kind << "\n  expression: " << pairs[i].expression
                          << "\n  input:      " << (pairs[i].input.isDefined() ? writeJson(pairs[i].input) : "nothing")
                          << "\n  reference:  " << writeJson(answers[i]) << "\n  here:       " << compared.here;
        }
    }

    void TearDown() override {
        for (const auto& [kind, count] : counts_) std::cout << count << "\t" << kind << "\n";
    }

    std::unique_ptr<Reference> reference_;
    std::map<std::string, std::size_t> counts_;
    std::map<std::string, std::size_t> shown_;
};

TEST_F(Differential, RandomPairs) {
    const std::uint64_t wanted = fromEnvironment("SIGNALBOX_DIFFERENTIAL_PAIRS", 3000);
    const std::uint64_t seed = fromEnvironment("SIGNALBOX_DIFFERENTIAL_SEED", 20'260'101);
    std::cout << "seed " << seed << ", " << wanted << " pairs\n";
    ExpressionGenerator generator(SIGNALBOX_SOURCE_DIR "/tests/integration/expr/grammar.tsv", seed);
    for (std::uint64_t done = 0; done < wanted && !HasFatalFailure(); done += kBatch) {
        std::vector<Pair> pairs;
        while (pairs.size() < std::min<std::uint64_t>(kBatch, wanted - done)) pairs.push_back(generator.next());
        compare(pairs);
    }
}

TEST_F(Differential, WrittenPairs) {
    const char* given = std::getenv("SIGNALBOX_DIFFERENTIAL_FILE");
    std::ifstream file(given ? given : SIGNALBOX_SOURCE_DIR "/tests/integration/expr/pairs.jsonl");
    ASSERT_TRUE(file) << "cannot read the pairs";
    std::vector<Pair> pairs;
    for (std::string line; std::getline(file, line);) {
        if (line.empty()) continue;
        const auto parsed = parseJson(line);
        ASSERT_TRUE(parsed) << line;
        pairs.push_back({std::string((*parsed)["expression"].asString()), (*parsed)["input"]});
    }
    compare(pairs);
}

}  // namespace
}  // namespace signalbox::expr
