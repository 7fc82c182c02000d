#include "ui/models/connection_look.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "ui/text/format.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

using client::ConnectionNeed;
using client::ConnectionState;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ConnectionLook)
};

const auto kProduction = QStringLiteral("production");
const auto kStaging = QStringLiteral("staging");
const auto kDevelopment = QStringLiteral("development");

}  // namespace

QString connectionKey(const client::ConnectionStatus& status) {
    if (status.need == ConnectionNeed::Credentials) return QStringLiteral("gateway.credentials");
    if (status.need == ConnectionNeed::Trust) return QStringLiteral("gateway.trust");
    static const std::array<QString, 6> kKeys{
        QStringLiteral("gateway.connecting"), QStringLiteral("gateway.authenticating"),
        QStringLiteral("gateway.live"),       QStringLiteral("gateway.stale"),
        QStringLiteral("gateway.lost"),       QStringLiteral("gateway.incompatible")};
    return kKeys[static_cast<std::size_t>(status.state)];
}

QString describeConnection(const client::ConnectionStatus& status, std::int64_t now) {
    const auto word = stateLook(connectionKey(status)).word;
    if (status.need != ConnectionNeed::None) return word;
    if (status.state == ConnectionState::Stale && status.lastHeard > 0) {
        return QStringLiteral("%1 · %2").arg(word, formatAge(now - status.lastHeard * 1000));
    }
    if (status.state == ConnectionState::Lost && status.retryAt > 0) {
        const auto left = std::max<std::int64_t>(0, (status.retryAt * 1000 - now + 999'999) / 1'000'000);
        return QStringLiteral("%1 · %2").arg(
            word, left > 0 ? Words::tr("next try in %1 s").arg(left) : Words::tr("trying now"));
    }
    return word;
}

QString environmentWord(const QString& environment) {
    if (environment == kProduction) return Words::tr("Production");
    if (environment == kStaging) return Words::tr("Staging");
    if (environment == kDevelopment) return Words::tr("Development");
    return environment.isEmpty() ? Words::tr("Unknown") : environment;
}

ColourRole environmentRole(const QString& environment) {
    if (environment == kProduction) return ColourRole::Error;
    if (environment == kStaging) return ColourRole::Warn;
    return environment == kDevelopment ? ColourRole::Accent : ColourRole::Muted;
}

QString formatLatency(int milliseconds) {
    return milliseconds < 0 ? QString() : formatDuration(static_cast<std::int64_t>(milliseconds) * 1000);
}

}  // namespace signalbox::ui
