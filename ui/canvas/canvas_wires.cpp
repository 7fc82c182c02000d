#include <QPainter>
#include <QPainterPath>
#include <cmath>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/scene_builder.h"
#include "ui/text/format.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

bool isDashed(WireClass kind) {
    return kind == WireClass::Aside || kind == WireClass::Skipped || kind == WireClass::Running;
}

}  // namespace

WireClass wireClass(const CanvasFrame& frame, int wire) {
    const auto& wires = frame.scene.wires;
    const int from = wires.from[at(wire)];
    const int to = wires.to[at(wire)];
    if (wire == frame.selectedWire) return WireClass::Selected;
    if (wire == frame.hoveredWire || (frame.selected != kNone && (from == frame.selected || to == frame.selected))) {
        return WireClass::Raised;
    }
    const auto kind = wires.kind[at(wire)];
    if (frame.live.shown()) {
        const auto into = frame.live.shape(to);
        const auto outOf = frame.live.shape(from);
        if (into == StateShape::Disc && outOf != StateShape::Dash) return WireClass::Running;
        if (into == StateShape::Dash || outOf == StateShape::Dash) return WireClass::Skipped;
        if (kind == WireKind::Error) return outOf == StateShape::Cross ? WireClass::ErrorTaken : WireClass::ErrorRest;
        if (outOf == StateShape::Check && into != StateShape::DottedRing && into != StateShape::None) {
            return WireClass::Done;
        }
    }
    if (kind == WireKind::Error) return WireClass::ErrorRest;
    return kind == WireKind::Compensation ? WireClass::Aside : WireClass::Rest;
}

QColor CanvasPainter::wireColour(WireClass kind) const {
    const auto line = theme_.colour(ColourRole::Line);
    const auto muted = theme_.colour(ColourRole::Muted);
    switch (kind) {
        case WireClass::Rest:
            return mixed(line, muted, 0.45);
        case WireClass::ErrorRest:
            return mixed(line, theme_.colour(ColourRole::Error), 0.55);
        case WireClass::Aside:
            return mixed(line, muted, 0.45);
        case WireClass::Done:
            return mixed(line, muted, 0.85);
        case WireClass::Skipped:
            return mixed(line, muted, 0.3);
        case WireClass::ErrorTaken:
            return theme_.colour(ColourRole::Error);
        case WireClass::Running:
            return theme_.colour(ColourRole::Info);
        case WireClass::Raised:
            return theme_.colour(ColourRole::Text);
        case WireClass::Selected:
            return theme_.colour(ColourRole::Accent);
    }
    return line;
}

QPen CanvasPainter::wirePen(const CanvasFrame& frame, WireClass kind) const {
    const auto width = 1.5 * std::clamp(frame.view.zoom, 0.7, 1.5);
    QPen pen(wireColour(kind), kind == WireClass::Selected ? width * 1.5 : width, Qt::SolidLine, Qt::FlatCap);
    if (isDashed(kind)) {
        pen.setDashPattern({4, 3});
        if (kind == WireClass::Running) pen.setDashOffset(frame.dashOffset);
    }
    return pen;
}

void CanvasPainter::paintStraightWires(QPainter& painter, const CanvasFrame& frame) {
    std::array<std::vector<QLineF>, kWireClassCount> lines;
    frame.wireIndex.query(frame.view.toScene(frame.dirty), [&](int wire) {
        lines[static_cast<std::size_t>(wireClass(frame, wire))].emplace_back(
            frame.view.toView(frame.scene.outputPoint(wire)), frame.view.toView(frame.scene.inputPoint(wire)));
    });
    painter.setRenderHint(QPainter::Antialiasing, false);
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (lines[i].empty()) continue;
        painter.setPen(QPen(wireColour(static_cast<WireClass>(i)), 0));
        painter.drawLines(lines[i].data(), static_cast<int>(lines[i].size()));
    }
}

// Solid lines of one pixel, all of a class at once: a path of that many curves would cost ten times as much.
void CanvasPainter::paintThinWires(QPainter& painter, const CanvasFrame& frame, WireClass kind,
                                   const std::vector<int>& wires) {
    constexpr int kSteps = 10;
    lines_.clear();
    for (const int wire : wires) {
        curves_.clear();
        appendCurves(frame.scene, wire, curves_);
        for (const auto& curve : curves_) {
            auto previous = frame.view.toView(curve.start);
            const int steps = curve.straight ? 1 : kSteps;
            for (int i = 1; i <= steps; ++i) {
                const auto next =
                    frame.view.toView(curve.straight ? curve.end : pointOn(curve, static_cast<double>(i) / steps));
                lines_.emplace_back(previous, next);
                previous = next;
            }
        }
    }
    painter.setPen(QPen(wireColour(kind), 1));
    painter.drawLines(lines_.data(), static_cast<int>(lines_.size()));
}

void CanvasPainter::paintCurvedWires(QPainter& painter, const CanvasFrame& frame, WireClass kind,
                                     const std::vector<int>& wires) {
    painter.setPen(wirePen(frame, kind));
    painter.setBrush(Qt::NoBrush);
    for (const int wire : wires) {
        curves_.clear();
        appendCurves(frame.scene, wire, curves_);
        QPainterPath path(frame.view.toView(curves_.front().start));
        for (const auto& curve : curves_) {
            if (curve.straight) {
                path.lineTo(frame.view.toView(curve.end));
            } else {
                path.cubicTo(frame.view.toView(curve.control1), frame.view.toView(curve.control2),
                             frame.view.toView(curve.end));
            }
        }
        painter.drawPath(path);
    }
}

void CanvasPainter::paintWires(QPainter& painter, const CanvasFrame& frame, Detail detail) {
    for (auto& wires : wiresByClass_) wires.clear();
    frame.wireIndex.query(frame.view.toScene(frame.dirty.adjusted(-2, -2, 2, 2)), [&](int wire) {
        wiresByClass_[static_cast<std::size_t>(wireClass(frame, wire))].push_back(wire);
    });
    painter.setRenderHint(QPainter::Antialiasing);
    for (std::size_t i = 0; i < wiresByClass_.size(); ++i) {
        if (wiresByClass_[i].empty()) continue;
        const auto kind = static_cast<WireClass>(i);
        if (detail == Detail::Full || isDashed(kind) || kind == WireClass::Selected) {
            paintCurvedWires(painter, frame, kind, wiresByClass_[i]);
        } else {
            paintThinWires(painter, frame, kind, wiresByClass_[i]);
        }
    }
    if (frame.view.zoom >= 0.75) paintPills(painter, frame);
}

void CanvasPainter::paintPills(QPainter& painter, const CanvasFrame& frame) {
    for (const auto& wires : wiresByClass_) {
        for (const int wire : wires) {
            const auto& condition = frame.scene.wires.when[at(wire)];
            const auto& live = frame.live.of(frame.scene.wires.from[at(wire)]);
            if (!condition.isEmpty()) {
                paintPill(painter, frame, wire, condition);
            } else if (live.itemsDone > 0 && frame.scene.wires.kind[at(wire)] == WireKind::Data) {
                paintPill(painter, frame, wire, formatCount(live.itemsDone));
            }
        }
    }
    text_.flush(painter);
}

void CanvasPainter::paintPill(QPainter& painter, const CanvasFrame& frame, int wire, const QString& text) {
    const auto unit = frame.metrics.unit;
    const auto line = text_.layOut(text, frame.metrics.caption, unit * 16);
    const QSizeF size(line.width + unit * 1.5, unit * 2.25);
    const auto middle = wireMiddle(frame.scene, wire);
    const auto rect = frame.view.toView(QRectF(middle - QPointF(size.width(), size.height()) / 2, size));
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.colour(ColourRole::Line), 1));
    painter.setBrush(theme_.colour(ColourRole::Raised));
    painter.drawRoundedRect(rect, rect.height() / 2, rect.height() / 2);
    text_.add(line, frame.view.toView(middle + QPointF(-line.width / 2, unit * 0.5)),
              theme_.colour(ColourRole::Muted).rgb());
}

}  // namespace signalbox::ui
