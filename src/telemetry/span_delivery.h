// Private to the exporter: batches on their way to the collector, one at a time, tried again while that makes sense.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "base/log.h"
#include "base/random.h"
#include "telemetry/otlp_json.h"
#include "telemetry/span_counts.h"
#include "telemetry/span_queue.h"
#include "telemetry/span_transport.h"

namespace signalbox::telemetry {

struct SpanDeliveryOptions {
    SpanResource resource;
    bool gzip = true;
    Micros timeout = 10'000'000;        ///< of one attempt
    Micros firstPause = 1'000'000;      ///< after the first failure; then twice as long each time
    Micros longestPause = 30'000'000;   ///< but for what the collector asks for
    Micros giveUpAfter = 300'000'000;   ///< of a batch, from its first attempt on
    Micros complainEvery = 60'000'000;  ///< of each kind of trouble
};

/// A state machine without a thread: whoever drives it calls step() when that is due. Times are monotonic.
class SpanDelivery {
public:
    SpanDelivery(SpanDeliveryOptions options, SpanQueue& queue, SpanTransport& transport, SpanCounts& counts,
                 const Clock& clock, Random& random, const Logger& log);

    /// Does what is due, which may block for an attempt. Gives when there is something to do next: at once, when that
    /// is in the past; kNever: when the queue says so.
    Micros step();
    /// Sends everything that waits until then, one attempt a batch, and drops the rest.
    void flush(Micros until);

private:
    enum class Trouble : std::uint8_t { Retrying, Refused, Rejected, Undelivered, QueueFull };

    void takeBatch();
    void dropTheRest();
    /// Afterwards there is no batch any more, or the next attempt is due at retryAt_.
    void attempt(Micros within);
    void delivered(const SpanAnswer& answer);
    void failed(const SpanAnswer& answer);
    void drop(SpanDrop why);
    [[nodiscard]] Micros nextPause();
    void complain(Trouble trouble, std::string message, const SpanAnswer& answer, std::uint64_t spans);
    void complainOfFullQueue();

    const SpanDeliveryOptions options_;
    SpanQueue& queue_;
    SpanTransport& transport_;
    SpanCounts& counts_;
    const Clock& clock_;
    Random& random_;
    const Logger log_;

    SpanPayload payload_;
    std::uint64_t inBatch_ = 0;  ///< spans of the payload; 0: there is none
    Micros firstTried_ = 0;
    Micros retryAt_ = 0;     ///< nothing is sent before
    Micros askedUntil_ = 0;  ///< what of that the collector has asked for
    unsigned failures_ = 0;  ///< in a row
    bool isDown_ = false;    ///< the log says that spans are not taken
    std::uint64_t overflowTold_ = 0;
    std::array<Micros, 5> complainAt_{};  ///< when the next word about a trouble is due
};

}  // namespace signalbox::telemetry
