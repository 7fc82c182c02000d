// One structured line a request.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/log.h"

namespace signalbox::gateway {

/// What is said of a request. Neither its query nor headers or bodies: they may hold secrets.
struct RequestRecord {
    std::string_view method;
    std::string_view route;  ///< the pattern, "/api/v1/runs/{id}"; empty: none matched
    std::string_view path;   ///< told only where no route matched, shortened
    unsigned status = 0;     ///< 0: the caller went away before the answer was written
    Micros took = 0;
    std::uint64_t bytes = 0;     ///< written
    std::string_view address;    ///< of whoever asks
    std::string_view peer;       ///< at the other end of the connection: a proxy, or the same
    std::string_view principal;  ///< id; empty: not known
    std::string_view requestId;
    std::string_view traceId;
    std::string_view spanId;
    std::string_view call;  ///< that was dispatched: "runs.get"; empty: none
    std::string_view way;   ///< "direct", "pool"; empty: no call was dispatched
    Micros waited = 0;      ///< for a worker
    std::string_view code;  ///< of the error; empty: none
};

/// Thread-safe. Level "info"; "warning" from status 500 on.
class RequestLog {
public:
    explicit RequestLog(const Logger& log) : log_(log.component("access")) {}
    void write(const RequestRecord& record) const;

private:
    Logger log_;
};

}  // namespace signalbox::gateway
