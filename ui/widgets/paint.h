// Drawing that several widgets share: state marks, and numbers whose digits stand below each other.
#pragma once

#include <QFontMetricsF>
#include <QRectF>
#include <QString>

#include "ui/text/states.h"

class QPainter;

namespace signalbox::ui {

/// The mark of a state in a square area.
void drawStateMark(QPainter& painter, const QRectF& square, StateShape shape, const QColor& colour);

/// Width of text with all digits as wide as the widest one: Inter's own differ, and its tabular figures cannot be
/// switched on in Qt 6.4.
[[nodiscard]] qreal tabularWidth(const QFontMetricsF& metrics, const QString& text);
/// One line of text with such digits in the painter's font and pen; alignment as of QPainter::drawText.
void drawTabularText(QPainter& painter, const QRectF& area, Qt::Alignment alignment, const QString& text);

}  // namespace signalbox::ui
