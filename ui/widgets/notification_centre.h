// Everything the console had to say, newest first: behind toasts, desktop notifications and the history.
#pragma once

#include <QAbstractListModel>
#include <QSortFilterProxyModel>
#include <cstdint>
#include <functional>
#include <optional>

namespace signalbox::ui {

enum class Severity : quint8 { Info, Success, Warning, Error };
/// "info", "success", "warning", "error": as in SeverityRole and the names of icons.
[[nodiscard]] QString severityName(Severity severity);
/// Translated: "Information", "Done", "Warning", "Error".
[[nodiscard]] QString severityWord(Severity severity);

struct Notification {
    Severity severity = Severity::Info;
    QString title;                 ///< one short sentence
    QString text;                  ///< more of it, may be empty
    QString actionLabel;           ///< of the button; empty: none
    std::function<void()> action;  ///< what the button, a click on the row or on the desktop's notification does
    quint64 id = 0;                ///< given by the centre
    std::int64_t time = 0;         ///< micros since the epoch, given by the centre
    bool unread = true;
};

/// Keeps the last kMost notifications. Owned by the window. Window thread only.
class NotificationCentre : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kMost = 500;
    enum Roles : int { NotificationIdRole = Qt::UserRole + 100, UnreadRole, TimeRole };

    explicit NotificationCentre(QObject* parent = nullptr);
    /// Micros since the epoch; the machine's unless told.
    void setClock(std::function<std::int64_t()> now);
    [[nodiscard]] std::int64_t now() const { return now_(); }

    quint64 post(Notification notification);  ///< returns its id
    quint64 post(Severity severity, const QString& title, const QString& text = {});
    /// Does the notification's action, if it has one, and marks it read.
    void activate(quint64 id);
    void markRead(quint64 id);
    void markAllRead();
    void remove(quint64 id);
    void clear();
    [[nodiscard]] int unread() const { return unread_; }
    [[nodiscard]] const Notification* find(quint64 id) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

Q_SIGNALS:
    void posted(quint64 id);
    void removed(quint64 id);  ///< also once for each on clear()
    void activated(quint64 id);
    void unreadChanged(int unread);

private:
    [[nodiscard]] int rowOf(quint64 id) const;
    void setUnread(int row, bool unread);

    QList<Notification> items_;  ///< newest first
    std::function<std::int64_t()> now_;
    quint64 lastId_ = 0;
    int unread_ = 0;
};

/// The history by severity.
class NotificationFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setSeverity(std::optional<Severity> severity);  ///< nothing: all

protected:
    [[nodiscard]] bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    std::optional<Severity> severity_;
};

}  // namespace signalbox::ui
