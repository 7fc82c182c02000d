#include "telemetry/span_exporter.h"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace signalbox::telemetry {

namespace {

/// The thread's clock is not the one it is given: it looks again at least that often.
constexpr Micros kLongestWait = 60'000'000;

}  // namespace

struct SpanExporter::Parts {
    Parts(SpanExporterOptions given, std::unique_ptr<SpanTransport> way, const Clock& time, Random& random,
          const Logger& log)
        : options(std::move(given)),
          clock(time),
          transport(std::move(way)),
          queue(time, options.queue, options.batch, options.interval),
          delivery(options.delivery, queue, *transport, counts, time, random, log) {}

    void run() {
        while (!isStopping) {
            const Micros due = delivery.step();
            const Micros left = due == kNever ? kLongestWait : due - clock.monotonicNow();
            if (left > 0 && !isStopping) queue.wait(std::min(left, kLongestWait));
        }
        delivery.flush(flushUntil);
        const std::lock_guard lock(endMutex);
        hasEnded = true;
        ended.notify_all();
    }

    /// A transfer under way ends by itself in time, or is cut.
    void endThread() {
        {
            std::unique_lock lock(endMutex);
            ended.wait_for(lock, std::chrono::microseconds(options.flushWithin), [this] { return hasEnded; });
        }
        transport->cancel();
        thread.join();
    }

    const SpanExporterOptions options;
    const Clock& clock;
    std::unique_ptr<SpanTransport> transport;
    SpanCounts counts;
    SpanQueue queue;
    SpanDelivery delivery;
    std::atomic<Micros> flushUntil{0};
    std::atomic<bool> isStopping{false};
    std::mutex endMutex;  ///< guards hasEnded
    std::condition_variable ended;
    bool hasEnded = false;
    std::thread thread;
};

SpanExporter::SpanExporter(SpanExporterOptions options, std::unique_ptr<SpanTransport> transport, const Clock& clock,
                           Random& random, const Logger& log)
    : parts_(std::make_unique<Parts>(std::move(options), std::move(transport), clock, random, log)) {
    if (parts_->options.ownThread) parts_->thread = std::thread([parts = parts_.get()] { parts->run(); });
}

SpanExporter::~SpanExporter() { shutdown(); }

void SpanExporter::record(Span span) {
    if (parts_->queue.put(std::move(span))) return;
    parts_->counts.drop(parts_->isStopping ? SpanDrop::Shutdown : SpanDrop::QueueFull, 1);
}

void SpanExporter::shutdown() {
    if (parts_->isStopping) return;
    // Set before the thread is told to stop, which reads it then.
    parts_->flushUntil = parts_->clock.monotonicNow() + parts_->options.flushWithin;
    if (parts_->isStopping.exchange(true)) return;
    parts_->queue.close();
    parts_->queue.wake();
    if (parts_->thread.joinable())
        parts_->endThread();
    else
        parts_->delivery.flush(parts_->flushUntil);
}

Micros SpanExporter::runPending() { return parts_->delivery.step(); }

std::size_t SpanExporter::queued() const { return parts_->queue.size(); }

const SpanCounts& SpanExporter::counts() const { return parts_->counts; }

}  // namespace signalbox::telemetry
