#include "ui/panels/environment_delegate.h"

#include <QPainter>
#include <algorithm>

#include "ui/models/connection_look.h"
#include "ui/models/gateways_model.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

void EnvironmentDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    ItemDelegate::paint(painter, option, index);
    if (index.column() != GatewaysModel::Environment) return;
    const auto& theme = Theme::current();
    const int width = std::max(2, theme.unit() * 3 / 8);
    const int gap = theme.unit() / 2;
    const bool mirrored = option.direction == Qt::RightToLeft;
    const QRect band(mirrored ? option.rect.right() - width + 1 : option.rect.left(), option.rect.top() + gap, width,
                     option.rect.height() - 2 * gap);
    painter->fillRect(band, theme.colour(environmentRole(index.data(GatewaysModel::EnvironmentRole).toString())));
}

}  // namespace signalbox::ui
