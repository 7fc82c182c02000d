// A window that keeps gateways, whose connections the test plays.
#pragma once

#include <QMap>
#include <QTemporaryDir>
#include <QTest>
#include <memory>
#include <vector>

#include "client/gateway_profiles.h"
#include "ui/fake_gateway.h"
#include "ui/models/gateway_book.h"
#include "ui/panels/panel_context.h"
#include "ui/samples.h"
#include "ui/shell/main_window.h"
#include "ui/widgets/theme.h"

namespace signalbox::test {

class FakeConnection : public client::Connection {
public:
    [[nodiscard]] client::ConnectionStatus status() const override { return now; }
    void reconnect() override { asked << QStringLiteral("reconnect"); }
    void disconnectNow() override { asked << QStringLiteral("disconnect"); }
    void signIn(const QString& login, const QString& password, bool keep) override {
        asked << QStringLiteral("signIn %1 %2").arg(login, password) + (keep ? "" : " once");
    }
    void useToken(const QString& token) override { asked << QStringLiteral("token ") + token; }
    void trust(const QString& sha256) override { asked << QStringLiteral("trust ") + sha256; }
    QFuture<Result<bool>> signOut() override {
        asked << QStringLiteral("signOut");
        return QtFuture::makeReadyFuture(endOfSession);
    }

    void become(client::ConnectionState state, std::optional<Error> error = {},
                client::ConnectionNeed need = client::ConnectionNeed::None) {
        now.state = state;
        now.need = need;
        now.error = std::move(error);
        Q_EMIT changed();
    }
    /// As a gateway of that version and environment tells of itself.
    void goLive(const char* version = "1.4.0", const char* environment = "") {
        protocol::GatewayInfo info;
        info.name = "plant";
        info.version = version;
        info.environment = environment;
        now.gateway = info;
        protocol::AccountDto account;
        account.kind = "user";
        account.login = "ada";
        now.account = account;
        now.latencyMs = 12;
        now.retryAt = 0;
        become(client::ConnectionState::Live);
    }

    client::ConnectionStatus now;
    QStringList asked;
    Result<bool> endOfSession = true;
};

struct GatewaysFixture {
    GatewaysFixture() {
        ui::Theme::current().setReducedMotion(true);
        profiles = std::make_unique<client::GatewayProfiles>(folder.filePath(QStringLiteral("gateways.json")));
        ui::GatewayBook::Ways ways;
        ways.connect = [this](const client::GatewayProfile& profile) { return make(profile); };
        ways.endSession = [this](const client::GatewayProfile& profile) {
            forgotten << profile.id;
            return QtFuture::makeReadyFuture(endOfSession);
        };
        book = std::make_unique<ui::GatewayBook>(*profiles, std::move(ways));
        book->addWorkspace(QStringLiteral("/srv/flows/plant-local"));
        QObject::connect(book.get(), &ui::GatewayBook::openRequested, book.get(),
                         [this](const QString& id) { opened << id; });
    }
    client::RemoteGateway make(const client::GatewayProfile& profile) {
        auto connection = std::make_unique<FakeConnection>();
        connection->now.state = client::ConnectionState::Connecting;
        auto transport = std::make_unique<FakeGateway>();
        transport->workflows = {releaseWorkflow(), smallWorkflow(), workflowWithInputs(), brokenWorkflow()};
        connections[profile.id] = connection.get();
        transports[profile.id] = transport.get();
        return {std::make_unique<client::GatewayClient>(std::move(transport)), std::move(connection)};
    }
    QString add(const char* name, const char* environment = "") {
        client::GatewayProfile profile;
        profile.name = QLatin1String(name);
        profile.url = QUrl(QStringLiteral("https://%1.example:8443").arg(profile.name.toLower()));
        profile.environment = QLatin1String(environment);
        profile.login = QStringLiteral("ada");
        const auto added = book->add(profile);
        return added ? added->id : QString();
    }
    /// On the workspace of this computer.
    void openLocal() {
        auto owned = std::make_unique<FakeGateway>();
        gateway = owned.get();
        gateway->workflows = {smallWorkflow()};
        own = std::make_unique<client::GatewayClient>(std::move(owned));
        open(*own, ui::GatewayBook::workspaceId(QStringLiteral("/srv/flows/plant-local")));
    }
    void openRemote(const QString& id) {
        book->attach(id);
        gateway = transports[id];
        open(*book->client(id), id);
    }
    void open(client::GatewayClient& client, const QString& id) {
        ui::WindowOptions options;
        options.gateways = book.get();
        options.gateway = id;
        window = std::make_unique<ui::MainWindow>(client, options);
        window->context().run().setClock([this] { return gateway->now(); });
        window->resize(1440, 900);
        window->show();
        window->activateWindow();
    }
    template <class Widget>
    [[nodiscard]] Widget* part(const char* name) const {
        return window->findChild<Widget*>(QLatin1String(name));
    }
    void showPanel() const { part<QAction>("actionLayout.administer")->trigger(); }
    [[nodiscard]] std::int64_t milliseconds() const { return gateway->now() / 1000; }

    QTemporaryDir folder;
    std::unique_ptr<client::GatewayProfiles> profiles;
    QMap<QString, FakeConnection*> connections;  ///< by profile; the one that is tried out has no id
    QMap<QString, FakeGateway*> transports;
    QStringList forgotten;  ///< sessions that were ended without a connection
    Result<bool> endOfSession = true;
    QStringList opened;
    std::unique_ptr<ui::GatewayBook> book;
    std::unique_ptr<client::GatewayClient> own;
    FakeGateway* gateway = nullptr;
    std::unique_ptr<ui::MainWindow> window;
};

}  // namespace signalbox::test
