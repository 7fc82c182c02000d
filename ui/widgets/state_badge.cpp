#include "ui/widgets/state_badge.h"

#include <QPainter>

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

StateBadge::StateBadge(QWidget* parent) : QWidget(parent) {
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StateBadge::setStatus(const QString& status) {
    if (status == status_) return;
    status_ = status;
    setAccessibleName(stateLook(status).word);
    updateGeometry();
    update();
}

QSize StateBadge::sizeHint() const {
    const auto unit = Theme::current().unit();
    const auto font = Theme::current().strongFont();
    return {QFontMetrics(font).horizontalAdvance(stateLook(status_).word) + unit * 5 / 2, unit * 3};
}

void StateBadge::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    const auto look = stateLook(status_);
    const auto side = theme.unit() * 3 / 2;
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    drawStateMark(painter, QRectF(mirrored ? width() - side : 0, (height() - side) / 2.0, side, side), look.shape,
                  theme.colour(look.role));
    const auto font = theme.strongFont();
    painter.setFont(font);
    painter.setPen(theme.colour(look.role));
    const auto words = rect().adjusted(mirrored ? 0 : theme.unit() * 2, 0, mirrored ? -theme.unit() * 2 : 0, 0);
    painter.drawText(words, Qt::AlignVCenter | Qt::AlignLeft, look.word);
}

}  // namespace signalbox::ui
