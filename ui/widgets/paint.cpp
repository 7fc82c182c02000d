#include "ui/widgets/paint.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace signalbox::ui {

namespace {

qreal digitWidth(const QFontMetricsF& metrics) {
    qreal widest = 0;
    for (char digit = '0'; digit <= '9'; ++digit) {
        widest = std::max(widest, metrics.horizontalAdvance(QLatin1Char(digit)));
    }
    return widest;
}

// Calls visit(part, isDigit) for each digit and each stretch between digits.
template <class Visit>
void forEachPart(const QString& text, Visit visit) {
    qsizetype start = 0;
    for (qsizetype i = 0; i <= text.size(); ++i) {
        const bool digit = i < text.size() && text[i] >= QLatin1Char('0') && text[i] <= QLatin1Char('9');
        if (i < text.size() && !digit) continue;
        if (i > start) visit(text.mid(start, i - start), false);
        if (digit) visit(text.mid(i, 1), true);
        start = i + 1;
    }
}

QPen strokePen(const QColor& colour, qreal width) {
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

}  // namespace

qreal tabularWidth(const QFontMetricsF& metrics, const QString& text) {
    const auto cell = digitWidth(metrics);
    qreal width = 0;
    forEachPart(text,
                [&](const QString& part, bool digit) { width += digit ? cell : metrics.horizontalAdvance(part); });
    return width;
}

void drawTabularText(QPainter& painter, const QRectF& area, Qt::Alignment alignment, const QString& text) {
    const QFontMetricsF metrics(painter.font());
    const auto cell = digitWidth(metrics);
    auto x = area.left();
    if (alignment & Qt::AlignRight) x = area.right() - tabularWidth(metrics, text);
    if (alignment & Qt::AlignHCenter) x = area.left() + (area.width() - tabularWidth(metrics, text)) / 2;
    const auto baseline = area.top() + (area.height() - metrics.height()) / 2 + metrics.ascent();
    // Numbers and their units run from left to right in every language.
    const auto direction = painter.layoutDirection();
    painter.setLayoutDirection(Qt::LeftToRight);
    forEachPart(text, [&](const QString& part, bool digit) {
        const auto own = metrics.horizontalAdvance(part);
        painter.drawText(QPointF(digit ? x + (cell - own) / 2 : x, baseline), part);
        x += digit ? cell : own;
    });
    painter.setLayoutDirection(direction);
}

namespace {

void drawOutlineMark(QPainter& painter, const QRectF& square, StateShape shape, const QColor& colour) {
    const auto side = square.width();
    const auto at = [&](qreal x, qreal y) { return QPointF(square.x() + side * x, square.y() + side * y); };
    painter.setBrush(Qt::NoBrush);
    painter.setPen(strokePen(colour, std::max(1.0, side * 0.125)));
    switch (shape) {
        case StateShape::Check:
            painter.drawPolyline(QPolygonF({at(0.16, 0.54), at(0.4, 0.78), at(0.86, 0.26)}));
            break;
        case StateShape::Cross:
            painter.drawLine(at(0.2, 0.2), at(0.8, 0.8));
            painter.drawLine(at(0.8, 0.2), at(0.2, 0.8));
            break;
        case StateShape::Bars:
            painter.setPen(strokePen(colour, std::max(1.0, side * 0.16)));
            painter.drawLine(at(0.32, 0.22), at(0.32, 0.78));
            painter.drawLine(at(0.68, 0.22), at(0.68, 0.78));
            break;
        case StateShape::Dash:
            painter.drawLine(at(0.2, 0.5), at(0.8, 0.5));
            break;
        case StateShape::DottedRing: {
            // Eight dots, each as wide as the stroke.
            QPen dots = strokePen(colour, std::max(1.0, side * 0.14));
            const auto around = 3.14159265 * side * 0.72 / dots.widthF();
            dots.setDashPattern({0.01, around / 8 - 0.01});
            painter.setPen(dots);
            painter.drawEllipse(square.center(), side * 0.36, side * 0.36);
            break;
        }
        case StateShape::Arrow: {
            const QRectF arc(at(0.16, 0.16), at(0.84, 0.84));
            painter.drawArc(arc, 30 * 16, 290 * 16);
            painter.drawPolyline(QPolygonF({at(0.86, 0.12), at(0.82, 0.36), at(0.58, 0.34)}));
            break;
        }
        default:
            break;
    }
}

}  // namespace

void drawStateMark(QPainter& painter, const QRectF& square, StateShape shape, const QColor& colour) {
    const auto side = square.width();
    const auto at = [&](qreal x, qreal y) { return QPointF(square.x() + side * x, square.y() + side * y); };
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    switch (shape) {
        case StateShape::None:
            break;
        case StateShape::Disc:
            painter.drawEllipse(square.center(), side * 0.36, side * 0.36);
            break;
        case StateShape::Square:
            painter.drawRoundedRect(QRectF(at(0.2, 0.2), at(0.8, 0.8)), side * 0.08, side * 0.08);
            break;
        case StateShape::Triangle:
            painter.drawPolygon(QPolygonF({at(0.5, 0.12), at(0.92, 0.86), at(0.08, 0.86)}));
            break;
        case StateShape::Diamond:
            painter.drawPolygon(QPolygonF({at(0.5, 0.08), at(0.92, 0.5), at(0.5, 0.92), at(0.08, 0.5)}));
            break;
        default:
            drawOutlineMark(painter, square, shape, colour);
    }
    painter.restore();
}

}  // namespace signalbox::ui
