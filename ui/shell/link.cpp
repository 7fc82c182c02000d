#include "ui/shell/link.h"

#include <QUrl>

namespace signalbox::ui {

namespace {
constexpr qsizetype kLongestId = 200;
const auto kScheme = QStringLiteral("signalbox");
}  // namespace

bool isLink(const QString& text) { return text.startsWith(kScheme + QLatin1Char(':'), Qt::CaseInsensitive); }

bool isAttachLink(const QString& text) { return isLink(text) && QUrl(text).host() == QLatin1String("attach"); }

Result<Link> parseLink(const QString& text) {
    const QUrl url(text, QUrl::StrictMode);
    if (!url.isValid() || url.scheme() != kScheme) {
        return fail("link.syntax", "This is no link of Signalbox", text.toStdString(), "They begin with signalbox://");
    }
    const auto id = url.path(QUrl::FullyDecoded).mid(1);
    const bool plain = !id.isEmpty() && id.size() <= kLongestId && !id.contains(QLatin1Char('/')) &&
                       !id.contains(QChar::Null) && url.query().isEmpty() && url.userInfo().isEmpty();
    if (plain && url.host() == QLatin1String("run")) return Link{Link::Kind::Run, id};
    if (plain && url.host() == QLatin1String("workflow")) return Link{Link::Kind::Workflow, id};
    return fail("link.unknown", "The link names nothing that can be opened", text.toStdString(),
                "There are signalbox://run/ID and signalbox://workflow/ID");
}

QString linkTo(const Link& link) {
    QUrl url;
    url.setScheme(kScheme);
    url.setHost(link.kind == Link::Kind::Run ? QStringLiteral("run") : QStringLiteral("workflow"));
    url.setPath(QLatin1Char('/') + link.id, QUrl::DecodedMode);
    return url.toString(QUrl::FullyEncoded);
}

}  // namespace signalbox::ui
