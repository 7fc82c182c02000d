#include "ui/shell/tab_order.h"

#include <QApplication>
#include <QScrollArea>
#include <QWidget>
#include <algorithm>

namespace signalbox::ui {

namespace {

bool isStop(const QWidget& widget) {
    return (widget.focusPolicy() & Qt::TabFocus) == Qt::TabFocus && widget.isEnabled() && widget.isVisible() &&
           widget.focusProxy() == nullptr;
}

/// Two that overlap by more than half of the lower one's height stand in one row.
bool sameRow(const QRect& a, const QRect& b) {
    const int overlap = std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top()) + 1;
    return overlap * 2 > std::min(a.height(), b.height());
}

QList<QWidget*> childrenAsRead(const QWidget& parent) {
    QList<QWidget*> children;
    for (auto* child : parent.children()) {
        auto* widget = qobject_cast<QWidget*>(child);
        if (widget && widget->isVisible() && !widget->isWindow()) children << widget;
    }
    std::stable_sort(children.begin(), children.end(),
                     [](const QWidget* a, const QWidget* b) { return a->y() < b->y(); });
    const bool leftward = parent.layoutDirection() == Qt::RightToLeft;
    for (auto row = children.begin(); row != children.end();) {
        const auto first = (*row)->geometry();
        const auto end = std::find_if(row + 1, children.end(),
                                      [&](const QWidget* widget) { return !sameRow(first, widget->geometry()); });
        std::stable_sort(row, end, [leftward](const QWidget* a, const QWidget* b) {
            return leftward ? a->geometry().right() > b->geometry().right() : a->x() < b->x();
        });
        row = end;
    }
    return children;
}

void collect(QWidget& widget, QList<QWidget*>& stops) {
    if (isStop(widget)) stops << &widget;
    for (auto* child : childrenAsRead(widget)) collect(*child, stops);
}

void bringIntoSight(QWidget& widget) {
    for (auto* parent = widget.parentWidget(); parent; parent = parent->parentWidget()) {
        if (auto* area = qobject_cast<QScrollArea*>(parent)) area->ensureWidgetVisible(&widget);
    }
}

}  // namespace

QList<QWidget*> tabStops(QWidget& root) {
    QList<QWidget*> stops;
    if (root.isVisible()) collect(root, stops);
    return stops;
}

bool focusNeighbour(const QList<QWidget*>& stops, bool next) {
    if (stops.isEmpty()) return false;
    auto* focused = QApplication::focusWidget();
    qsizetype at = -1;
    // A part of a stop, such as the line of an editable combo box, stands where the stop does.
    for (auto* widget = focused; widget && at < 0; widget = widget->parentWidget()) at = stops.indexOf(widget);
    const auto count = stops.size();
    const auto to = at < 0 ? (next ? 0 : count - 1) : (at + (next ? 1 : count - 1)) % count;
    stops[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
    bringIntoSight(*stops[to]);
    return true;
}

}  // namespace signalbox::ui
