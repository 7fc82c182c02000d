#include "client/gateway_profiles.h"

#include <QDir>
#include <QFileInfo>
#include <QLockFile>
#include <QStandardPaths>
#include <QUuid>
#include <algorithm>
#include <utility>

#include "base/file.h"
#include "base/json.h"
#include "client/gateway_address.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr int kFormat = 1;
constexpr int kLockMilliseconds = 500;
constexpr std::size_t kMostBytes = 4U << 20U;

using Profiles = std::vector<GatewayProfile>;

Value toValue(const GatewayProfile& profile) {
    const auto text = [](const QString& string) { return Value(string.toStdString()); };
    return Value::object({{"id", text(profile.id)},
                          {"name", text(profile.name)},
                          {"url", text(profile.url.toString())},
                          {"environment", text(profile.environment)},
                          {"pinned", text(profile.pinned)},
                          {"allowPlain", Value(profile.allowPlain)},
                          {"login", text(profile.login)},
                          {"attach", Value(profile.attach)}});
}

Result<GatewayProfile> fromValue(const Value& value) {
    const auto text = [&](const char* key) { return QString::fromStdString(std::string(value[key].asString())); };
    GatewayProfile profile;
    profile.id = text("id");
    profile.name = text("name");
    SIGNALBOX_TRY(profile.url, parseGatewayUrl(text("url")));
    profile.environment = text("environment");
    profile.pinned = text("pinned");
    profile.allowPlain = value["allowPlain"].asBoolean();
    profile.login = text("login");
    profile.attach = value["attach"].asBoolean();
    if (profile.id.isEmpty() || profile.name.isEmpty()) {
        return fail(worded("profiles.invalid", Words::tr("A gateway has an id and a name")));
    }
    return profile;
}

Result<Profiles> readProfiles(const QString& file) {
    auto text = readFile(file.toStdString(), kMostBytes);
    if (!text && text.error().code == "file.not-found") return Profiles{};
    if (!text) return fail(std::move(text).error());
    const auto invalid = [&](const Error& error) {
        return fail(worded(
            error.code, Words::tr("The list of gateways cannot be read: %1").arg(QString::fromStdString(error.message)),
            file.toStdString(), Words::tr("Repair the file, or move it away to begin with an empty list")));
    };
    const auto root = parseJson(*text);
    if (!root) return invalid(root.error());
    if ((*root)["format"].asInteger() != kFormat) {
        return invalid(worded("profiles.format", Words::tr("another version of Signalbox has written it")));
    }
    Profiles profiles;
    for (const Value& item : (*root)["gateways"].items()) {
        auto profile = fromValue(item);
        if (!profile) return invalid(profile.error());
        profiles.push_back(std::move(*profile));
    }
    return profiles;
}

Status writeProfiles(const QString& file, const Profiles& profiles) {
    ArrayBuilder items;
    for (const GatewayProfile& profile : profiles) items.push(toValue(profile));
    const Value root = Value::object({{"format", Value(kFormat)}, {"gateways", std::move(items).build()}});
    return writeFileAtomically(file.toStdString(), writeJson(root, JsonStyle::Pretty) + "\n");
}

Profiles::iterator withId(Profiles& profiles, const QString& id) {
    return std::find_if(profiles.begin(), profiles.end(), [&](const GatewayProfile& p) { return p.id == id; });
}

Status check(const GatewayProfile& profile, const Profiles& others) {
    if (profile.name.trimmed().isEmpty()) {
        return fail(worded("profiles.name-empty", Words::tr("A gateway needs a name")));
    }
    SIGNALBOX_TRY(const auto url, parseGatewayUrl(profile.url.toString()));
    const QString& environment = profile.environment;
    if (!environment.isEmpty() && environment != "production" && environment != "staging" &&
        environment != "development") {
        return fail(worded("profiles.environment",
                           Words::tr("A gateway's environment is production, staging or development"),
                           environment.toStdString()));
    }
    const bool isTaken = std::any_of(others.begin(), others.end(), [&](const GatewayProfile& other) {
        return other.id != profile.id && other.name.compare(profile.name, Qt::CaseInsensitive) == 0;
    });
    if (!isTaken) return {};
    return fail(worded("profiles.name-taken", Words::tr("Another gateway has that name"), profile.name.toStdString(),
                       Words::tr("Choose another")));
}

tl::unexpected<Error> notFound(const QString& id) {
    return fail(worded("profiles.not-found", Words::tr("This gateway is not in the list any more"), id.toStdString()));
}

}  // namespace

QString GatewayProfiles::defaultFile() {
    return QStandardPaths::writableLocation(QStandardPaths::GenericConfigLocation) + "/signalbox/gateways.json";
}

GatewayProfiles::GatewayProfiles(QString file, QObject* parent) : QObject(parent), file_(std::move(file)) {}

Status GatewayProfiles::reload() {
    SIGNALBOX_TRY(auto read, readProfiles(file_));
    if (read == profiles_) return {};
    profiles_ = std::move(read);
    Q_EMIT changed();
    return {};
}

std::optional<GatewayProfile> GatewayProfiles::byId(const QString& id) const {
    const auto found =
        std::find_if(profiles_.begin(), profiles_.end(), [&](const GatewayProfile& p) { return p.id == id; });
    return found == profiles_.end() ? std::nullopt : std::optional(*found);
}

std::optional<GatewayProfile> GatewayProfiles::find(const QString& text) const {
    if (auto profile = byId(text)) return profile;
    const auto url = parseGatewayUrl(text);
    for (const GatewayProfile& profile : profiles_) {
        if (profile.name.compare(text.trimmed(), Qt::CaseInsensitive) == 0) return profile;
    }
    for (const GatewayProfile& profile : profiles_) {
        if (url && profile.url == *url) return profile;
    }
    return std::nullopt;
}

template <class Change>
Status GatewayProfiles::write(const Change& change) {
    QDir().mkpath(QFileInfo(file_).absolutePath());
    QLockFile lock(file_ + ".lock");
    if (!lock.tryLock(kLockMilliseconds)) {
        return fail(worded("profiles.locked", Words::tr("Another program keeps the list of gateways locked"),
                           file_.toStdString(), Words::tr("Try again"), true));
    }
    SIGNALBOX_TRY(auto profiles, readProfiles(file_));
    SIGNALBOX_CHECK(change(profiles));
    SIGNALBOX_CHECK(writeProfiles(file_, profiles));
    profiles_ = std::move(profiles);
    Q_EMIT changed();
    return {};
}

Result<GatewayProfile> GatewayProfiles::add(GatewayProfile profile) {
    profile.id = QUuid::createUuid().toString(QUuid::WithoutBraces);
    profile.name = profile.name.trimmed();
    auto written = write([&](Profiles& profiles) -> Status {
        SIGNALBOX_CHECK(check(profile, profiles));
        profiles.push_back(profile);
        return {};
    });
    if (!written) return fail(std::move(written).error());
    return profile;
}

Status GatewayProfiles::update(const GatewayProfile& profile) {
    return write([&](Profiles& profiles) -> Status {
        const auto found = withId(profiles, profile.id);
        if (found == profiles.end()) return notFound(profile.id);
        SIGNALBOX_CHECK(check(profile, profiles));
        *found = profile;
        return {};
    });
}

Status GatewayProfiles::remove(const QString& id) {
    return write([&](Profiles& profiles) -> Status {
        const auto found = withId(profiles, id);
        if (found == profiles.end()) return notFound(id);
        profiles.erase(found);
        return {};
    });
}

}  // namespace signalbox::client
