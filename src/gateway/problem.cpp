#include "gateway/problem.h"

#include <algorithm>
#include <cctype>

#include <fmt/format.h>

#include "base/json.h"
#include "gateway/http_response.h"

namespace signalbox::gateway {

namespace {

constexpr int kDefaultRetrySeconds = 1;

/// What a hint like "Try again in 12.3 s" promises; identity tells its waits only to people.
int retrySeconds(const Error& error) {
    constexpr std::string_view kWords = "Try again in ";
    if (!error.hint.starts_with(kWords)) return kDefaultRetrySeconds;
    const auto duration = [&] {
        std::string text = error.hint.substr(kWords.size());
        std::erase(text, ' ');
        return parseDuration(text);
    }();
    if (!duration) return kDefaultRetrySeconds;
    return static_cast<int>(std::max<Micros>(1, (*duration + 999'999) / 1'000'000));
}

bool pointsIntoRequest(unsigned status, const Error& error) {
    return (status == 400 || status == 422) && error.where.starts_with('/');
}

Value bodyOf(unsigned status, const Error& error, const ProblemPlace& place, const Value& more) {
    ObjectBuilder body;
    body.set("type", Value(fmt::format("/reference#error-{}", error.code)));
    body.set("title", Value(reasonPhrase(status)));
    body.set("status", Value(status));
    body.set("detail", Value(error.message));
    if (!place.instance.empty()) body.set("instance", Value(place.instance));
    body.set("code", Value(error.code));
    if (!error.where.empty()) body.set("where", Value(error.where));
    if (!error.hint.empty()) body.set("hint", Value(error.hint));
    body.set("retryable", Value(error.retryable));
    if (!place.requestId.empty()) body.set("requestId", Value(place.requestId));
    if (pointsIntoRequest(status, error)) {
        body.set("errors", Value::array({Value::object({{"pointer", error.where}, {"detail", error.message}})}));
    }
    for (const auto& [name, value] : more.members()) body.set(name, value);
    return std::move(body).build();
}

}  // namespace

HttpResponse problemResponse(unsigned status, const Error& error, const ProblemPlace& place, const Value& more) {
    HttpResponse response;
    response.status = status;
    response.headers.emplace_back("Content-Type", kProblemType);
    response.headers.emplace_back("Cache-Control", "no-store");
    if (status == 401) {
        // Without an error member where nothing was presented: RFC 6750, section 3.1.
        const bool presented = error.code != "auth.required";
        response.headers.emplace_back("WWW-Authenticate", presented
                                                              ? R"(Bearer realm="signalbox", error="invalid_token")"
                                                              : R"(Bearer realm="signalbox")");
    }
    if (status == 429 || status == 503) {
        response.headers.emplace_back("Retry-After", std::to_string(retrySeconds(error)));
    }
    response.body = writeJson(bodyOf(status, error, place, more));
    return response;
}

}  // namespace signalbox::gateway
