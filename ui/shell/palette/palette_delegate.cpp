#include "ui/shell/palette/palette_delegate.h"

#include <QPainter>
#include <QTextLayout>

#include "ui/shell/palette/palette_model.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

// Draws at the right end of the area; gives what is left of it.
QRect drawAtEnd(QPainter& painter, QRect area, const QString& text, ColourRole role) {
    if (text.isEmpty()) return area;
    const auto& theme = Theme::current();
    const QFontMetrics metrics(painter.font());
    const int most = area.width() * 3 / 5;
    const auto shown = metrics.elidedText(text, Qt::ElideRight, most);
    painter.setPen(theme.colour(role));
    painter.drawText(area, Qt::AlignRight | Qt::AlignVCenter, shown);
    area.setRight(area.right() - metrics.horizontalAdvance(shown) - theme.unit() * 2);
    return area;
}

// The letters that were typed stand out by weight and colour.
QList<QTextLayout::FormatRange> highlights(const QList<int>& places, qsizetype length) {
    QTextCharFormat format;
    format.setForeground(Theme::current().colour(ColourRole::Accent));
    format.setFontWeight(QFont::DemiBold);
    QList<QTextLayout::FormatRange> ranges;
    for (const int place : places) {
        if (place >= length) break;
        if (!ranges.isEmpty() && ranges.last().start + ranges.last().length == place) {
            ++ranges.last().length;
        } else {
            ranges << QTextLayout::FormatRange{place, 1, format};
        }
    }
    return ranges;
}

int drawTitle(QPainter& painter, const QRect& area, const QFont& font, const QString& text, const QList<int>& places) {
    const auto shown = QFontMetrics(font).elidedText(text, Qt::ElideRight, area.width());
    QTextLayout layout(shown, font);
    // Of a text that was cut the last letter is the mark of the cut.
    layout.setFormats(highlights(places, shown == text ? shown.size() : shown.size() - 1));
    layout.beginLayout();
    auto line = layout.createLine();
    line.setLineWidth(area.width() * 2.0);
    layout.endLayout();
    layout.draw(&painter, QPointF(area.left(), area.top() + (area.height() - line.height()) / 2));
    return static_cast<int>(line.naturalTextWidth()) + 1;
}

}  // namespace

void PaletteDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& theme = Theme::current();
    const int unit = theme.unit();
    painter->save();
    painter->setClipRect(option.rect);
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, theme.colour(ColourRole::Selection));
    auto area = option.rect.adjusted(unit * 3 / 2, 0, -unit * 3 / 2, 0);
    const auto reason = index.data(PaletteModel::ReasonRole).toString();
    const auto role = reason.isEmpty() ? ColourRole::Text : ColourRole::Muted;
    const auto icon = index.data(PaletteModel::IconNameRole).toString();
    const int side = theme.iconSize();
    if (!icon.isEmpty()) {
        painter->drawPixmap(
            area.left(), area.top() + (area.height() - side) / 2,
            theme.icons().pixmap(icon, side, painter->device()->devicePixelRatioF(), theme.colour(ColourRole::Muted)));
    }
    area.setLeft(area.left() + side + unit);
    painter->setFont(theme.captionFont());
    area = drawAtEnd(*painter, area, index.data(PaletteModel::ShortcutRole).toString(), role);
    area = drawAtEnd(*painter, area, reason, ColourRole::Muted);
    painter->setPen(theme.colour(role));
    const int width = drawTitle(*painter, area, theme.bodyFont(), index.data(Qt::DisplayRole).toString(),
                                index.data(PaletteModel::PlacesRole).value<QList<int>>());
    area.setLeft(area.left() + width + unit * 3 / 2);
    painter->setFont(theme.captionFont());
    painter->setPen(theme.colour(ColourRole::Muted));
    const auto detail = index.data(Qt::WhatsThisRole).toString();
    if (area.width() > unit * 4) {
        painter->drawText(area, Qt::AlignLeft | Qt::AlignVCenter,
                          QFontMetrics(theme.captionFont()).elidedText(detail, Qt::ElideRight, area.width()));
    }
    painter->restore();
}

QSize PaletteDelegate::sizeHint(const QStyleOptionViewItem& /*option*/, const QModelIndex& /*index*/) const {
    const auto& theme = Theme::current();
    return {theme.unit() * 10, theme.rowHeight()};
}

}  // namespace signalbox::ui
