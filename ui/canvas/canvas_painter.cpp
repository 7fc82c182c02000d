#include "ui/canvas/canvas_painter.h"

#include <QPainter>
#include <QPointF>
#include <cmath>

#include "ui/canvas/scene_builder.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

void CanvasPainter::reset(int nodes) {
    texts_.assign(static_cast<std::size_t>(nodes), {});
    portTexts_.clear();
}

void CanvasPainter::forgetLook() {
    reset(static_cast<int>(texts_.size()));
    text_ = TextRuns();
    sprites_.clear();
}

void CanvasPainter::paint(QPainter& painter, const CanvasFrame& frame, Detail detail) {
    ratio_ = painter.device()->devicePixelRatioF();
    if (detail == Detail::Density) {
        paintDensity(painter, frame);
        paintSelection(painter, frame);
        paintBand(painter, frame);
        return;
    }
    painter.fillRect(frame.dirty, theme_.colour(ColourRole::Background));
    sprites_.begin(theme_, frame.view.zoom, ratio_);
    text_.begin(textZoom(frame, detail));
    if (frame.view.zoom >= 0.5) paintGrid(painter, frame);
    paintGroups(painter, frame);
    if (detail == Detail::Boxes) {
        paintStraightWires(painter, frame);
        paintBoxes(painter, frame);
    } else {
        paintComments(painter, frame);
        paintWires(painter, frame, detail);
        paintNodes(painter, frame, detail);
    }
    paintSelection(painter, frame);
    paintBand(painter, frame);
}

void CanvasPainter::paintBand(QPainter& painter, const CanvasFrame& frame) const {
    if (frame.band.isNull()) return;
    auto fill = theme_.colour(ColourRole::Accent);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(fill, 1));
    fill.setAlphaF(0.1F);
    painter.setBrush(fill);
    painter.drawRect(frame.view.toView(frame.band));
}

// Without its second line a node has room for larger letters, which keeps its name readable for longer.
double CanvasPainter::textZoom(const CanvasFrame& frame, Detail detail) {
    return frame.view.zoom * (detail == Detail::Title ? kTitleEnlarged : 1.0);
}

void CanvasPainter::paintGrid(QPainter& painter, const CanvasFrame& frame) const {
    const auto step = frame.metrics.unit * 4;
    const auto area = frame.view.toScene(frame.dirty);
    const auto dot = mixed(theme_.colour(ColourRole::Background), theme_.colour(ColourRole::Line),
                           theme_.isHighContrast() ? 0.35 : 0.9);
    std::vector<QPointF> points;
    for (auto y = std::floor(area.top() / step) * step; y <= area.bottom(); y += step) {
        for (auto x = std::floor(area.left() / step) * step; x <= area.right(); x += step) {
            const auto point = frame.view.toView(QPointF(x, y));
            points.emplace_back(std::round(point.x() * ratio_) / ratio_, std::round(point.y() * ratio_) / ratio_);
        }
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(dot, 1));
    painter.drawPoints(points.data(), static_cast<int>(points.size()));
}

void CanvasPainter::paintGroups(QPainter& painter, const CanvasFrame& frame) {
    for (const auto& group : frame.scene.groups) {
        const auto rect = frame.view.toView(group.rect);
        if (group.nodes.empty() || !rect.intersects(frame.dirty)) continue;
        const auto colour = theme_.colour(group.role);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(mixed(theme_.colour(ColourRole::Background), colour, 0.35), 1));
        painter.setBrush(mixed(theme_.colour(ColourRole::Background), colour, theme_.isHighContrast() ? 0.0 : 0.04));
        const auto radius = theme_.radius() * 1.5 * frame.view.zoom;
        painter.drawRoundedRect(rect, radius, radius);
        if (detailAt(frame.view.zoom) < Detail::Title) continue;
        const auto unit = frame.metrics.unit;
        const auto line = text_.layOut(group.title, frame.metrics.caption, group.rect.width() - 3 * unit);
        text_.add(line, frame.view.toView(group.rect.topLeft() + QPointF(1.5 * unit, 2.2 * unit)),
                  mixed(theme_.colour(ColourRole::Muted), colour, 0.4).rgb());
    }
    text_.flush(painter);
}

void CanvasPainter::paintComments(QPainter& painter, const CanvasFrame& frame) {
    for (const auto& comment : frame.scene.comments) {
        const auto rect = frame.view.toView(comment.rect);
        if (!rect.intersects(frame.dirty)) continue;
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(mixed(theme_.colour(ColourRole::Background), theme_.colour(ColourRole::Raised), 0.8));
        painter.drawRoundedRect(rect, theme_.radius() * frame.view.zoom, theme_.radius() * frame.view.zoom);
        painter.setPen(theme_.colour(ColourRole::Muted));
        auto font = frame.metrics.caption;
        font.setPointSizeF(font.pointSizeF() * frame.view.zoom);
        painter.setFont(font);
        const auto inset = frame.metrics.unit * frame.view.zoom;
        painter.drawText(rect.adjusted(inset, inset, -inset, -inset), Qt::TextWordWrap | Qt::AlignLeft | Qt::AlignTop,
                         comment.text);
    }
}

}  // namespace signalbox::ui
