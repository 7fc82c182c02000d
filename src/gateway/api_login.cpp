#include "base/json.h"
#include "gateway/api_auth.h"
#include "gateway/api_core.h"
#include "gateway/login_form.h"
#include "identity/secrets.h"
#include "protocol/codec.h"

namespace signalbox::gateway {

namespace {

/// Another site's page must not sign its visitors in as somebody else.
Status checkCookieOrigin(const ApiExchange& exchange, const LoginForm& form) {
    return form.cookie ? checkOrigin(*exchange.request, exchange.limits->cors) : Status();
}

Error noUsers() {
    return {"gateway.no-users", "Authentication is off at this gateway: there is nothing to sign in to", {}, {}, false};
}

}  // namespace

void ApiCore::onLoginThread(const ExchangePtr& exchange, std::function<void()> job) {
    if (logins_->tryPost(std::move(job))) return;
    refuse(exchange, {"gateway.busy", "Too many people are signing in at this moment", {}, "Try again", true});
}

void ApiCore::login(const ExchangePtr& exchange) {
    if (options_.everybody || options_.identity == nullptr) return refuse(exchange, noUsers());
    const auto body = bodyOf(*exchange);
    if (!body) return refuse(exchange, body.error());
    auto form = readLoginForm(*body, loginSchema());
    if (!form) return refuse(exchange, form.error());
    if (auto origin = checkCookieOrigin(*exchange, *form); !origin) return refuse(exchange, origin.error());
    onLoginThread(exchange, [self = shared_from_this(), exchange, form = *std::move(form)] {
        const auto origin = self->originOf(*exchange->request);
        self->answerSession(exchange, self->options_.identity->login(form.login, form.password, origin), form.cookie);
    });
}

void ApiCore::setUp(const ExchangePtr& exchange) {
    if (options_.everybody || options_.identity == nullptr) return refuse(exchange, noUsers());
    const auto body = bodyOf(*exchange);
    if (!body) return refuse(exchange, body.error());
    auto form = readLoginForm(*body, setUpSchema());
    if (!form) return refuse(exchange, form.error());
    if (auto origin = checkCookieOrigin(*exchange, *form); !origin) return refuse(exchange, origin.error());
    onLoginThread(exchange, [self = shared_from_this(), exchange, form = *std::move(form)] {
        const auto origin = self->originOf(*exchange->request);
        self->answerSession(exchange,
                            self->options_.identity->setUp(form.token, form.login, form.name, form.password, origin),
                            form.cookie);
    });
}

void ApiCore::answerSession(const ExchangePtr& exchange, const Result<identity::OpenedSession>& session,
                            bool byCookie) {
    if (!session) {
        if (metrics_) metrics_->authenticationFailed(session.error().code);
        return refuse(exchange, session.error());
    }
    Value body = Value::object({{"csrf", session->csrf}, {"session", protocol::toValue(session->session)}});
    HttpResponse response;
    response.status = exchange->route().status;
    response.headers = {{"Content-Type", "application/json"}, {"Cache-Control", "no-store"}};
    if (byCookie)
        response.headers.emplace_back("Set-Cookie", sessionCookie(isSecure(*exchange->request), session->token));
    else
        body = body.with("token", Value(session->token));
    response.body = writeJson(body);
    answer(exchange, std::move(response));
}

/// Only to whoever sends the cookie by itself, and so has to prove more: a page of this origin that was loaded again.
/// The cookie is not sent by other sites' pages (SameSite), and what one of the same site would read is refused here.
void ApiCore::session(const ExchangePtr& exchange) {
    const Who& who = exchange->who;
    ObjectBuilder body;
    if (!who.cookie.empty()) {
        if (auto reader = checkReader(*exchange->request, exchange->limits->cors); !reader) {
            return refuse(exchange, reader.error());
        }
        // A key in a cookie has none: it is no session.
        if (who.caller->kind == identity::Caller::Kind::Session) body.set("csrf", Value(identity::csrfOf(who.cookie)));
    }
    protocol::AccountDto account = receiverOf(who)->account();
    // Without users everybody is of this gateway's tenant, as the account itself says.
    if (account.tenant.empty()) account.tenant = options_.tenant;
    if (account.login.empty()) account.login = who.principal.id;
    body.set("account", protocol::toValue(account));
    answerJson(exchange, 200, std::move(body).build());
}

void ApiCore::logout(const ExchangePtr& exchange) {
    if (options_.everybody || options_.identity == nullptr) return refuse(exchange, noUsers());
    const auto& caller = exchange->who.caller;
    if (caller->kind != identity::Caller::Kind::Session) {
        return refuse(exchange,
                      {"identity.needs-session", "A key has no session to end", {}, "Revoke the key instead", false});
    }
    onLoginThread(exchange, [self = shared_from_this(), exchange, session = caller->credential] {
        if (auto ended = self->options_.identity->logout(session); !ended) return self->refuse(exchange, ended.error());
        HttpResponse response{204, {{"Cache-Control", "no-store"}}, {}, false};
        if (exchange->request->header("cookie") != nullptr) {
            response.headers.emplace_back("Set-Cookie", sessionCookie(self->isSecure(*exchange->request), {}));
        }
        self->answer(exchange, std::move(response));
    });
}

}  // namespace signalbox::gateway
