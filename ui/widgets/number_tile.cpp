#include "ui/widgets/number_tile.h"

#include <QPainter>
#include <QStyle>
#include <algorithm>
#include <cmath>

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

NumberTile::NumberTile(const QString& label, QWidget* parent) : QWidget(parent), label_(label) {
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(&Theme::current(), &Theme::changed, this, [this] {
        updateGeometry();
        update();
    });
    describe();
}

void NumberTile::setNumber(const QString& number, const QString& unit) {
    if (number == number_ && unit == unit_) return;
    number_ = number;
    unit_ = unit;
    describe();
    update();
}

void NumberTile::setHistory(const QVector<double>& values) {
    history_ = values;
    update();
}

void NumberTile::setState(ColourRole role, const QString& word) {
    if (role == role_ && word == word_) return;
    role_ = role;
    word_ = word;
    describe();
    update();
}

void NumberTile::describe() {
    const auto number = number_.isEmpty() ? tr("no value") : QStringLiteral("%1 %2").arg(number_, unit_).trimmed();
    setAccessibleName(QStringLiteral("%1: %2").arg(label_, number));
    setAccessibleDescription(word_);
}

QSize NumberTile::sizeHint() const {
    const auto& theme = Theme::current();
    const int height = QFontMetrics(theme.captionFont()).height() + QFontMetrics(theme.numberFont()).height();
    return {theme.unit() * 24, height + theme.unit() * 2};
}

QSize NumberTile::minimumSizeHint() const { return {Theme::current().unit() * 14, sizeHint().height()}; }

void NumberTile::drawHistory(QPainter& painter, const QRectF& area) const {
    double least = 0;
    double most = 0;
    for (const auto value : history_) {
        if (!std::isfinite(value)) continue;
        least = std::min(least, value);
        most = std::max(most, value);
    }
    if (most <= least || history_.size() < 2) return;
    QVector<QLineF> lines;
    const auto at = [&](qsizetype i) {
        return QPointF(area.left() + area.width() * static_cast<double>(i) / static_cast<double>(history_.size() - 1),
                       area.bottom() - area.height() * (history_[i] - least) / (most - least));
    };
    for (qsizetype i = 1; i < history_.size(); ++i) {
        if (std::isfinite(history_[i - 1]) && std::isfinite(history_[i])) lines << QLineF(at(i - 1), at(i));
    }
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(Theme::current().colour(ColourRole::Muted), 1));
    painter.drawLines(lines);
    painter.restore();
}

void NumberTile::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    const int unit = theme.unit();
    const auto area = rect().adjusted(unit * 3 / 2, unit, -unit * 3 / 2, -unit);
    const QFontMetrics caption(theme.captionFont());
    const bool mirrored = layoutDirection() == Qt::RightToLeft;
    const auto placed = [&](const QRect& part) { return QStyle::visualRect(layoutDirection(), rect(), part); };
    const auto side = (mirrored ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignAbsolute;
    painter.setFont(theme.captionFont());
    painter.setPen(theme.colour(ColourRole::Muted));
    const auto label = caption.elidedText(label_, Qt::ElideRight, area.width());
    painter.drawText(placed(QRect(area.left(), area.top(), area.width(), caption.height())), side | Qt::AlignVCenter,
                     label);
    if (!word_.isEmpty()) {
        const int after = caption.horizontalAdvance(label) + unit;
        painter.setPen(theme.colour(role_));
        painter.drawText(placed(QRect(area.left() + after, area.top(), area.width() - after, caption.height())),
                         side | Qt::AlignVCenter, word_);
    }
    const auto font = theme.numberFont();
    const QFontMetricsF metrics(font);
    const auto number = number_.isEmpty() ? QStringLiteral("–") : number_;
    const int width = static_cast<int>(std::ceil(tabularWidth(metrics, number)));
    const QRect line(area.left(), area.top() + caption.height(), area.width(), area.height() - caption.height());
    painter.setFont(font);
    painter.setPen(theme.colour(number_.isEmpty() ? ColourRole::Muted : role_));
    drawTabularText(painter, placed(QRect(line.left(), line.top(), width, line.height())), Qt::AlignLeft, number);
    painter.setFont(theme.bodyFont());
    painter.setPen(theme.colour(ColourRole::Muted));
    const int unitWidth = QFontMetrics(theme.bodyFont()).horizontalAdvance(unit_);
    // On the baseline of the number.
    const auto baseline = line.top() + (line.height() - metrics.height()) / 2 + metrics.ascent();
    const auto unitAt = placed(QRect(line.left() + width + unit / 2, line.top(), unitWidth, line.height()));
    painter.drawText(QPointF(unitAt.left(), baseline), unit_);
    const int used = width + unitWidth + unit * 2;
    if (line.width() - used < unit * 4) return;
    drawHistory(painter,
                placed(QRect(line.left() + used, line.top() + unit / 2, line.width() - used, line.height() - unit)));
}

}  // namespace signalbox::ui
