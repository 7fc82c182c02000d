// A stand-in for an OpenTelemetry collector: takes OTLP/JSON over HTTP, keeps what it is sent, answers as it is told.
#pragma once

#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/value.h"
#include "gateway/exchange.h"
#include "gateway/tls_context.h"

namespace signalbox::gateway {
class Server;
}

namespace signalbox::test {

/// No collector: it checks nothing of the protocol but that bodies are JSON, and our own server reads the HTTP. What a
/// real one thinks of the spans has to be tried with a real one. Thread-safe.
class SpanReceiver final : private gateway::Application {
public:
    struct Received {
        std::string method;
        std::string path;
        std::vector<std::pair<std::string, std::string>> headers;  ///< names in lower case
        std::string text;                                          ///< decompressed
        Value body;
        [[nodiscard]] std::string header(std::string_view name) const;
    };

    /// Listens on a free port of 127.0.0.1.
    explicit SpanReceiver(std::optional<gateway::TlsFiles> tls = std::nullopt);
    ~SpanReceiver() override;

    [[nodiscard]] std::string url() const { return url_; }
    /// The next request gets that instead of 200 with an empty object; in the order given.
    void answerNext(unsigned status, std::string body = {},
                    std::vector<std::pair<std::string, std::string>> headers = {});
    /// From now on nothing is answered.
    void fallSilent();
    /// Waits for so many spans altogether; false when they do not come.
    [[nodiscard]] bool waitForSpans(std::size_t count);
    [[nodiscard]] bool waitForRequests(std::size_t count);
    [[nodiscard]] std::vector<Received> requests() const;
    /// Of all requests that were answered well, in the order of coming.
    [[nodiscard]] std::vector<Value> spans() const;

private:
    void handle(gateway::HttpRequestPtr request, bool isUpgrade,
                std::function<void(gateway::Outcome)> respond) override;
    void finished(const gateway::HttpRequest&, unsigned, std::uint64_t) override {}
    gateway::HttpResponse refusal(unsigned status, std::string_view, std::string_view) override {
        return {status, {}, {}, false};
    }

    SystemClock clock_;
    mutable std::mutex mutex_;  ///< guards what follows but the server
    std::condition_variable grown_;
    std::vector<Received> requests_;
    std::vector<Value> spans_;
    std::deque<gateway::HttpResponse> answers_;
    bool isSilent_ = false;
    std::vector<std::function<void(gateway::Outcome)>> unanswered_;
    std::string url_;
    std::unique_ptr<gateway::Server> server_;
};

/// The value of a span's attribute, whatever its type; undefined when there is none.
[[nodiscard]] Value attributeOf(const Value& span, std::string_view name);

}  // namespace signalbox::test
