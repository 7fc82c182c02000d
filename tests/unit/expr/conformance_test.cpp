// The official JSONata suite, read from outside of the project. Known failures are listed and may only become fewer.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <sstream>

#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "expr/expression.h"

namespace signalbox::expr {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kExpectedCases = 1686;

std::optional<fs::path> suiteFolder() {
    const char* given = std::getenv("SIGNALBOX_CONFORMANCE_DIR");
    fs::path root = given ? fs::path(given) : fs::path(SIGNALBOX_SOURCE_DIR) / ".." / "shared" / "conformance";
    root /= "jsonata";
    return fs::exists(root / "cases.jsonl") ? std::optional<fs::path>(root) : std::nullopt;
}

/// A half surrogate cannot stand in a Value; as an escape of the JSONata text it means the same.
Value parseCase(std::string line) {
    auto parsed = parseJson(line);
    if (parsed) return *parsed;
    for (std::size_t at = line.find("\\ud8"); at != std::string::npos; at = line.find("\\ud8", at + 3))
        line.insert(at, "\\");
    parsed = parseJson(line);
    return parsed ? *parsed : Value::undefined();
}

class Suite {
public:
    explicit Suite(fs::path folder) : folder_(std::move(folder)) {}

    std::vector<Value> cases() const {
        std::vector<Value> all;
        std::istringstream lines(*readFile(folder_ / "cases.jsonl"));
        for (std::string line; std::getline(lines, line);) {
            if (!line.empty()) all.push_back(parseCase(line));
        }
        return all;
    }

    /// Empty when the case passes, otherwise what went wrong.
    std::string run(const Value& test) {
        Environment environment;
        environment.clock = &clock_;
        environment.wallNow = clock_.wallNow();
        environment.randomSeed = 7;
        if (test["depth"].isNumber()) environment.limits.maxDepth = static_cast<std::size_t>(test["depth"].asInteger());
        if (test["timelimit"].isNumber()) environment.limits.maxTime = test["timelimit"].asInteger() * 1000;
        for (const auto& [name, value] : test["bindings"].members()) environment.variables.emplace_back(name, value);
        const auto compiled = Expression::compileDetailed(test["expr"].asString());
        if (!compiled) return judgeError(test, compiled.error());
        const auto result = compiled->evaluateDetailed(inputOf(test), environment);
        return result ? judge(test, *result) : judgeError(test, result.error());
    }

private:
    Value inputOf(const Value& test) {
        if (test.find("data")) return test["data"];
        if (!test["dataset"].isString()) return Value::undefined();
        const std::string name(test["dataset"].asString());
        auto& dataset = datasets_[name];
        if (dataset.isNull()) dataset = *parseJson(*readFile(folder_ / "datasets" / (name + ".json")));
        return dataset;
    }

    static bool sameItems(const Value& a, const Value& b) {
        std::vector<Value> rest(b.items().begin(), b.items().end());
        for (const Value& item : a.items()) {
            const auto found = std::find(rest.begin(), rest.end(), item);
            if (found == rest.end()) return false;
            rest.erase(found);
        }
        return rest.empty();
    }

    static std::string judge(const Value& test, const Value& result) {
        if (test.find("undefinedResult"))
            return result.isUndefined() ? "" : "gives " + shown(result) + " instead of nothing";
        if (!test.find("result")) return "gives " + shown(result) + " instead of an error";
        const Value& wanted = test["result"];
        const bool unordered = test["unordered"].asBoolean() && wanted.isArray() && result.isArray();
        if (unordered ? sameItems(wanted, result) : wanted == result) return {};
        return "gives " + shown(result) + " instead of " + shown(wanted);
    }

    static std::string judgeError(const Value& test, const ExpressionError& error) {
        const std::string told = error.jsonataCode + " (" + error.message + ")";
        const Value& wanted = test.find("error") ? test["error"] : test;
        if (!wanted.find("code")) return "fails with " + told;
        // The suite's own harness calls every limit U1001.
        const bool limit = wanted["code"].asString() == "U1001" && error.limit;
        if (!limit && wanted["code"].asString() != error.jsonataCode)
            return "fails with " + told + " instead of " + shown(wanted);
        if (wanted.find("token") && wanted["token"].asString() != error.token) return "names the token " + error.token;
        if (wanted.find("message") && wanted["message"].asString() != error.message) return "says " + error.message;
        return {};
    }

    static std::string shown(const Value& value) {
        std::string text = value.isUndefined() ? "nothing" : writeJson(value);
        if (text.size() > 300) text = text.substr(0, 300) + "...";
        return text;
    }

    fs::path folder_;
    SystemClock clock_;
    std::map<std::string, Value> datasets_;
};

/// id -> reason, from lines "id: reason".
std::map<std::string, std::string> knownFailures() {
    std::map<std::string, std::string> known;
    std::istringstream lines(*readFile(fs::path(SIGNALBOX_SOURCE_DIR) / "tests/unit/expr/known_failures.txt"));
    for (std::string line; std::getline(lines, line);) {
        const std::size_t colon = line.find(": ");
        if (!line.empty() && line.front() != '#' && colon != std::string::npos)
            known[line.substr(0, colon)] = line.substr(colon + 2);
    }
    return known;
}

TEST(Conformance, OfficialSuite) {
    const auto folder = suiteFolder();
    if (!folder)
        GTEST_SKIP() << "The JSONata suite is not here: set SIGNALBOX_CONFORMANCE_DIR to the folder that holds "
                        "jsonata/cases.jsonl";
    Suite suite(*folder);
    auto known = knownFailures();
    std::size_t passed = 0;
    const std::vector<Value> cases = suite.cases();
    EXPECT_EQ(cases.size(), kExpectedCases);
    for (const Value& test : cases) {
        const std::string id(test["id"].asString());
        const std::string failure = suite.run(test);
        passed += failure.empty() ? 1 : 0;
        const auto listed = known.find(id);
        if (listed == known.end()) {
            EXPECT_TRUE(failure.empty()) << id << " " << failure << "\n    " << test["expr"].asString();
        } else {
            EXPECT_FALSE(failure.empty()) << id << " passes: strike it from known_failures.txt";
            EXPECT_FALSE(listed->second.empty()) << id << " is listed without a reason";
            known.erase(listed);
        }
    }
    for (const auto& [id, reason] : known)
        ADD_FAILURE() << id << " is listed as failing, but the suite has no such case";
    RecordProperty("passed", static_cast<int>(passed));
    std::cout << "JSONata suite: " << passed << " of " << cases.size() << " cases pass\n";
}

}  // namespace
}  // namespace signalbox::expr
