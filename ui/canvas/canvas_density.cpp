#include <QPainter>
#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "ui/canvas/canvas_painter.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

std::size_t at(int index) { return static_cast<std::size_t>(index); }

/// Draws into the pixels of an image itself: at this size a call of QPainter costs more than the pixels it sets.
class Raster {
public:
    explicit Raster(QImage& image)
        : pixels_(reinterpret_cast<QRgb*>(image.bits())),
          stride_(image.bytesPerLine() / static_cast<qsizetype>(sizeof(QRgb))),
          width_(image.width()),
          height_(image.height()) {}

    void fill(int left, int top, int right, int bottom, QRgb colour) {
        left = std::max(left, 0);
        top = std::max(top, 0);
        right = std::min(right, width_);
        bottom = std::min(bottom, height_);
        for (int y = top; y < bottom; ++y) {
            for (int x = left; x < right; ++x) pixels_[y * stride_ + x] = colour;
        }
    }

    // Steps along the longer side; what lies outside is cut off before, so that a long wire costs what is seen of it.
    void line(double x0, double y0, double x1, double y1, QRgb colour) {
        if (!clip(x0, y0, x1, y1)) return;
        const auto dx = x1 - x0;
        const auto dy = y1 - y0;
        const int steps = static_cast<int>(std::max(std::abs(dx), std::abs(dy)));
        // 16.16 fixed point.
        auto x = static_cast<std::int32_t>(x0 * 65536);
        auto y = static_cast<std::int32_t>(y0 * 65536);
        const auto stepX = steps ? static_cast<std::int32_t>(dx * 65536 / steps) : 0;
        const auto stepY = steps ? static_cast<std::int32_t>(dy * 65536 / steps) : 0;
        for (int i = 0; i <= steps; ++i) {
            pixels_[(y >> 16) * stride_ + (x >> 16)] = colour;
            x += stepX;
            y += stepY;
        }
    }

private:
    // Liang and Barsky (1984), to one pixel within the edges so that rounding cannot leave the image.
    bool clip(double& x0, double& y0, double& x1, double& y1) const {
        const auto dx = x1 - x0;
        const auto dy = y1 - y0;
        double enter = 0;
        double leave = 1;
        const auto side = [&](double along, double inside) {
            if (along == 0) return inside >= 0;
            const auto t = inside / along;
            if (along < 0) {
                enter = std::max(enter, t);
            } else {
                leave = std::min(leave, t);
            }
            return enter <= leave;
        };
        if (!side(-dx, x0 - 1) || !side(dx, width_ - 2 - x0) || !side(-dy, y0 - 1) || !side(dy, height_ - 2 - y0)) {
            return false;
        }
        x1 = x0 + leave * dx;
        y1 = y0 + leave * dy;
        x0 += enter * dx;
        y0 += enter * dy;
        return true;
    }

    QRgb* pixels_;
    qsizetype stride_;
    int width_;
    int height_;
};

}  // namespace

void CanvasPainter::paintDensity(QPainter& painter, const CanvasFrame& frame) {
    const auto size = (frame.view.size * ratio_).toSize();
    if (size.isEmpty()) return;
    if (density_.size() != size) density_ = QImage(size, QImage::Format_RGB32);
    density_.setDevicePixelRatio(1);
    density_.fill(theme_.colour(ColourRole::Background));
    Raster raster(density_);
    const auto scale = frame.view.zoom * ratio_;
    const auto origin = frame.view.origin;
    std::array<QRgb, kWireClassCount> colours{};
    for (int i = 0; i < kWireClassCount; ++i) {
        const auto full = wireColour(static_cast<WireClass>(i));
        colours[at(i)] = mixed(theme_.colour(ColourRole::Background), full, 0.6).rgb();
    }
    const auto visible = frame.view.visible();
    frame.wireIndex.query(visible, [&](int wire) {
        const auto from = (frame.scene.outputPoint(wire) - origin) * scale;
        const auto to = (frame.scene.inputPoint(wire) - origin) * scale;
        raster.line(from.x(), from.y(), to.x(), to.y(), colours[static_cast<std::size_t>(wireClass(frame, wire))]);
    });
    frame.nodeIndex.query(visible, [&](int node) {
        const auto& rect = frame.scene.nodes.rect[at(node)];
        const int left = static_cast<int>(std::floor((rect.left() - origin.x()) * scale));
        const int top = static_cast<int>(std::floor((rect.top() - origin.y()) * scale));
        const int right = std::max(left + 1, static_cast<int>((rect.right() - origin.x()) * scale));
        const int bottom = std::max(top + 1, static_cast<int>((rect.bottom() - origin.y()) * scale));
        raster.fill(left, top, right, bottom, boxColour(frame, node));
    });
    density_.setDevicePixelRatio(ratio_);
    painter.drawImage(QPointF(), density_);
}

}  // namespace signalbox::ui
