#include "ui/widgets/skeleton.h"

#include <QPainter>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// Draws bars; widths vary by a fixed pattern, so that they look like words and are the same each time.
class Bars {
public:
    Bars(QPainter& painter, const QRect& area) : painter_(painter), area_(area), unit_(Theme::current().unit()) {}

    [[nodiscard]] static double share(int index) {
        static constexpr double kShares[] = {0.72, 0.48, 0.86, 0.6, 0.39, 0.78, 0.55};
        return kShares[index % 7];
    }
    void bar(const QRectF& rect) const { painter_.drawRoundedRect(rect, unit_ / 2.0, unit_ / 2.0); }

    void rows() const {
        const int row = Theme::current().rowHeight();
        for (int i = 0; (i + 1) * row <= area_.height(); ++i) {
            const double y = i * row + row / 2.0;
            bar({unit_ * 1.5, y - unit_ * 0.6, unit_ * 1.2, unit_ * 1.2});
            bar({unit_ * 4.0, y - unit_ * 0.5, (area_.width() - unit_ * 6) * share(i), unit_ * 1.0});
        }
    }
    void table() const {
        const int row = Theme::current().rowHeight();
        const double column = area_.width() / 4.0;
        for (int i = 0; (i + 1) * row <= area_.height(); ++i) {
            for (int j = 0; j < 4; ++j) {
                bar({j * column + unit_ * 1.5, i * row + row / 2.0 - unit_ * 0.5,
                     (column - unit_ * 3) * share(i * 3 + j), unit_ * 1.0});
            }
        }
    }
    void form() const {
        for (int i = 0; (i + 1) * unit_ * 7 <= area_.height(); ++i) {
            bar({unit_ * 1.5, i * unit_ * 7.0 + unit_ * 1.5, area_.width() * 0.3 * share(i), unit_ * 0.8});
            bar({unit_ * 1.5, i * unit_ * 7.0 + unit_ * 3.0, area_.width() - unit_ * 3.0, unit_ * 3.0});
        }
    }
    void graph() const {
        const double width = unit_ * 20;
        const double height = unit_ * 6;
        const auto centre = QRectF(area_).center();
        for (const auto& at : {QPointF(-1.3, 0), QPointF(0, -1), QPointF(0, 1), QPointF(1.3, 0)}) {
            bar({centre.x() + at.x() * width - width / 2, centre.y() + at.y() * height * 0.75 - height / 2, width * 0.9,
                 height});
        }
    }
    void plot() const {
        for (int i = 0; i < 5; ++i) {
            const double y = area_.height() * (i + 0.5) / 5.0;
            painter_.drawRect(QRectF(unit_ * 6.0, y, area_.width() - unit_ * 7.5, 1));
            bar({unit_ * 1.5, y - unit_ * 0.4, unit_ * 3.0, unit_ * 0.8});
        }
    }
    void tiles() const {
        for (double x = unit_ * 1.5; x + unit_ * 16 < area_.width(); x += unit_ * 20) {
            bar({x, unit_ * 1.5, unit_ * 8.0, unit_ * 0.8});
            bar({x, unit_ * 3.5, unit_ * 12.0, unit_ * 2.0});
        }
    }

private:
    QPainter& painter_;
    QRect area_;
    int unit_;
};

}  // namespace

Skeleton::Skeleton(Kind kind, QWidget* parent) : QWidget(parent), kind_(kind) {
    setObjectName(QStringLiteral("skeleton"));
    setAccessibleName(tr("Loading"));
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void Skeleton::setKind(Kind kind) {
    kind_ = kind;
    update();
}

void Skeleton::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const auto& theme = Theme::current();
    painter.setPen(Qt::NoPen);
    painter.setBrush(
        mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Line), theme.isHighContrast() ? 0.3 : 0.6));
    const Bars bars(painter, rect());
    switch (kind_) {
        case Kind::Rows:
            return bars.rows();
        case Kind::Table:
            return bars.table();
        case Kind::Form:
            return bars.form();
        case Kind::Graph:
            return bars.graph();
        case Kind::Plot:
            return bars.plot();
        case Kind::Tiles:
            return bars.tiles();
    }
}

}  // namespace signalbox::ui
