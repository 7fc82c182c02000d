// The nodes of a graph as a list in the order they run, with how they stand: the canvas for those who prefer a list.
#pragma once

#include <QAbstractListModel>
#include <QHash>
#include <vector>

#include "protocol/dto.h"

namespace signalbox::ui {

/// Title, and below it what the node is; IdRole gives its id, StatusRole and BadgeRole its state and duration in the
/// run that is followed.
class OutlineModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setGraph(const protocol::Graph& graph);
    /// `now` in microseconds since the epoch, for what is still running.
    void setState(const protocol::NodeStateDto& state, std::int64_t now);
    void clearStates();
    [[nodiscard]] int rowOf(const QString& id) const { return rows_.value(id, -1); }
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        QString id;
        QString title;
        QString detail;
        QString status;
        QString badge;
    };
    std::vector<Row> nodes_;
    QHash<QString, int> rows_;
};

/// Indexes of the nodes so that each comes after those that it waits for, otherwise as the document has them. What is
/// in a cycle comes where its first node is.
[[nodiscard]] std::vector<int> runOrder(const protocol::Graph& graph);

}  // namespace signalbox::ui
