// Whether the gateway lives (/health) and whether it should be given work (/ready).
#pragma once

#include <functional>
#include <memory>

#include "base/clock.h"
#include "gateway/exchange.h"
#include "service/dispatcher.h"

namespace signalbox::gateway {

/// Thread-safe. Anyone may ask, as often as they like: what costs something is asked for once a second at most.
class Health {
public:
    /// What is given must outlive it.
    Health(service::Dispatcher& dispatcher, const Clock& clock, Micros started);
    Health(const Health&) = delete;
    Health& operator=(const Health&) = delete;
    ~Health();

    /// 200 as long as there is a process to answer.
    [[nodiscard]] HttpResponse health() const;
    /// 200, or 503 with the reasons. `respond` may be called at once or from another thread. When an earlier probe has
    /// not come back after 5 s, that is the answer.
    void ready(std::function<void(HttpResponse)> respond);
    /// From now on /ready answers 503: the gateway is on its way out.
    void drain();

private:
    struct Parts;
    std::shared_ptr<Parts> parts_;
};

}  // namespace signalbox::gateway
