#include "client/http_auth.h"

#include <QNetworkReply>
#include <QPromise>
#include <QSslConfiguration>
#include <memory>
#include <string_view>
#include <utility>

#include "base/json.h"
#include "client/certificate.h"
#include "client/futures.h"
#include "client/gateway_address.h"
#include "client/link_end.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr int kTimeoutMilliseconds = 15'000;
constexpr qint64 kMostBytes = 1 << 20;
constexpr const char* kApiKeyPrefix = "sbk_";

/// application/problem+json as an error.
Error problemOf(const Value& body, int status, const std::string& where) {
    Error error;
    error.code = body["code"].asString();
    error.message = body["detail"].asString();
    if (error.message.empty()) error.message = body["title"].asString();
    error.where = body["where"].asString();
    error.hint = body["hint"].asString();
    error.retryable = body["retryable"].asBoolean();
    if (error.where.empty()) error.where = where;
    if (!error.code.empty()) return error;
    return worded("gateway.unreachable", Words::tr("What answers there is no gateway (HTTP %1)").arg(status), where,
                  Words::tr("Check the address"), true);
}

/// Whether the gateway does not take the token any more: its session is over.
bool isUnknownToken(std::string_view code) {
    return code == "identity.session-ended" || code == "identity.credentials" || code == "auth.required";
}

QFuture<Result<QString>> tokenOf(const QFuture<Result<Value>>& reply, QObject* context) {
    return QFuture<Result<Value>>(reply).then(context, [](Result<Value> body) -> Result<QString> {
        if (!body) return fail(std::move(body).error());
        return QString::fromStdString(std::string((*body)["token"].asString()));
    });
}

}  // namespace

HttpAuth::HttpAuth(Target target, QObject* parent) : QObject(parent), target_(std::move(target)) {
    network_.setTransferTimeout(kTimeoutMilliseconds);
    network_.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

/// A pin stands instead of authorities: exactly that certificate, before anything is sent.
void HttpAuth::guard(QNetworkReply* reply) {
    const auto refuse = [this, reply](const QList<QSslError>& errors) {
        certificate_ = factsOf(reply->sslConfiguration().peerCertificate(), errors, target_.pinned, target_.url.host());
        reply->abort();
    };
    const auto isPinned = [this, reply] {
        return fingerprintOf(reply->sslConfiguration().peerCertificate()) == target_.pinned;
    };
    connect(reply, &QNetworkReply::sslErrors, this, [=, this](const QList<QSslError>& errors) {
        if (!target_.pinned.isEmpty() && isPinned()) return reply->ignoreSslErrors();
        refuse(errors);
    });
    connect(reply, &QNetworkReply::encrypted, this, [=, this] {
        if (!target_.pinned.isEmpty() && !isPinned()) refuse({});
    });
}

Result<Value> HttpAuth::outcome(QNetworkReply* reply) const {
    const std::string where = placeOf(target_.url);
    if (certificate_) return fail(trustError(*certificate_, QString::fromStdString(where)));
    const int status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 0) {
        return fail(worded("gateway.unreachable",
                           Words::tr("The gateway cannot be reached: %1").arg(reply->errorString()), where,
                           Words::tr("Check the address, and that signalboxd runs there"), true));
    }
    const QByteArray text = reply->read(kMostBytes);
    auto body = text.isEmpty() ? Result<Value>(Value::object()) : parseJson(text.toStdString());
    if (status / 100 == 2 && body && body->isObject()) return body;
    return fail(problemOf(body && status / 100 != 2 ? *body : Value::object(), status, where));
}

QFuture<Result<Value>> HttpAuth::post(const QString& path, const Value& body, const QString& token) {
    if (auto plain = checkPlain(target_.url, target_.allowPlain); !plain) {
        return readyFuture(Result<Value>(fail(std::move(plain).error())));
    }
    certificate_.reset();
    QNetworkRequest request(restUrl(target_.url, path));
    request.setHeader(QNetworkRequest::ContentTypeHeader, "application/json");
    request.setRawHeader("User-Agent", target_.agent.toUtf8());
    if (!token.isEmpty()) request.setRawHeader("Authorization", "Bearer " + token.toUtf8());
    QNetworkReply* reply = network_.post(request, QByteArray::fromStdString(writeJson(body)));
    guard(reply);
    auto promise = std::make_shared<QPromise<Result<Value>>>();
    promise->start();
    connect(reply, &QNetworkReply::finished, this, [this, reply, promise] {
        promise->addResult(outcome(reply));
        promise->finish();
        reply->deleteLater();
    });
    return promise->future();
}

QFuture<Result<QString>> HttpAuth::login(const QString& login, const QString& password) {
    return tokenOf(post("api/v1/auth/login", Value::object({{"login", Value(login.toStdString())},
                                                            {"password", Value(password.toStdString())}})),
                   this);
}

QFuture<Result<QString>> HttpAuth::setup(const QString& setupToken, const QString& login, const QString& name,
                                         const QString& password) {
    return tokenOf(post("api/v1/auth/setup", Value::object({{"token", Value(setupToken.toStdString())},
                                                            {"login", Value(login.toStdString())},
                                                            {"name", Value(name.toStdString())},
                                                            {"password", Value(password.toStdString())}})),
                   this);
}

QFuture<Status> HttpAuth::logout(const QString& token) {
    return post("api/v1/auth/logout", Value::object(), token).then(this, [](Result<Value> body) -> Status {
        if (!body) return fail(std::move(body).error());
        return {};
    });
}

QFuture<Result<bool>> HttpAuth::endSession(const QString& token) {
    if (token.isEmpty() || token.startsWith(QLatin1String(kApiKeyPrefix))) return readyFuture(Result<bool>(false));
    return logout(token).then(this, [](const Status& done) -> Result<bool> {
        if (!done && !isUnknownToken(done.error().code)) return fail(done.error());
        return true;
    });
}

}  // namespace signalbox::client
