// Tokens in an encrypted file, for machines without a keychain.
#include <QDir>
#include <QFile>
#include <QLockFile>
#include <QStandardPaths>
#include <filesystem>
#include <functional>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "client/credential_store.h"
#include "client/futures.h"
#include "client/sealed_box.h"
#include "client/words.h"

namespace signalbox::client {

namespace fs = std::filesystem;

namespace {

constexpr int kFormat = 1;
constexpr int kLockMilliseconds = 500;
constexpr std::size_t kMostBytes = 4U << 20U;

QString defaultFolder() {
    // There is no QStandardPaths for XDG_STATE_HOME in Qt 6.4.
    const QString state = qEnvironmentVariable("XDG_STATE_HOME");
    const bool isUsable = !state.isEmpty() && QDir::isAbsolutePath(state);
    return (isUsable ? state : QDir::homePath() + "/.local/state") + "/signalbox";
}

class FileStore final : public CredentialStore {
public:
    explicit FileStore(const QString& folder) : folder_(folder.isEmpty() ? defaultFolder() : folder) {}

    QFuture<Result<std::optional<QString>>> read(const QString& key) override { return readyFuture(readNow(key)); }
    QFuture<Status> write(const QString& key, const QString& secret) override {
        return readyFuture(change([&](ObjectBuilder& entries) -> Status {
            SIGNALBOX_TRY(const auto secretKey, keyFromFile(path("credentials.key")));
            SIGNALBOX_TRY(const auto sealed, seal(secretKey, key.toStdString(), secret.toStdString()));
            entries.set(key.toStdString(), Value(encodeBase64(sealed)));
            return {};
        }));
    }
    QFuture<Status> remove(const QString& key) override {
        // A machine with a keychain never gets the file.
        if (!fs::exists(path("credentials.json"))) return readyFuture(Status());
        return readyFuture(change([&](ObjectBuilder& entries) -> Status {
            entries.set(key.toStdString(), Value::undefined());
            return {};
        }));
    }
    QString place() const override { return Words::tr("the encrypted file %1").arg(folder_ + "/credentials.json"); }

private:
    [[nodiscard]] fs::path path(const char* name) const { return fs::path(folder_.toStdString()) / name; }

    [[nodiscard]] Result<Value> entries() const {
        auto text = readFile(path("credentials.json"), kMostBytes);
        if (!text && text.error().code == "file.not-found") return Value::object();
        if (!text) return fail(std::move(text).error());
        const auto root = parseJson(*text);
        if (root && (*root)["format"].asInteger() == kFormat) return (*root)["entries"];
        return fail(worded("credentials.invalid", Words::tr("The file of stored credentials cannot be read"),
                           path("credentials.json").string(), Words::tr("Remove it, and sign in again")));
    }

    [[nodiscard]] Result<std::optional<QString>> readNow(const QString& key) const {
        SIGNALBOX_TRY(const auto all, entries());
        const Value* entry = all.find(key.toStdString());
        if (entry == nullptr) return std::optional<QString>();
        SIGNALBOX_TRY(const auto secretKey, keyFromFile(path("credentials.key")));
        SIGNALBOX_TRY(const auto sealed, decodeBase64(entry->asString()));
        SIGNALBOX_TRY(const auto secret, unseal(secretKey, key.toStdString(), sealed));
        return std::optional(QString::fromStdString(secret));
    }

    Status change(const std::function<Status(ObjectBuilder&)>& edit) const {
        QDir().mkpath(folder_);
        std::error_code ignored;
        fs::permissions(folder_.toStdString(), fs::perms::owner_all, ignored);
        QLockFile lock(folder_ + "/credentials.lock");
        if (!lock.tryLock(kLockMilliseconds)) {
            return fail(worded("credentials.locked", Words::tr("Another program keeps the stored credentials locked"),
                               folder_.toStdString(), Words::tr("Try again"), true));
        }
        SIGNALBOX_TRY(const auto before, entries());
        ObjectBuilder after;
        for (const auto& [name, value] : before.members()) after.set(name, value);
        SIGNALBOX_CHECK(edit(after));
        const Value root = Value::object({{"format", Value(kFormat)}, {"entries", std::move(after).build()}});
        const fs::path file = path("credentials.json");
        SIGNALBOX_CHECK(writeFileAtomically(file, writeJson(root) + "\n"));
        fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write, ignored);
        return {};
    }

    const QString folder_;
};

/// The first where it works, the second otherwise.
class FallbackStore final : public CredentialStore {
public:
    FallbackStore(std::shared_ptr<CredentialStore> first, std::shared_ptr<CredentialStore> second)
        : first_(std::move(first)), second_(std::move(second)) {}

    QFuture<Result<std::optional<QString>>> read(const QString& key) override {
        using Secret = Result<std::optional<QString>>;
        return first_->read(key)
            .then([second = second_, key](const Secret& found) {
                return found && *found ? readyFuture(found) : second->read(key);
            })
            .unwrap();
    }
    QFuture<Status> write(const QString& key, const QString& secret) override {
        return first_->write(key, secret)
            .then([first = first_, second = second_, place = place_, key, secret](const Status& kept) {
                *place = kept ? first->place() : second->place();
                return kept ? second->remove(key) : second->write(key, secret);
            })
            .unwrap();
    }
    QFuture<Status> remove(const QString& key) override {
        return first_->remove(key)
            .then([second = second_, key](const Status&) { return second->remove(key); })
            .unwrap();
    }
    QString place() const override { return *place_; }

private:
    std::shared_ptr<CredentialStore> first_;
    std::shared_ptr<CredentialStore> second_;
    std::shared_ptr<QString> place_ = std::make_shared<QString>(first_->place());  ///< where it was written last
};

}  // namespace

std::unique_ptr<CredentialStore> fileCredentialStore(const QString& folder) {
    return std::make_unique<FileStore>(folder);
}

std::shared_ptr<CredentialStore> defaultCredentialStore(const QString& folder) {
    return std::make_shared<FallbackStore>(keychainStore(), fileCredentialStore(folder));
}

}  // namespace signalbox::client
