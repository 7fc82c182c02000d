#include "gateway/problem.h"

#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/json.h"
#include "gateway/http_response.h"

namespace signalbox::gateway {

namespace {

using namespace std::string_view_literals;

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

/// Errors that say where in what was sent they are; that of others may be a file.
constexpr std::array kPointing{"json."sv, "protocol."sv, "request."sv, "retention."sv, "run.input-"sv, "schedule."sv};

/// Where in the body (RFC 6901); nothing: it is not about a place there.
std::optional<std::string> pointerInto(unsigned status, const Error& error, const ProblemPlace& place) {
    if ((status != 400 && status != 422) || !error.where.starts_with('/')) return std::nullopt;
    const bool points = std::any_of(kPointing.begin(), kPointing.end(),
                                    [&](std::string_view family) { return error.code.starts_with(family); });
    if (!points) return std::nullopt;
    if (error.where == "/") return std::string();
    std::string_view where = error.where;
    if (place.pattern.find(fmt::format("{{{}}}", where.substr(1))) != std::string_view::npos) return std::nullopt;
    const std::string_view rest = where.substr(1);
    if (!place.into.empty() && rest.starts_with(place.into) && rest.substr(place.into.size()).starts_with('/')) {
        where.remove_prefix(1 + place.into.size());
    }
    return std::string(where);
}

Value bodyOf(unsigned status, const Error& error, const ProblemPlace& place, const Value& more) {
    ObjectBuilder body;
    body.set("type", Value(fmt::format("/reference#error-{}", documentedCode(error.code))));
    body.set("title", Value(reasonPhrase(status)));
    body.set("status", Value(status));
    body.set("detail", Value(error.message));
    if (!place.instance.empty()) body.set("instance", Value(place.instance));
    body.set("code", Value(error.code));
    if (!error.where.empty()) body.set("where", Value(error.where));
    if (!error.hint.empty()) body.set("hint", Value(error.hint));
    body.set("retryable", Value(error.retryable));
    if (!place.requestId.empty()) body.set("requestId", Value(place.requestId));
    if (const auto pointer = pointerInto(status, error, place)) {
        body.set("errors", Value::array({Value::object({{"pointer", *pointer}, {"detail", error.message}})}));
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
        // Of a token that is none, and not of a wrong password or signature: RFC 6750, section 3.1.
        const bool presented = place.takesToken && error.code != "auth.required";
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
