#include "ui/widgets/labels.h"

#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <cmath>

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ThemedLabel::ThemedLabel(ColourRole role, Kind kind, QWidget* parent) : QLabel(parent), role_(role), kind_(kind) {
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    restyle();
    connect(&Theme::current(), &Theme::changed, this, &ThemedLabel::restyle);
}

void ThemedLabel::restyle() {
    const auto& theme = Theme::current();
    switch (kind_) {
        case Kind::Body:
            setFont(theme.bodyFont());
            break;
        case Kind::Strong:
            setFont(theme.strongFont());
            break;
        case Kind::Caption:
            setFont(theme.captionFont());
            break;
        case Kind::Title:
            setFont(theme.titleFont());
            break;
        case Kind::Code:
            setFont(theme.monospaceFont());
            break;
    }
    auto colours = palette();
    // Which of the two a label takes depends on what the panel it lies in is filled with.
    colours.setColor(QPalette::WindowText, theme.colour(role_));
    colours.setColor(QPalette::Text, theme.colour(role_));
    setPalette(colours);
}

void ThemedLabel::setRole(ColourRole role) {
    role_ = role;
    restyle();
}

void ThemedLabel::setElided(bool elided) {
    elided_ = elided;
    setWordWrap(!elided);
}

QSize ThemedLabel::minimumSizeHint() const {
    auto size = QLabel::minimumSizeHint();
    if (elided_) size.setWidth(Theme::current().unit() * 2);
    return size;
}

void ThemedLabel::paintEvent(QPaintEvent* event) {
    if (!elided_) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    const auto area = contentsRect();
    const auto shown = fontMetrics().elidedText(text(), Qt::ElideRight, area.width());
    const auto whole = shown == text() ? QString() : text();
    if (toolTip() != whole) setToolTip(whole);
    const auto aligned = QStyle::visualAlignment(layoutDirection(), alignment());
    style()->drawItemText(&painter, area, static_cast<int>(aligned), palette(), isEnabled(), shown, foregroundRole());
}

NumberLabel::NumberLabel(ColourRole role, QWidget* parent) : QWidget(parent), role_(role) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void NumberLabel::setText(const QString& text) {
    if (text == text_) return;
    const auto before = sizeHint();
    text_ = text;
    setAccessibleName(text);
    if (sizeHint() != before) updateGeometry();
    update();
}

QSize NumberLabel::sizeHint() const {
    const QFontMetricsF metrics(font());
    return {static_cast<int>(std::ceil(tabularWidth(metrics, text_))), static_cast<int>(std::ceil(metrics.height()))};
}

void NumberLabel::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setPen(Theme::current().colour(role_));
    drawTabularText(painter, rect(), Qt::AlignLeft, text_);
}

}  // namespace signalbox::ui
