// What compiling and evaluating an expression costs, beside the reference implementation in the same run. Repetitions
// of the two take turns, figures are medians, and both must give equal results.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "base/json.h"
#include "base/random.h"
#include "expr/expression.h"
#include "perf/reference/jsonata_reference.h"

namespace signalbox::bench {
namespace {

constexpr double kRepetitionNanos = 1e6;  ///< so long a repetition lasts at least: shorter than a turn of the scheduler
constexpr double kWarmUpNanos = 300e6;
constexpr double kMeasuredNanos = 1500e6;  ///< all repetitions of both together, within the bounds below
constexpr std::size_t kFewestRepetitions = 11;
constexpr std::size_t kMostRepetitions = 301;

/// What one case has to reach: time of one evaluation, or times as fast as the reference; 0 where there is no goal.
struct Goal {
    double nanos = 0;
    double ratio = 0;
};

Value people() {
    return parseJson(R"({"id": 4711, "tenant": "north", "user": {"name": "Ada", "mail": "ada@example.org", "age": 36,
        "roles": ["operator", "auditor"]}, "attempt": 1})")
        .value();
}

Value basket() {
    SeededRandom random(10);
    ArrayBuilder items;
    for (int i = 0; i < 10; ++i) {
        items.push(Value::object({{"sku", "article-" + std::to_string(i)},
                                  {"price", static_cast<double>(random.below(4000)) / 100},
                                  {"quantity", random.below(9) + 1}}));
    }
    return Value::object({{"items", std::move(items).build()}});
}

Value records() {
    SeededRandom random(11);
    ArrayBuilder list;
    for (int i = 0; i < 10'000; ++i) {
        list.push(Value::object({{"id", i},
                                 {"region", "region-" + std::to_string(random.below(50))},
                                 {"customer", "customer-" + std::to_string(random.below(2000))},
                                 {"amount", static_cast<double>(random.below(100'000)) / 100}}));
    }
    return Value::object({{"records", std::move(list).build()}});
}

/// About 1 MB of JSON: orders with lines nested below sections.
Value document() {
    SeededRandom random(12);
    ArrayBuilder orders;
    for (int i = 0; i < 900; ++i) {
        ArrayBuilder lines;
        for (int k = 0; k < 8; ++k) {
            lines.push(Value::object({{"sku", "article-" + std::to_string(random.below(5000))},
                                      {"description", "what it is, in a few words and no more"},
                                      {"price", static_cast<double>(random.below(10'000)) / 100},
                                      {"quantity", random.below(20) + 1},
                                      {"internal", static_cast<double>(random.below(100)) / 8}}));
        }
        orders.push(Value::object({{"number", i},
                                   {"customer", Value::object({{"name", "customer " + std::to_string(i % 97)},
                                                               {"city", "a city somewhere"}})},
                                   {"content", Value::object({{"lines", std::move(lines).build()}})}}));
    }
    return Value::object({{"orders", std::move(orders).build()}});
}

struct Case {
    ExpressionCase what;
    Goal goal;
};

std::vector<Case> cases() {
    const Value large = document();
    std::vector<Case> all;
    all.push_back({{"a condition", "user.age >= 18", people()}, {100, 0}});
    all.push_back({{"filter, multiply, sum of 10", "$sum(items[price > 10].(price * quantity))", basket()}, {1500, 0}});
    all.push_back(
        {{"group-by of 10,000", "records{region: {'orders': $count(id), 'total': $sum(amount)}}", records()}, {0, 10}});
    all.push_back({{fmt::format("deep transform of {:.2f} MB", static_cast<double>(writeJson(large).size()) / 1e6),
                    "$ ~> |**[price >= 0]|{'total': price * quantity}, 'internal'|", large},
                   {0, 10}});
    all.push_back(
        {{"transform along a path", "$ ~> |orders.content.lines|{'total': price * quantity}, 'internal'|", large},
         {0, 0}});
    all.push_back({{"map, filter, reduce of 10,000",
                    "$reduce($filter($map(records, function($r) { $r.amount * 2 }), function($x) { $x > 500 }), "
                    "function($a, $b) { $a + $b })",
                    records()},
                   {0, 0}});
    return all;
}

double nanosOf(std::size_t count, const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    for (std::size_t i = 0; i < count; ++i) work();
    return std::chrono::duration<double, std::nano>(std::chrono::steady_clock::now() - start).count() /
           static_cast<double>(count);
}

using Measure = std::function<double(std::size_t)>;

/// Warms up, then tells how many rounds a repetition needs to last long enough.
std::size_t rounds(const Measure& nanos) {
    std::size_t count = 1;
    double each = 0;
    for (double spent = 0; spent < kWarmUpNanos; spent += each * static_cast<double>(count)) {
        if (each > 0) count = static_cast<std::size_t>(kRepetitionNanos / each) + 1;
        each = nanos(count);
        if (each <= 0) break;
    }
    return count;
}

double median(std::vector<double>& times) {
    std::nth_element(times.begin(), times.begin() + static_cast<std::ptrdiff_t>(times.size() / 2), times.end());
    return times[times.size() / 2];
}

struct Pair {
    double ours = 0;
    double reference = 0;
};

/// Medians of repetitions that take turns.
Pair compare(const Measure& ours, const Measure& reference) {
    const std::size_t ourRounds = rounds(ours);
    const std::size_t referenceRounds = reference ? rounds(reference) : 0;
    std::vector<double> ourTimes;
    std::vector<double> referenceTimes;
    double spent = 0;
    while (ourTimes.size() < kFewestRepetitions || (spent < kMeasuredNanos && ourTimes.size() < kMostRepetitions)) {
        ourTimes.push_back(ours(ourRounds));
        spent += ourTimes.back() * static_cast<double>(ourRounds);
        if (!reference) continue;
        referenceTimes.push_back(reference(referenceRounds));
        spent += referenceTimes.back() * static_cast<double>(referenceRounds);
    }
    return {median(ourTimes), reference ? median(referenceTimes) : 0};
}

std::string shown(double nanos) {
    return nanos >= 1e6 ? fmt::format("{:.2f} ms", nanos / 1e6) : fmt::format("{:.3f} us", nanos / 1e3);
}

void printRow(const std::string& name, const Pair& times, const Goal& goal) {
    std::string line = fmt::format("{:38} {:>12}", name, shown(times.ours));
    const double ratio = times.ours > 0 ? times.reference / times.ours : 0;
    if (times.reference > 0) line += fmt::format(" {:>12} {:>8.1f}", shown(times.reference), ratio);
    if (goal.nanos > 0)
        line += fmt::format("   goal {}: {}", shown(goal.nanos), times.ours <= goal.nanos ? "met" : "missed");
    if (goal.ratio > 0 && ratio > 0)
        line += fmt::format("   goal {:.0f} times: {}", goal.ratio, ratio >= goal.ratio ? "met" : "missed");
    std::printf("%s\n", line.c_str());
    std::fflush(stdout);
}

/// Compiles or stops the benchmark.
expr::Expression compiled(const std::string& text) {
    auto expression = expr::Expression::compile(text);
    if (expression) return *expression;
    fmt::print(stderr, "{}: {}\n", text, expression.error().message);
    std::exit(1);
}

/// False when the two differ.
bool sameResults(const Case& each, const expr::Expression& expression, JsonataReference& reference, std::size_t index) {
    const auto result = expression.evaluate(each.what.input);
    if (result && result->isDefined() && *result == reference.result(index)) return true;
    fmt::print(stderr, "{}: the results differ\n", each.what.name);
    return false;
}

bool measure(const Case& each, std::size_t index, JsonataReference* reference) {
    const auto expression = compiled(each.what.text);
    const bool same = !reference || sameResults(each, expression, *reference, index);
    const Measure compileOurs = [&](std::size_t count) {
        return nanosOf(count, [&] { static_cast<void>(expr::Expression::compile(each.what.text)); });
    };
    const Measure evaluateOurs = [&](std::size_t count) {
        return nanosOf(count, [&] { static_cast<void>(expression.evaluate(each.what.input)); });
    };
    Measure compileTheirs;
    Measure evaluateTheirs;
    if (reference) {
        compileTheirs = [=](std::size_t count) { return reference->compileNanos(index, count); };
        evaluateTheirs = [=](std::size_t count) { return reference->evaluateNanos(index, count); };
    }
    std::printf("%s\n", each.what.text.c_str());
    printRow("  compile", compare(compileOurs, compileTheirs), {});
    printRow("  " + each.what.name, compare(evaluateOurs, evaluateTheirs), each.goal);
    return same;
}

/// Whoever reads the figures has to know whether the machine was busy with anything else.
void printLoad() {
    double load = 0;
    const unsigned processors = std::thread::hardware_concurrency();
    if (::getloadavg(&load, 1) != 1 || load < processors) return;
    std::printf("The load average is %.1f on %u processors: these figures are disturbed.\n", load, processors);
}

int run() {
    printLoad();
    const auto all = cases();
    std::vector<ExpressionCase> expressions;
    for (const auto& each : all) expressions.push_back(each.what);
    char folder[] = "/tmp/bench_expr.XXXXXX";
    if (!::mkdtemp(folder)) return 1;
    std::string why;
    const auto reference = JsonataReference::start(expressions, folder, why);
    std::filesystem::remove_all(folder);
    if (reference) {
        std::printf("%-38s %12s %12s %8s   (%s)\n", "", "Signalbox", "reference", "ratio",
                    reference->version().c_str());
    } else {
        std::printf("%-38s %12s   (no reference: %s)\n", "", "Signalbox", why.c_str());
    }
    bool same = true;
    for (std::size_t i = 0; i < all.size(); ++i) same = measure(all[i], i, reference.get()) && same;
    return same ? 0 : 1;
}

}  // namespace
}  // namespace signalbox::bench

int main() { return signalbox::bench::run(); }
