#include "ui/shell/recent_items.h"

#include <QAction>
#include <QDir>
#include <QJsonObject>
#include <QMenu>

#include "ui/settings/state_store.h"
#include "ui/widgets/icon_set.h"

namespace signalbox::ui {

namespace {

const auto kKey = QStringLiteral("recent");
const auto kPath = QStringLiteral("path");
const auto kTitle = QStringLiteral("title");

QString shortPath(const QString& path) {
    const auto home = QDir::homePath();
    return home.size() > 1 && path.startsWith(home + QLatin1Char('/')) ? QLatin1Char('~') + path.mid(home.size())
                                                                       : path;
}

// "1  Nightly release – ~/flows/nightly.workflow.json": the number is its mnemonic.
QString label(const RecentItem& item, int number) {
    auto text =
        item.title.isEmpty() ? shortPath(item.path) : QStringLiteral("%1 – %2").arg(item.title, shortPath(item.path));
    text.replace(QLatin1Char('&'), QStringLiteral("&&"));
    return number < 10 ? QStringLiteral("&%1  %2").arg(number).arg(text) : text;
}

}  // namespace

RecentItems::RecentItems(StateStore& store, QObject* parent) : QObject(parent), store_(store) {}

QList<RecentItem> RecentItems::items() const {
    QList<RecentItem> items;
    for (const auto& value : store_.value(kKey).toArray()) {
        const auto item = value.toObject();
        const auto path = item.value(kPath).toString();
        if (QDir::isAbsolutePath(path)) items << RecentItem{path, item.value(kTitle).toString()};
    }
    return items.mid(0, kMostKept);
}

void RecentItems::keep(const QList<RecentItem>& items) {
    QJsonArray array;
    for (const auto& item : items) array.append(QJsonObject{{kPath, item.path}, {kTitle, item.title}});
    store_.setValue(kKey, array);
}

void RecentItems::add(const RecentItem& item) {
    auto all = items();
    all.removeIf([&item](const RecentItem& other) { return other.path == item.path; });
    all.prepend(item);
    keep(all.mid(0, kMostKept));
}

void RecentItems::remove(const QString& path) {
    auto all = items();
    all.removeIf([&path](const RecentItem& item) { return item.path == path; });
    keep(all);
}

void RecentItems::clear() { store_.setValue(kKey, QJsonValue::Undefined); }

void RecentItems::fill(QMenu& menu, int most) {
    menu.clear();
    const auto shown = items().mid(0, most);
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const auto& item = shown[i];
        auto* action =
            menu.addAction(themedIcon(item.title.isEmpty() ? QStringLiteral("folder") : QStringLiteral("workflow")),
                           label(item, static_cast<int>(i) + 1));
        connect(action, &QAction::triggered, this, [this, path = item.path] { Q_EMIT chosen(path); });
    }
    if (shown.isEmpty()) {
        menu.addAction(tr("Nothing yet"))->setEnabled(false);
        return;
    }
    menu.addSeparator();
    connect(menu.addAction(tr("&Clear the list")), &QAction::triggered, this, &RecentItems::clear);
}

}  // namespace signalbox::ui
