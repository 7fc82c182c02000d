// The remote gateways of the process: attached, shown in windows of their own, and there again at the next start.
#include <QJsonArray>
#include <algorithm>

#include "app/desktop/desktop_place.h"
#include "client/credential_store.h"
#include "client/end_session.h"
#include "client/gateway_profiles.h"
#include "ui/models/gateway_book.h"
#include "ui/settings/state_store.h"

namespace signalbox::desktop {

namespace {
const auto kWindows = QStringLiteral("gatewayWindows");
}

void Desktop::makeBook() {
    const auto& file = options_.gatewaysFile;
    profiles_ =
        std::make_unique<client::GatewayProfiles>(file.isEmpty() ? client::GatewayProfiles::defaultFile() : file);
    if (!options_.credentials) options_.credentials = client::defaultCredentialStore();
    ui::GatewayBook::Ways ways;
    ways.connect = [this](const client::GatewayProfile& profile) {
        client::ConnectOptions options;
        options.profiles = profiles_.get();
        if (!profile.id.isEmpty()) options.credentials = options_.credentials;
        return client::connectGateway(profile, std::move(options));
    };
    ways.endSession = [this](const client::GatewayProfile& profile) {
        return client::endSession(profile, options_.credentials);
    };
    book_ = std::make_unique<ui::GatewayBook>(*profiles_, std::move(ways));
    connect(book_.get(), &ui::GatewayBook::openRequested, this, &Desktop::openGateway);
    connect(book_.get(), &ui::GatewayBook::aboutToDetach, this, &Desktop::closeGateway);
}

void Desktop::attachGateways() {
    if (const auto read = book_->reload(); !read) {
        if (auto* active = activePlace()) active->window->complain(read.error());
        return;
    }
    const auto profiles = profiles_->all();
    QStringList windows;
    for (const auto& value : options_.state.value(kWindows).toArray()) windows << value.toString();
    for (const auto& profile : profiles) {
        if (!profile.attach || !book_->attach(profile.id)) continue;
        if (windows.contains(profile.id)) openRemote(profile.id);
    }
}

void Desktop::openGateway(const QString& id) {
    const auto place = book_->place(id);
    if (!place) return;
    if (!place->local) return openRemote(id);
    Arguments wanted;
    wanted.path = place->address;
    handle(wanted);
}

void Desktop::openRemote(const QString& id) {
    auto* place = placeOf(id);
    if (!place) {
        if (!book_->attach(id)) return;
        auto made = std::make_unique<Place>();
        made->id = id;
        place = &addWindow(std::move(made), {});
    }
    place->window->bringToFront();
    noteWindows();
}

// Its client goes with the connection, so the window goes first.
void Desktop::closeGateway(const QString& id) {
    const auto found =
        std::find_if(places_.begin(), places_.end(), [&id](const auto& place) { return place->id == id; });
    if (found == places_.end()) return;
    // What asked for it may be a menu or a panel of this very window: it goes when that is over.
    auto* window = (*found)->window.release();
    places_.erase(found);
    // With the last window the program would end.
    if (auto* other = activePlace(); other && !other->window->isVisible()) other->window->bringToFront();
    window->close();
    window->deleteLater();
    noteWindows();
}

void Desktop::noteWindows() {
    QJsonArray open;
    bool any = false;
    for (const auto& place : places_) {
        if (!place->window->isVisible()) continue;
        any = true;
        if (!place->client) open.append(place->id);
    }
    if (any) options_.state.setValue(kWindows, open);
}

}  // namespace signalbox::desktop
