// Where tokens are kept between two starts: the desktop's keychain, or an encrypted file where there is none.
#pragma once

#include <QFuture>
#include <QString>
#include <memory>
#include <optional>

#include "base/result.h"

namespace signalbox::client {

/// Secrets by key (the id of a GatewayProfile). Never blocks; futures are finished in the thread of the caller, which
/// needs an event loop. Errors "credentials.*".
class CredentialStore {
public:
    CredentialStore() = default;
    CredentialStore(const CredentialStore&) = delete;
    CredentialStore& operator=(const CredentialStore&) = delete;
    virtual ~CredentialStore() = default;

    /// None when there is no such key.
    [[nodiscard]] virtual QFuture<Result<std::optional<QString>>> read(const QString& key) = 0;
    virtual QFuture<Status> write(const QString& key, const QString& secret) = 0;
    /// Also when there is none.
    virtual QFuture<Status> remove(const QString& key) = 0;
    /// Where it is kept, for people: "the system keychain", "the encrypted file /…".
    [[nodiscard]] virtual QString place() const = 0;
};

/// The desktop's keychain (Secret Service or KWallet).
[[nodiscard]] std::unique_ptr<CredentialStore> keychainStore();

/// An AES-256-GCM file whose key lies beside it, both readable by their owner alone. It keeps tokens out of backups and
/// copies of the one file, and from eyes; whoever can read all files of this user can read them too.
/// `folder` empty: $XDG_STATE_HOME/signalbox.
[[nodiscard]] std::unique_ptr<CredentialStore> fileCredentialStore(const QString& folder = {});

/// The keychain, and the file where there is none. What is in one of them is found.
[[nodiscard]] std::shared_ptr<CredentialStore> defaultCredentialStore(const QString& folder = {});

}  // namespace signalbox::client
