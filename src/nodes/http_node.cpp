#include "nodes/http_node.h"

#include <algorithm>
#include <cstdlib>

#include <fmt/format.h>

#include "base/seen_from.h"
#include "base/text.h"
#include "nodes/embedded.h"
#include "nodes/http_message.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeCompletion;
using engine::NodeResult;

HttpBodyType bodyTypeOf(std::string_view name) {
    if (name == "json") return HttpBodyType::Json;
    if (name == "form") return HttpBodyType::Form;
    if (name == "text") return HttpBodyType::Text;
    return name == "bytes" ? HttpBodyType::Bytes : HttpBodyType::None;
}

HttpResponseType responseTypeOf(std::string_view name) {
    if (name == "json") return HttpResponseType::Json;
    if (name == "text") return HttpResponseType::Text;
    return name == "bytes" ? HttpResponseType::Bytes : HttpResponseType::Auto;
}

Result<Micros> positiveDuration(const Value& params, const char* name) {
    auto duration = parseDuration(params[name].asString());
    if (duration && *duration <= 0) duration = fail("duration.syntax", "A timeout must be longer than nothing");
    if (duration) return duration;
    Error error = std::move(duration).error();
    error.where = name;
    return fail(std::move(error));
}

struct HttpSettings {
    HttpRequest request;  ///< all that does not depend on the call
    HttpBodyType bodyType;
    Value body;  ///< Undefined: the input
    HttpResponseType responseType;
    std::vector<std::string> expected;
    std::string authType;
    std::string user;
    std::string secretEnv;
    std::string caFile;

    static Result<HttpSettings> read(const Value& params);
};

Result<HttpSettings> HttpSettings::read(const Value& params) {
    HttpSettings settings;
    HttpRequest& request = settings.request;
    request.method = params["method"].asString();
    SIGNALBOX_TRY(request.url, urlWithQuery(std::string(params["url"].asString()), pairsOf(params["query"])));
    request.headers = pairsOf(params["headers"]);
    SIGNALBOX_CHECK(checkHeaders(request.headers));
    SIGNALBOX_TRY(request.timeout, positiveDuration(params, "timeout"));
    SIGNALBOX_TRY(request.connectTimeout, positiveDuration(params, "connectTimeout"));
    request.maxRedirects = static_cast<int>(params["maxRedirects"].asInteger());
    request.maxBytes = static_cast<std::uint64_t>(params["maxBytes"].asInteger());
    request.useProxy = params["useProxy"].asBoolean();
    settings.bodyType = bodyTypeOf(params["bodyType"].asString());
    settings.body = params["body"];
    settings.responseType = responseTypeOf(params["responseType"].asString());
    for (const Value& pattern : params["expectedStatus"].items()) settings.expected.emplace_back(pattern.asString());
    const Value& auth = params["auth"];
    settings.authType = auth["type"].asString();
    settings.user = auth["user"].asString();
    settings.secretEnv = auth["secretEnv"].asString();
    if ((settings.authType == "basic" || settings.authType == "bearer") && settings.secretEnv.empty()) {
        return fail("params.invalid", "Signing in needs the name of a secret", "auth.secretEnv");
    }
    if (settings.user.find(':') != std::string::npos) {
        return fail("params.invalid", "A user name must not hold a colon", "auth.user");
    }
    settings.caFile = params["caFile"].asString();
    return settings;
}

/// The Authorization header's value; empty without credentials.
Result<std::string> authorizationOf(const HttpSettings& settings) {
    if (settings.authType != "basic" && settings.authType != "bearer") return std::string();
    const char* const found = std::getenv(settings.secretEnv.c_str());
    const std::string secret = found == nullptr ? "" : found;
    if (secret.empty()) {
        return fail("http.secret", fmt::format("The environment variable {} is not set", settings.secretEnv),
                    "auth.secretEnv", "Set it where Signalbox is started.");
    }
    if (secret.find_first_of("\r\n") != std::string::npos) {
        return fail("http.secret", fmt::format("The value of {} has line breaks", settings.secretEnv),
                    "auth.secretEnv");
    }
    return settings.authType == "basic" ? basicAuthorization(settings.user, secret) : "Bearer " + secret;
}

Result<HttpRequest> requestOf(const HttpSettings& settings, const FileAccess& access, const NodeCall& call) {
    HttpRequest request = settings.request;
    SIGNALBOX_TRY(request.authorization, authorizationOf(settings));
    if (!settings.caFile.empty()) {
        const auto path = resolveForReading(access, call.workspace, settings.caFile);
        if (!path) return fail(seenFrom(call.workspace, path.error()));
        request.caFile = path->string();
    }
    SIGNALBOX_CHECK(
        putBody(request, settings.bodyType, settings.body.isUndefined() ? call.input("input") : settings.body));
    const bool isSafe = request.method == "GET" || request.method == "HEAD" || request.method == "OPTIONS";
    if (!isSafe && !call.stepKey.empty() && !hasHeader(request.headers, "idempotency-key")) {
        request.headers.emplace_back("Idempotency-Key", call.stepKey);
    }
    request.stop = call.stop;
    return request;
}

Error statusError(const HttpResponse& response, const std::string& method) {
    const int status = response.status;
    Error error;
    error.code = "http.status";
    error.message = fmt::format("{} {} was answered with status {}", method, shownUrl(response.url), status);
    error.where = shownUrl(response.url);
    error.retryable = status >= 500 || status == 408 || status == 425 || status == 429;
    for (const auto& [name, value] : response.headers) {
        if (name == "retry-after") error.hint = fmt::format("The server asks to try again after {}. ", value);
    }
    constexpr std::size_t kShown = 300;
    if (!response.body.empty() && isValidUtf8(response.body)) {
        std::size_t end = std::min(response.body.size(), kShown);
        while (end < response.body.size() && (static_cast<unsigned char>(response.body[end]) & 0xC0U) == 0x80U) --end;
        error.hint += "It says: " + response.body.substr(0, end);
    }
    return error;
}

NodeResult resultOf(const HttpSettings& settings, const HttpResponse& response) {
    const bool expected = std::ranges::any_of(
        settings.expected, [&](const std::string& pattern) { return statusMatches(response.status, pattern); });
    if (!expected) return fail(statusError(response, settings.request.method));
    SIGNALBOX_TRY(const Value body, bodyValue(response, settings.responseType));
    const Value output = Value::object({{"status", response.status},
                                        {"headers", headersValue(response.headers)},
                                        {"body", body},
                                        {"url", response.url},
                                        {"tookMs", static_cast<double>(response.took) / 1000.0}});
    return Value::object({{"output", output}, {"body", body}});
}

void sendRequest(HttpClient& client, const FileAccess& access, const std::shared_ptr<const HttpSettings>& settings,
                 const NodeCall& call, NodeCompletion done) {
    auto request = requestOf(*settings, access, call);
    if (!request) return done(fail(std::move(request).error()));
    client.send(std::move(*request), [settings, done = std::move(done)](Result<HttpResponse> response) {
        if (!response) return done(fail(std::move(response).error()));
        done(resultOf(*settings, *response));
    });
}

}  // namespace

Status registerHttpNode(engine::Registry& registry, const FileAccess& access,
                        const std::shared_ptr<HttpClient>& client) {
    return registerFamily(
        registry, kHttpManifests,
        {{"HttpRequestNode",
          asyncMaker<HttpSettings>([client, access](const std::shared_ptr<const HttpSettings>& settings,
                                                    const std::shared_ptr<const NodeCall>& call, NodeCompletion done) {
              sendRequest(*client, access, settings, *call, std::move(done));
          })}});
}

}  // namespace signalbox::nodes
