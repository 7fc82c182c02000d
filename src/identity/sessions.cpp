#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "identity/change.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

Error noSession(const std::string& id) {
    return {"identity.not-found", fmt::format("There is no session \"{}\"", tame(id, 100)), "/id", "List the sessions",
            false};
}

/// Not by when they were last seen: that changes while a list is read page by page.
void sortByAge(protocol::SessionList& list) {
    std::sort(list.sessions.begin(), list.sessions.end(),
              [](const auto& a, const auto& b) { return std::tie(a.created, a.id) > std::tie(b.created, b.id); });
}

}  // namespace

protocol::SessionDto LocalIdentity::dtoOf(const Session& session, const UserRecord& user) const {
    const SessionRecord& record = session.record;
    return {record.id,      record.userId,  user.login,   record.created, session.lastSeen,
            endOf(session), record.address, record.agent, false};
}

protocol::SessionList LocalIdentity::ownSessions(const Caller& caller) {
    protocol::SessionList list = sessions(caller.tenant, caller.userId);
    for (auto& session : list.sessions) session.current = session.id == caller.credential;
    return list;
}

protocol::SessionList LocalIdentity::sessions(const std::string& tenant, const std::string& userId) {
    poll();
    protocol::SessionList list;
    look([&](const Directory& all) {
        const Micros now = options_.clock->wallNow();
        for (const Session* session : all.sessions()) {
            const User* user = userOf(all, tenant, session->record.userId);
            const bool isMeant = userId.empty() || session->record.userId == userId;
            if (user != nullptr && isMeant && isLive(*session, now)) {
                list.sessions.push_back(dtoOf(*session, user->record));
            }
        }
    });
    sortByAge(list);
    return list;
}

Status LocalIdentity::revokeOwnSession(const Caller& caller, const std::string& id) {
    if (id == "others" && caller.kind == Caller::Kind::Key) {
        return fail("identity.needs-session", "A key cannot sign out others", {}, "Sign in with the password");
    }
    return change([&](Edit& edit) -> Status {
        if (id == "others") return edit.endSessionsOf(caller.userId, "revoked", caller.credential);
        const Session* session = edit.directory.session(id);
        if (session == nullptr || session->record.userId != caller.userId) return fail(noSession(id));
        return edit.endSession(id, "revoked");
    });
}

Status LocalIdentity::revokeSession(const std::string& tenant, const std::string& id) {
    return change([&](Edit& edit) -> Status {
        const Session* session = edit.directory.session(id);
        if (session == nullptr || userOf(edit.directory, tenant, session->record.userId) == nullptr) {
            return fail(noSession(id));
        }
        return edit.endSession(id, "revoked");
    });
}

}  // namespace signalbox::identity
