// Workflows and workspaces that were open lately, newest first.
#pragma once

#include <QJsonArray>
#include <QList>
#include <QObject>
#include <QString>

class QMenu;

namespace signalbox::ui {

class StateStore;

struct RecentItem {
    QString path;   ///< absolute: of a workflow's file or of a workspace's folder
    QString title;  ///< of the workflow; empty for a workspace
    bool operator==(const RecentItem&) const = default;
};

/// Kept in the state file, which all windows share. Belongs to the window.
class RecentItems : public QObject {
    Q_OBJECT
public:
    static constexpr int kMostKept = 30;
    RecentItems(StateStore& store, QObject* parent);

    [[nodiscard]] QList<RecentItem> items() const;
    void add(const RecentItem& item);
    void remove(const QString& path);
    void clear();

    /// Fills a menu each time it is opened, with `most` of them.
    void fill(QMenu& menu, int most);

Q_SIGNALS:
    void chosen(const QString& path);

private:
    void keep(const QList<RecentItem>& items);
    StateStore& store_;
};

}  // namespace signalbox::ui
