// How a row of the command palette is drawn: the matched letters, what it is, its shortcut or why it is not possible.
#pragma once

#include <QList>
#include <QStyledItemDelegate>

namespace signalbox::ui {

class PaletteDelegate : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace signalbox::ui
