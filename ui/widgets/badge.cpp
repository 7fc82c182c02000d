#include "ui/widgets/badge.h"

#include <QPainter>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

int padding() { return Theme::current().unit() * 3 / 4; }
int badgeHeight() { return QFontMetrics(Theme::current().captionFont()).height() + Theme::current().unit() / 4; }

}  // namespace

int badgeWidth(const QString& text) {
    return QFontMetrics(Theme::current().captionFont()).horizontalAdvance(text) + 2 * padding();
}

int drawBadge(QPainter& painter, const QRect& area, const QString& text, const QColor& colour) {
    const auto& theme = Theme::current();
    const int width = std::min(badgeWidth(text), area.width());
    const int height = std::min(badgeHeight(), area.height());
    const QRect pill(area.left(), area.top() + (area.height() - height) / 2, width, height);
    const auto font = theme.captionFont();
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme.colour(ColourRole::Line), 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), height / 2.0, height / 2.0);
    painter.setFont(font);
    painter.setPen(colour);
    const auto inner = pill.adjusted(padding(), 0, -padding() + 1, 0);
    painter.drawText(inner, Qt::AlignCenter, QFontMetrics(font).elidedText(text, Qt::ElideRight, inner.width()));
    painter.restore();
    return width;
}

Badge::Badge(const QString& text, ColourRole role, QWidget* parent) : QWidget(parent), role_(role) {
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
    setText(text);
}

void Badge::setText(const QString& text) {
    text_ = text;
    setAccessibleName(text);
    updateGeometry();
    update();
}

void Badge::setRole(ColourRole role) {
    role_ = role;
    update();
}

QSize Badge::sizeHint() const { return {text_.isEmpty() ? 0 : badgeWidth(text_), badgeHeight()}; }

QSize Badge::minimumSizeHint() const {
    return {std::min(sizeHint().width(), Theme::current().unit() * 4), badgeHeight()};
}

void Badge::paintEvent(QPaintEvent*) {
    if (text_.isEmpty()) return;
    QPainter painter(this);
    drawBadge(painter, rect(), text_, Theme::current().colour(role_));
    const auto whole = width() < badgeWidth(text_) ? text_ : QString();
    if (toolTip() != whole) setToolTip(whole);
}

}  // namespace signalbox::ui
