#include "ui/widgets/notification_centre.h"

#include <QCoreApplication>
#include <QDateTime>

#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Severity)
};

}  // namespace

QString severityName(Severity severity) {
    switch (severity) {
        case Severity::Success:
            return QStringLiteral("success");
        case Severity::Warning:
            return QStringLiteral("warning");
        case Severity::Error:
            return QStringLiteral("error");
        case Severity::Info:
            break;
    }
    return QStringLiteral("info");
}

QString severityWord(Severity severity) {
    switch (severity) {
        case Severity::Success:
            return Words::tr("Done");
        case Severity::Warning:
            return Words::tr("Warning");
        case Severity::Error:
            return Words::tr("Error");
        case Severity::Info:
            break;
    }
    return Words::tr("Information");
}

NotificationCentre::NotificationCentre(QObject* parent)
    : QAbstractListModel(parent), now_([] { return QDateTime::currentMSecsSinceEpoch() * 1000; }) {}

void NotificationCentre::setClock(std::function<std::int64_t()> now) { now_ = std::move(now); }

quint64 NotificationCentre::post(Notification notification) {
    notification.id = ++lastId_;
    notification.time = now_();
    notification.unread = true;
    beginInsertRows({}, 0, 0);
    items_.prepend(notification);
    endInsertRows();
    ++unread_;
    while (items_.size() > kMost) remove(items_.last().id);
    Q_EMIT unreadChanged(unread_);
    Q_EMIT posted(notification.id);
    return notification.id;
}

quint64 NotificationCentre::post(Severity severity, const QString& title, const QString& text) {
    Notification notification;
    notification.severity = severity;
    notification.title = title;
    notification.text = text;
    return post(std::move(notification));
}

void NotificationCentre::activate(quint64 id) {
    const int row = rowOf(id);
    if (row < 0) return;
    setUnread(row, false);
    // A copy: the action may post, remove or clear.
    const auto action = items_[row].action;
    if (action) action();
    Q_EMIT activated(id);
}

void NotificationCentre::setUnread(int row, bool unread) {
    auto& item = items_[row];
    if (item.unread == unread) return;
    item.unread = unread;
    unread_ += unread ? 1 : -1;
    Q_EMIT dataChanged(index(row), index(row));
    Q_EMIT unreadChanged(unread_);
}

void NotificationCentre::markRead(quint64 id) {
    if (const int row = rowOf(id); row >= 0) setUnread(row, false);
}

void NotificationCentre::markAllRead() {
    for (int row = 0; row < items_.size(); ++row) setUnread(row, false);
}

void NotificationCentre::remove(quint64 id) {
    const int row = rowOf(id);
    if (row < 0) return;
    setUnread(row, false);
    beginRemoveRows({}, row, row);
    items_.removeAt(row);
    endRemoveRows();
    Q_EMIT removed(id);
}

void NotificationCentre::clear() {
    if (items_.isEmpty()) return;
    beginResetModel();
    const auto gone = std::exchange(items_, {});
    unread_ = 0;
    endResetModel();
    Q_EMIT unreadChanged(0);
    for (const auto& item : gone) Q_EMIT removed(item.id);
}

const Notification* NotificationCentre::find(quint64 id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &items_[row];
}

int NotificationCentre::rowOf(quint64 id) const {
    for (int row = 0; row < items_.size(); ++row) {
        if (items_[row].id == id) return row;
    }
    return -1;
}

int NotificationCentre::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(items_.size());
}

QVariant NotificationCentre::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& item = items_[index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return item.title;
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2%3")
                .arg(severityWord(item.severity), item.title, item.unread ? tr(", unread") : QString());
        case Qt::ToolTipRole:
            return QStringLiteral("%1 · %2").arg(severityWord(item.severity), formatDateTime(item.time));
        case Qt::ForegroundRole:
            return static_cast<int>(item.unread ? ColourRole::Text : ColourRole::Muted);
        case Qt::FontRole:
            // Unread is heavier, not only brighter.
            return item.unread ? QVariant(Theme::current().strongFont()) : QVariant();
        case DetailRole:
            return item.text;
        case BadgeRole:
            return formatTimeOfDay(item.time);
        case SeverityRole:
            return severityName(item.severity);
        case NotificationIdRole:
            return item.id;
        case UnreadRole:
            return item.unread;
        case TimeRole:
            return static_cast<qint64>(item.time);
        default:
            return {};
    }
}

void NotificationFilter::setSeverity(std::optional<Severity> severity) {
    severity_ = severity;
    invalidateFilter();
}

bool NotificationFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    if (!severity_) return true;
    const auto name = sourceModel()->index(row, 0, parent).data(SeverityRole).toString();
    return name == severityName(*severity_);
}

}  // namespace signalbox::ui
