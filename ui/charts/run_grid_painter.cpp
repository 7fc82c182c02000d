#include "ui/charts/run_grid_painter.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "ui/charts/run_grid_view.h"
#include "ui/text/format.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

RunGridPainter::RunGridPainter(const RunGridView& view, QPainter& painter)
    : view_(view), painter_(painter), side_(view.cellSide()) {
    const auto* port = view.viewport();
    area_ = QRect(view.nameWidth(), view.headHeight(), port->width() - view.nameWidth(),
                  port->height() - view.headHeight());
    const int top = view.verticalScrollBar()->value();
    const int left = view.horizontalScrollBar()->value();
    firstRow_ = top / side_;
    lastRow_ = std::min(view.shownRows() - 1, (top + area_.height()) / side_);
    firstColumn_ = left / side_;
    lastColumn_ = std::min(view.columnCount() - 1, (left + area_.width()) / side_);
}

void RunGridPainter::paint() {
    painter_.fillRect(view_.viewport()->rect(), Theme::current().colour(ColourRole::Surface));
    painter_.save();
    painter_.setClipRect(area_);
    paintCells();
    painter_.restore();
    paintNames();
    paintHead();
    paintCurrent();
}

const QPixmap& RunGridPainter::stamp(char status) {
    auto found = stamps_.find(status);
    if (found != stamps_.end()) return *found;
    const auto& theme = Theme::current();
    const auto ratio = view_.devicePixelRatioF();
    QPixmap made((QSizeF(side_, side_) * ratio).toSize());
    made.setDevicePixelRatio(ratio);
    made.fill(Qt::transparent);
    const auto word = gridStatusWord(status);
    if (!word.isEmpty()) {
        const auto look = stateLook(word);
        QPainter painter(&made);
        const bool loud = look.shape == StateShape::Cross || look.active;
        const auto tint = mixed(theme.colour(ColourRole::Surface), theme.colour(look.role), loud ? 0.3 : 0.12);
        painter.fillRect(QRectF(1, 1, side_ - 2, side_ - 2), tint);
        painter.setRenderHint(QPainter::Antialiasing);
        const double inset = side_ * 0.28;
        drawStateMark(painter, QRectF(inset, inset, side_ - 2 * inset, side_ - 2 * inset), look.shape,
                      theme.colour(look.role));
    }
    return *stamps_.insert(status, made);
}

void RunGridPainter::paintCells() {
    for (int column = firstColumn_; column <= lastColumn_; ++column) {
        const auto& statuses = view_.columns_[at(column)].statuses;
        for (int row = firstRow_; row <= lastRow_; ++row) {
            const auto node = at(view_.rows_[at(row)]);
            if (node >= statuses.size() || statuses[node] == ' ') continue;
            const auto centre = view_.cellCentre(row, column);
            painter_.drawPixmap(centre.x() - side_ / 2, centre.y() - side_ / 2, stamp(statuses[node]));
        }
    }
}

void RunGridPainter::paintNames() {
    const auto& theme = Theme::current();
    painter_.save();
    painter_.setClipRect(QRect(0, area_.top(), area_.left(), area_.height()));
    painter_.setFont(theme.bodyFont());
    const QFontMetrics metrics(theme.bodyFont());
    for (int row = firstRow_; row <= lastRow_; ++row) {
        const int top = view_.cellCentre(row, 0).y() - side_ / 2;
        const QRect room(theme.unit() * 3 / 2, top, area_.left() - theme.unit() * 5 / 2, side_);
        const bool current = row == view_.current_.row;
        painter_.setPen(theme.colour(current ? ColourRole::Text : ColourRole::Muted));
        painter_.drawText(room, Qt::AlignVCenter | Qt::AlignLeft,
                          metrics.elidedText(view_.nodes_[view_.rows_[at(row)]], Qt::ElideMiddle, room.width()));
    }
    painter_.restore();
}

// How long each run took, as a bar over its column, and how it ended, as its mark.
void RunGridPainter::paintHead() {
    const auto& theme = Theme::current();
    painter_.save();
    painter_.setClipRect(QRect(area_.left(), 0, area_.width(), area_.top()));
    const int bottom = area_.top() - side_;
    const int height = bottom - theme.unit() / 2;
    for (int column = firstColumn_; column <= lastColumn_; ++column) {
        const auto& run = view_.columns_[at(column)];
        const auto look = stateLook(run.status);
        const int left = view_.cellCentre(0, column).x() - side_ / 2;
        if (view_.longest_ > 0 && run.took > 0) {
            const int tall = std::max(2, static_cast<int>(height * run.took / view_.longest_));
            const bool failed = look.shape == StateShape::Cross || look.shape == StateShape::Triangle;
            painter_.fillRect(QRect(left + side_ / 4, bottom - tall, side_ / 2, tall),
                              mixed(theme.colour(ColourRole::Surface),
                                    theme.colour(failed ? ColourRole::Error : ColourRole::Muted), 0.6));
        }
        painter_.setRenderHint(QPainter::Antialiasing);
        const double inset = side_ * 0.25;
        drawStateMark(painter_, QRectF(left + inset, bottom + inset, side_ - 2 * inset, side_ - 2 * inset), look.shape,
                      theme.colour(look.role));
    }
    painter_.restore();
    painter_.setFont(theme.captionFont());
    painter_.setPen(theme.colour(ColourRole::Muted));
    if (view_.longest_ > 0) {
        const QRect room(theme.unit() * 3 / 2, 0, area_.left() - theme.unit() * 5 / 2, height);
        drawTabularText(painter_, room, Qt::AlignRight | Qt::AlignTop,
                        RunGridView::tr("longest %1").arg(formatDuration(view_.longest_)));
    }
    painter_.setPen(QPen(theme.colour(ColourRole::Line), 1));
    painter_.drawLine(0, area_.top() - 1, area_.right(), area_.top() - 1);
    painter_.drawLine(area_.left() - 1, 0, area_.left() - 1, area_.bottom());
}

void RunGridPainter::paintCurrent() {
    const auto& cell = view_.current_;
    if (cell.row < 0 || cell.column < 0 || cell.row >= view_.shownRows() || cell.column >= view_.columnCount()) return;
    const auto centre = view_.cellCentre(cell.row, cell.column);
    painter_.setClipRect(area_);
    painter_.setBrush(Qt::NoBrush);
    painter_.setPen(QPen(Theme::current().colour(ColourRole::Accent), view_.hasFocus() ? 2 : 1));
    painter_.drawRect(QRect(centre.x() - side_ / 2 + 1, centre.y() - side_ / 2 + 1, side_ - 2, side_ - 2));
}

}  // namespace signalbox::ui
