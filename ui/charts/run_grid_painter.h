// Paints one picture of a RunGridView.
#pragma once

#include <QHash>
#include <QPixmap>
#include <QRect>

class QPainter;

namespace signalbox::ui {

class RunGridView;

/// The protocol's word for a character of the grid; empty for one that means nothing.
[[nodiscard]] QString gridStatusWord(char status);

/// A cell is a mark on a tint of its state; each is drawn once and stamped. Lives for one picture.
class RunGridPainter {
public:
    RunGridPainter(const RunGridView& view, QPainter& painter);
    void paint();

private:
    [[nodiscard]] const QPixmap& stamp(char status);
    void paintCells();
    void paintNames();
    void paintHead();
    void paintCurrent();

    const RunGridView& view_;
    QPainter& painter_;
    QHash<char, QPixmap> stamps_;
    QRect area_;  ///< of the cells
    int side_ = 0;
    int firstRow_ = 0;
    int lastRow_ = -1;
    int firstColumn_ = 0;
    int lastColumn_ = -1;
};

}  // namespace signalbox::ui
