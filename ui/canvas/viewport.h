// Which part of the scene is seen, and how large.
#pragma once

#include <QPointF>
#include <QRectF>
#include <QSizeF>
#include <algorithm>

namespace signalbox::ui {

/// How much of a node is drawn.
enum class Detail : quint8 {
    Density,  ///< a few pixels a node
    Boxes,    ///< coloured boxes and straight wires
    Title,    ///< no second line
    Full,
};

[[nodiscard]] inline Detail detailAt(double zoom) {
    if (zoom < 0.12) return Detail::Density;
    if (zoom < 0.35) return Detail::Boxes;
    if (zoom < 0.60) return Detail::Title;
    return Detail::Full;
}

struct Viewport {
    static constexpr double kLeastZoom = 0.01;
    static constexpr double kGreatestZoom = 4.0;

    QPointF origin;  ///< scene point at the top left of the view
    double zoom = 1;
    QSizeF size;  ///< of the view, in logical pixels

    [[nodiscard]] QPointF toView(QPointF scene) const { return (scene - origin) * zoom; }
    [[nodiscard]] QPointF toScene(QPointF view) const { return view / zoom + origin; }
    [[nodiscard]] QRectF toView(const QRectF& scene) const { return {toView(scene.topLeft()), scene.size() * zoom}; }
    [[nodiscard]] QRectF toScene(const QRectF& view) const { return {toScene(view.topLeft()), view.size() / zoom}; }
    [[nodiscard]] QRectF visible() const { return {origin, size / zoom}; }

    /// Zoomed by a factor so that the scene point under `anchor` (in the view) stays there.
    [[nodiscard]] Viewport zoomedAround(QPointF anchor, double factor) const {
        auto next = *this;
        next.zoom = std::clamp(zoom * factor, kLeastZoom, kGreatestZoom);
        next.origin = toScene(anchor) - anchor / next.zoom;
        return next;
    }
    /// Shows the whole rectangle with a margin in view pixels, no larger than `greatest`.
    [[nodiscard]] Viewport fitting(const QRectF& scene, double margin, double greatest) const {
        auto next = *this;
        if (scene.isEmpty() || size.isEmpty()) return next;
        const auto across = (size.width() - 2 * margin) / scene.width();
        const auto down = (size.height() - 2 * margin) / scene.height();
        next.zoom = std::clamp(std::min({across, down, greatest}), kLeastZoom, kGreatestZoom);
        next.origin = scene.center() - QPointF(size.width(), size.height()) / (2 * next.zoom);
        return next;
    }
    /// Moved as little as needed to show the rectangle with a margin in view pixels.
    [[nodiscard]] Viewport revealing(const QRectF& scene, double margin) const {
        auto next = *this;
        const auto wanted = toView(scene).adjusted(-margin, -margin, margin, margin);
        QPointF shift;
        if (wanted.right() > size.width()) shift.setX(wanted.right() - size.width());
        if (wanted.left() - shift.x() < 0) shift.setX(wanted.left());
        if (wanted.bottom() > size.height()) shift.setY(wanted.bottom() - size.height());
        if (wanted.top() - shift.y() < 0) shift.setY(wanted.top());
        next.origin += shift / zoom;
        return next;
    }
    bool operator==(const Viewport&) const = default;
};

}  // namespace signalbox::ui
