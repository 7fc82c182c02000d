#include "ui/models/gateway_book.h"

#include <QFileInfo>
#include <algorithm>
#include <tuple>
#include <utility>

#include "client/environment.h"
#include "client/gateway_profiles.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

// In this order, and not from within a signal of either.
void letGo(client::RemoteGateway& gateway) {
    gateway.connection->disconnectNow();
    gateway.client.release()->deleteLater();
    gateway.connection.release()->deleteLater();
}

}  // namespace

GatewayBook::GatewayBook(client::GatewayProfiles& profiles, Ways ways, QObject* parent)
    : QObject(parent), profiles_(profiles), ways_(std::move(ways)) {
    connect(&profiles_, &client::GatewayProfiles::changed, this, &GatewayBook::changed);
}

GatewayBook::~GatewayBook() = default;

QString GatewayBook::workspaceId(const QString& folder) { return QStringLiteral("workspace:") + folder; }

void GatewayBook::addWorkspace(const QString& folder) {
    const auto id = workspaceId(folder);
    if (place(id)) return;
    workspaces_.push_back({id, QFileInfo(folder).fileName(), folder, {}, true});
    Q_EMIT changed();
}

std::vector<GatewayPlace> GatewayBook::places() const {
    auto places = workspaces_;
    for (const auto& profile : profiles_.all()) {
        auto environment = profile.environment;
        if (const auto* link = connection(profile.id)) {
            const auto status = link->status();
            if (status.gateway) {
                environment = client::carefulEnvironment(environment, toQString(status.gateway->environment));
            }
        }
        places.push_back({profile.id, profile.name, profile.url.toDisplayString(), environment, false});
    }
    return places;
}

std::optional<GatewayPlace> GatewayBook::place(const QString& id) const {
    const auto all = places();
    const auto found = std::find_if(all.begin(), all.end(), [&id](const auto& place) { return place.id == id; });
    return found == all.end() ? std::nullopt : std::optional(*found);
}

std::optional<client::GatewayProfile> GatewayBook::profile(const QString& id) const { return profiles_.byId(id); }

client::Connection* GatewayBook::connection(const QString& id) const {
    const auto found = attached_.find(id);
    return found == attached_.end() ? nullptr : found->second.connection.get();
}

client::GatewayClient* GatewayBook::client(const QString& id) const {
    const auto found = attached_.find(id);
    return found == attached_.end() ? nullptr : found->second.client.get();
}

bool GatewayBook::attach(const QString& id) {
    if (isAttached(id)) return true;
    const auto profile = profiles_.byId(id);
    if (!profile) return false;
    auto& made = attached_[id] = ways_.connect(*profile);
    connect(made.connection.get(), &client::Connection::changed, this, [this, id] { Q_EMIT statusChanged(id); });
    keepAttached(id, true);
    Q_EMIT statusChanged(id);
    return true;
}

client::RemoteGateway GatewayBook::takeAttached(const QString& id) {
    Q_EMIT aboutToDetach(id);
    // After windows on it, which may go only when what they are doing is over.
    auto gone = std::move(attached_.extract(id).mapped());
    gone.connection->disconnect(this);
    return gone;
}

void GatewayBook::detach(const QString& id) {
    if (!isAttached(id)) return;
    auto gone = takeAttached(id);
    letGo(gone);
    keepAttached(id, false);
    Q_EMIT statusChanged(id);
}

// What cannot be written is only forgotten until the next start.
void GatewayBook::keepAttached(const QString& id, bool attached) {
    auto profile = profiles_.byId(id);
    if (!profile || profile->attach == attached) return;
    profile->attach = attached;
    std::ignore = profiles_.update(*profile);
}

Result<client::GatewayProfile> GatewayBook::add(const client::GatewayProfile& profile) {
    return profiles_.add(profile);
}

Status GatewayBook::change(const client::GatewayProfile& profile) {
    const auto before = profiles_.byId(profile.id);
    SIGNALBOX_CHECK(profiles_.update(profile));
    const bool elsewhere = before && (before->url != profile.url || before->allowPlain != profile.allowPlain);
    if (elsewhere && isAttached(profile.id)) {
        detach(profile.id);
        attach(profile.id);
    }
    return {};
}

Status GatewayBook::remove(const QString& id) {
    const auto profile = profiles_.byId(id);
    SIGNALBOX_CHECK(profiles_.remove(id));
    endSession(*profile, isAttached(id) ? takeAttached(id) : client::RemoteGateway{});
    Q_EMIT statusChanged(id);
    return {};
}

void GatewayBook::endSession(const client::GatewayProfile& profile, client::RemoteGateway gateway) {
    const auto tell = [this, name = profile.name](const Result<bool>& outcome) { Q_EMIT sessionEnded(name, outcome); };
    if (!gateway.connection) {
        if (ways_.endSession) ways_.endSession(profile).then(this, tell);
        return;
    }
    // It is needed until the gateway has answered.
    const auto kept = std::make_shared<client::RemoteGateway>(std::move(gateway));
    kept->connection->signOut().then(this, [tell, kept](const Result<bool>& outcome) {
        letGo(*kept);
        tell(outcome);
    });
}

client::RemoteGateway GatewayBook::tryOut(client::GatewayProfile profile) const {
    profile.id.clear();
    return ways_.connect(profile);
}

Status GatewayBook::reload() { return profiles_.reload(); }

}  // namespace signalbox::ui
