#include "telemetry/span_delivery.h"

#include <algorithm>

#include "telemetry/gzip_text.h"

namespace signalbox::telemetry {

namespace {

/// The longest that a collector may make it wait.
constexpr Micros kMostPatience = 120'000'000;
constexpr std::size_t kLongestError = 200;

bool isSuccess(const SpanAnswer& answer) { return answer.status >= 200 && answer.status < 300; }

/// As the OTLP specification lists them; without an answer the connection is to blame.
bool mayRetry(const SpanAnswer& answer) {
    return answer.status == 0 || answer.status == 429 || answer.status == 502 || answer.status == 503 ||
           answer.status == 504;
}

Value numberOf(std::uint64_t count) { return Value(static_cast<std::int64_t>(count)); }

}  // namespace

SpanDelivery::SpanDelivery(SpanDeliveryOptions options, SpanQueue& queue, SpanTransport& transport, SpanCounts& counts,
                           const Clock& clock, Random& random, const Logger& log)
    : options_(std::move(options)),
      queue_(queue),
      transport_(transport),
      counts_(counts),
      clock_(clock),
      random_(random),
      log_(log) {}

Micros SpanDelivery::step() {
    complainOfFullQueue();
    const Micros now = clock_.monotonicNow();
    // Also before a new batch: the pause is the collector's, not that of the spans.
    if (now < retryAt_) return retryAt_;
    if (inBatch_ == 0) {
        const Micros due = queue_.dueAt();
        if (due > now) return due;
        takeBatch();
    }
    attempt(options_.timeout);
    return std::max(retryAt_, inBatch_ > 0 ? 0 : queue_.dueAt());
}

void SpanDelivery::flush(Micros until) {
    bool isReachable = askedUntil_ <= clock_.monotonicNow();
    while (isReachable && (inBatch_ > 0 || queue_.size() > 0)) {
        const Micros left = until - clock_.monotonicNow();
        if (left <= 0) break;
        if (inBatch_ == 0) takeBatch();
        attempt(std::min(left, options_.timeout));
        isReachable = inBatch_ == 0;
    }
    dropTheRest();
}

void SpanDelivery::dropTheRest() {
    do {
        drop(SpanDrop::Shutdown);
        inBatch_ = queue_.take().size();
    } while (inBatch_ > 0);
}

void SpanDelivery::takeBatch() {
    const auto spans = queue_.take();
    inBatch_ = spans.size();
    firstTried_ = clock_.monotonicNow();
    payload_.body = otlpJson(options_.resource, spans);
    payload_.gzipped = false;
    if (!options_.gzip) return;
    if (std::string compressed = gzipText(payload_.body); !compressed.empty()) {
        payload_.body = std::move(compressed);
        payload_.gzipped = true;
    }
}

void SpanDelivery::attempt(Micros within) {
    const SpanAnswer answer = transport_.post(payload_, within);
    if (!isSuccess(answer) && mayRetry(answer)) return failed(answer);
    failures_ = 0;
    retryAt_ = 0;
    if (isSuccess(answer)) return delivered(answer);
    complain(Trouble::Refused, "The collector refuses spans", answer, inBatch_);
    drop(SpanDrop::Refused);
}

void SpanDelivery::delivered(const SpanAnswer& answer) {
    const PartialSuccess partial = partialSuccessOf(answer.body);
    const std::uint64_t rejected = std::min(partial.rejected, inBatch_);
    counts_.exported.fetch_add(inBatch_ - rejected, std::memory_order_relaxed);
    counts_.drop(SpanDrop::Rejected, rejected);
    if (rejected > 0 || !partial.message.empty()) {
        SpanAnswer told;
        told.status = answer.status;
        told.error = partial.message;
        complain(Trouble::Rejected, "The collector took a batch of spans with reservations", told, rejected);
    }
    if (std::exchange(isDown_, false)) log_.info("The collector takes spans again");
    inBatch_ = 0;
    payload_.body.clear();
}

void SpanDelivery::failed(const SpanAnswer& answer) {
    const Micros now = clock_.monotonicNow();
    const Micros asked = std::min(answer.retryAfter, kMostPatience);
    askedUntil_ = asked > 0 ? now + asked : 0;
    retryAt_ = std::max(now + nextPause(), askedUntil_);
    if (retryAt_ - firstTried_ > options_.giveUpAfter) {
        complain(Trouble::Undelivered, "Spans could not be delivered for too long and are dropped", answer, inBatch_);
        drop(SpanDrop::Undelivered);
        return;
    }
    complain(Trouble::Retrying, "The collector does not take spans; trying again", answer, inBatch_);
    isDown_ = true;
}

/// Equal jitter: at least half of the pause, so that programs which failed together do not come back together.
Micros SpanDelivery::nextPause() {
    const unsigned doublings = std::min(failures_++, 20U);
    const Micros pause = std::min(options_.firstPause << doublings, options_.longestPause);
    const Micros half = pause / 2;
    return half + static_cast<Micros>(random_.unit() * static_cast<double>(pause - half));
}

void SpanDelivery::drop(SpanDrop why) {
    counts_.drop(why, inBatch_);
    inBatch_ = 0;
    payload_.body.clear();
}

void SpanDelivery::complain(Trouble trouble, std::string message, const SpanAnswer& answer, std::uint64_t spans) {
    Micros& next = complainAt_[static_cast<std::size_t>(trouble)];
    const Micros now = clock_.monotonicNow();
    if (now < next) return;
    next = now + options_.complainEvery;
    std::vector<Member> fields{{"spans", numberOf(spans)}};
    if (answer.status != 0) fields.emplace_back("status", Value(static_cast<std::int64_t>(answer.status)));
    if (!answer.error.empty()) fields.emplace_back("reason", Value(answer.error.substr(0, kLongestError)));
    fields.emplace_back("waiting", numberOf(queue_.size()));
    log_.warning(std::move(message), Value::object(std::move(fields)));
}

void SpanDelivery::complainOfFullQueue() {
    const std::uint64_t dropped = counts_.of(SpanDrop::QueueFull);
    Micros& next = complainAt_[static_cast<std::size_t>(Trouble::QueueFull)];
    const Micros now = clock_.monotonicNow();
    if (dropped == overflowTold_ || now < next) return;
    next = now + options_.complainEvery;
    log_.warning("Spans came faster than the collector takes them and were dropped",
                 Value::object({{"spans", numberOf(dropped - overflowTold_)}}));
    overflowTold_ = dropped;
}

}  // namespace signalbox::telemetry
