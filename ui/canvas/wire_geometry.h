// The course of wires: curves that leave and enter nodes level.
#pragma once

#include <QPointF>
#include <QRectF>
#include <vector>

#include "ui/canvas/scene.h"

namespace signalbox::ui {

/// A cubic Bezier curve; a straight stretch has `straight` set.
struct Curve {
    QPointF start;
    QPointF control1;
    QPointF control2;
    QPointF end;
    bool straight = false;
};

/// Appends the curves of a wire, in scene units.
void appendCurves(const Scene& scene, int wire, std::vector<Curve>& curves);
/// A rectangle that holds the wire.
[[nodiscard]] QRectF wireBounds(const Scene& scene, int wire);
/// Distance of a point from the wire, in scene units.
[[nodiscard]] double distanceToWire(const Scene& scene, int wire, QPointF point);
/// The point in the middle of the wire, where its pill goes.
[[nodiscard]] QPointF wireMiddle(const Scene& scene, int wire);

[[nodiscard]] inline QPointF pointOn(const Curve& curve, double t) {
    const auto s = 1 - t;
    return curve.start * (s * s * s) + curve.control1 * (3 * s * s * t) + curve.control2 * (3 * s * t * t) +
           curve.end * (t * t * t);
}

}  // namespace signalbox::ui
