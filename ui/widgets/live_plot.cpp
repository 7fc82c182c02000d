#include "ui/widgets/live_plot.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <algorithm>
#include <cmath>

#include "ui/text/format.h"
#include "ui/widgets/live_plot_painter.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kDescribeMilliseconds = 1000;
constexpr int kCursorSteps = 100;

}  // namespace

LivePlot::LivePlot(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("livePlot"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    // Assistive technology need not hear of every point.
    describe_.setSingleShot(true);
    describe_.setInterval(kDescribeMilliseconds);
    connect(&describe_, &QTimer::timeout, this, [this] { setAccessibleDescription(summary()); });
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
}

LivePlot::~LivePlot() = default;

void LivePlot::changed() {
    order_.clear();
    update();
    if (isVisible() && !describe_.isActive()) describe_.start();
}

void LivePlot::setTitle(const QString& title) {
    title_ = title;
    setAccessibleName(title);
    update();
}

void LivePlot::setUnit(const QString& unit) {
    unit_ = unit;
    changed();
}

void LivePlot::setSeries(QList<PlotSeries> series) {
    series_ = std::move(series);
    if (isolated_ >= series_.size()) isolated_ = -1;
    updateGeometry();
    changed();
}

void LivePlot::append(int series, std::int64_t time, double value) {
    series_[series].append(time, value);
    changed();
}

void LivePlot::setWindow(std::int64_t from, std::int64_t to) {
    from_ = from;
    to_ = to;
    changed();
}

void LivePlot::dropBefore(std::int64_t time) {
    for (auto& series : series_) series.dropBefore(time);
    changed();
}

void LivePlot::setGapAfter(std::int64_t micros) {
    gapAfter_ = micros;
    changed();
}

void LivePlot::setZeroBased(bool zeroBased) {
    zeroBased_ = zeroBased;
    changed();
}

void LivePlot::setThreshold(std::optional<double> value, const QString& word) {
    threshold_ = value;
    thresholdWord_ = word;
    changed();
}

void LivePlot::setLegendVisible(bool visible) {
    legend_ = visible;
    updateGeometry();
    update();
}

void LivePlot::setCursor(std::optional<std::int64_t> time) {
    if (time) time = std::clamp(*time, from_, std::max(from_, to_));
    if (time == cursor_) return;
    cursor_ = time;
    update();
    Q_EMIT cursorMoved(cursor_);
}

void LivePlot::isolate(int series) {
    isolated_ = series >= 0 && series < series_.size() ? series : -1;
    changed();
}

QString LivePlot::formatValue(double value) const {
    if (!std::isfinite(value)) return QStringLiteral("–");
    if (unit_ == QLatin1String("B") && value >= 0) return formatBytes(static_cast<std::uint64_t>(value));
    if (unit_ == QLatin1String("s") && value >= 0) return formatDuration(static_cast<std::int64_t>(value * 1e6));
    // Three figures are what a plot can show.
    const auto magnitude = std::abs(value);
    const int decimals = value == std::round(value) || magnitude >= 100 ? 0
                         : magnitude >= 10                              ? 1
                         : magnitude >= 1                               ? 2
                                                                        : 3;
    const auto number = QLocale().toString(value, 'f', decimals);
    return unit_.isEmpty() ? number : QStringLiteral("%1 %2").arg(number, unit_);
}

const QVector<LivePlot::Entry>& LivePlot::legendOrder() const {
    if (!order_.isEmpty() || series_.isEmpty()) return order_;
    for (int i = 0; i < series_.size(); ++i) order_.append({i, summarise(series_[i], from_, to_)});
    std::stable_sort(order_.begin(), order_.end(), [](const Entry& a, const Entry& b) {
        const auto value = [](const Entry& entry) { return entry.summary ? entry.summary->last : -HUGE_VAL; };
        return value(a) > value(b);
    });
    return order_;
}

QString LivePlot::summary() const {
    QStringList parts;
    for (const auto& entry : legendOrder()) {
        if (isolated_ >= 0 && entry.series != isolated_) continue;
        const auto& name = series_[entry.series].name;
        if (!entry.summary) {
            parts << tr("%1: no data").arg(name);
            continue;
        }
        parts << tr("%1: last %2, least %3, most %4")
                     .arg(name, formatValue(entry.summary->last), formatValue(entry.summary->least),
                          formatValue(entry.summary->most));
    }
    return parts.isEmpty() ? tr("No data") : parts.join(QLatin1String("; "));
}

QSize LivePlot::sizeHint() const {
    return {Theme::current().unit() * 48, Theme::current().unit() * 20 + PlotPainter::legendHeight(*this)};
}

QSize LivePlot::minimumSizeHint() const {
    return {Theme::current().unit() * 20, Theme::current().unit() * 10 + PlotPainter::legendHeight(*this)};
}

void LivePlot::paintEvent(QPaintEvent*) { PlotPainter(*this).paint(); }

void LivePlot::mouseMoveEvent(QMouseEvent* event) {
    const auto area = PlotPainter::plotArea(*this);
    if (!area.contains(event->pos()) || to_ <= from_) {
        setCursor(std::nullopt);
        return;
    }
    const auto share = static_cast<double>(event->pos().x() - area.left()) / std::max(1, area.width() - 1);
    setCursor(from_ + static_cast<std::int64_t>(share * static_cast<double>(to_ - from_)));
}

void LivePlot::mousePressEvent(QMouseEvent* event) {
    const auto& order = legendOrder();
    for (int row = 0; row < order.size(); ++row) {
        if (!PlotPainter::legendRow(*this, row).contains(event->pos())) continue;
        isolate(isolated_ == order[row].series ? -1 : order[row].series);
    }
}

void LivePlot::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    if (!hasFocus()) setCursor(std::nullopt);
}

void LivePlot::focusInEvent(QFocusEvent* event) {
    QWidget::focusInEvent(event);
    setAccessibleDescription(summary());
    update();
}

void LivePlot::focusOutEvent(QFocusEvent* event) {
    QWidget::focusOutEvent(event);
    setCursor(std::nullopt);
    update();
}

void LivePlot::keyPressEvent(QKeyEvent* event) {
    const auto step = std::max<std::int64_t>(1, (to_ - from_) / kCursorSteps);
    switch (event->key()) {
        case Qt::Key_Left:
            setCursor(cursor_.value_or(to_) - step);
            break;
        case Qt::Key_Right:
            setCursor(cursor_ ? *cursor_ + step : from_);
            break;
        case Qt::Key_Home:
            setCursor(from_);
            break;
        case Qt::Key_End:
            setCursor(to_);
            break;
        case Qt::Key_Space:
            isolateNext();
            break;
        case Qt::Key_Escape:
            if (cursor_ || isolated_ >= 0) {
                setCursor(std::nullopt);
                isolate(-1);
                break;
            }
            [[fallthrough]];
        default:
            QWidget::keyPressEvent(event);
            return;
    }
    setAccessibleDescription(cursor_ ? describeCursor() : summary());
}

// All, then one after the other as they stand in the legend, then all again.
void LivePlot::isolateNext() {
    const auto order = legendOrder();
    int at = -1;
    for (int row = 0; row < order.size(); ++row) {
        if (order[row].series == isolated_) at = row;
    }
    isolate(at + 1 < order.size() ? order[at + 1].series : -1);
}

QString LivePlot::describeCursor() const {
    QStringList parts{formatDateTime(*cursor_)};
    for (const auto& entry : legendOrder()) {
        const auto value = valueAt(series_[entry.series], *cursor_, gapAfter_);
        parts << QStringLiteral("%1: %2").arg(series_[entry.series].name, value ? formatValue(*value) : tr("no data"));
    }
    return parts.join(QLatin1String("; "));
}

}  // namespace signalbox::ui
