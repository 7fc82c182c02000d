#include "ui/charts/gantt_view.h"

#include <QApplication>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QStyleHints>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>
#include <cmath>

#include "ui/charts/gantt_painter.h"
#include "ui/text/format.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kTickMilliseconds = 100;
constexpr double kZoomStep = 1.25;
constexpr double kLeastPerPixel = 0.05;  // microseconds
constexpr double kSpare = 1.03;          // a little room behind the end

}  // namespace

GanttView::GanttView(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("gantt"));
    setAccessibleName(tr("Nodes over time"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setMouseTracking(true);
    ticker_.setInterval(kTickMilliseconds);
    connect(&ticker_, &QTimer::timeout, this, &GanttView::followNow);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateScrollBars();
        viewport()->update();
    });
}

void GanttView::setRows(const QStringList& ids, const QStringList& titles) {
    const auto kept = selectedRow();
    data_.setRows(ids, titles);
    selected_ = data_.rowOf(kept);
    fitted_ = true;
    updateScrollBars();
    fit();
    updateTicking();
}

void GanttView::setBars(const std::vector<std::pair<std::uint32_t, GanttBar>>& bars) {
    for (const auto& [number, bar] : bars) data_.setBar(number, bar);
    data_.layOut();
    setAccessibleDescription(summary());
    updateScrollBars();
    if (fitted_) fit();
    updateTicking();
    viewport()->update();
}

void GanttView::setClock(std::function<std::int64_t()> clock) { clock_ = std::move(clock); }

std::int64_t GanttView::now() const {
    return data_.hasOpenBars() && clock_ ? std::max(clock_(), data_.latest()) : data_.latest();
}

QString GanttView::selectedRow() const { return selected_ < 0 ? QString() : data_.id(selected_); }

void GanttView::selectRow(const QString& id) {
    const int row = data_.rowOf(id);
    if (row == selected_) return;
    selected_ = row;
    if (row >= 0) {
        auto* bar = verticalScrollBar();
        const int top = data_.firstLane(row) * laneHeight();
        const int room = viewport()->height() - axisHeight() - laneHeight();
        if (top < bar->value() || top > bar->value() + room) bar->setValue(top - room / 2);
    }
    viewport()->update();
}

void GanttView::choose(int row) {
    if (row == selected_) return;
    selected_ = -2;  // any other: selectRow brings it into view and paints
    selectRow(row < 0 ? QString() : data_.id(row));
    selected_ = row;
    Q_EMIT rowSelected(selectedRow());
}

void GanttView::fit() {
    fitted_ = true;
    origin_ = 0;
    perPixel_ = std::max(kLeastPerPixel, static_cast<double>(std::max<std::int64_t>(now(), 1)) * kSpare / chartWidth());
    viewport()->update();
}

void GanttView::zoomBy(double factor, double anchor) {
    fitted_ = false;
    const double time = origin_ + (anchor - nameWidth()) * perPixel_;
    const double whole = static_cast<double>(std::max<std::int64_t>(now(), 1)) * kSpare / chartWidth();
    perPixel_ = std::clamp(perPixel_ / factor, kLeastPerPixel, std::max(whole, kLeastPerPixel));
    origin_ = time - (anchor - nameWidth()) * perPixel_;
    moveTime(0);
}

void GanttView::moveTime(double pixels) {
    fitted_ = fitted_ && pixels == 0;
    const double end = static_cast<double>(now()) * kSpare - chartWidth() * perPixel_;
    origin_ = std::clamp(origin_ + pixels * perPixel_, 0.0, std::max(0.0, end));
    viewport()->update();
}

double GanttView::xOf(std::int64_t time) const {
    return nameWidth() + (static_cast<double>(time) - origin_) / perPixel_;
}

std::int64_t GanttView::timeAt(double x) const {
    return static_cast<std::int64_t>(origin_ + (x - nameWidth()) * perPixel_);
}

int GanttView::nameWidth() const { return std::min(Theme::current().unit() * 24, viewport()->width() / 3); }
int GanttView::laneHeight() const { return Theme::current().unit() * 5 / 2; }
int GanttView::axisHeight() const { return Theme::current().unit() * 3; }
double GanttView::chartWidth() const { return std::max(1, viewport()->width() - nameWidth()); }

int GanttView::laneAt(int y) const {
    if (y < axisHeight()) return -1;
    const int lane = (y - axisHeight() + verticalScrollBar()->value()) / laneHeight();
    return lane < data_.laneCount() ? lane : -1;
}

int GanttView::barAt(QPoint position) const {
    const int lane = laneAt(position.y());
    if (lane < 0 || position.x() < nameWidth()) return -1;
    const auto reach = 2 * perPixel_;
    const auto time = static_cast<double>(timeAt(position.x()));
    int found = -1;
    for (const int index : data_.barsIn(lane)) {
        const auto& bar = data_.bar(index);
        if (static_cast<double>(bar.ready) > time + reach) break;
        const auto end = bar.end < 0 ? now() : bar.end;
        if (static_cast<double>(end) >= time - reach) found = index;
    }
    return found;
}

QString GanttView::barText(const GanttBar& bar) const {
    QStringList lines{data_.title(bar.row)};
    if (bar.item >= 0) lines << tr("item %1").arg(bar.item + 1);
    if (bar.generation > 0) lines << tr("pass %1 of the loop").arg(bar.generation + 1);
    const auto end = bar.end < 0 ? now() : bar.end;
    if (bar.phase == 'w') {
        lines << tr("waited %1").arg(formatDuration(end - bar.start));
    } else if (bar.phase == 'b') {
        lines << tr("%1 until the next attempt").arg(formatDuration(end - bar.start));
    } else {
        lines << tr("attempt %1, %2").arg(bar.attempt).arg(GanttPainter::word(bar));
        if (bar.start >= 0) lines << tr("took %1").arg(formatDuration(end - bar.start));
        if (const auto queued = (bar.start < 0 ? now() : bar.start) - bar.ready; queued > 0) {
            lines << tr("queued %1 before").arg(formatDuration(queued));
        }
    }
    lines << tr("from +%1").arg(formatDuration(bar.start < 0 ? bar.ready : bar.start));
    return lines.join(QLatin1Char('\n'));
}

QString GanttView::summary() const {
    int failed = 0;
    for (int i = 0; i < data_.barCount(); ++i) failed += data_.bar(i).outcome == 'f' ? 1 : 0;
    const auto all = tr("%n attempt(s)", nullptr, data_.barCount());
    const auto span = formatDuration(now());
    return failed > 0
               ? tr("%1 in %2, %3 of them failed").arg(all, span, formatCount(static_cast<std::uint64_t>(failed)))
               : tr("%1 in %2").arg(all, span);
}

void GanttView::updateScrollBars() {
    const int room = viewport()->height() - axisHeight();
    const int all = data_.laneCount() * laneHeight();
    verticalScrollBar()->setPageStep(std::max(1, room));
    verticalScrollBar()->setSingleStep(laneHeight());
    verticalScrollBar()->setRange(0, std::max(0, all - room));
}

void GanttView::followNow() {
    if (fitted_) fit();
    viewport()->update();
}

void GanttView::updateTicking() {
    const bool wanted = data_.hasOpenBars() && isVisible();
    if (wanted == ticker_.isActive()) return;
    if (wanted) {
        ticker_.start();
    } else {
        ticker_.stop();
    }
}

QSize GanttView::sizeHint() const { return {Theme::current().unit() * 90, Theme::current().unit() * 30}; }

bool GanttView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const int bar = barAt(help->pos());
    if (bar >= 0) {
        QToolTip::showText(help->globalPos(), barText(data_.bar(bar)), this);
    } else {
        QToolTip::hideText();
    }
    return true;
}

void GanttView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    GanttPainter(*this, painter).paint();
}

void GanttView::resizeEvent(QResizeEvent*) {
    updateScrollBars();
    if (fitted_) fit();
    moveTime(0);
}

void GanttView::showEvent(QShowEvent* event) {
    QAbstractScrollArea::showEvent(event);
    updateTicking();
}

void GanttView::hideEvent(QHideEvent* event) {
    ticker_.stop();
    QAbstractScrollArea::hideEvent(event);
}

void GanttView::mousePressEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    pressing_ = true;
    dragged_ = false;
    pressed_ = event->pos();
    pressedOrigin_ = origin_;
}

void GanttView::mouseMoveEvent(QMouseEvent* event) {
    if (!pressing_) return;
    const auto moved = event->pos() - pressed_;
    if (!dragged_ && moved.manhattanLength() < QGuiApplication::styleHints()->startDragDistance()) return;
    dragged_ = true;
    viewport()->setCursor(Qt::ClosedHandCursor);
    fitted_ = false;
    origin_ = pressedOrigin_;
    moveTime(-moved.x());
}

void GanttView::mouseReleaseEvent(QMouseEvent* event) {
    if (event->button() != Qt::LeftButton) return;
    viewport()->unsetCursor();
    if (pressing_ && !dragged_) {
        const int lane = laneAt(event->pos().y());
        choose(lane < 0 ? -1 : data_.rowOfLane(lane));
    }
    pressing_ = false;
}

void GanttView::mouseDoubleClickEvent(QMouseEvent* event) {
    const int lane = laneAt(event->pos().y());
    if (lane >= 0) Q_EMIT rowActivated(data_.id(data_.rowOfLane(lane)));
}

void GanttView::wheelEvent(QWheelEvent* event) {
    const auto turned = event->angleDelta().y() != 0 ? event->angleDelta().y() : event->angleDelta().x();
    if (event->modifiers() & Qt::ControlModifier) {
        zoomBy(std::pow(kZoomStep, turned / 120.0), event->position().x());
        event->accept();
    } else if ((event->modifiers() & Qt::ShiftModifier) || event->angleDelta().y() == 0) {
        moveTime(-turned / 120.0 * Theme::current().unit() * 8);
        event->accept();
    } else {
        QAbstractScrollArea::wheelEvent(event);
    }
}

void GanttView::keyPressEvent(QKeyEvent* event) {
    const double middle = nameWidth() + chartWidth() / 2;
    switch (event->key()) {
        case Qt::Key_Up:
        case Qt::Key_Down:
            if (data_.rowCount() > 0) {
                choose(std::clamp(selected_ + (event->key() == Qt::Key_Up ? -1 : 1), 0, data_.rowCount() - 1));
            }
            return;
        case Qt::Key_Left:
            return moveTime(-chartWidth() / 10);
        case Qt::Key_Right:
            return moveTime(chartWidth() / 10);
        case Qt::Key_Plus:
        case Qt::Key_Equal:
            return zoomBy(kZoomStep, middle);
        case Qt::Key_Minus:
            return zoomBy(1 / kZoomStep, middle);
        case Qt::Key_F:
            return fit();
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (selected_ >= 0) Q_EMIT rowActivated(selectedRow());
            return;
        case Qt::Key_Escape:
            if (selected_ >= 0) return choose(-1);
            break;
        default:
            break;
    }
    QAbstractScrollArea::keyPressEvent(event);
}

}  // namespace signalbox::ui
