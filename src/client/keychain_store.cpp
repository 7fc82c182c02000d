// Tokens in the desktop's keychain, by QtKeychain.
#include <QPointer>
#include <QTimer>
#include <chrono>
#include <functional>
#include <utility>

#include <qt6keychain/keychain.h>

#include "client/credential_store.h"
#include "client/futures.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr const char* kService = "signalbox";
/// A keychain may ask its owner to unlock it; where nobody answers it would be waited for without end.
constexpr std::chrono::seconds kPatience{60};

Error errorOf(const QKeychain::Job& job) {
    const QString why = job.errorString();
    switch (job.error()) {
        case QKeychain::AccessDenied:
        case QKeychain::AccessDeniedByUser:
            return worded("credentials.denied", Words::tr("The keychain was not opened: %1").arg(why), kService,
                          Words::tr("Unlock it"), true);
        case QKeychain::NoBackendAvailable:
        case QKeychain::NotImplemented:
            return worded("credentials.no-keychain", Words::tr("There is no keychain: %1").arg(why), kService);
        default:
            return worded("credentials.keychain", Words::tr("The keychain cannot be used: %1").arg(why), kService, {},
                          true);
    }
}

Error silence() {
    return worded("credentials.timeout", Words::tr("The keychain does not answer"), kService, Words::tr("Unlock it"),
                  true);
}

/// Runs a job; `outcome` makes its result of it. The job deletes itself when it is done, however late.
template <class T, class Job>
QFuture<T> run(Job* job, const QString& key, std::function<T(const Job&)> outcome) {
    job->setKey(key);
    job->setInsecureFallback(false);
    auto promise = std::make_shared<QPromise<T>>();
    promise->start();
    const auto finish = [promise](T value) {
        if (promise->future().isFinished()) return;
        promise->addResult(std::move(value));
        promise->finish();
    };
    QObject::connect(job, &QKeychain::Job::finished, job,
                     [finish, job, outcome = std::move(outcome)] { finish(outcome(*job)); });
    QTimer::singleShot(kPatience, job, [finish] { finish(fail(silence())); });
    job->start();
    return promise->future();
}

Status statusOf(const QKeychain::Job& job) {
    if (job.error() == QKeychain::NoError) return {};
    return fail(errorOf(job));
}

class KeychainStore final : public CredentialStore {
public:
    QFuture<Result<std::optional<QString>>> read(const QString& key) override {
        using Secret = Result<std::optional<QString>>;
        return run<Secret, QKeychain::ReadPasswordJob>(new QKeychain::ReadPasswordJob(kService), key,
                                                       [](const QKeychain::ReadPasswordJob& job) -> Secret {
                                                           if (job.error() == QKeychain::EntryNotFound)
                                                               return std::optional<QString>();
                                                           if (job.error() != QKeychain::NoError)
                                                               return fail(errorOf(job));
                                                           return std::optional<QString>(job.textData());
                                                       });
    }
    QFuture<Status> write(const QString& key, const QString& secret) override {
        auto* job = new QKeychain::WritePasswordJob(kService);
        job->setTextData(secret);
        return run<Status, QKeychain::WritePasswordJob>(job, key, statusOf);
    }
    QFuture<Status> remove(const QString& key) override {
        return run<Status, QKeychain::DeletePasswordJob>(new QKeychain::DeletePasswordJob(kService), key,
                                                         [](const QKeychain::DeletePasswordJob& job) -> Status {
                                                             if (job.error() == QKeychain::EntryNotFound) return {};
                                                             return statusOf(job);
                                                         });
    }
    QString place() const override { return Words::tr("the system keychain"); }
};

}  // namespace

std::unique_ptr<CredentialStore> keychainStore() { return std::make_unique<KeychainStore>(); }

}  // namespace signalbox::client
