#include "telemetry/metrics.h"

#include <thread>

#include <gtest/gtest.h>
#include <unistd.h>

#include "telemetry/process_metrics.h"
#include "unit/telemetry/promtool.h"

namespace signalbox::telemetry {
namespace {

bool holds(const std::string& text, const std::string& line) {
    return text.find("\n" + line + "\n") != std::string::npos;
}

TEST(Metrics, CountsByLabels) {
    Metrics metrics;
    auto& family = metrics.counters({"box_things_total", "Things.", {"kind", "place"}});
    const Counter red = family.with({"red", "here"});
    red.increment();
    family.with({"red", "here"}).increment(2);
    family.with({"blue"}).increment();
    const auto text = metrics.expose().text;
    EXPECT_TRUE(holds(text, R"(box_things_total{kind="red",place="here"} 3)")) << text;
    EXPECT_TRUE(holds(text, R"(box_things_total{kind="blue",place=""} 1)")) << text;
    EXPECT_EQ(red.value(), 3);
}

TEST(Metrics, NeverHaveMoreSeriesThanAllowed) {
    Metrics metrics;
    auto& family = metrics.counters({"box_visits_total", "Visits.", {"path"}, 10});
    for (int i = 0; i < 1000; ++i) family.with({"/" + std::to_string(i)}).increment();
    EXPECT_EQ(family.size(), 11U);
    EXPECT_EQ(family.with({"other"}).value(), 990);
    family.with({"/3"}).increment();
    EXPECT_EQ(family.with({"/3"}).value(), 2) << "those that are there stay";
}

TEST(Metrics, OfOneNameAreOneFamily) {
    Metrics metrics;
    metrics.counter("box_once_total", "Once.").increment();
    metrics.counter("box_once_total", "Once.").increment();
    EXPECT_EQ(metrics.counter("box_once_total", "Once.").value(), 2);
    const auto text = metrics.expose().text;
    EXPECT_EQ(text.find("# TYPE box_once_total"), text.rfind("# TYPE box_once_total"));
}

TEST(Metrics, RaiseACounterToATotalAndNeverBack) {
    Metrics metrics;
    const Counter counter = metrics.counter("box_rows_total", "Rows.");
    counter.raiseTo(10);
    counter.raiseTo(7);
    EXPECT_EQ(counter.value(), 10);
    counter.raiseTo(12);
    EXPECT_EQ(counter.value(), 12);
    Counter().increment();
    Gauge().set(1);
    Histogram().observe(1);
}

TEST(Metrics, AskCollectorsBeforeEachExposition) {
    Metrics metrics;
    int asked = 0;
    metrics.onCollect([&, gauge = metrics.gauge("box_asked", "Asked.")] { gauge.set(++asked); });
    EXPECT_TRUE(holds(metrics.expose().text, "box_asked 1"));
    EXPECT_TRUE(holds(metrics.expose().text, "box_asked 2"));
}

TEST(Metrics, WriteHistogramsCumulatively) {
    Metrics metrics;
    const auto histogram = metrics.histogram("box_seconds", "Seconds.", {0.1, 1});
    for (const double value : {0.05, 0.5, 0.7, 30.0}) histogram.observe(value);
    const auto text = metrics.expose().text;
    EXPECT_TRUE(holds(text, R"(box_seconds_bucket{le="0.1"} 1)")) << text;
    EXPECT_TRUE(holds(text, R"(box_seconds_bucket{le="1"} 3)")) << text;
    EXPECT_TRUE(holds(text, R"(box_seconds_bucket{le="+Inf"} 4)")) << text;
    EXPECT_TRUE(holds(text, "box_seconds_count 4")) << text;
    EXPECT_TRUE(holds(text, "box_seconds_sum 31.25")) << text;
}

TEST(Metrics, EscapeLabelValues) {
    Metrics metrics;
    metrics.counters({"box_odd_total", "Odd \\ help\nof two lines.", {"text"}}).with({"a\"b\\c\nd"}).increment();
    const auto text = metrics.expose().text;
    EXPECT_TRUE(holds(text, R"(box_odd_total{text="a\"b\\c\nd"} 1)")) << text;
    EXPECT_TRUE(text.starts_with("# HELP box_odd_total Odd \\\\ help\\nof two lines.\n")) << text;
}

TEST(Metrics, NegotiateTheFormat) {
    EXPECT_EQ(negotiateExposition(""), ExpositionFormat::Text);
    EXPECT_EQ(negotiateExposition("*/*"), ExpositionFormat::Text);
    EXPECT_EQ(negotiateExposition("text/html, text/plain;q=0.5"), ExpositionFormat::Text);
    EXPECT_EQ(
        negotiateExposition("application/openmetrics-text;version=1.0.0,text/plain;version=0.0.4;q=0.5,*/*;q=0.1"),
        ExpositionFormat::OpenMetrics);
    EXPECT_EQ(negotiateExposition("application/openmetrics-text;q=0.2, text/plain"), ExpositionFormat::Text);
    EXPECT_EQ(negotiateExposition("application/openmetrics-text;q=0"), ExpositionFormat::Text);
    Metrics metrics;
    metrics.counter("box_opened_total", "Opened.").increment();
    const auto open = metrics.expose("application/openmetrics-text");
    EXPECT_EQ(open.contentType, "application/openmetrics-text; version=1.0.0; charset=utf-8");
    EXPECT_EQ(open.text, "# HELP box_opened Opened.\n# TYPE box_opened counter\nbox_opened_total 1\n# EOF\n");
}

TEST(Metrics, CountFromManyThreads) {
    Metrics metrics;
    auto& family = metrics.counters({"box_race_total", "Race.", {"lane"}, 3});
    {
        std::vector<std::jthread> racers;
        for (int i = 0; i < 4; ++i) {
            racers.emplace_back([&family, i] {
                for (int k = 0; k < 1000; ++k) family.with({std::to_string((i + k) % 7)}).increment();
            });
        }
        for (int k = 0; k < 20; ++k) static_cast<void>(metrics.expose());
    }
    EXPECT_EQ(family.size(), 4U) << "three lanes and \"other\"";
    double total = 0;
    const auto text = metrics.expose().text;
    for (auto place = text.find("box_race_total{"); place != std::string::npos;
         place = text.find("box_race_total{", place + 1)) {
        total += std::stod(text.substr(text.find(' ', place)));
    }
    EXPECT_EQ(total, 4000);
}

TEST(ProcessMetrics, HaveTheStandardNamesAndSaneValues) {
    Metrics metrics;
    addProcessMetrics(metrics);
    static_cast<void>(metrics.expose());
    const auto gauge = [&](const std::string& name) { return metrics.gauge(name, {}).value(); };
    EXPECT_GT(gauge("process_resident_memory_bytes"), 1e6);
    EXPECT_GT(gauge("process_virtual_memory_bytes"), gauge("process_resident_memory_bytes"));
    EXPECT_GE(gauge("process_open_fds"), 3);
    EXPECT_GE(gauge("process_max_fds"), gauge("process_open_fds"));
    EXPECT_GE(gauge("process_threads"), 1);
    EXPECT_GT(gauge("process_start_time_seconds"), 1.6e9);
    const double before = gauge("process_open_fds");
    const int handle = ::dup(0);
    static_cast<void>(metrics.expose());
    EXPECT_EQ(gauge("process_open_fds"), before + 1);
    ::close(handle);
}

TEST(ProcessMetrics, ArePleasingToPromtool) {
    Metrics metrics;
    addProcessMetrics(metrics);
    const auto complaints = test::promtoolComplaints(metrics.expose().text);
    if (!complaints) GTEST_SKIP() << "promtool is not installed (Debian package prometheus)";
    EXPECT_EQ(*complaints, "");
    EXPECT_NE(*test::promtoolComplaints("# TYPE box_bad counter\nbox_bad 1\n"), "") << "it does complain of others";
}

}  // namespace
}  // namespace signalbox::telemetry
