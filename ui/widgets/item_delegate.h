// How rows of lists and tables are drawn: state marks with words, second lines, badges, tabular numbers.
#pragma once

#include <QStyledItemDelegate>

namespace signalbox::ui {

/// Draws by the data roles of ui/text/roles.h: StatusRole puts the mark before the text, right-aligned text has digits
/// of equal width, DetailRole is a second muted line, BadgeRole a muted text at the right end.
class ItemDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintTexts(QPainter& painter, const QStyleOptionViewItem& option, const QModelIndex& index, QRect area) const;
};

}  // namespace signalbox::ui
