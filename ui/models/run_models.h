// Tables of one run: the timeline of its nodes and its log.
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <deque>

#include "protocol/dto.h"

namespace signalbox::ui {

class RunSession;

/// A row a node, in the order of the graph; the view sorts by ValueRole. Durations of what is running tick.
class TimelineModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : int { State, Node, Started, Duration, Attempts, ColumnCount };
    explicit TimelineModel(RunSession& session, QObject* parent = nullptr);

    /// Ticks only while somebody looks.
    void setTicking(bool ticking);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    [[nodiscard]] QString text(const protocol::NodeStateDto& state, int column) const;
    [[nodiscard]] QVariant sortValue(const protocol::NodeStateDto& state, int row, int column) const;
    [[nodiscard]] std::int64_t durationOf(const protocol::NodeStateDto& state) const;
    void reset();
    void tick();

    RunSession& session_;
    std::vector<QString> titles_;
    QTimer ticker_;
};

/// Lines of the log as they come; the oldest are dropped past a limit.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : int { Time, Level, Node, Text, ColumnCount };
    static constexpr int kMostLines = 10'000;
    explicit LogModel(RunSession& session, QObject* parent = nullptr);

    [[nodiscard]] quint64 dropped() const { return dropped_; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void append(const std::vector<protocol::EventDto>& lines);

    RunSession& session_;
    std::deque<protocol::EventDto> lines_;
    QString run_;
    quint64 dropped_ = 0;
};

}  // namespace signalbox::ui
