#include "client/end_session.h"

#include <QPromise>
#include <utility>

#include "client/futures.h"
#include "client/http_auth.h"

namespace signalbox::client {

QFuture<Result<bool>> endSession(const GatewayProfile& profile, std::shared_ptr<CredentialStore> credentials) {
    auto promise = std::make_shared<QPromise<Result<bool>>>();
    promise->start();
    // Deletes itself with the answer.
    auto* auth = new HttpAuth({profile.url, profile.pinned, profile.allowPlain, QStringLiteral("signalbox")});
    const auto finish = [promise, auth](Result<bool> outcome) {
        promise->addResult(std::move(outcome));
        promise->finish();
        auth->deleteLater();
    };
    const QString id = profile.id;
    credentials->read(id).then(auth, [credentials, id, auth, finish](const Result<std::optional<QString>>& kept) {
        credentials->remove(id);
        if (!kept) return finish(fail(kept.error()));
        auth->endSession(kept->value_or(QString())).then(auth, finish);
    });
    return promise->future();
}

}  // namespace signalbox::client
