#include "support/span_receiver.h"

#include <chrono>
#include <stdexcept>

#include "base/json.h"
#include "gateway/server.h"

namespace signalbox::test {

namespace {

constexpr std::chrono::seconds kDeadline{30};

void collectSpans(const Value& body, std::vector<Value>& into) {
    for (const Value& resource : body["resourceSpans"].items()) {
        for (const Value& scope : resource["scopeSpans"].items()) {
            for (const Value& span : scope["spans"].items()) into.push_back(span);
        }
    }
}

}  // namespace

std::string SpanReceiver::Received::header(std::string_view name) const {
    for (const auto& [known, value] : headers) {
        if (known == name) return value;
    }
    return {};
}

SpanReceiver::SpanReceiver(std::optional<gateway::TlsFiles> tls) {
    gateway::ServerOptions options;
    options.threads = 1;
    const std::string scheme = tls ? "https" : "http";
    options.tls = std::move(tls);
    server_ = std::make_unique<gateway::Server>(std::move(options), static_cast<gateway::Application&>(*this), clock_);
    const auto port = server_->start();
    if (!port) throw std::runtime_error(port.error().message);
    url_ = scheme + "://127.0.0.1:" + std::to_string(*port);
}

SpanReceiver::~SpanReceiver() {
    server_->stop();
    unanswered_.clear();
}

void SpanReceiver::answerNext(unsigned status, std::string body,
                              std::vector<std::pair<std::string, std::string>> headers) {
    const std::lock_guard lock(mutex_);
    answers_.push_back({status, std::move(headers), std::move(body), false});
}

void SpanReceiver::fallSilent() {
    const std::lock_guard lock(mutex_);
    isSilent_ = true;
}

void SpanReceiver::handle(gateway::HttpRequestPtr request, bool, std::function<void(gateway::Outcome)> respond) {
    gateway::HttpResponse answer{200, {{"Content-Type", "application/json"}}, "{}", false};
    auto body = parseJson(request->body);
    {
        const std::lock_guard lock(mutex_);
        requests_.push_back(
            {request->method, request->path, request->headers, request->body, body ? *body : Value("this is no JSON")});
        if (isSilent_) {
            unanswered_.push_back(std::move(respond));
        } else {
            if (!answers_.empty()) {
                answer = std::move(answers_.front());
                answers_.pop_front();
            }
            if (answer.status < 300) collectSpans(requests_.back().body, spans_);
        }
    }
    grown_.notify_all();
    if (respond) respond(std::move(answer));
}

bool SpanReceiver::waitForSpans(std::size_t count) {
    std::unique_lock lock(mutex_);
    return grown_.wait_for(lock, kDeadline, [&] { return spans_.size() >= count; });
}

bool SpanReceiver::waitForRequests(std::size_t count) {
    std::unique_lock lock(mutex_);
    return grown_.wait_for(lock, kDeadline, [&] { return requests_.size() >= count; });
}

std::vector<SpanReceiver::Received> SpanReceiver::requests() const {
    const std::lock_guard lock(mutex_);
    return requests_;
}

std::vector<Value> SpanReceiver::spans() const {
    const std::lock_guard lock(mutex_);
    return spans_;
}

Value attributeOf(const Value& span, std::string_view name) {
    for (const Value& attribute : span["attributes"].items()) {
        if (attribute["key"].asString() != name) continue;
        const auto members = attribute["value"].members();
        if (!members.empty()) return members.front().second;
    }
    return {};
}

}  // namespace signalbox::test
