// Tables of one run: the timeline of its nodes and its log.
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <deque>

#include "client/gateway_client.h"
#include "protocol/requests.h"

namespace signalbox::ui {

class RunSession;

/// A row a node, in the order of the graph; the view sorts by ValueRole. Durations of what is running tick.
class TimelineModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Node, Started, Duration, Attempts, ColumnCount };
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

/// Which lines of a log are shown.
struct LogFilter {
    QString level;  ///< this and more serious; empty: all
    QString node;   ///< id; empty: of all
    QString text;   ///< part of the message, letters of either case
    [[nodiscard]] bool isEmpty() const { return level.isEmpty() && node.isEmpty() && text.isEmpty(); }
    bool operator==(const LogFilter&) const = default;
};

/// Lines of the log as they come, behind those that are stored. What is stored is asked for only while the model is
/// active, and not at all for a run that was listened to from its start; the oldest are dropped past a limit.
class LogModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Time, Level, Node, Text, ColumnCount };
    static constexpr int kMostLines = 10'000;
    LogModel(client::GatewayClient& client, RunSession& session, QObject* parent = nullptr);
    /// Without what is stored.
    explicit LogModel(RunSession& session, QObject* parent = nullptr);

    void setActive(bool active);
    void setFilter(const LogFilter& filter);
    [[nodiscard]] const LogFilter& filter() const { return filter_; }
    /// The page of stored lines before the first that is shown.
    void loadEarlier();
    [[nodiscard]] bool hasEarlier() const { return earlier_ || (client_ && !stored_ && dropped_ > 0); }
    /// From the store again.
    void reload();
    /// Whether it is known what lines there are; otherwise they are asked for, or could not be read.
    [[nodiscard]] bool isKnown() const { return client_ == nullptr || complete_ || stored_; }
    /// Lines that are neither stored nor kept here.
    [[nodiscard]] quint64 dropped() const { return stored_ ? storeDropped_ : dropped_; }
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

Q_SIGNALS:
    void pageChanged();  ///< hasEarlier() or dropped()
    void failed(const signalbox::Error& error);

private:
    void noticeRun();
    void append(const std::vector<protocol::EventDto>& lines);
    void show(std::vector<protocol::LogLineDto> lines);
    void trim();
    void load();
    void take(const protocol::RunLogPage& page);
    void prepend(const protocol::RunLogPage& page);
    [[nodiscard]] protocol::GetRunLogs request() const;
    [[nodiscard]] bool matches(const protocol::LogLineDto& line) const;
    [[nodiscard]] QVariant colourOf(const protocol::LogLineDto& line, int column) const;

    client::GatewayClient* client_ = nullptr;
    RunSession& session_;
    std::deque<protocol::LogLineDto> lines_;   ///< that are shown
    std::deque<protocol::LogLineDto> recent_;  ///< that came live, whatever the filter
    LogFilter filter_;
    QTimer again_;  ///< lines are stored a moment after they were written
    QString run_;
    quint64 dropped_ = 0;
    std::uint64_t storeDropped_ = 0;
    quint64 turn_ = 0;  ///< replies to earlier questions are dropped
    bool active_ = false;
    bool complete_ = false;  ///< every line since the run's start has come live
    bool wanted_ = false;    ///< what is stored has to be asked for
    bool stored_ = false;    ///< what is shown comes from the store
    bool earlier_ = false;
    bool asking_ = false;
};

}  // namespace signalbox::ui
