// Private to the API: its parts, and what each kind of route does.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "gateway/api.h"
#include "gateway/api_exchange.h"
#include "gateway/engine_metrics.h"
#include "gateway/hash_places.h"
#include "gateway/health.h"
#include "gateway/http_metrics.h"
#include "gateway/idempotency.h"
#include "gateway/request_log.h"
#include "gateway/request_spans.h"
#include "gateway/streams.h"
#include "gateway/turns.h"
#include "service/worker_threads.h"

namespace signalbox::gateway {

/// Kept alive by the answers it still owes. Thread-safe.
class ApiCore : public std::enable_shared_from_this<ApiCore> {
public:
    explicit ApiCore(ApiOptions options);
    ApiCore(const ApiCore&) = delete;
    ApiCore& operator=(const ApiCore&) = delete;
    ~ApiCore();

    void handle(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond);
    void finished(const HttpRequest& request, unsigned status, std::uint64_t bytes);
    void reconfigure(ApiLimits limits);
    void drain();
    void handOver();
    [[nodiscard]] HttpResponse refused(const HttpRequestPtr& request, unsigned status, std::string_view code,
                                       std::string_view detail);
    /// From now on nobody is called back, and nothing waits for a thread of its own.
    void stop();

private:
    using Answered = std::function<void(Result<protocol::Reply>)>;

    // api_core.cpp
    void addRoutes();
    [[nodiscard]] ApiLimits limitsFor(ApiLimits limits) const;
    [[nodiscard]] ExchangePtr open(HttpRequestPtr request, bool isUpgrade, std::function<void(Outcome)> respond);
    [[nodiscard]] bool admitAddress(const ExchangePtr& exchange);
    [[nodiscard]] bool admitPrincipal(const ExchangePtr& exchange);
    void unrouted(const ExchangePtr& exchange);
    void serve(const ExchangePtr& exchange);
    void proceed(const ExchangePtr& exchange);
    void serveOwn(const ExchangePtr& exchange);

    // api_access.cpp
    /// Finds out who asks. Errors "auth.*", "identity.*".
    [[nodiscard]] Result<Who> identify(const ApiExchange& exchange);
    [[nodiscard]] Status authorise(const ApiExchange& exchange) const;
    /// Refuses; a browser that asked for a page is shown where to sign in.
    void turnAway(const ExchangePtr& exchange, const Error& error);
    [[nodiscard]] identity::Origin originOf(const HttpRequest& request) const;
    /// Whether its browser speaks TLS, be it to a proxy: then cookies never go without.
    [[nodiscard]] bool isSecure(const HttpRequest& request) const;

    // api_answer.cpp
    void answer(const ExchangePtr& exchange, HttpResponse response);
    void answerJson(const ExchangePtr& exchange, unsigned status, const Value& body);
    void refuse(const ExchangePtr& exchange, const Error& error, const Value& more = Value::object());
    void refuseWith(const ExchangePtr& exchange, unsigned status, const Error& error,
                    const Value& more = Value::object());
    void settleKey(ApiExchange& exchange, const HttpResponse& response);
    void addHeaders(const ApiExchange& exchange, HttpResponse& response) const;

    // api_calls.cpp
    [[nodiscard]] Result<Value> bodyOf(const ApiExchange& exchange) const;
    [[nodiscard]] Result<protocol::Request> decode(const ApiExchange& exchange, std::string* wait = nullptr) const;
    /// Once, whoever asks first. False: it is refused.
    [[nodiscard]] bool readCall(const ExchangePtr& exchange);
    /// Errors also those of patienceOf().
    [[nodiscard]] Result<ReadCall> readCall(const ApiExchange& exchange) const;
    /// Gives the answer to the same request before, if there is one; otherwise goes on when the key is on disk. What
    /// cannot be done by what it says uses no key.
    void beginKey(const ExchangePtr& exchange);
    /// `wait` as in service::DispatchOptions.
    void dispatch(const ExchangePtr& exchange, protocol::Request request, Answered answered, Micros wait = 0);
    void call(const ExchangePtr& exchange);
    void answerCall(const ExchangePtr& exchange, const Result<protocol::Reply>& outcome);
    void answerValue(const ExchangePtr& exchange, const Value& result);
    /// Takes one of the few places for calls that hash a password. False: it is answered.
    [[nodiscard]] bool takeHashPlace(const ExchangePtr& exchange);

    // api_runs.cpp
    void startRun(const ExchangePtr& exchange);
    void answerRun(const ExchangePtr& exchange, const protocol::RunResult& run);
    void answerStarted(const ExchangePtr& exchange, const std::string& runId, std::string_view status);

    // api_retention.cpp
    void retention(const ExchangePtr& exchange);
    void setRetention(const ExchangePtr& exchange);
    void answerRetention(const ExchangePtr& exchange, const protocol::RetentionDto& retention);
    void lookAtRetention(std::function<void(Result<protocol::RetentionDto>)> seen);
    /// As the gateway itself.
    void askForStats(std::function<void(Result<protocol::EngineStatsDto>)> told);

    // api_login.cpp
    void session(const ExchangePtr& exchange);
    void login(const ExchangePtr& exchange);
    void setUp(const ExchangePtr& exchange);
    void logout(const ExchangePtr& exchange);
    void answerSession(const ExchangePtr& exchange, const Result<identity::OpenedSession>& session, bool byCookie);
    /// Runs on a thread for passwords, or is refused when too many wait.
    void onLoginThread(const ExchangePtr& exchange, std::function<void()> job);

    // api_streams.cpp
    void socket(const ExchangePtr& exchange);
    void events(const ExchangePtr& exchange);
    [[nodiscard]] std::optional<Receiver> receiverOf(const Who& who) const;
    /// Nobody, when nothing was shown: the first message must say who it is. Errors "auth.*", "identity.*".
    [[nodiscard]] Result<Who> identifySocket(const ApiExchange& exchange);
    void answerStream(const ExchangePtr& exchange, OpenStream stream);

    // api_pages.cpp
    void ready(const ExchangePtr& exchange);
    void metricsPage(const ExchangePtr& exchange);
    /// Makes description and reference page, once.
    void describe();
    void description(const ExchangePtr& exchange);
    void referencePage(const ExchangePtr& exchange);
    void hook(const ExchangePtr& exchange);
    void hookTest(const ExchangePtr& exchange);

    const ApiOptions options_;
    std::atomic<bool> stopped_{false};
    FastRandom random_;
    std::shared_ptr<const RequestSpans> spans_;  ///< null: requests are not traced
    RequestLog requestLog_;
    Logger log_;
    std::deque<RouteEntry> entries_;
    Router router_;
    mutable std::mutex limitsMutex_;  ///< guards the pointer below
    std::shared_ptr<LiveLimits> limits_;
    OpenExchanges open_;
    Idempotency idempotency_;
    std::shared_ptr<HttpMetrics> metrics_;  ///< null: nothing is counted
    std::unique_ptr<EngineMetrics> engineMetrics_;
    Health health_;
    std::shared_ptr<const HashPlaces> hashPlaces_;  ///< for calls, those of sockets too
    std::unique_ptr<Streams> streams_;
    Turns retentionTurns_;
    std::once_flag described_;
    std::string description_;
    std::string referencePage_;
    std::string referencePolicy_;
    std::unique_ptr<service::WorkerThreads> logins_;
    std::unique_ptr<service::WorkerThreads> hooks_;
};

}  // namespace signalbox::gateway
