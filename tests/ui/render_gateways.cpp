// Writes pictures of what is about gateways, to be looked at: render_gateways FOLDER [light|dark|high-contrast]
// [rtl|LANGUAGE]. QT_SCALE_FACTOR=2 draws it for a dense screen.
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDir>
#include <QEventLoop>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QTimer>

#include "ui/gateways_fixture.h"
#include "ui/panels/gateways_panel.h"
#include "ui/shell/window_tools.h"
#include "ui/text/translations.h"

namespace {

using namespace signalbox;
using client::ConnectionNeed;
using client::ConnectionState;

QString folder;

void settle() {
    QEventLoop loop;
    QTimer::singleShot(250, &loop, &QEventLoop::quit);
    loop.exec();
}

void save(QWidget& widget, const char* name) {
    settle();
    widget.grab().save(folder + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
}

void crowd(test::GatewaysFixture& f) {
    const Error lost{"gateway.unreachable",
                     "Nobody listens at mill.example:8443",
                     {},
                     "Check the address, and that signalboxd runs there",
                     true};
    const auto attach = [&f](const char* name, const char* environment) {
        const auto id = f.add(name, environment);
        f.book->attach(id);
        auto* connection = f.connections[id];
        connection->now.lastHeard = f.milliseconds();
        return connection;
    };
    attach("Plant", "production")->goLive();
    auto* mill = attach("Mill", "staging");
    mill->now.retryAt = f.milliseconds() + 4000;
    mill->now.lastHeard -= 130'000;
    mill->become(ConnectionState::Lost, lost);
    auto* lab = attach("Lab", "development");
    lab->now.lastHeard -= 42'000;
    lab->become(ConnectionState::Stale);
    attach("Harbour", "production")->become(ConnectionState::Authenticating, {}, ConnectionNeed::Credentials);
    auto* depot = attach("Depot", "");
    client::CertificateFacts facts;
    facts.subject = QStringLiteral("depot.example");
    facts.issuer = QStringLiteral("Works CA");
    facts.sha256 = QStringLiteral(
        "4E:B1:0C:77:2A:91:5D:E0:33:9F:6B:12:C8:44:7D:A5:F0:1E:83:59:B6:2C:D4:70:98:EE:17:AB:65:03:FC:29");
    facts.validFrom = f.milliseconds() - 86'400'000LL * 394;
    facts.validUntil = f.milliseconds() - 86'400'000LL * 29;
    facts.problem = QStringLiteral(
        "It is signed by Works CA, an authority that this computer does not know. It has expired: it was valid until "
        "2025-11-30 09:20 UTC");
    facts.advice = QStringLiteral(
        "If it is your company's authority, install its certificate on this computer. Have whoever runs the gateway "
        "renew it; it takes a new one without a restart");
    depot->now.certificate = facts;
    depot->become(ConnectionState::Lost, {}, ConnectionNeed::Trust);
    attach("Museum", "")->become(ConnectionState::Incompatible);
    auto* full = attach("Silo", "production");
    f.transports[f.profiles->find(QStringLiteral("Silo"))->id]->health = {
        false, {{"store", true, {}}, {"recovery", true, {}}, {"disk", false, "Only 212 MB are free; runs need 1 GB"}}};
    full->goLive();
    f.add("Attic", "development");
}

void dialogs(test::GatewaysFixture& f) {
    const auto close = [&f](const char* name) {
        f.part<QDialog>(name)->reject();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    };
    const auto choose = [&f](const char* name) {
        f.part<ui::GatewaysPanel>("gatewaysPanel")->choose(f.profiles->find(QLatin1String(name))->id);
    };
    f.part<QAction>("actionAddGateway")->trigger();
    save(*f.part<QDialog>("gatewayDialog"), "g3-add");
    f.part<QLineEdit>("gatewayAddress")->setText(QStringLiteral("http://plant-west.example:7450"));
    save(*f.part<QDialog>("gatewayDialog"), "g4-add-plain");
    f.part<QLineEdit>("gatewayAddress")->setText(QStringLiteral("https://plant-west.example:8443"));
    f.part<QPushButton>("gatewayTest")->click();
    f.connections[QString()]->goLive("1.4.0", "production");
    save(*f.part<QDialog>("gatewayDialog"), "g5-tested");
    close("gatewayDialog");
    choose("Harbour");
    f.part<QAction>("actionSignInGateway")->trigger();
    f.part<QLineEdit>("signInPassword")->setText(QStringLiteral("secret"));
    f.part<QPushButton>("signInSubmit")->click();
    f.connections[f.profiles->find(QStringLiteral("Harbour"))->id]->become(
        ConnectionState::Authenticating,
        Error{"identity.throttled", "Too many attempts from this address", {}, "Try again in 12 s", true},
        ConnectionNeed::Credentials);
    save(*f.part<QDialog>("signInDialog"), "g6-sign-in");
    close("signInDialog");
    choose("Depot");
    f.part<QAction>("actionTrustGateway")->trigger();
    save(*f.part<QDialog>("trustDialog"), "g7-trust");
    close("trustDialog");
    auto* depot = f.connections[f.profiles->find(QStringLiteral("Depot"))->id];
    depot->now.certificate->pinned = depot->now.certificate->sha256;
    depot->now.certificate->pinned.replace(QStringLiteral("4E"), QStringLiteral("90"));
    f.part<QAction>("actionTrustGateway")->trigger();
    save(*f.part<QDialog>("trustDialog"), "g8-trust-changed");
    close("trustDialog");
    choose("Silo");
    save(*f.window, "g15-not-ready");
    f.connections[f.profiles->find(QStringLiteral("Silo"))->id]->endOfSession =
        fail("gateway.unreachable", "Nothing listens at the gateway's address");
    f.part<QAction>("actionRemoveGateway")->trigger();
    save(*f.window, "g16-removed");
}

void remote() {
    test::GatewaysFixture f;
    const auto id = f.add("Plant", "production");
    f.add("Mill", "staging");
    f.openRemote(id);
    auto& connection = *f.connections[id];
    save(*f.window, "g9-connecting");
    connection.now.lastHeard = f.milliseconds();
    connection.goLive();
    settle();
    f.window->openWorkflow(QStringLiteral("release"));
    save(*f.window, "g10-production");
    f.part<QMenu>("gatewayMenu")->popup(QPoint(0, 0));
    save(*f.part<QMenu>("gatewayMenu"), "g11-switcher");
    f.part<QMenu>("gatewayMenu")->close();
    f.gateway->advance(42'000'000);
    connection.now.retryAt = f.milliseconds() + 8000;
    connection.become(ConnectionState::Lost, Error{"gateway.unreachable",
                                                   "Nobody listens at plant.example:8443",
                                                   {},
                                                   "Check that signalboxd runs there",
                                                   true});
    save(*f.window, "g12-lost");
    connection.goLive();
    f.part<QAction>("actionDeleteWorkflow")->trigger();
    save(*f.part<QDialog>("typedConfirmation"), "g13-danger");
    f.part<QDialog>("typedConfirmation")->reject();
    f.window->tools().openPalette(QStringLiteral("*"));
    save(*f.window, "g14-palette");
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const auto name = QString::fromLocal8Bit(argc > 2 ? argv[2] : "dark");
    const auto language = QString::fromLocal8Bit(argc > 3 ? argv[3] : "en");
    folder = QString::fromLocal8Bit(argc > 1 ? argv[1] : ".");
    QDir().mkpath(folder);
    language == QLatin1String("rtl") ? QApplication::setLayoutDirection(Qt::RightToLeft)
                                     : void(ui::installLanguage(application, language));
    const auto theme = [&name] {
        ui::Theme::current().setMode(name == QLatin1String("light")  ? ui::Theme::Mode::Light
                                     : name == QLatin1String("dark") ? ui::Theme::Mode::Dark
                                                                     : ui::Theme::Mode::HighContrast);
    };
    {
        test::GatewaysFixture f;
        f.openLocal();
        theme();
        f.showPanel();
        save(*f.window, "g1-empty");
        crowd(f);
        save(*f.window, "g2-panel");
        dialogs(f);
    }
    remote();
    return 0;
}
