#include "ui/charts/gantt_data.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <numeric>
#include <queue>

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::int64_t leftOf(const GanttBar& bar) { return bar.start < 0 ? bar.ready : std::min(bar.ready, bar.start); }

std::int64_t rightOf(const GanttBar& bar) {
    return bar.end < 0 ? std::numeric_limits<std::int64_t>::max() : std::max(bar.end, leftOf(bar) + 1);
}

}  // namespace

void GanttData::setRows(QStringList ids, QStringList titles) {
    ids_ = std::move(ids);
    titles_ = std::move(titles);
    clear();
}

void GanttData::clear() {
    bars_.clear();
    layOut();
}

void GanttData::setBar(std::uint32_t number, const GanttBar& bar) {
    // Numbers are given out in order, so a gap can only be a bar that is on its way: it has no row yet.
    if (number >= bars_.size()) {
        GanttBar absent;
        absent.row = -1;
        bars_.resize(number + 1, absent);
    }
    bars_[number] = bar;
}

// Greedy interval packing: a bar goes into the lane that was free first. That needs as many lanes as bars overlap.
int GanttData::packRow(int row, std::span<const int> bars, std::vector<int>& laneOfBar) const {
    using Lane = std::pair<std::int64_t, int>;  // free from, number
    std::priority_queue<Lane, std::vector<Lane>, std::greater<>> lanes;
    int used = 0;
    for (const int index : bars) {
        const auto& bar = bars_[at(index)];
        int lane = 0;
        if (!lanes.empty() && lanes.top().first <= leftOf(bar)) {
            lane = lanes.top().second;
            lanes.pop();
        } else {
            lane = std::min(used++, kMostLanes - 1);
        }
        lanes.emplace(rightOf(bar), lane);
        laneOfBar[at(index)] = firstLane_[at(row)] + lane;
    }
    return std::clamp(used, 1, kMostLanes);
}

void GanttData::layOut() {
    std::vector<int> byRow;
    latest_ = 0;
    open_ = 0;
    for (int i = 0; i < barCount(); ++i) {
        const auto& bar = bars_[at(i)];
        if (bar.row < 0 || bar.row >= rowCount()) continue;
        byRow.push_back(i);
        latest_ = std::max({latest_, bar.ready, bar.start, bar.end});
        open_ += bar.end < 0 ? 1 : 0;
    }
    std::stable_sort(byRow.begin(), byRow.end(), [this](int a, int b) {
        const auto& left = bars_[at(a)];
        const auto& right = bars_[at(b)];
        return left.row != right.row ? left.row < right.row : leftOf(left) < leftOf(right);
    });
    firstLane_.assign(at(rowCount()), 0);
    std::vector<int> laneOfBar(bars_.size(), 0);
    laneCount_ = 0;
    std::size_t next = 0;
    for (int row = 0; row < rowCount(); ++row) {
        auto end = next;
        while (end < byRow.size() && bars_[at(byRow[end])].row == row) ++end;
        firstLane_[at(row)] = laneCount_;
        laneCount_ += packRow(row, std::span(byRow).subspan(next, end - next), laneOfBar);
        next = end;
    }
    // Counting sort by lane; within a lane the order by start is kept.
    laneStart_.assign(at(laneCount_ + 1), 0);
    for (const int bar : byRow) ++laneStart_[at(laneOfBar[at(bar)] + 1)];
    std::partial_sum(laneStart_.begin(), laneStart_.end(), laneStart_.begin());
    auto place = laneStart_;
    order_.resize(byRow.size());
    for (const int bar : byRow) order_[at(place[at(laneOfBar[at(bar)])]++)] = bar;
}

int GanttData::lanesOf(int row) const {
    return (row + 1 < rowCount() ? firstLane_[at(row + 1)] : laneCount_) - firstLane_[at(row)];
}

int GanttData::rowOfLane(int lane) const {
    const auto next = std::upper_bound(firstLane_.begin(), firstLane_.end(), lane);
    return static_cast<int>(next - firstLane_.begin()) - 1;
}

std::span<const int> GanttData::barsIn(int lane) const {
    const auto first = laneStart_[at(lane)];
    return std::span(order_).subspan(at(first), at(laneStart_[at(lane + 1)] - first));
}

}  // namespace signalbox::ui
