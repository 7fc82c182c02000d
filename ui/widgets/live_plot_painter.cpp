#include "ui/widgets/live_plot_painter.h"

#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "ui/text/format.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/style.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kDay = 86'400'000'000;
constexpr std::int64_t kMinute = 60'000'000;
/// Above this many columns a line is a band, and thin; below it single points can be told.
constexpr int kSparse = 200;

QFontMetrics caption() { return QFontMetrics(Theme::current().captionFont()); }
int axisWidth(const LivePlot& plot) {
    return std::max(Theme::current().unit() * 7,
                    caption().horizontalAdvance(plot.formatValue(88'888)) + Theme::current().unit());
}
int legendRowHeight() { return Theme::current().unit() * 3; }

QString timeLabel(std::int64_t time, std::int64_t span) {
    const auto format = span > 2 * kDay ? "MM-dd" : span < 5 * kMinute ? "HH:mm:ss" : "HH:mm";
    return inTimeZone(time).toString(QLatin1String(format));
}

// In high contrast series are told by more than colour: each has a dash of its own.
QVector<qreal> dashes(int series) {
    static const QVector<QVector<qreal>> kDashes = {{6, 3}, {2, 2}, {8, 2, 2, 2}, {4, 4}, {1, 3}, {10, 3}, {3, 1}};
    return kDashes[(series - 1) % kDashes.size()];
}

}  // namespace

PlotPainter::PlotPainter(LivePlot& plot) : plot_(plot), painter_(&plot), area_(plotArea(plot)) {
    painter_.setFont(Theme::current().captionFont());
    // Time runs from left to right in every language.
    painter_.setLayoutDirection(Qt::LeftToRight);
}

int PlotPainter::legendHeight(const LivePlot& plot) {
    if (!plot.legend_ || plot.series_.isEmpty()) return 0;
    return legendRowHeight() * (static_cast<int>(plot.series_.size()) + 1);
}

QRect PlotPainter::plotArea(const LivePlot& plot) {
    const int unit = Theme::current().unit();
    const int line = caption().height();
    const int top = plot.title_.isEmpty() ? unit : line + unit * 3 / 2;
    return plot.rect().adjusted(axisWidth(plot), top, -unit * 3 / 2, -(legendHeight(plot) + line + unit));
}

QRect PlotPainter::legendRow(const LivePlot& plot, int row) {
    const int top = plot.height() - legendHeight(plot) + (row + 1) * legendRowHeight();
    return {0, top, plot.width(), legendRowHeight()};
}

double PlotPainter::y(double value) const {
    return area_.bottom() - (value - least_) / (most_ - least_) * (area_.height() - 1);
}

double PlotPainter::x(std::int64_t time) const {
    return area_.left() +
           static_cast<double>(time - plot_.from_) / static_cast<double>(plot_.to_ - plot_.from_) * (area_.width() - 1);
}

// The axis ends at round values, a threshold that is near lies on it.
void PlotPainter::chooseScale() {
    double least = 0;
    double most = 0;
    for (const auto& entry : plot_.legendOrder()) {
        if (!entry.summary || (plot_.isolated_ >= 0 && entry.series != plot_.isolated_)) continue;
        least = any_ ? std::min(least, entry.summary->least) : entry.summary->least;
        most = any_ ? std::max(most, entry.summary->most) : entry.summary->most;
        any_ = true;
    }
    if (plot_.zeroBased_) {
        least = std::min(least, 0.0);
        most = std::max(most, 0.0);
    }
    if (plot_.threshold_ && *plot_.threshold_ > most && *plot_.threshold_ < 2 * most) most = *plot_.threshold_;
    if (most <= least) most = least + 1;
    const int count = std::clamp(area_.height() / (Theme::current().unit() * 4), 1, 5);
    const auto inner = roundTicks(least, most, count);
    const double step = inner.size() > 1 ? inner[1] - inner[0] : most - least;
    least_ = std::floor(least / step + 1e-9) * step;
    most_ = std::ceil(most / step - 1e-9) * step;
    ticks_ = roundTicks(least_, most_, std::max(1, static_cast<int>(std::lround((most_ - least_) / step))));
}

void PlotPainter::paint() {
    if (area_.width() < 2 || area_.height() < 2) return;
    chooseScale();
    drawTitle();
    drawValueAxis();
    if (plot_.to_ > plot_.from_) {
        drawTimeAxis();
        painter_.save();
        painter_.setClipRect(area_.adjusted(-1, -1, 1, 1));
        for (int i = static_cast<int>(plot_.series_.size()) - 1; i >= 0; --i) {
            if (plot_.isolated_ < 0 || plot_.isolated_ == i) drawSeries(i);
        }
        painter_.restore();
        drawThreshold();
        drawCursor();
    }
    if (!any_) {
        painter_.setPen(Theme::current().colour(ColourRole::Muted));
        painter_.drawText(area_, Qt::AlignCenter, LivePlot::tr("No data"));
    }
    drawLegend();
    if (plot_.hasFocus()) {
        painter_.setPen(QPen(Theme::current().colour(ColourRole::Accent), 2));
        painter_.drawRect(plot_.rect().adjusted(1, 1, -1, -1));
    }
}

void PlotPainter::drawTitle() {
    if (plot_.title_.isEmpty()) return;
    const auto& theme = Theme::current();
    const QRect line(theme.unit() * 3 / 2, theme.unit() / 2, plot_.width() - theme.unit() * 3, caption().height());
    painter_.setPen(theme.colour(ColourRole::Text));
    painter_.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                      caption().elidedText(plot_.title_, Qt::ElideRight, line.width()));
}

void PlotPainter::drawValueAxis() {
    const auto& theme = Theme::current();
    const auto grid = mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Line), 0.5);
    for (const auto tick : std::as_const(ticks_)) {
        const int line = static_cast<int>(std::lround(y(tick)));
        painter_.fillRect(QRect(area_.left(), line, area_.width(), 1),
                          tick == 0 ? theme.colour(ColourRole::Line) : grid);
        painter_.setPen(theme.colour(ColourRole::Muted));
        const QRect label(0, line - caption().height() / 2, area_.left() - theme.unit() / 2, caption().height());
        if (any_) drawTabularText(painter_, label, Qt::AlignRight, tickLabel(tick));
    }
}

// As many decimals as the steps have.
QString PlotPainter::tickLabel(double tick) const {
    if (plot_.unit_ == QLatin1String("B") || plot_.unit_ == QLatin1String("s")) return plot_.formatValue(tick);
    const double step = ticks_.size() > 1 ? ticks_[1] - ticks_[0] : 1;
    const int decimals = std::max(0, -static_cast<int>(std::floor(std::log10(step) + 1e-9)));
    const auto number = QLocale().toString(std::abs(tick) < step / 2 ? 0.0 : tick, 'f', decimals);
    return plot_.unit_.isEmpty() ? number : QStringLiteral("%1 %2").arg(number, plot_.unit_);
}

void PlotPainter::drawTimeAxis() {
    const auto& theme = Theme::current();
    painter_.setPen(theme.colour(ColourRole::Muted));
    const auto span = plot_.to_ - plot_.from_;
    const int wide = caption().horizontalAdvance(QStringLiteral("00:00:00")) + theme.unit() * 3;
    for (const auto tick : timeTicks(plot_.from_, plot_.to_, std::max(1, area_.width() / wide))) {
        const auto text = timeLabel(tick, span);
        const int width = caption().horizontalAdvance(text);
        const int left = std::clamp(static_cast<int>(x(tick)) - width / 2, area_.left(), area_.right() - width);
        painter_.fillRect(QRect(static_cast<int>(x(tick)), area_.bottom() + 1, 1, theme.unit() / 2),
                          theme.colour(ColourRole::Line));
        painter_.drawText(QRect(left, area_.bottom() + theme.unit() / 2, width + 1, caption().height()),
                          Qt::AlignCenter, text);
    }
}

void PlotPainter::drawSeries(int index) {
    const auto& theme = Theme::current();
    const auto& series = plot_.series_[index];
    const auto columns = reduceToColumns(series, plot_.from_, plot_.to_, area_.width(), plot_.gapAfter_);
    const bool strong = theme.isHighContrast() || columns.size() < kSparse;
    painter_.setRenderHint(QPainter::Antialiasing, columns.size() < kSparse);
    QPen pen(theme.colour(series.role), strong ? 2 : 1, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (theme.isHighContrast() && index > 0) {
        pen.setDashPattern(dashes(index));
        painter_.setPen(pen);
        drawDashed(columns);
    } else {
        painter_.setPen(pen);
        if (columns.size() < kSparse)
            drawLines(columns);
        else
            drawBand(columns, pen);
    }
    painter_.setRenderHint(QPainter::Antialiasing, false);
}

// From the least to the greatest value of each column, and on to where the one before ended: rectangles are what the
// raster engine is fastest at, and at this density nobody could tell them from lines.
void PlotPainter::drawBand(const QVector<PlotColumn>& columns, const QPen& pen) {
    QVector<QRect> bars;
    bars.reserve(columns.size());
    const int wide = pen.width();
    double before = 0;
    for (const auto& column : columns) {
        const double least = column.joined ? std::min(column.least, before) : column.least;
        const double most = column.joined ? std::max(column.most, before) : column.most;
        const int top = static_cast<int>(std::lround(y(most)));
        const int bottom = static_cast<int>(std::lround(y(least)));
        bars << QRect(area_.left() + column.x, top, wide, std::max(wide, bottom - top + 1));
        before = column.last;
    }
    painter_.save();
    painter_.setPen(Qt::NoPen);
    painter_.setBrush(pen.color());
    painter_.drawRects(bars);
    painter_.restore();
}

// One line up each column and one to the next.
void PlotPainter::drawLines(const QVector<PlotColumn>& columns) {
    QVector<QLineF> lines;
    QVector<QPointF> lonely;
    lines.reserve(columns.size() * 2);
    for (qsizetype i = 0; i < columns.size(); ++i) {
        const auto& column = columns[i];
        const double at = area_.left() + column.x;
        if (column.joined && i > 0)
            lines << QLineF(area_.left() + columns[i - 1].x, y(columns[i - 1].last), at, y(column.first));
        if (column.most > column.least) lines << QLineF(at, y(column.least), at, y(column.most));
        const bool goesOn = i + 1 < columns.size() && columns[i + 1].joined;
        if (!column.joined && !goesOn && column.most == column.least) lonely << QPointF(at, y(column.first));
    }
    painter_.drawLines(lines);
    if (lonely.isEmpty()) return;
    painter_.save();
    painter_.setPen(QPen(painter_.pen().color(), 3, Qt::SolidLine, Qt::RoundCap));
    painter_.drawPoints(lonely.constData(), static_cast<int>(lonely.size()));
    painter_.restore();
}

void PlotPainter::drawDashed(const QVector<PlotColumn>& columns) {
    QPolygonF line;
    for (const auto& column : columns) {
        if (!column.joined) {
            painter_.drawPolyline(line);
            line.clear();
        }
        const double at = area_.left() + column.x;
        line << QPointF(at, y(column.first));
        if (column.most > column.least) line << QPointF(at, y(column.least)) << QPointF(at, y(column.most));
        line << QPointF(at, y(column.last));
    }
    painter_.drawPolyline(line);
}

void PlotPainter::drawThreshold() {
    if (!plot_.threshold_ || *plot_.threshold_ < least_ || *plot_.threshold_ > most_) return;
    const auto& theme = Theme::current();
    const int line = static_cast<int>(std::lround(y(*plot_.threshold_)));
    painter_.setPen(QPen(theme.colour(ColourRole::Warn), 1, Qt::DashLine));
    painter_.drawLine(area_.left(), line, area_.right(), line);
    const int height = caption().height();
    const int top = line - height < area_.top() ? line + 1 : line - height;
    painter_.setPen(theme.colour(ColourRole::Warn));
    painter_.drawText(QRect(area_.left(), top, area_.width() - theme.unit() / 2, height), Qt::AlignRight,
                      plot_.thresholdWord_);
}

void PlotPainter::drawCursor() {
    if (!plot_.cursor_) return;
    const auto& theme = Theme::current();
    const int at = static_cast<int>(x(*plot_.cursor_));
    painter_.fillRect(QRect(at, area_.top(), 1, area_.height()), theme.colour(ColourRole::Accent));
}

// Name at the left, numbers in columns from the right.
void PlotPainter::drawLegendTexts(const QRect& row, const QStringList& texts, const QColor& name,
                                  const QColor& numbers) {
    const auto& theme = Theme::current();
    const int unit = theme.unit();
    const int wide = std::max(unit * 8, caption().horizontalAdvance(plot_.formatValue(88'888)) + unit * 2);
    int right = row.right() - unit * 3 / 2;
    painter_.setPen(numbers);
    // Where it is narrow the mean goes first, then most and least; the last value stays.
    for (qsizetype i = texts.size() - 1; i > 0; --i) {
        const int needed = unit * 12 + wide * static_cast<int>(i);
        if (i > 1 && row.width() < needed) continue;
        drawTabularText(painter_, QRect(right - wide, row.top(), wide, row.height()), Qt::AlignRight, texts[i]);
        right -= wide;
    }
    const QRect label(row.left() + unit * 4, row.top(), right - row.left() - unit * 5, row.height());
    painter_.setPen(name);
    painter_.drawText(label, Qt::AlignLeft | Qt::AlignVCenter,
                      caption().elidedText(texts.first(), Qt::ElideRight, label.width()));
}

void PlotPainter::drawLegend() {
    if (legendHeight(plot_) == 0) return;
    const auto& theme = Theme::current();
    const auto muted = theme.colour(ColourRole::Muted);
    const auto& cursor = plot_.cursor_;
    const auto first = cursor ? formatTimeOfDay(*cursor) : LivePlot::tr("last");
    drawLegendTexts(legendRow(plot_, -1),
                    {QString(), first, LivePlot::tr("min"), LivePlot::tr("max"), LivePlot::tr("mean")}, muted, muted);
    const auto& order = plot_.legendOrder();
    for (int i = 0; i < order.size(); ++i) {
        const auto row = legendRow(plot_, i);
        const auto& entry = order[i];
        const auto& series = plot_.series_[entry.series];
        const bool off = plot_.isolated_ >= 0 && plot_.isolated_ != entry.series;
        QPen pen(off ? theme.colour(ColourRole::Line) : theme.colour(series.role), 2, Qt::SolidLine, Qt::FlatCap);
        if (theme.isHighContrast() && entry.series > 0) pen.setDashPattern(dashes(entry.series));
        painter_.setPen(pen);
        const int middle = row.center().y();
        painter_.drawLine(row.left() + theme.unit() * 3 / 2, middle, row.left() + theme.unit() * 3, middle);
        QStringList texts{series.name, QStringLiteral("–"), {}, {}, {}};
        if (entry.summary) {
            const auto& known = *entry.summary;
            const auto now = cursor ? valueAt(series, *cursor, plot_.gapAfter_) : std::optional(known.last);
            texts = {series.name, now ? plot_.formatValue(*now) : QStringLiteral("–"), plot_.formatValue(known.least),
                     plot_.formatValue(known.most), plot_.formatValue(known.mean)};
        }
        drawLegendTexts(row, texts, off ? muted : theme.colour(ColourRole::Text),
                        off ? muted : theme.colour(ColourRole::Text));
    }
}

}  // namespace signalbox::ui
