#include "client/attach_link.h"

#include <QUrlQuery>

#include "client/gateway_address.h"
#include "client/words.h"

namespace signalbox::client {

namespace {

constexpr int kLongestName = 80;

constexpr const char* kExample = "signalbox://attach?url=https://host:8443&name=Plant&environment=production";

tl::unexpected<Error> refuse(const QString& message, const QString& link) {
    return fail(worded("gateway.link", message, link.left(200).toStdString(),
                       Words::tr("It looks like %1").arg(QLatin1String(kExample))));
}

}  // namespace

Result<GatewayProfile> parseAttachLink(const QString& link) {
    const QUrl url(link.trimmed(), QUrl::StrictMode);
    if (url.scheme() != "signalbox" || url.host() != "attach")
        return refuse(Words::tr("This is no link to a gateway"), link);
    const QUrlQuery query(url);
    const auto part = [&](const char* name) { return query.queryItemValue(name, QUrl::FullyDecoded).trimmed(); };
    if (part("url").isEmpty()) return refuse(Words::tr("The link names no gateway"), link);
    GatewayProfile profile;
    SIGNALBOX_TRY(profile.url, parseGatewayUrl(part("url")));
    profile.name = part("name").simplified().left(kLongestName);
    if (profile.name.isEmpty()) profile.name = profile.url.host();
    profile.environment = part("environment").toLower();
    const bool isKnown = profile.environment.isEmpty() || profile.environment == "production" ||
                         profile.environment == "staging" || profile.environment == "development";
    if (!isKnown) return refuse(Words::tr("A gateway's environment is production, staging or development"), link);
    return profile;
}

QString attachLink(const GatewayProfile& profile) {
    QUrlQuery query;
    const auto add = [&](const char* name, const QString& text) {
        if (!text.isEmpty()) query.addQueryItem(name, QString::fromLatin1(QUrl::toPercentEncoding(text)));
    };
    add("url", profile.url.toString());
    add("name", profile.name);
    add("environment", profile.environment);
    QUrl url("signalbox://attach");
    url.setQuery(query);
    return url.toString(QUrl::FullyEncoded);
}

}  // namespace signalbox::client
