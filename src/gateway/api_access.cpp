#include "gateway/api_auth.h"
#include "gateway/api_core.h"
#include "gateway/problem.h"
#include "gateway/sign_in_page.h"

namespace signalbox::gateway {

namespace {

constexpr std::string_view kOwnAccount = "account.";

/// What a stream looks at by itself, or whoever asks need not be known for.
bool isPublic(const Route& route) { return route.permission == kPublic; }

Error nobody() {
    return {"auth.required",
            "This needs somebody who is known",
            {},
            "Send \"Authorization: Bearer\" with a session's token or an API key",
            false};
}

}  // namespace

identity::Origin ApiCore::originOf(const HttpRequest& request) const {
    const std::string* const agent = request.header("user-agent");
    return {request.address, agent != nullptr ? *agent : std::string()};
}

bool ApiCore::isSecure(const HttpRequest& request) const { return request.encrypted || !options_.publicUrl.empty(); }

Result<Who> ApiCore::identify(const ApiExchange& exchange) {
    const HttpRequest& request = *exchange.request;
    if (isPublic(exchange.route())) return Who{};
    if (options_.everybody) {
        SIGNALBOX_CHECK(checkHost(request, exchange.limits->cors));
        // The browser of whoever may reach this gateway may show pages of others.
        if (!isSafe(request)) SIGNALBOX_CHECK(checkOrigin(request, exchange.limits->cors));
        return Who{*options_.everybody, std::nullopt};
    }
    SIGNALBOX_TRY(const auto credentials, credentialsOf(request, isSecure(request)));
    if (!credentials) return fail(nobody());
    SIGNALBOX_TRY(auto caller, options_.identity->authenticate(credentials->token, originOf(request)));
    if (credentials->byCookie && !isSafe(request)) {
        SIGNALBOX_CHECK(checkOrigin(request, exchange.limits->cors));
        const std::string* const csrf = request.header("x-csrf-token");
        if (csrf == nullptr || !options_.identity->csrfMatches(credentials->token, *csrf)) {
            return fail("auth.csrf", "The request does not prove that it comes from the page that signed in",
                        "X-CSRF-Token", "Send the token that signing in has given");
        }
    }
    Who who{service::principalOf(caller), std::nullopt};
    if (credentials->byCookie) who.cookie = credentials->token;
    who.caller = std::move(caller);
    return who;
}

Status ApiCore::authorise(const ApiExchange& exchange) const {
    const Route& route = exchange.route();
    if (isPublic(route) || route.permission == kSignedIn) return {};
    const service::Principal& principal = exchange.who.principal;
    if (!route.call.starts_with(kOwnAccount)) SIGNALBOX_CHECK(options_.dispatcher->admits(principal));
    if (principal.allows(route.permission)) return {};
    return fail("auth.forbidden", principal.name + " may not do this", {},
                "It needs the permission \"" + std::string(route.permission) + "\"");
}

void ApiCore::turnAway(const ExchangePtr& exchange, const Error& error) {
    const auto status = statusOfCode(error.code);
    const bool helps = (status == 401U || status == 403U) && options_.identity != nullptr && !options_.everybody;
    if (!helps || exchange->route().handler != Handler::HookTest || !readsPages(*exchange->request)) {
        return refuse(exchange, error);
    }
    auto page = signInPage(*status, error, options_.title);
    if (!page) return refuse(exchange, page.error());
    if (status == 401U) page->headers.emplace_back("WWW-Authenticate", "Bearer");
    exchange->code = error.code;
    answer(exchange, std::move(*page));
}

}  // namespace signalbox::gateway
