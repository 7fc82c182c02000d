// Rows of gateways: the environment's colour as a band beside its word.
#pragma once

#include "ui/widgets/item_delegate.h"

namespace signalbox::ui {

/// For the table over a GatewaysModel.
class EnvironmentDelegate : public ItemDelegate {
    Q_OBJECT
public:
    using ItemDelegate::ItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

}  // namespace signalbox::ui
