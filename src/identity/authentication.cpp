#include <algorithm>

#include "identity/change.h"
#include "identity/permissions.h"

namespace signalbox::identity {

namespace {

constexpr std::size_t kLongestToken = 128;
constexpr Micros kWorthWriting = 1'000'000;  ///< closer uses than that are one, so that readers do not write

Error unknown() {
    return {
        "identity.credentials", "The token or key is not known here", {}, "Sign in again, or use another key", false};
}

Error keyExpired() { return {"identity.credentials", "The key has expired", {}, "Make a new one", false}; }

Error ended(const std::string& reason) {
    const auto because = [&]() -> std::string {
        if (reason == "signed-out") return "it was signed out";
        if (reason == "revoked") return "it was revoked";
        if (reason == "replaced") return "its user has signed in elsewhere too often";
        if (reason == "password-changed") return "the password was changed";
        if (reason == "disabled") return "its user was disabled or deleted";
        return "it was not used for too long, or is too old";
    };
    return {"identity.session-ended", "The session has ended: " + because(), reason, "Sign in again", false};
}

void moveTo(std::atomic<Micros>& time, Micros now) {
    const Micros last = time.load(std::memory_order_relaxed);
    if (now - last >= kWorthWriting || now < last) time.store(now, std::memory_order_relaxed);
}

}  // namespace

Micros LocalIdentity::endOf(const Session& session) const {
    return std::min(session.lastSeen.load(std::memory_order_relaxed) + options_.idle,
                    session.record.created + options_.longest);
}

bool LocalIdentity::isLive(const Session& session, Micros now) const { return now < endOf(session); }

std::optional<Caller> LocalIdentity::callerOf(const Session& session) const {
    const User* user = directory_.user(session.record.userId);
    if (user == nullptr || user->record.disabled) return std::nullopt;
    return Caller{Caller::Kind::Session, user->record.id,    user->record.login, user->record.name,
                  user->record.tenant,   user->record.roles, user->permissions,  session.record.id};
}

std::optional<Caller> LocalIdentity::callerOf(const Key& key) const {
    const User* user = directory_.user(key.record.userId);
    if (user == nullptr || user->record.disabled) return std::nullopt;
    return Caller{Caller::Kind::Key,
                  user->record.id,
                  user->record.login,
                  user->record.name,
                  user->record.tenant,
                  user->record.roles,
                  intersect(key.record.scopes, user->permissions),
                  key.record.id};
}

/// Under `memory_`.
Result<Caller> LocalIdentity::find(const Digest& digest) const {
    const Micros now = options_.clock->wallNow();
    if (const Session* session = directory_.session(digest)) {
        if (!isLive(*session, now)) return fail(ended("expired"));
        auto caller = callerOf(*session);
        if (!caller) return fail(unknown());
        moveTo(session->lastSeen, now);
        return std::move(*caller);
    }
    if (const Key* key = directory_.key(digest)) {
        if (key->record.expires != 0 && key->record.expires <= now) return fail(keyExpired());
        auto caller = callerOf(*key);
        if (!caller) return fail(unknown());
        moveTo(key->lastUsed, now);
        return std::move(*caller);
    }
    if (const auto reason = directory_.endOf(digest)) return fail(ended(*reason));
    return fail(unknown());
}

Result<Caller> LocalIdentity::authenticate(std::string_view token, const Origin&) {
    if (token.empty() || token.size() > kLongestToken) return fail(unknown());
    const Digest digest = digestOf(token);
    const auto look = [&] {
        const std::shared_lock lock(memory_);
        return find(digest);
    };
    auto found = look();
    // It may have been made by another program a moment ago. Whoever guesses must not have memory read again, and is
    // told so without waiting for those who write.
    if (!found && found.error().code == "identity.credentials" && isInFile(digest)) {
        poll();
        found = look();
    }
    return found;
}

bool LocalIdentity::csrfMatches(std::string_view token, std::string_view csrf) const {
    if (token.empty() || token.size() > kLongestToken || !sameText(csrfOf(token), csrf)) return false;
    const Digest digest = digestOf(token);
    return look([&](const Directory& all) {
        const Session* session = all.session(digest);
        return session != nullptr && isLive(*session, options_.clock->wallNow());
    });
}

Result<Caller> LocalIdentity::refresh(const Caller& caller) {
    return look([&](const Directory& all) -> Result<Caller> {
        const Micros now = options_.clock->wallNow();
        std::optional<Caller> fresh;
        if (caller.kind == Caller::Kind::Session) {
            const Session* session = all.session(caller.credential);
            if (session == nullptr) return fail(ended(all.endOf(caller.credential).value_or("revoked")));
            if (!isLive(*session, now)) return fail(ended("expired"));
            fresh = callerOf(*session);
        } else {
            const Key* key = all.key(caller.credential);
            if (key == nullptr) return fail(ended("revoked"));
            if (key->record.expires != 0 && key->record.expires <= now) return fail(ended("expired"));
            fresh = callerOf(*key);
        }
        if (!fresh) return fail(ended("disabled"));
        return std::move(*fresh);
    });
}

void LocalIdentity::touch(const Caller& caller) {
    look([&](const Directory& all) {
        const Micros now = options_.clock->wallNow();
        const Session* session = all.session(caller.credential);
        if (session != nullptr && isLive(*session, now)) moveTo(session->lastSeen, now);
        const Key* key = all.key(caller.credential);
        if (key != nullptr) moveTo(key->lastUsed, now);
    });
}

}  // namespace signalbox::identity
