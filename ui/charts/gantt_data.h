// The bars of a run over time, packed into lanes so that bars of one node that overlap lie below each other.
#pragma once

#include <QString>
#include <QStringList>
#include <cstdint>
#include <span>
#include <vector>

namespace signalbox::ui {

/// One attempt, wait or backoff. Times are microseconds after the start of the run.
struct GanttBar {
    std::int32_t row = 0;    ///< index of the node
    std::int32_t item = -1;  ///< of a MapNode; -1: the node itself
    std::uint32_t attempt = 0;
    std::uint32_t generation = 0;
    std::int64_t ready = 0;   ///< from here to start it was queued
    std::int64_t start = -1;  ///< -1: still queued
    std::int64_t end = -1;    ///< -1: going on
    char phase = 'r';         ///< 'r' at work, 'w' waiting, 'b' backoff
    char outcome = ' ';       ///< ' ' going on, 's', 'f', 'c', 'l' lost, 'u' reused, 'd' done
};

/// A row a node, each with as many lanes as bars of it overlap. Plain data; the view lays it out again when bars came.
class GanttData {
public:
    static constexpr int kMostLanes = 64;  ///< of a row; what overlaps more is drawn over the last one

    /// Forgets the bars.
    void setRows(QStringList ids, QStringList titles);
    /// Adds the bar of that number, or replaces it.
    void setBar(std::uint32_t number, const GanttBar& bar);
    void clear();
    /// After setBar(): packs the lanes. O(n log n).
    void layOut();

    [[nodiscard]] int rowCount() const { return static_cast<int>(ids_.size()); }
    [[nodiscard]] const QString& id(int row) const { return ids_[row]; }
    [[nodiscard]] const QString& title(int row) const { return titles_[row]; }
    [[nodiscard]] int rowOf(const QString& id) const { return static_cast<int>(ids_.indexOf(id)); }
    [[nodiscard]] int barCount() const { return static_cast<int>(bars_.size()); }
    [[nodiscard]] const GanttBar& bar(int index) const { return bars_[static_cast<std::size_t>(index)]; }

    /// Lanes from the top, over all rows; a row without bars has one.
    [[nodiscard]] int laneCount() const { return laneCount_; }
    [[nodiscard]] int firstLane(int row) const { return firstLane_[static_cast<std::size_t>(row)]; }
    [[nodiscard]] int lanesOf(int row) const;
    [[nodiscard]] int rowOfLane(int lane) const;
    /// Bars in a lane, by start.
    [[nodiscard]] std::span<const int> barsIn(int lane) const;
    /// The greatest end or start there is.
    [[nodiscard]] std::int64_t latest() const { return latest_; }
    [[nodiscard]] bool hasOpenBars() const { return open_ > 0; }

private:
    int packRow(int row, std::span<const int> bars, std::vector<int>& laneOfBar) const;

    QStringList ids_;
    QStringList titles_;
    std::vector<GanttBar> bars_;
    std::vector<int> firstLane_;
    std::vector<int> laneStart_;  ///< of order_, one more than there are lanes
    std::vector<int> order_;      ///< bars by lane, then by start
    std::int64_t latest_ = 0;
    int laneCount_ = 0;
    int open_ = 0;
};

}  // namespace signalbox::ui
