#include "ui/widgets/item_delegate.h"

#include <QApplication>
#include <QPainter>
#include <QStyle>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// Everything is laid out from left to right; this puts it where it belongs when the language runs the other way.
struct Mirror {
    Qt::LayoutDirection direction;
    QRect row;
    [[nodiscard]] QRect operator()(const QRect& rect) const { return QStyle::visualRect(direction, row, rect); }
    [[nodiscard]] Qt::Alignment operator()(Qt::Alignment alignment) const {
        return QStyle::visualAlignment(direction, alignment | Qt::AlignVCenter);
    }
};

// Space that severity or state marks took at the start of the area.
int paintMark(QPainter& painter, const QModelIndex& index, const QRect& area, const Mirror& mirror) {
    const auto& theme = Theme::current();
    const int unit = theme.unit();
    const auto status = index.data(StatusRole);
    if (status.isValid()) {
        const auto look = stateLook(status.toString());
        const int side = unit * 3 / 2;
        const auto place = mirror(QRect(area.left(), area.top(), side, area.height()));
        drawStateMark(painter, QRectF(place.left(), area.top() + (area.height() - side) / 2.0, side, side), look.shape,
                      theme.colour(look.role));
        return unit * 9 / 4;
    }
    const auto severity = index.data(SeverityRole);
    if (severity.isValid()) {
        const auto name = severity.toString();
        const auto role = name == QLatin1String("error")     ? ColourRole::Error
                          : name == QLatin1String("warning") ? ColourRole::Warn
                          : name == QLatin1String("success") ? ColourRole::Ok
                                                             : ColourRole::Info;
        const int side = theme.iconSize();
        const auto place = mirror(QRect(area.left(), area.top() + (area.height() - side) / 2, side, side));
        painter.drawPixmap(place.topLeft(),
                           theme.icons().pixmap(name, side, painter.device()->devicePixelRatioF(), theme.colour(role)));
        return side + unit;
    }
    return 0;
}

}  // namespace

void ItemDelegate::paintTexts(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index,
                              QRect area) const {
    const auto& theme = Theme::current();
    const Mirror mirror{option.direction, option.rect};
    const auto detail = index.data(DetailRole).toString();
    const auto badge = index.data(BadgeRole).toString();
    painter.setFont(theme.captionFont());
    auto first = area;
    if (!detail.isEmpty()) {
        const int gap = theme.unit() / 4;
        const int lines = option.fontMetrics.height() + gap + QFontMetrics(theme.captionFont()).height();
        const int top = area.top() + (area.height() - lines) / 2;
        first = QRect(area.left(), top, area.width(), option.fontMetrics.height());
        const QRect second(area.left(), first.bottom() + 1 + gap, area.width(),
                           lines - gap - option.fontMetrics.height());
        painter.setPen(theme.colour(ColourRole::Muted));
        painter.drawText(mirror(second), static_cast<int>(mirror(Qt::AlignLeft)),
                         QFontMetrics(theme.captionFont()).elidedText(detail, Qt::ElideRight, second.width()));
    }
    if (!badge.isEmpty()) {
        painter.setPen(theme.colour(ColourRole::Muted));
        drawTabularText(painter, mirror(first), mirror(Qt::AlignRight), badge);
        const auto width = static_cast<int>(tabularWidth(QFontMetricsF(theme.captionFont()), badge)) + 1;
        first.setRight(first.right() - width - theme.unit());
    }
    painter.setFont(option.font);
    const auto foreground = index.data(Qt::ForegroundRole);
    painter.setPen(theme.colour(foreground.isValid() ? static_cast<ColourRole>(foreground.toInt()) : ColourRole::Text));
    const auto shown = option.fontMetrics.elidedText(option.text, option.textElideMode, first.width());
    if (option.displayAlignment & Qt::AlignRight) {
        drawTabularText(painter, mirror(first), mirror(Qt::AlignRight), option.text);
    } else {
        painter.drawText(mirror(first), static_cast<int>(mirror(Qt::AlignLeft)), shown);
    }
}

void ItemDelegate::paint(QPainter* painter, const QStyleOptionViewItem& given, const QModelIndex& index) const {
    auto option = given;
    initStyleOption(&option, index);
    auto* style = option.widget ? option.widget->style() : QApplication::style();
    style->drawPrimitive(QStyle::PE_PanelItemViewItem, &option, painter, option.widget);
    const auto& theme = Theme::current();
    const Mirror mirror{option.direction, option.rect};
    painter->save();
    painter->setClipRect(option.rect);
    auto area = option.rect.adjusted(theme.unit() * 3 / 2, 0, -theme.unit() * 3 / 2, 0);
    area.setLeft(area.left() + paintMark(*painter, index, area, mirror));
    if (!option.icon.isNull()) {
        const int side = theme.iconSize();
        option.icon.paint(painter, mirror(QRect(area.left(), area.top(), side, area.height())));
        area.setLeft(area.left() + side + theme.unit());
    }
    paintTexts(*painter, option, index, area);
    painter->restore();
    if (option.state & QStyle::State_HasFocus) {
        QStyleOptionFocusRect focus;
        focus.QStyleOption::operator=(option);
        style->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
    }
}

QSize ItemDelegate::sizeHint(const QStyleOptionViewItem& given, const QModelIndex& index) const {
    auto option = given;
    initStyleOption(&option, index);
    const auto& theme = Theme::current();
    int width = theme.unit() * 3 + static_cast<int>(tabularWidth(QFontMetricsF(option.font), option.text)) + 1;
    if (index.data(StatusRole).isValid()) width += theme.unit() * 9 / 4;
    if (index.data(SeverityRole).isValid() || !option.icon.isNull()) width += theme.iconSize() + theme.unit();
    int height = theme.rowHeight();
    if (!index.data(DetailRole).toString().isEmpty()) height += theme.unit() * 2;
    return {width, height};
}

}  // namespace signalbox::ui
