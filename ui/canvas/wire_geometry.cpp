#include "ui/canvas/wire_geometry.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace signalbox::ui {

namespace {

constexpr double kTangent = 32;     // least length of a level tangent on a way back
constexpr double kBelow = 28;       // a wire that leads back passes this far below both nodes
constexpr double kBackwards = -24;  // how far left a target may lie before the wire goes around

std::size_t at(int index) { return static_cast<std::size_t>(index); }

void appendLevel(std::vector<Curve>& curves, QPointF start, QPointF end) {
    if (std::abs(start.y() - end.y()) < 0.5) {
        curves.push_back({start, start, end, end, true});
        return;
    }
    const auto reach = std::max(12.0, std::abs(end.x() - start.x()) / 2);
    curves.push_back({start, start + QPointF(reach, 0), end - QPointF(reach, 0), end, false});
}

void appendAround(const Scene& scene, int wire, QPointF start, QPointF end, std::vector<Curve>& curves) {
    const auto& from = scene.nodes.rect[at(scene.wires.from[at(wire)])];
    const auto& to = scene.nodes.rect[at(scene.wires.to[at(wire)])];
    const auto bottom = std::max(from.bottom(), to.bottom()) + kBelow;
    const QPointF right(start.x(), bottom);
    const QPointF left(end.x(), bottom);
    curves.push_back({start, start + QPointF(kTangent, 0), right + QPointF(kTangent, 0), right, false});
    curves.push_back({right, right, left, left, true});
    curves.push_back({left, left - QPointF(kTangent, 0), end - QPointF(kTangent, 0), end, false});
}

}  // namespace

void appendCurves(const Scene& scene, int wire, std::vector<Curve>& curves) {
    const auto start = scene.outputPoint(wire);
    const auto end = scene.inputPoint(wire);
    const auto through = scene.waypointsOf(wire);
    if (through.empty() && end.x() - start.x() < kBackwards) {
        appendAround(scene, wire, start, end, curves);
        return;
    }
    auto previous = start;
    for (const auto& point : through) {
        appendLevel(curves, previous, point);
        previous = point;
    }
    appendLevel(curves, previous, end);
}

QRectF wireBounds(const Scene& scene, int wire) {
    std::vector<Curve> curves;
    appendCurves(scene, wire, curves);
    auto left = std::numeric_limits<double>::max();
    auto top = left;
    auto right = -left;
    auto bottom = -left;
    for (const auto& curve : curves) {
        // A Bezier curve lies within the hull of its points.
        for (const auto& point : {curve.start, curve.control1, curve.control2, curve.end}) {
            left = std::min(left, point.x());
            right = std::max(right, point.x());
            top = std::min(top, point.y());
            bottom = std::max(bottom, point.y());
        }
    }
    return {QPointF(left, top), QPointF(right, bottom)};
}

double distanceToWire(const Scene& scene, int wire, QPointF point) {
    constexpr int kSteps = 24;
    std::vector<Curve> curves;
    appendCurves(scene, wire, curves);
    auto nearest = std::numeric_limits<double>::max();
    for (const auto& curve : curves) {
        auto previous = curve.start;
        const int steps = curve.straight ? 1 : kSteps;
        for (int i = 1; i <= steps; ++i) {
            const auto next = curve.straight ? curve.end : pointOn(curve, static_cast<double>(i) / steps);
            const auto along = next - previous;
            const auto length = QPointF::dotProduct(along, along);
            const auto share =
                length > 0 ? std::clamp(QPointF::dotProduct(point - previous, along) / length, 0.0, 1.0) : 0.0;
            const auto off = point - (previous + along * share);
            nearest = std::min(nearest, std::sqrt(QPointF::dotProduct(off, off)));
            previous = next;
        }
    }
    return nearest;
}

QPointF wireMiddle(const Scene& scene, int wire) {
    std::vector<Curve> curves;
    appendCurves(scene, wire, curves);
    const auto& curve = curves[curves.size() / 2];
    return curve.straight ? (curve.start + curve.end) / 2 : pointOn(curve, 0.5);
}

}  // namespace signalbox::ui
