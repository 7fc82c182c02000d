#include "ui/charts/gantt_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

#include "ui/charts/gantt_view.h"
#include "ui/text/format.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/plot_data.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr double kLabelUnits = 6;  // a bar as wide as that has its duration written in it

}  // namespace

GanttPainter::GanttPainter(const GanttView& view, QPainter& painter)
    : view_(view),
      painter_(painter),
      now_(view.now()),
      lane_(view.laneHeight()),
      left_(view.nameWidth()),
      right_(view.viewport()->width()) {}

QString GanttPainter::word(const GanttBar& bar) {
    const auto tr = [](const char* text) { return QCoreApplication::translate("GanttPainter", text); };
    switch (bar.outcome) {
        case 's':
        case 'd':
            return tr(QT_TRANSLATE_NOOP("GanttPainter", "done"));
        case 'f':
            return tr(QT_TRANSLATE_NOOP("GanttPainter", "failed"));
        case 'c':
            return tr(QT_TRANSLATE_NOOP("GanttPainter", "cancelled"));
        case 'l':
            return tr(QT_TRANSLATE_NOOP("GanttPainter", "lost with the program that did it"));
        case 'u':
            return tr(QT_TRANSLATE_NOOP("GanttPainter", "taken over from an earlier run"));
        default:
            return bar.start < 0 ? tr(QT_TRANSLATE_NOOP("GanttPainter", "queued"))
                                 : tr(QT_TRANSLATE_NOOP("GanttPainter", "running"));
    }
}

GanttPainter::Look GanttPainter::lookOf(const GanttBar& bar) {
    if (bar.phase == 'w') return Waiting;
    if (bar.phase == 'b') return Backoff;
    switch (bar.outcome) {
        case 'f':
        case 'l':
            return Failed;
        case 'c':
            return Cancelled;
        case ' ':
            return Running;
        default:
            return Done;
    }
}

QColor GanttPainter::colourOf(Look look) const {
    const auto& theme = Theme::current();
    const auto surface = theme.colour(ColourRole::Surface);
    switch (look) {
        case Running:
            return theme.colour(ColourRole::Info);
        case Done:
            return mixed(surface, theme.colour(ColourRole::Ok), 0.75);
        case Failed:
            return theme.colour(ColourRole::Error);
        case Cancelled:
            return theme.colour(ColourRole::Idle);
        case Waiting:
            return mixed(surface, theme.colour(ColourRole::Warn), 0.45);
        case Backoff:
            return mixed(surface, theme.colour(ColourRole::Warn), 0.25);
        default:
            return mixed(surface, theme.colour(ColourRole::Muted), 0.6);
    }
}

void GanttPainter::paint() {
    const auto& theme = Theme::current();
    painter_.fillRect(view_.viewport()->rect(), theme.colour(ColourRole::Surface));
    const auto& data = view_.data();
    if (data.laneCount() > 0) {
        const int scrolled = view_.verticalScrollBar()->value();
        const int first = std::min(static_cast<int>(scrolled / lane_), data.laneCount() - 1);
        const int room = view_.viewport()->height() - view_.axisHeight();
        const int last = std::min(data.laneCount() - 1, static_cast<int>((scrolled + room) / lane_));
        paintRows(first, last);
        paintGridLines();
        paintBars();
        paintNames(first, last);
    }
    paintAxis();
}

void GanttPainter::paintRows(int first, int last) {
    const auto& theme = Theme::current();
    const auto& data = view_.data();
    const double offset = view_.axisHeight() - view_.verticalScrollBar()->value();
    if (view_.selected_ >= 0) {
        const QRectF row(0, offset + data.firstLane(view_.selected_) * lane_, right_,
                         data.lanesOf(view_.selected_) * lane_);
        painter_.fillRect(row, theme.colour(ColourRole::Selection));
    }
    painter_.setPen(QPen(mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Line), 0.6), 1));
    for (int lane = first; lane <= last; ++lane) {
        const double top = offset + lane * lane_;
        collectLane(lane, top);
        const int row = data.rowOfLane(lane);
        if (data.firstLane(row) == lane) painter_.drawLine(QPointF(0, top), QPointF(right_, top));
    }
}

void GanttPainter::collectLane(int lane, double top) {
    const auto bars = view_.data().barsIn(lane);
    // In a lane bars do not overlap, so their ends ascend as their starts do.
    const auto from = view_.timeAt(left_);
    const auto first = std::partition_point(bars.begin(), bars.end(), [&](int index) {
        const auto& bar = view_.data().bar(index);
        return bar.end >= 0 && bar.end < from;
    });
    double covered[LookCount];
    std::fill(std::begin(covered), std::end(covered), left_ - 1);
    for (auto bar = first; bar != bars.end(); ++bar) {
        const auto& shown = view_.data().bar(*bar);
        if (view_.xOf(shown.ready) > right_) break;
        addBar(shown, top, covered[lookOf(shown)]);
    }
}

void GanttPainter::addBar(const GanttBar& bar, double top, double& covered) {
    const auto look = lookOf(bar);
    const double start = bar.start < 0 ? view_.xOf(now_) : view_.xOf(bar.start);
    const double end = bar.end < 0 ? view_.xOf(now_) : view_.xOf(bar.end);
    const double x = std::clamp(std::floor(start), left_, right_);
    const double to = std::clamp(std::max(std::ceil(end), std::floor(start) + 1), left_, right_);
    const double inset = std::floor(lane_ / 5);
    const double queued = std::max(left_, std::floor(view_.xOf(bar.ready)));
    if (x - queued >= 2) rects_[Queued].emplace_back(queued, top + std::floor(lane_ / 2), x - queued, 1);
    if (bar.start < 0 || to <= covered) return;
    const QRectF rect(std::max(x, covered), top + inset, to - std::max(x, covered), lane_ - 2 * inset);
    covered = to;
    if (rect.width() <= 0) return;
    rects_[look].push_back(rect);
    const auto unit = Theme::current().unit();
    if (look == Failed && rect.width() >= unit) failures_.push_back(rect);
    if (rect.width() >= kLabelUnits * unit && labels_.size() < 2000) {
        labels_.push_back({rect.adjusted(unit * 0.75, 0, -unit * 0.5, 0),
                           formatDuration((bar.end < 0 ? now_ : bar.end) - bar.start)});
    }
}

void GanttPainter::paintBars() {
    const auto& theme = Theme::current();
    painter_.save();
    painter_.setClipRect(QRectF(left_, view_.axisHeight(), right_ - left_, view_.viewport()->height()));
    painter_.setPen(Qt::NoPen);
    for (int look = 0; look < LookCount; ++look) {
        if (rects_[look].empty()) continue;
        painter_.setBrush(colourOf(static_cast<Look>(look)));
        painter_.drawRects(rects_[look].data(), static_cast<int>(rects_[look].size()));
    }
    painter_.setRenderHint(QPainter::Antialiasing);
    for (const auto& rect : failures_) {
        const auto side = rect.height();
        const QRectF mark(rect.right() - side, rect.top(), side, side);
        if (rect.width() >= 2 * side) {
            drawStateMark(painter_, mark.adjusted(2, 2, -2, -2), StateShape::Cross, theme.colour(ColourRole::Surface));
        }
    }
    painter_.setFont(theme.captionFont());
    for (const auto& label : labels_) {
        // Written in what stands out from every bar.
        painter_.setPen(theme.colour(theme.isDark() ? ColourRole::Background : ColourRole::Surface));
        drawTabularText(painter_, label.area, Qt::AlignLeft | Qt::AlignVCenter, label.text);
    }
    painter_.restore();
}

void GanttPainter::paintNames(int first, int last) {
    const auto& theme = Theme::current();
    const auto& data = view_.data();
    const double offset = view_.axisHeight() - view_.verticalScrollBar()->value();
    const QFontMetricsF metrics(theme.bodyFont());
    painter_.setFont(theme.bodyFont());
    for (int row = data.rowOfLane(first); row < data.rowCount() && data.firstLane(row) <= last; ++row) {
        const QRectF area(0, offset + data.firstLane(row) * lane_, left_, lane_);
        painter_.setPen(theme.colour(ColourRole::Text));
        const auto room = area.adjusted(theme.unit() * 1.5, 0, -theme.unit(), 0);
        painter_.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(data.title(row), Qt::ElideRight, room.width()));
    }
    painter_.setPen(QPen(theme.colour(ColourRole::Line), 1));
    painter_.drawLine(QPointF(left_ - 0.5, 0), QPointF(left_ - 0.5, view_.viewport()->height()));
    if (view_.hasFocus() && view_.selected_ >= 0) {
        const QRectF row(0, offset + data.firstLane(view_.selected_) * lane_, right_,
                         data.lanesOf(view_.selected_) * lane_);
        painter_.setPen(QPen(theme.colour(ColourRole::Accent), 2));
        painter_.setBrush(Qt::NoBrush);
        painter_.drawRect(row.adjusted(1, 1, -1, -1));
    }
}

std::vector<std::pair<double, double>> GanttPainter::ticks() const {
    const double room = right_ - left_;
    const int count = std::max(2, static_cast<int>(room / (Theme::current().unit() * 12)));
    std::vector<std::pair<double, double>> found;
    for (const double tick : roundTicks(view_.origin_, view_.origin_ + room * view_.perPixel_, count)) {
        const double x = std::round(view_.xOf(static_cast<std::int64_t>(tick))) + 0.5;
        if (x >= left_ && x <= right_) found.emplace_back(x, tick);
    }
    return found;
}

// Below the bars, which are not to be cut by them.
void GanttPainter::paintGridLines() {
    auto line = Theme::current().colour(ColourRole::Line);
    line.setAlphaF(0.35F);
    painter_.setPen(QPen(line, 1));
    for (const auto& [x, tick] : ticks()) {
        painter_.drawLine(QPointF(x, view_.axisHeight()), QPointF(x, view_.viewport()->height()));
    }
}

void GanttPainter::paintAxis() {
    const auto& theme = Theme::current();
    const double height = view_.axisHeight();
    painter_.fillRect(QRectF(0, 0, right_, height), theme.colour(ColourRole::Surface));
    painter_.setFont(theme.captionFont());
    painter_.setPen(theme.colour(ColourRole::Muted));
    for (const auto& [x, tick] : ticks()) {
        const QRectF area(x + theme.unit() / 2.0, 0, theme.unit() * 12, height);
        if (area.left() + theme.unit() * 6 > right_) continue;
        const auto text =
            tick <= 0 ? QStringLiteral("0") : QLatin1Char('+') + formatDuration(static_cast<std::int64_t>(tick));
        drawTabularText(painter_, area, Qt::AlignLeft | Qt::AlignVCenter, text);
    }
    painter_.setPen(QPen(theme.colour(ColourRole::Line), 1));
    painter_.drawLine(QPointF(0, height - 0.5), QPointF(right_, height - 0.5));
    if (view_.data().hasOpenBars()) {
        const double x = std::round(view_.xOf(now_)) + 0.5;
        painter_.setPen(QPen(theme.colour(ColourRole::Accent), 1));
        painter_.drawLine(QPointF(x, 0), QPointF(x, view_.viewport()->height()));
    }
}

}  // namespace signalbox::ui
