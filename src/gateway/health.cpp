#include "gateway/health.h"

#include <mutex>
#include <optional>
#include <utility>
#include <vector>

#include "base/json.h"

namespace signalbox::gateway {

namespace {

constexpr Micros kFresh = 1'000'000;     ///< an answer is given to all who ask within it
constexpr Micros kPatience = 5'000'000;  ///< after which a probe that has not come back is an answer

HttpResponse respondWith(unsigned status, const Value& body) {
    HttpResponse response;
    response.status = status;
    response.headers.emplace_back("Content-Type", "application/json");
    response.headers.emplace_back("Cache-Control", "no-store");
    if (status == 503) response.headers.emplace_back("Retry-After", "5");
    response.body = writeJson(body);
    return response;
}

HttpResponse respondWith(const service::Readiness& readiness) {
    std::vector<Value> checks;
    for (const auto& check : readiness.checks) {
        std::vector<Member> members{{"name", Value(check.name)}, {"passed", Value(check.passed)}};
        if (!check.passed) members.emplace_back("reason", Value(check.reason));
        checks.push_back(Value::object(std::move(members)));
    }
    const bool ready = readiness.isReady();
    return respondWith(ready ? 200 : 503, Value::object({{"status", Value(ready ? "ready" : "not ready")},
                                                         {"checks", Value::array(std::move(checks))}}));
}

}  // namespace

struct Health::Parts {
    using Respond = std::function<void(HttpResponse)>;

    Parts(service::Dispatcher& asked, const Clock& time, Micros since)
        : dispatcher(asked), clock(time), started(since) {}

    service::Dispatcher& dispatcher;
    const Clock& clock;
    const Micros started;
    std::mutex mutex;  ///< guards the rest; not held while anyone is called
    bool draining = false;
    std::optional<service::Readiness> known;
    Micros knownSince = 0;
    std::optional<Micros> askedAt;  ///< while a probe is under way
    std::vector<Respond> waiting;

    /// What can be said without a new probe.
    [[nodiscard]] std::optional<service::Readiness> atHand(Micros now) const {
        if (draining) return service::Readiness{{{"gateway", false, "The gateway is being stopped"}}};
        if (askedAt && now - *askedAt >= kPatience) {
            return service::Readiness{{{"store", false, "The store has not answered for 5 seconds"}}};
        }
        if (known && now - knownSince < kFresh) return known;
        return std::nullopt;
    }
    void learn(const service::Readiness& readiness) {
        std::vector<Respond> answered;
        {
            const std::lock_guard lock(mutex);
            known = readiness;
            knownSince = clock.monotonicNow();
            askedAt.reset();
            answered.swap(waiting);
        }
        for (const auto& respond : answered) respond(respondWith(readiness));
    }
};

Health::Health(service::Dispatcher& dispatcher, const Clock& clock, Micros started)
    : parts_(std::make_shared<Parts>(dispatcher, clock, started)) {}

Health::~Health() = default;

HttpResponse Health::health() const {
    const Micros up = parts_->clock.wallNow() - parts_->started;
    return respondWith(200, Value::object({{"status", Value("alive")}, {"uptimeSeconds", Value(up / 1'000'000)}}));
}

void Health::ready(std::function<void(HttpResponse)> respond) {
    std::optional<service::Readiness> answer;
    std::vector<Parts::Respond> answered;
    bool asks = false;
    {
        const std::lock_guard lock(parts_->mutex);
        const Micros now = parts_->clock.monotonicNow();
        answer = parts_->atHand(now);
        parts_->waiting.push_back(std::move(respond));
        if (answer) answered.swap(parts_->waiting);
        asks = !answer && !parts_->askedAt;
        if (asks) parts_->askedAt = now;
    }
    for (const auto& waiting : answered) waiting(respondWith(*answer));
    if (!asks) return;
    parts_->dispatcher.checkReadiness(
        [parts = parts_](const service::Readiness& readiness) { parts->learn(readiness); });
}

void Health::drain() {
    const std::lock_guard lock(parts_->mutex);
    parts_->draining = true;
}

}  // namespace signalbox::gateway
