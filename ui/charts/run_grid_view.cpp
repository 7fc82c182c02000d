#include "ui/charts/run_grid_view.h"

#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QToolTip>
#include <algorithm>

#include "ui/charts/run_grid_painter.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

}  // namespace

QString gridStatusWord(char status) {
    switch (status) {
        case '.':
            return QStringLiteral("pending");
        case 'q':
            return QStringLiteral("ready");
        case 'r':
            return QStringLiteral("running");
        case 'b':
            return QStringLiteral("backoff");
        case 'w':
            return QStringLiteral("waiting");
        case 's':
            return QStringLiteral("succeeded");
        case 'f':
            return QStringLiteral("failed");
        case '-':
            return QStringLiteral("skipped");
        case 'c':
            return QStringLiteral("cancelled");
        case 'u':
            return QStringLiteral("reused");
        default:
            return {};
    }
}

RunGridView::RunGridView(QWidget* parent) : QAbstractScrollArea(parent) {
    setObjectName(QStringLiteral("runGrid"));
    setAccessibleName(tr("Runs and their nodes"));
    setFocusPolicy(Qt::StrongFocus);
    setFrameShape(QFrame::NoFrame);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateScrollBars();
        viewport()->update();
    });
}

void RunGridView::setGrid(const QStringList& nodes, std::vector<RunGridColumn> columns) {
    const auto run = currentRun();
    const auto node = currentNode();
    const bool first = columns_.empty();
    nodes_ = nodes;
    columns_ = std::move(columns);
    longest_ = 0;
    for (const auto& column : columns_) longest_ = std::max(longest_, column.took);
    refilter();
    current_ = {};
    setCurrent(run, node);
    if (first) horizontalScrollBar()->setValue(horizontalScrollBar()->maximum());
    setAccessibleDescription(
        tr("%1 and %2").arg(tr("%n node(s)", nullptr, shownRows()), tr("%n run(s)", nullptr, columnCount())));
}

void RunGridView::setFailedOnly(bool failedOnly) {
    failedOnly_ = failedOnly;
    refilter();
}

void RunGridView::setFilter(const QString& text) {
    filter_ = text;
    refilter();
}

void RunGridView::refilter() {
    const auto node = currentNode();
    rows_.clear();
    for (int row = 0; row < nodes_.size(); ++row) {
        if (!filter_.isEmpty() && !nodes_[row].contains(filter_, Qt::CaseInsensitive)) continue;
        const auto failed = [row](const RunGridColumn& column) {
            return at(row) < column.statuses.size() && column.statuses[at(row)] == 'f';
        };
        if (failedOnly_ && std::none_of(columns_.begin(), columns_.end(), failed)) continue;
        rows_.push_back(row);
    }
    current_.row = -1;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (nodes_[rows_[i]] == node) current_.row = static_cast<int>(i);
    }
    updateScrollBars();
    viewport()->update();
}

QString RunGridView::currentNode() const {
    return current_.row < 0 || current_.row >= shownRows() ? QString() : nodes_[rows_[at(current_.row)]];
}

QString RunGridView::currentRun() const {
    return current_.column < 0 || current_.column >= columnCount() ? QString() : columns_[at(current_.column)].runId;
}

void RunGridView::setCurrent(const QString& runId, const QString& nodeId) {
    Cell cell;
    for (int i = 0; i < columnCount(); ++i) {
        if (columns_[at(i)].runId == runId) cell.column = i;
    }
    for (int i = 0; i < shownRows(); ++i) {
        if (nodes_[rows_[at(i)]] == nodeId) cell.row = i;
    }
    current_ = cell;
    viewport()->update();
}

QString RunGridView::statusAt(int row, int column) const {
    if (row < 0 || row >= shownRows() || column < 0 || column >= columnCount()) return {};
    const auto& statuses = columns_[at(column)].statuses;
    const auto node = at(rows_[at(row)]);
    return node < statuses.size() ? gridStatusWord(statuses[node]) : QString();
}

int RunGridView::cellSide() const { return Theme::current().unit() * 3; }
int RunGridView::headHeight() const { return Theme::current().unit() * 7; }
int RunGridView::nameWidth() const { return std::min(Theme::current().unit() * 26, viewport()->width() / 2); }

QPoint RunGridView::cellCentre(int row, int column) const {
    const int side = cellSide();
    return {nameWidth() + column * side + side / 2 - horizontalScrollBar()->value(),
            headHeight() + row * side + side / 2 - verticalScrollBar()->value()};
}

RunGridView::Cell RunGridView::cellAt(QPoint position) const {
    Cell cell;
    const int side = cellSide();
    if (position.x() >= nameWidth()) {
        const int column = (position.x() - nameWidth() + horizontalScrollBar()->value()) / side;
        if (column < columnCount()) cell.column = column;
    }
    if (position.y() >= headHeight()) {
        const int row = (position.y() - headHeight() + verticalScrollBar()->value()) / side;
        if (row < shownRows()) cell.row = row;
    }
    return cell;
}

QString RunGridView::describe(Cell cell) const {
    QStringList lines;
    if (cell.row >= 0) lines << nodes_[rows_[at(cell.row)]];
    if (cell.column < 0) return lines.join(QLatin1Char('\n'));
    const auto& column = columns_[at(cell.column)];
    if (cell.row >= 0) {
        const auto status = statusAt(cell.row, cell.column);
        auto said = status.isEmpty() ? tr("not in this version") : stateLook(status).word;
        const auto node = at(rows_[at(cell.row)]);
        const auto took = node < column.nodeTook.size() ? column.nodeTook[node] : 0;
        if (took > 0) said += QStringLiteral(" · ") + formatDuration(took);
        lines << said;
    }
    lines << tr("Run of %1: %2").arg(formatDateTime(column.created), stateLook(column.status).word);
    if (column.took > 0) lines << tr("took %1").arg(formatDuration(column.took));
    return lines.join(QLatin1Char('\n'));
}

void RunGridView::choose(Cell cell) {
    current_ = cell;
    reveal();
    viewport()->update();
    setAccessibleDescription(describe(cell));
    Q_EMIT currentChanged(currentRun(), currentNode());
}

void RunGridView::reveal() {
    const int side = cellSide();
    const auto show = [side](QScrollBar& bar, int index) {
        if (index < 0) return;
        const int begin = index * side;
        if (begin < bar.value()) bar.setValue(begin);
        if (begin + side > bar.value() + bar.pageStep()) bar.setValue(begin + side - bar.pageStep());
    };
    show(*verticalScrollBar(), current_.row);
    show(*horizontalScrollBar(), current_.column);
}

void RunGridView::updateScrollBars() {
    const int side = cellSide();
    const int across = std::max(1, viewport()->width() - nameWidth());
    const int down = std::max(1, viewport()->height() - headHeight());
    verticalScrollBar()->setPageStep(down);
    verticalScrollBar()->setSingleStep(side);
    verticalScrollBar()->setRange(0, std::max(0, shownRows() * side - down));
    horizontalScrollBar()->setPageStep(across);
    horizontalScrollBar()->setSingleStep(side);
    horizontalScrollBar()->setRange(0, std::max(0, columnCount() * side - across));
}

QSize RunGridView::sizeHint() const { return {Theme::current().unit() * 90, Theme::current().unit() * 40}; }

bool RunGridView::viewportEvent(QEvent* event) {
    if (event->type() != QEvent::ToolTip) return QAbstractScrollArea::viewportEvent(event);
    const auto* help = static_cast<QHelpEvent*>(event);
    const auto text = describe(cellAt(help->pos()));
    if (text.isEmpty()) {
        QToolTip::hideText();
    } else {
        QToolTip::showText(help->globalPos(), text, this);
    }
    return true;
}

void RunGridView::paintEvent(QPaintEvent*) {
    QPainter painter(viewport());
    RunGridPainter(*this, painter).paint();
}

void RunGridView::resizeEvent(QResizeEvent*) { updateScrollBars(); }

void RunGridView::mousePressEvent(QMouseEvent* event) {
    const auto cell = cellAt(event->pos());
    if (event->button() == Qt::LeftButton && (cell.row >= 0 || cell.column >= 0)) choose(cell);
}

void RunGridView::mouseDoubleClickEvent(QMouseEvent* event) {
    if (event->button() == Qt::LeftButton && cellAt(event->pos()).column >= 0) {
        Q_EMIT activated(currentRun(), currentNode());
    }
}

void RunGridView::keyPressEvent(QKeyEvent* event) {
    if (columns_.empty()) return QAbstractScrollArea::keyPressEvent(event);
    const int page = std::max(1, verticalScrollBar()->pageStep() / cellSide() - 1);
    auto next = current_;
    switch (event->key()) {
        case Qt::Key_Left:
            --next.column;
            break;
        case Qt::Key_Right:
            ++next.column;
            break;
        case Qt::Key_Up:
            --next.row;
            break;
        case Qt::Key_Down:
            ++next.row;
            break;
        case Qt::Key_PageUp:
            next.row -= page;
            break;
        case Qt::Key_PageDown:
            next.row += page;
            break;
        case Qt::Key_Home:
            next.row = 0;
            break;
        case Qt::Key_End:
            next.row = shownRows() - 1;
            break;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            if (!currentRun().isEmpty()) Q_EMIT activated(currentRun(), currentNode());
            return;
        default:
            return QAbstractScrollArea::keyPressEvent(event);
    }
    // The first key comes to the newest run: that is what one looks for.
    next.column = current_.column < 0 ? columnCount() - 1 : std::clamp(next.column, 0, columnCount() - 1);
    next.row = std::clamp(next.row, std::min(0, shownRows() - 1), shownRows() - 1);
    choose(next);
}

}  // namespace signalbox::ui
