#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "gateway/api_core.h"
#include "gateway/conditional.h"
#include "gateway/json_bounds.h"
#include "gateway/page_links.h"
#include "gateway/run_patience.h"
#include "protocol/envelope.h"
#include "service/request_check.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kParams = "/params";
constexpr std::size_t kDeepestBody = 200;

/// "application/json", also with parameters, or "application/anything+json".
bool isJson(std::string_view type) {
    type = type.substr(0, type.find(';'));
    while (type.ends_with(' ')) type.remove_suffix(1);
    std::string lower(type);
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return lower == "application/json" || (lower.starts_with("application/") && lower.ends_with("+json"));
}

/// A document's own id must be that of its address, so that nothing is written elsewhere than it says.
Status checkDocumentId(const Value& params, std::string_view id) {
    const auto document = parseJson(params["text"].asString());
    if (!document || !(*document)["id"].isString() || (*document)["id"].asString() == id) return {};
    return fail("request.id-mismatch",
                fmt::format("The document's id is \"{}\", the path says \"{}\"", (*document)["id"].asString(), id),
                "/text", "Use rename to change an id");
}

bool starts(const Route& route) {
    return route.handler == Handler::Start || route.handler == Handler::Execute || route.handler == Handler::Rerun;
}

/// Of a start the engine keeps the key with the run. A password could be guessed by a hash of the request it was in.
KeyedRequest::Kind keyKindOf(const Route& route) {
    if (starts(route)) return KeyedRequest::Kind::Safe;
    return route.hashes ? KeyedRequest::Kind::Secret : KeyedRequest::Kind::Plain;
}

std::string locationOf(std::string_view pattern, const Value& result) {
    const std::size_t open = pattern.find('{');
    const Value id = resolvePointer(result, pattern.substr(open + 1, pattern.size() - open - 2));
    return fmt::format("{}/{}", pattern.substr(0, open), id.asString());
}

}  // namespace

Result<Value> ApiCore::bodyOf(const ApiExchange& exchange) const {
    const HttpRequest& request = *exchange.request;
    if (request.body.empty()) return Value::undefined();
    const std::string* const type = request.header("content-type");
    if (type == nullptr || !isJson(*type)) {
        return fail("http.media-type", "A body must be JSON", "Content-Type", "Send Content-Type: application/json");
    }
    JsonLimits limits;
    limits.maxDepth = kDeepestBody;
    limits.maxValues = kMostJsonValues;
    return parseJson(request.body, false, limits);
}

Result<protocol::Request> ApiCore::decode(const ApiExchange& exchange, std::string* wait) const {
    const Route& route = exchange.route();
    const HttpRequest& request = *exchange.request;
    SIGNALBOX_TRY(const Value body, bodyOf(exchange));
    SIGNALBOX_TRY(Value params, exchange.entry->params.build(exchange.match, request.query, body, wait));
    if (route.edits) {
        SIGNALBOX_TRY(const std::string etag, expectedEtag(route, request));
        if (route.handler != Handler::SetRetention) params = params.with("expectedEtag", Value(etag));
    }
    if (route.creates) SIGNALBOX_CHECK(checkDocumentId(params, exchange.match.parameters[0]));
    auto decoded = protocol::decodeRequest(Value::object({{"call", Value(route.call)}, {"params", std::move(params)}}));
    if (decoded) {
        if (!route.edits) SIGNALBOX_CHECK(checkNoCondition(request));
        return decoded;
    }
    Error error = std::move(decoded).error();
    if (error.where.starts_with(kParams)) error.where.erase(0, kParams.size());
    // The pointer is into the body, which may be a member of the parameters.
    const std::string inside = fmt::format("/{}/", route.into);
    if (!route.into.empty() && error.where.starts_with(inside)) error.where.erase(0, inside.size() - 1);
    return fail(std::move(error));
}

Result<ReadCall> ApiCore::readCall(const ApiExchange& exchange) const {
    if (!starts(exchange.route())) {
        SIGNALBOX_TRY(auto request, decode(exchange));
        return ReadCall{std::move(request)};
    }
    std::string parameter;
    SIGNALBOX_TRY(auto request, decode(exchange, &parameter));
    SIGNALBOX_TRY(const Micros wait, patienceOf(*exchange.request, parameter));
    return ReadCall{std::move(request), wait};
}

bool ApiCore::readCall(const ExchangePtr& exchange) {
    if (exchange->call) return true;
    auto call = readCall(*exchange);
    if (call)
        exchange->call = *std::move(call);
    else
        refuse(exchange, call.error());
    return exchange->call.has_value();
}

void ApiCore::beginKey(const ExchangePtr& exchange) {
    const HttpRequest& request = *exchange->request;
    const std::string& key = *request.header("idempotency-key");
    if (!exchange->route().repeats) {
        return refuse(exchange, {"idempotency.unsupported", "Repeating this is not guarded by a key", "Idempotency-Key",
                                 "Leave the header out", false});
    }
    if (auto sane = checkIdempotencyKey(key); !sane) return refuse(exchange, sane.error());
    if (!readCall(exchange)) return;
    if (auto valid = service::checkRequest(exchange->call->request); !valid) return refuse(exchange, valid.error());
    const std::string asked = fmt::format("{} {}?{}\n{}\n", request.method, request.path, request.query, request.body);
    const service::Principal& principal = exchange->who.principal;
    KeyedRequest keyed{principal.tenant, principal.id, key, sha256Hex(asked), keyKindOf(exchange->route())};
    idempotency_.begin(keyed, [self = shared_from_this(), exchange, keyed](auto before) {
        if (!before) return self->refuse(exchange, before.error());
        if (before->has_value()) {
            (*before)->headers.emplace_back("Idempotent-Replayed", "true");
            return self->answer(exchange, std::move(**before));
        }
        exchange->keyed = keyed;
        self->proceed(exchange);
    });
}

bool ApiCore::takeHashPlace(const ExchangePtr& exchange) {
    auto place = hashPlaces_->take();
    if (!place) {
        refuse(exchange, place.error());
        return false;
    }
    exchange->done = [place = *std::move(place)] {};
    return true;
}

void ApiCore::dispatch(const ExchangePtr& exchange, protocol::Request request, Answered answered, Micros wait) {
    service::DispatchOptions options;
    options.wait = wait;
    // With a key this is the thread that writes keys down, for everybody.
    options.mayRunHere = !exchange->keyed;
    if (!exchange->report) options.report = exchange->report = std::make_shared<service::DispatchReport>();
    options_.dispatcher->dispatch(exchange->who.principal, std::move(request), std::move(answered), std::move(options));
}

void ApiCore::call(const ExchangePtr& exchange) {
    if (!readCall(exchange)) return;
    dispatch(exchange, std::move(exchange->call->request),
             [self = shared_from_this(), exchange](Result<protocol::Reply> outcome) {
                 self->answerCall(exchange, outcome);
             });
}

void ApiCore::answerCall(const ExchangePtr& exchange, const Result<protocol::Reply>& outcome) {
    if (!outcome) return refuse(exchange, outcome.error());
    answerValue(exchange, protocol::encodeOutcome(outcome)["result"]);
}

void ApiCore::answerValue(const ExchangePtr& exchange, const Value& result) {
    const Route& route = exchange->route();
    const HttpRequest& request = *exchange->request;
    HttpResponse response;
    response.status = route.status;
    const std::string etag{route.etag.empty() ? std::string_view() : resolvePointer(result, route.etag).asString()};
    if (!etag.empty()) response.headers.emplace_back("ETag", quotedEtag(etag));
    response.headers.emplace_back("Cache-Control", etag.empty() ? "no-store" : "private, no-cache");
    if (route.method == Method::Get && !etag.empty() && isKnownToCaller(request, etag)) {
        response.status = 304;
        return answer(exchange, std::move(response));
    }
    // A workflow that was not there before.
    if (route.creates && request.header("if-none-match") != nullptr) {
        response.status = 201;
        response.headers.emplace_back("Location", request.path);
    }
    if (!route.location.empty()) response.headers.emplace_back("Location", locationOf(route.location, result));
    if (auto next = nextPage(route, request, result); !next.empty()) {
        response.headers.emplace_back("Link", std::move(next));
    }
    if (response.status != 204) {
        response.headers.emplace_back("Content-Type", "application/json");
        response.body = writeJson(result);
    }
    answer(exchange, std::move(response));
}

}  // namespace signalbox::gateway
