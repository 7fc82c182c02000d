#include "identity/local_identity.h"

#include <chrono>

#include <fmt/format.h>

#include "base/ids.h"
#include "identity/change.h"
#include "identity/rules.h"

namespace signalbox::identity {

namespace {

constexpr std::chrono::seconds kKeepUp{1};
constexpr Micros kSecond = 1'000'000;
constexpr Micros kSaveUses = 60 * kSecond;
constexpr Micros kEndsRemembered = 24 * 3600 * kSecond;

/// An address may be that of a whole office: more failures are free there, and the wait grows longer.
constexpr ThrottleRule kAccountRule{5, kSecond, 60 * kSecond, 3600 * kSecond, 10'000};
constexpr ThrottleRule kAddressRule{20, kSecond, 900 * kSecond, 3600 * kSecond, 10'000};
/// Of a /48, which may be a company's, or of one guesser with 65,536 networks.
constexpr ThrottleRule kSiteRule{200, kSecond, 900 * kSecond, 3600 * kSecond, 10'000};
constexpr std::size_t kKnownPlaces = 10'000;

}  // namespace

Status Edit::endSession(const std::string& id, const std::string& reason) {
    SIGNALBOX_CHECK(tables.endSession(id, reason, now));
    then([id, reason](Directory& all) { all.end(id, reason); });
    tell({id, reason});
    return {};
}

Status Edit::endSessionsOf(const std::string& userId, const std::string& reason, const std::string& but) {
    for (const Session* session : directory.sessionsOf(userId)) {
        if (session->record.id != but) SIGNALBOX_CHECK(endSession(session->record.id, reason));
    }
    return {};
}

Result<std::unique_ptr<Identity>> Identity::open(IdentityOptions options) {
    SIGNALBOX_TRY(auto opened, LocalIdentity::open(std::move(options)));
    return std::unique_ptr<Identity>(std::move(opened));
}

Result<std::unique_ptr<LocalIdentity>> LocalIdentity::open(IdentityOptions options) {
    SIGNALBOX_CHECK(checkTenant(options.tenant));
    SIGNALBOX_TRY(auto tables, Tables::open(options.file));
    SIGNALBOX_TRY(auto reader, Tables::openReader(options.file));
    const bool keepsUp = options.keepsUp;
    auto opened = std::make_unique<LocalIdentity>(std::move(options), std::move(tables), std::move(reader));
    std::vector<Ending> none;
    SIGNALBOX_TRY(opened->writtenVersion_, opened->tables_->dataVersion());
    SIGNALBOX_TRY(opened->readVersion_, opened->reader_->dataVersion());
    SIGNALBOX_TRY(AllRecords all, opened->reader_->load(true));
    opened->replace(std::move(all), none);
    opened->learnPlaces();
    if (!keepsUp) return opened;
    opened->keeper_ = std::jthread([self = opened.get()](const std::stop_token& stop) {
        std::unique_lock lock(self->sleeping_);
        while (!self->wake_.wait_for(lock, stop, kKeepUp, [&] { return stop.stop_requested(); })) self->keepUp();
    });
    return opened;
}

LocalIdentity::LocalIdentity(IdentityOptions options, std::unique_ptr<Tables> tables, std::unique_ptr<Tables> reader)
    : options_(std::move(options)),
      tables_(std::move(tables)),
      reader_(std::move(reader)),
      hasher_(options_.cost),
      accounts_(kAccountRule),
      accountsWhereKnown_(kAccountRule),
      places_(kKnownPlaces),
      addresses_(kAddressRule),
      sites_(kSiteRule),
      savedUses_(options_.clock->monotonicNow()) {}

LocalIdentity::~LocalIdentity() {
    keeper_ = {};
    saveUses();
}

/// A restart does not make strangers of those who are signed in.
void LocalIdentity::learnPlaces() {
    for (const Session* session : directory_.sessions()) {
        const User* const user = directory_.user(session->record.userId);
        if (user != nullptr)
            places_.learn(accountOf(user->record.tenant, user->record.login), addressGroup(session->record.address));
    }
}

/// Under `changes_`, or before anybody else knows of this.
void LocalIdentity::replace(AllRecords all, std::vector<Ending>& ended) {
    Directory fresh(std::move(all));
    const std::unique_lock lock(memory_);
    const std::vector<Ending> gone = fresh.succeed(directory_);
    ended.insert(ended.end(), gone.begin(), gone.end());
    directory_ = std::move(fresh);
}

/// Takes over what others have changed. Under `writes_` and `changes_`, within a transaction.
Status LocalIdentity::sync(std::vector<Ending>& ended) {
    SIGNALBOX_TRY(const std::int64_t version, tables_->dataVersion());
    if (version == writtenVersion_) return {};
    SIGNALBOX_TRY(AllRecords all, tables_->load(false));
    replace(std::move(all), ended);
    writtenVersion_ = version;
    return {};
}

/// Takes over what is in the file, unless nothing was written since the last time; that this program's own writes count
/// too costs a reading. What cannot be read now is tried again the next time. Never waits for whoever writes but for
/// this program's commits.
void LocalIdentity::poll() {
    Telling telling(*this);
    const std::lock_guard changes(changes_);
    const std::lock_guard reads(reads_);
    const auto version = reader_->dataVersion();
    if (!version || *version == readVersion_) return;
    auto all = reader_->load(true);
    if (!all) return;
    replace(*std::move(all), telling.endings);
    readVersion_ = *version;
}

bool LocalIdentity::isInFile(const Digest& digest) {
    const std::lock_guard reads(reads_);
    return reader_->knows(digest).value_or(false);
}

void LocalIdentity::tell(const std::vector<Ending>& endings) {
    if (endings.empty()) return;
    const std::lock_guard lock(telling_);
    if (!told_) return;
    for (const Ending& ending : endings) told_(ending.credential, ending.reason);
}

void LocalIdentity::onEnded(std::function<void(const std::string&, const std::string&)> told) {
    const std::lock_guard lock(telling_);
    told_ = std::move(told);
}

std::string LocalIdentity::newId() { return Uuid::v7(options_.clock->wallNow(), *options_.random).toString(); }

void LocalIdentity::keepUp() {
    poll();
    endExpired();
    {
        const std::lock_guard lock(changes_);
        if (options_.clock->monotonicNow() - savedUses_ < kSaveUses) return;
    }
    saveUses();
}

void LocalIdentity::endExpired() {
    const Micros now = options_.clock->wallNow();
    const auto isOver = [&](const Key& key) {
        return !key.isOver && key.record.expires != 0 && key.record.expires <= now;
    };
    const bool isDue = look([&](const Directory& all) {
        for (const Session* session : all.sessions()) {
            if (!isLive(*session, now)) return true;
        }
        for (const Key* key : all.keys()) {
            if (isOver(*key)) return true;
        }
        return false;
    });
    if (!isDue) return;
    const Status ended = change([&](Edit& edit) -> Status {
        for (const Session* session : edit.directory.sessions()) {
            if (!isLive(*session, now)) SIGNALBOX_CHECK(edit.endSession(session->record.id, "expired"));
        }
        for (const Key* key : edit.directory.keys()) {
            if (!isOver(*key)) continue;
            edit.then([id = key->record.id](Directory& all) { all.markOver(id); });
            edit.tell({key->record.id, "expired"});
        }
        return {};
    });
    if (!ended) options_.log.warning("expired sessions could not be ended: " + ended.error().message);
}

/// One commit for all that was used since the last time.
void LocalIdentity::saveUses() {
    const Status saved = change([&](Edit& edit) -> Status {
        savedUses_ = options_.clock->monotonicNow();
        for (const Session* session : edit.directory.sessions()) {
            const Micros seen = session->lastSeen;
            if (seen == session->saved) continue;
            SIGNALBOX_CHECK(edit.tables.setLastSeen(session->record.id, seen));
            edit.then([id = session->record.id, seen](Directory& all) {
                if (const Session* still = all.session(id)) still->saved = seen;
            });
        }
        for (const Key* key : edit.directory.keys()) {
            const Micros used = key->lastUsed;
            if (used == key->saved) continue;
            SIGNALBOX_CHECK(edit.tables.setLastUsed(key->record.id, used));
            edit.then([id = key->record.id, used](Directory& all) {
                if (const Key* still = all.key(id)) still->saved = used;
            });
        }
        return edit.tables.forgetEnded(edit.now - kEndsRemembered);
    });
    if (!saved) options_.log.warning("last uses could not be written down: " + saved.error().message);
}

}  // namespace signalbox::identity
