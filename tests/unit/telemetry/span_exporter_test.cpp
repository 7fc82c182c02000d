// The exporter on a clock that is set by hand, and a collector that answers as it is told.
#include "telemetry/span_exporter.h"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <vector>

#include <gtest/gtest.h>

#include "base/json.h"

namespace signalbox::telemetry {
namespace {

constexpr Micros kSecond = 1'000'000;

/// What the collector was sent, by the fake below.
struct Collector {
    std::vector<std::vector<std::string>> batches;  ///< names of spans
    std::deque<SpanAnswer> answers;                 ///< then 200
    std::vector<Micros> within;
};

class FakeTransport final : public SpanTransport {
public:
    explicit FakeTransport(Collector& collector) : collector_(collector) {}
    SpanAnswer post(const SpanPayload& payload, Micros within) override {
        const auto body = parseJson(payload.body);
        EXPECT_TRUE(body) << payload.body;
        std::vector<std::string> names;
        for (const Value& span : resolvePointer(*body, "/resourceSpans/0/scopeSpans/0/spans").items()) {
            names.emplace_back(span["name"].asString());
        }
        collector_.batches.push_back(std::move(names));
        collector_.within.push_back(within);
        if (collector_.answers.empty()) return {200, 0, "{}", {}};
        SpanAnswer answer = collector_.answers.front();
        collector_.answers.pop_front();
        return answer;
    }
    void cancel() override {}

private:
    Collector& collector_;
};

class SpanExporterTest : public testing::Test {
protected:
    SpanExporterTest() {
        options.ownThread = false;
        options.queue = 10;
        options.batch = 4;
        options.delivery.gzip = false;
    }
    void start() {
        exporter = std::make_unique<SpanExporter>(options, std::make_unique<FakeTransport>(collector), clock, random,
                                                  Logger(clock, [this](const LogLine& line) { log.push_back(line); }));
    }
    void record(int first, int last) const {
        for (int i = first; i <= last; ++i) {
            Span span;
            span.name = std::to_string(i);
            exporter->record(std::move(span));
        }
    }
    [[nodiscard]] std::uint64_t dropped(SpanDrop why) const { return exporter->counts().of(why); }
    [[nodiscard]] std::uint64_t exported() const { return exporter->counts().exported; }
    static SpanAnswer status(long code, Micros retryAfter = 0) { return {code, retryAfter, {}, {}}; }

    ManualClock clock;
    SeededRandom random{11};
    SpanExporterOptions options;
    Collector collector;
    std::vector<LogLine> log;
    std::unique_ptr<SpanExporter> exporter;
};

using Batches = std::vector<std::vector<std::string>>;

TEST_F(SpanExporterTest, SendsAWholeBatchAtOnceAndTheRestInTime) {
    start();
    record(1, 3);
    EXPECT_EQ(exporter->runPending(), clock.monotonicNow() + options.interval);
    EXPECT_TRUE(collector.batches.empty()) << "neither is a batch full nor is it time";
    record(4, 6);
    exporter->runPending();
    EXPECT_EQ(collector.batches, (Batches{{"1", "2", "3", "4"}}));
    clock.advance(options.interval);
    exporter->runPending();
    EXPECT_EQ(collector.batches, (Batches{{"1", "2", "3", "4"}, {"5", "6"}}));
    EXPECT_EQ(exporter->runPending(), kNever);
    EXPECT_EQ(exported(), 6U);
    EXPECT_EQ(collector.within.front(), options.delivery.timeout);
    EXPECT_TRUE(log.empty());
}

TEST_F(SpanExporterTest, DropsAndCountsWhatTheQueueDoesNotHold) {
    start();
    record(1, 13);
    EXPECT_EQ(exporter->queued(), 10U);
    EXPECT_EQ(dropped(SpanDrop::QueueFull), 3U);
    while (exporter->queued() >= 4) exporter->runPending();
    clock.advance(options.interval);
    exporter->runPending();
    EXPECT_EQ(exported(), 10U);
    EXPECT_EQ(collector.batches.back(), (std::vector<std::string>{"9", "10"})) << "the oldest are kept";
    ASSERT_EQ(log.size(), 1U) << "said once, not once a span";
    EXPECT_EQ(log[0].fields["spans"].asInteger(), 3);
}

TEST_F(SpanExporterTest, TriesABatchAgainWithGrowingPauses) {
    collector.answers = {status(503), status(429), status(502), status(504), {0, 0, {}, "connection refused"}};
    start();
    record(1, 4);
    Micros longest = options.delivery.firstPause;
    for (std::size_t attempt = 1; attempt <= 5; ++attempt, longest *= 2) {
        const Micros next = exporter->runPending();
        ASSERT_EQ(collector.batches.size(), attempt);
        EXPECT_GE(next - clock.monotonicNow(), longest / 2);
        EXPECT_LE(next - clock.monotonicNow(), longest);
        clock.advance(next - clock.monotonicNow() - 1);
        EXPECT_EQ(exporter->runPending(), next);
        EXPECT_EQ(collector.batches.size(), attempt) << "not a moment before";
        clock.advance(1);
    }
    exporter->runPending();
    EXPECT_EQ(collector.batches, Batches(6, {"1", "2", "3", "4"}));
    EXPECT_EQ(exported(), 4U);
    ASSERT_EQ(log.size(), 2U) << "that it began and that it is over";
    EXPECT_EQ(log[0].level, LogLevel::Warning);
    EXPECT_EQ(log[0].fields["status"].asInteger(), 503);
    EXPECT_EQ(log[1].level, LogLevel::Info);
}

TEST_F(SpanExporterTest, WaitsAsLongAsTheCollectorAsks) {
    collector.answers = {status(429, 20 * kSecond)};
    start();
    record(1, 4);
    EXPECT_EQ(exporter->runPending(), clock.monotonicNow() + 20 * kSecond);
    record(5, 9);
    clock.advance(20 * kSecond - 1);
    exporter->runPending();
    EXPECT_EQ(collector.batches.size(), 1U);
    clock.advance(1);
    exporter->runPending();
    exporter->runPending();
    EXPECT_EQ(collector.batches.size(), 3U);
    EXPECT_EQ(exported(), 8U);
}

TEST_F(SpanExporterTest, AlsoAfterThatItDoesNotTryAgainAtTheEnd) {
    collector.answers = {status(503, 60 * kSecond)};
    start();
    record(1, 4);
    exporter->runPending();
    exporter->shutdown();
    EXPECT_EQ(collector.batches.size(), 1U) << "it was asked not to";
    EXPECT_EQ(dropped(SpanDrop::Shutdown), 4U);
}

TEST_F(SpanExporterTest, GivesABatchUpAfterAWhileAndGoesOnWithTheNext) {
    collector.answers = std::deque<SpanAnswer>(100, SpanAnswer{0, 0, {}, "no route"});
    start();
    record(1, 10);
    while (dropped(SpanDrop::Undelivered) == 0) clock.advance(exporter->runPending() - clock.monotonicNow());
    EXPECT_EQ(dropped(SpanDrop::Undelivered), 4U);
    const std::size_t attempts = collector.batches.size();
    EXPECT_GT(attempts, 10U) << "300 s, at most 30 s each";
    EXPECT_LT(attempts, 30U);
    collector.answers.clear();
    exporter->runPending();
    EXPECT_EQ(collector.batches.back().front(), "5");
    EXPECT_EQ(exported(), 4U);
    EXPECT_LT(log.size(), 12U) << "once a minute";
}

TEST_F(SpanExporterTest, DropsWhatIsRefusedForGood) {
    collector.answers = {status(400), status(401), status(301)};
    start();
    for (int i = 0; i < 3; ++i) {
        record(1, 4);
        exporter->runPending();
    }
    EXPECT_EQ(collector.batches.size(), 3U) << "none is tried again";
    EXPECT_EQ(dropped(SpanDrop::Refused), 12U);
    EXPECT_EQ(log.size(), 1U) << "not once a batch";
    clock.advance(options.delivery.complainEvery);
    collector.answers = {status(400)};
    record(1, 4);
    exporter->runPending();
    EXPECT_EQ(log.size(), 2U) << "but again after a while";
}

TEST_F(SpanExporterTest, LooksAtPartialSuccess) {
    collector.answers = {{200, 0, R"({"partialSuccess":{"rejectedSpans":"3","errorMessage":"too old"}})", {}}};
    start();
    record(1, 4);
    exporter->runPending();
    EXPECT_EQ(exported(), 1U);
    EXPECT_EQ(dropped(SpanDrop::Rejected), 3U);
    ASSERT_EQ(log.size(), 1U);
    EXPECT_EQ(log[0].fields["reason"].asString(), "too old");
}

TEST_F(SpanExporterTest, SendsWhatIsLeftAtTheEnd) {
    start();
    record(1, 10);
    exporter->shutdown();
    EXPECT_EQ(exported(), 10U);
    EXPECT_EQ(collector.batches.size(), 3U);
    EXPECT_EQ(collector.within.front(), options.flushWithin) << "and waits no longer for any of it";
    record(11, 12);
    EXPECT_EQ(dropped(SpanDrop::Shutdown), 2U);
}

TEST_F(SpanExporterTest, DoesNotInsistAtTheEnd) {
    collector.answers = {status(503), status(503)};
    start();
    record(1, 10);
    exporter->shutdown();
    EXPECT_EQ(collector.batches.size(), 1U);
    EXPECT_EQ(dropped(SpanDrop::Shutdown), 10U);
}

TEST_F(SpanExporterTest, IsCounted) {
    collector.answers = {status(400)};
    start();
    Metrics metrics;
    addSpanMetrics(metrics, *exporter);
    record(1, 4);
    exporter->runPending();
    record(1, 5);
    exporter->runPending();
    const std::string text = metrics.expose().text;
    for (const char* line :
         {"signalbox_spans_exported_total 4\n", R"(signalbox_spans_dropped_total{reason="refused"} 4)",
          R"(signalbox_spans_dropped_total{reason="queue-full"} 0)", "signalbox_spans_queued 1\n"}) {
        EXPECT_NE(text.find(line), std::string::npos) << line << "\n" << text;
    }
}

/// Answers nothing until it is cancelled.
class StuckTransport final : public SpanTransport {
public:
    explicit StuckTransport(std::condition_variable& began) : began_(began) {}
    SpanAnswer post(const SpanPayload&, Micros) override {
        std::unique_lock lock(mutex_);
        isPosting_ = true;
        began_.notify_all();
        cancelled_.wait(lock, [this] { return isCancelled_; });
        return {0, 0, {}, "Given up"};
    }
    void cancel() override {
        const std::lock_guard lock(mutex_);
        isCancelled_ = true;
        cancelled_.notify_all();
    }
    void waitForPost() {
        std::unique_lock lock(mutex_);
        began_.wait(lock, [this] { return isPosting_; });
    }

private:
    std::mutex mutex_;
    std::condition_variable& began_;
    std::condition_variable cancelled_;
    bool isPosting_ = false;
    bool isCancelled_ = false;
};

TEST(SpanExporterThread, NeverWaitsForACollectorThatHangs) {
    const SystemClock clock;
    SeededRandom random(1);
    std::condition_variable began;
    SpanExporterOptions options;
    options.queue = 100;
    options.batch = 10;
    options.flushWithin = 1000;
    auto transport = std::make_unique<StuckTransport>(began);
    StuckTransport& stuck = *transport;
    SpanExporter exporter(options, std::move(transport), clock, random, {});
    for (int i = 0; i < 10; ++i) exporter.record({});
    stuck.waitForPost();
    // The thread hangs from here on: everything below would too, if it had to wait for it.
    for (int i = 0; i < 1000; ++i) exporter.record({});
    EXPECT_EQ(exporter.queued(), 100U);
    EXPECT_EQ(exporter.counts().of(SpanDrop::QueueFull), 900U);
    exporter.shutdown();
    EXPECT_EQ(exporter.counts().of(SpanDrop::Shutdown), 110U);
    EXPECT_EQ(exporter.counts().exported, 0U);
}

}  // namespace
}  // namespace signalbox::telemetry
