// Tiles of equal width in as many columns as there is room for.
#pragma once

#include <QList>
#include <QWidget>

class QGridLayout;

namespace signalbox::ui {

/// Owns its tiles, which keep their order, and with it that of the keyboard and of assistive technology.
class TileGrid : public QWidget {
    Q_OBJECT
public:
    explicit TileGrid(int mostColumns, QWidget* parent = nullptr);
    void add(QWidget& tile);
    /// One column, whatever there are now: so that it may become narrow.
    QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void arrange(int columns);
    [[nodiscard]] int columnsFor(int width) const;
    [[nodiscard]] int narrowest() const;

    QGridLayout* grid_;
    QList<QWidget*> tiles_;
    int mostColumns_;
    int columns_;
};

}  // namespace signalbox::ui
