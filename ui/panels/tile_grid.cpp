#include "ui/panels/tile_grid.h"

#include <QGridLayout>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

TileGrid::TileGrid(int mostColumns, QWidget* parent)
    : QWidget(parent), grid_(new QGridLayout(this)), mostColumns_(mostColumns), columns_(mostColumns) {
    grid_->setContentsMargins(0, 0, 0, 0);
    grid_->setSpacing(Theme::current().unit());
}

void TileGrid::add(QWidget& tile) {
    tiles_ << &tile;
    arrange(columns_);
}

QSize TileGrid::minimumSizeHint() const { return {narrowest(), grid_->minimumSize().height()}; }

int TileGrid::narrowest() const {
    int width = 0;
    for (const auto* tile : tiles_) width = std::max(width, tile->minimumSizeHint().width());
    return width;
}

int TileGrid::columnsFor(int width) const {
    const int gap = grid_->spacing();
    return std::clamp((width + gap) / (narrowest() + gap), 1, mostColumns_);
}

void TileGrid::arrange(int columns) {
    columns_ = columns;
    for (auto* tile : tiles_) grid_->removeWidget(tile);
    for (int i = 0; i < tiles_.size(); ++i) grid_->addWidget(tiles_[i], i / columns, i % columns);
    // Columns that are out of use take no room.
    for (int column = 0; column < mostColumns_; ++column) grid_->setColumnStretch(column, column < columns ? 1 : 0);
}

void TileGrid::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    if (const int columns = columnsFor(width()); columns != columns_) arrange(columns);
}

}  // namespace signalbox::ui
