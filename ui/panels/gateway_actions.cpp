#include "ui/panels/gateway_actions.h"

#include <QAction>
#include <QClipboard>
#include <QGuiApplication>
#include <QMenu>
#include <QPointer>

#include "client/attach_link.h"
#include "ui/actions/action_registry.h"
#include "ui/actions/reason_tips.h"
#include "ui/panels/gateway_dialog.h"
#include "ui/panels/sign_in_dialog.h"
#include "ui/panels/trust_dialog.h"

namespace signalbox::ui {

using client::ConnectionNeed;
using client::ConnectionState;

void openSignIn(client::Connection& connection, const GatewayPlace& place, const QString& login, QWidget* window) {
    (new SignInDialog(connection, place.name, place.environment, login, window))->open();
}

void openTrust(client::Connection& connection, const GatewayPlace& place, QWidget* window) {
    const auto facts = connection.status().certificate;
    if (!facts) return;
    auto* dialog = new TrustDialog(*facts, place.name, place.environment, window);
    QObject::connect(dialog, &QDialog::accepted, &connection,
                     [&connection, sha256 = facts->sha256] { connection.trust(sha256); });
    dialog->open();
}

GatewayActions::GatewayActions(GatewayBook& book, QWidget& window) : QObject(&window), book_(book), window_(window) {
    connect(&book_, &GatewayBook::changed, this, &GatewayActions::refresh);
    connect(&book_, &GatewayBook::statusChanged, this, &GatewayActions::refresh);
}

QAction* GatewayActions::declareOne(ActionRegistry& registry, const char* id, const QString& text, const char* icon,
                                    void (GatewayActions::*run)()) {
    ActionSpec spec;
    spec.id = QLatin1String(id);
    spec.text = text;
    spec.category = ActionCategory::File;
    spec.section = 1;
    spec.submenu = tr("&Gateway");
    spec.icon = QLatin1String(icon);
    spec.keywords = tr("gateway server remote attach");
    return registry.add(spec, this, [this, run] { (this->*run)(); });
}

void GatewayActions::declare(ActionRegistry& registry) {
    add_ = declareOne(registry, "addGateway", tr("&Add gateway…"), "add", &GatewayActions::addNew);
    open_ = declareOne(registry, "openGateway", tr("&Open gateway"), "external", &GatewayActions::open);
    attach_ = declareOne(registry, "attachGateway", tr("A&ttach"), "link", &GatewayActions::attach);
    reconnect_ = declareOne(registry, "reconnectGateway", tr("&Reconnect"), "refresh", &GatewayActions::reconnect);
    signIn_ = declareOne(registry, "signInGateway", tr("&Sign in…"), "user", &GatewayActions::signIn);
    signOut_ = declareOne(registry, "signOutGateway", tr("Sign o&ut"), "lock", &GatewayActions::signOut);
    trust_ = declareOne(registry, "trustGateway", tr("Look at &certificate…"), "validate", &GatewayActions::trust);
    edit_ = declareOne(registry, "editGateway", tr("&Edit gateway…"), "edit", &GatewayActions::edit);
    copyLink_ = declareOne(registry, "copyGatewayLink", tr("Copy &link to attach"), "copy", &GatewayActions::copyLink);
    detach_ = declareOne(registry, "detachGateway", tr("&Detach"), "disconnect", &GatewayActions::detach);
    remove_ = declareOne(registry, "removeGateway", tr("Re&move gateway"), "delete", &GatewayActions::remove);
    refresh();
}

void GatewayActions::fill(QMenu& menu) const {
    if (!add_) return;
    showReasonsIn(menu);
    menu.addActions({open_, attach_, reconnect_, signIn_, trust_, signOut_});
    menu.addSeparator();
    menu.addActions({edit_, copyLink_});
    menu.addSeparator();
    menu.addActions({detach_, remove_});
}

void GatewayActions::setTarget(const QString& id) {
    target_ = id;
    refresh();
}

void GatewayActions::refresh() {
    if (!add_) return;
    const auto place = book_.place(target_);
    const auto* connection = book_.connection(target_);
    const auto status = connection ? connection->status() : client::ConnectionStatus{};
    const auto none = !place         ? tr("No gateway is chosen in the list")
                      : place->local ? tr("This workspace is part of the program")
                                     : QString();
    const auto set = [&none](QAction* action, bool possible, const QString& otherwise) {
        ActionRegistry::setReason(*action, !none.isEmpty() ? none : possible ? QString() : otherwise);
    };
    ActionRegistry::setReason(*open_, place ? QString() : none);
    const auto away = tr("It is not attached");
    set(attach_, !connection, tr("It is attached"));
    set(detach_, connection, away);
    set(reconnect_, connection && status.state != ConnectionState::Live, connection ? tr("It is connected") : away);
    set(signIn_, connection && (status.need == ConnectionNeed::Credentials || !status.account),
        connection ? tr("You are signed in") : away);
    set(signOut_, connection && status.need != ConnectionNeed::Credentials,
        connection ? tr("You are not signed in") : away);
    set(trust_, connection && status.need == ConnectionNeed::Trust && status.certificate,
        connection ? tr("Nothing is to be decided about it") : away);
    for (auto* action : {edit_, remove_, copyLink_}) set(action, true, {});
}

QAction* GatewayActions::next() const {
    const auto place = book_.place(target_);
    if (!add_ || !place || place->local) return nullptr;
    const auto* connection = book_.connection(target_);
    if (!connection) return attach_;
    const auto status = connection->status();
    if (status.need == ConnectionNeed::Credentials) return signIn_;
    if (status.need == ConnectionNeed::Trust) return trust_;
    const bool waits = status.state == ConnectionState::Lost || status.state == ConnectionState::Stale ||
                       status.state == ConnectionState::Incompatible;
    return waits ? reconnect_ : nullptr;
}

void GatewayActions::add(const client::GatewayProfile& profile) {
    auto* dialog = new GatewayDialog(book_, profile, &window_);
    connect(dialog, &GatewayDialog::kept, this, [this](const QString& id) {
        book_.attach(id);
        Q_EMIT added(id);
    });
    dialog->open();
}

void GatewayActions::open() { book_.open(target_); }

void GatewayActions::attach() { book_.attach(target_); }

void GatewayActions::detach() { book_.detach(target_); }

void GatewayActions::reconnect() {
    if (auto* connection = book_.connection(target_)) connection->reconnect();
}

void GatewayActions::signIn() {
    auto* connection = book_.connection(target_);
    const auto place = book_.place(target_);
    const auto profile = book_.profile(target_);
    if (connection && place) openSignIn(*connection, *place, profile ? profile->login : QString(), &window_);
}

void GatewayActions::signOut() {
    auto* connection = book_.connection(target_);
    if (!connection) return;
    connection->signOut().then(this, [this](const Result<bool>& ended) {
        if (ended) return;
        auto error = ended.error();
        error.hint = tr("You are signed out here. The session there goes on until it expires.").toStdString();
        Q_EMIT failed(error);
    });
}

void GatewayActions::trust() {
    auto* connection = book_.connection(target_);
    const auto place = book_.place(target_);
    if (connection && place) openTrust(*connection, *place, &window_);
}

void GatewayActions::edit() {
    const auto profile = book_.profile(target_);
    if (profile) (new GatewayDialog(book_, *profile, &window_))->open();
}

void GatewayActions::remove() {
    const auto profile = book_.profile(target_);
    if (!profile) return;
    if (const auto done = book_.remove(profile->id); !done) {
        Q_EMIT failed(done.error());
        return;
    }
    Q_EMIT removed(*profile);
}

void GatewayActions::copyLink() {
    if (const auto profile = book_.profile(target_)) QGuiApplication::clipboard()->setText(attachLink(*profile));
}

}  // namespace signalbox::ui
