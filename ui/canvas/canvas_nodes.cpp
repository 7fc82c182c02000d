#include <QPainter>
#include <cmath>

#include "ui/canvas/canvas_painter.h"
#include "ui/canvas/scene_builder.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

// Places inside a node, in units.
struct Places {
    double iconLeft, iconSide, textLeft, baseline, markSide, padding;
};
constexpr Places kFull{1.25, 2.5, 4.75, 2.7, 1.5, 1.25};
// Closer together: the title is drawn larger here and needs the room.
constexpr Places kTitleOnly{1.25, 2.0, 3.75, 3.75, 1.25, 1.1};
constexpr double kSecondBaseline = 4.75;
constexpr double kFirstOfTwo = 2.6;  // baselines of an enlarged title on two lines
constexpr double kSecondOfTwo = 5.1;
constexpr double kTitleGap = 0.5;  // between title and mark
constexpr double kPortSide = 1.25;

const Places& placesAt(Detail detail) { return detail == Detail::Full ? kFull : kTitleOnly; }

std::size_t at(int index) { return static_cast<std::size_t>(index); }

CardLook cardLook(const CanvasFrame& frame, int node) {
    if (frame.live.shown()) {
        switch (frame.live.shape(node)) {
            case StateShape::Disc:
                return CardLook::Running;
            case StateShape::Cross:
                return CardLook::Failed;
            case StateShape::Bars:
            case StateShape::Arrow:
                return CardLook::Waiting;
            case StateShape::Dash:
                return CardLook::Skipped;
            default:
                break;
        }
    }
    return node == frame.hovered ? CardLook::Hovered : CardLook::Rest;
}

}  // namespace

// On whole device pixels, so that hairlines are crisp.
QRectF CanvasPainter::snapped(const CanvasFrame& frame, const QRectF& scene) const {
    const auto rect = frame.view.toView(scene);
    const auto snap = [this](double length) { return std::round(length * ratio_) / ratio_; };
    return {snap(rect.left()), snap(rect.top()), snap(rect.width()), snap(rect.height())};
}

QRgb CanvasPainter::boxColour(const CanvasFrame& frame, int node) const {
    if (frame.isPicked(node)) return theme_.colour(ColourRole::Accent).rgb();
    const auto rest =
        mixed(theme_.colour(ColourRole::Line), theme_.colour(ColourRole::Muted), node == frame.hovered ? 0.7 : 0.25);
    if (!frame.live.shown()) return rest.rgb();
    switch (frame.live.shape(node)) {
        case StateShape::None:
        case StateShape::DottedRing:
            return rest.rgb();
        case StateShape::Dash:
            return theme_.colour(ColourRole::Line).rgb();
        default:
            return mixed(rest, theme_.colour(frame.live.role(node)), 0.8).rgb();
    }
}

void CanvasPainter::paintBoxes(QPainter& painter, const CanvasFrame& frame) {
    std::vector<std::pair<QRgb, std::vector<QRectF>>> byColour;
    frame.nodeIndex.query(frame.view.toScene(frame.dirty), [&](int node) {
        const auto colour = boxColour(frame, node);
        auto group =
            std::find_if(byColour.begin(), byColour.end(), [&](const auto& entry) { return entry.first == colour; });
        if (group == byColour.end()) group = byColour.insert(byColour.end(), {colour, {}});
        group->second.push_back(frame.view.toView(frame.scene.nodes.rect[at(node)]));
    });
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(Qt::NoPen);
    for (const auto& [colour, rects] : byColour) {
        painter.setBrush(QColor(colour));
        painter.drawRects(rects.data(), static_cast<int>(rects.size()));
    }
}

void CanvasPainter::paintNodes(QPainter& painter, const CanvasFrame& frame, Detail detail) {
    visible_.clear();
    // Ports stand out on both sides.
    const auto margin = frame.metrics.unit;
    frame.nodeIndex.query(frame.view.toScene(frame.dirty).adjusted(-margin, -margin, margin, margin),
                          [&](int node) { visible_.push_back(node); });
    // The tree has an order of its own; where nodes overlap, the later one is on top.
    std::sort(visible_.begin(), visible_.end());
    portTexts_.resize(at(frame.scene.ports.size()));
    for (const int node : visible_) {
        // Text is drawn in batches, above all cards: a card that lies over another one must not let its text through.
        if (coversText(frame, node)) text_.flush(painter);
        paintNode(painter, frame, detail, node);
    }
    text_.flush(painter);
}

bool CanvasPainter::coversText(const CanvasFrame& frame, int node) const {
    const auto& rect = frame.scene.nodes.rect[at(node)];
    bool covers = false;
    frame.nodeIndex.query(rect, [&](int other) {
        covers = covers || (other < node && frame.scene.nodes.rect[at(other)].intersects(rect));
    });
    return covers;
}

void CanvasPainter::paintNode(QPainter& painter, const CanvasFrame& frame, Detail detail, int node) {
    const auto rect = snapped(frame, frame.scene.nodes.rect[at(node)]);
    const auto unit = frame.metrics.unit * frame.view.zoom;
    const auto header = frame.metrics.headerHeight() * frame.view.zoom;
    painter.drawPixmap(rect.topLeft(), sprites_.card(rect.size(), cardLook(frame, node)));
    const bool skipped = frame.live.shown() && frame.live.shape(node) == StateShape::Dash;
    const auto& places = placesAt(detail);
    const int icon = std::max(1, qRound(places.iconSide * unit));
    const auto place = [this](QPointF point) {
        return QPointF(std::round(point.x() * ratio_) / ratio_, std::round(point.y() * ratio_) / ratio_);
    };
    painter.drawPixmap(
        place(rect.topLeft() + QPointF(places.iconLeft * unit, (header - icon) / 2)),
        theme_.icons().pixmap(frame.scene.nodes.icon[at(node)], icon, ratio_,
                              theme_.colour(skipped ? ColourRole::Idle : frame.scene.nodes.role[at(node)])));
    if (frame.live.shown() && frame.live.shape(node) != StateShape::None) {
        const auto side = places.markSide * unit;
        const auto top = detail == Detail::Full ? places.padding * unit : (header - side) / 2;
        painter.drawPixmap(place(rect.topRight() + QPointF(-places.padding * unit - side, top)),
                           sprites_.mark(frame.live.shape(node), frame.live.role(node), side));
    }
    if (detail == Detail::Full) paintProgress(painter, frame, node, rect);
    paintPorts(painter, frame, detail, node, rect.topLeft());
    paintNodeText(frame, detail, node, rect.topLeft());
}

void CanvasPainter::paintNodeText(const CanvasFrame& frame, Detail detail, int node, QPointF corner) {
    const auto unit = frame.metrics.unit;
    const auto zoom = frame.view.zoom;
    const auto width = frame.scene.nodes.rect[at(node)].width();
    const bool skipped = frame.live.shown() && frame.live.shape(node) == StateShape::Dash;
    const auto colour = theme_.colour(skipped ? ColourRole::Muted : ColourRole::Text).rgb();
    if (detail != Detail::Full) {
        paintEnlargedTitle(frame, node, corner, colour);
        return;
    }
    auto& title = texts_[at(node)].title;
    if (!title) {
        const auto room = width - (kFull.textLeft + kFull.markSide + kFull.padding + kTitleGap) * unit;
        title = text_.layOut(frame.scene.nodes.title[at(node)], frame.metrics.title, room);
    }
    text_.add(*title, corner + QPointF(kFull.textLeft, kFull.baseline) * unit * zoom, colour);
    paintSecondLine(frame, node, corner + QPointF(kFull.textLeft, kSecondBaseline) * unit * zoom,
                    width - (kFull.textLeft + kFull.padding) * unit);
}

// Zoomed out the second line goes, and the name takes its room: larger letters, on two lines where one is too short.
void CanvasPainter::paintEnlargedTitle(const CanvasFrame& frame, int node, QPointF corner, QRgb colour) {
    const auto unit = frame.metrics.unit;
    auto& texts = texts_[at(node)];
    if (!texts.enlarged) {
        const auto width = frame.scene.nodes.rect[at(node)].width();
        const auto marks = kTitleOnly.textLeft + kTitleOnly.markSide + kTitleOnly.padding + kTitleGap;
        const auto [first, rest] = wrappedOnce(frame.scene.nodes.title[at(node)], frame.metrics.title,
                                               (width - marks * unit) / kTitleEnlarged);
        texts.enlarged = text_.layOut(first, frame.metrics.title, (width - marks * unit) / kTitleEnlarged);
        if (!rest.isEmpty()) {
            texts.continued = text_.layOut(rest, frame.metrics.title, (width - marks * unit) / kTitleEnlarged);
        }
    }
    const auto put = [&](const TextLine& line, double baseline) {
        text_.add(line, corner + QPointF(kTitleOnly.textLeft, baseline) * unit * frame.view.zoom, colour);
    };
    put(*texts.enlarged, texts.continued ? kFirstOfTwo : kTitleOnly.baseline);
    if (texts.continued) put(*texts.continued, kSecondOfTwo);
}

void CanvasPainter::paintSecondLine(const CanvasFrame& frame, int node, QPointF baseline, double width) {
    auto& texts = texts_[at(node)];
    const auto told = frame.live.shown() ? liveLine(frame.live.of(node), frame.now) : QString();
    if (told.isEmpty()) {
        if (!texts.subtitle) {
            texts.subtitle = text_.layOut(frame.scene.nodes.subtitle[at(node)], frame.metrics.caption, width);
        }
        text_.add(*texts.subtitle, baseline, theme_.colour(ColourRole::Muted).rgb());
        return;
    }
    if (texts.liveText != told) {
        texts.liveText = told;
        texts.live = text_.layOut(told, frame.metrics.caption, width);
    }
    const auto role = frame.live.role(node);
    const bool loud = role == ColourRole::Error || role == ColourRole::Warn || role == ColourRole::Info;
    text_.add(texts.live, baseline, theme_.colour(loud ? role : ColourRole::Muted).rgb());
}

void CanvasPainter::paintProgress(QPainter& painter, const CanvasFrame& frame, int node, const QRectF& rect) const {
    const auto& live = frame.live.of(node);
    if (live.itemsTotal == 0 || isFinalNodeStatus(live.status)) return;
    const auto unit = frame.metrics.unit * frame.view.zoom;
    const auto thick = std::max(2.0, unit / 4);
    const QRectF groove(rect.left() + unit, rect.top() + frame.metrics.headerHeight() * frame.view.zoom - thick - 2,
                        rect.width() - 2 * unit, thick);
    const auto share = std::min(1.0, static_cast<double>(live.itemsDone) / live.itemsTotal);
    painter.fillRect(groove, theme_.colour(ColourRole::Line));
    painter.fillRect(QRectF(groove.topLeft(), QSizeF(groove.width() * share, thick)), theme_.colour(ColourRole::Info));
}

void CanvasPainter::paintPorts(QPainter& painter, const CanvasFrame& frame, Detail detail, int node, QPointF corner) {
    const auto& ports = frame.scene.ports;
    const auto portSide = detail == Detail::Full ? kPortSide : 1.0;
    const auto side = std::round(portSide * frame.metrics.unit * frame.view.zoom * ratio_) / ratio_;
    const auto width = frame.scene.nodes.rect[at(node)].width() * frame.view.zoom;
    const auto draw = [&](Range range, double x) {
        for (int port = range.first; port < range.end(); ++port) {
            const auto y = ports.offset[at(port)] * frame.view.zoom;
            const QPointF centre(corner.x() + x, corner.y() + y);
            painter.drawPixmap(QPointF(std::round((centre.x() - side / 2) * ratio_) / ratio_,
                                       std::round((centre.y() - side / 2) * ratio_) / ratio_),
                               sprites_.port(ports.family[at(port)], ports.wired[at(port)], side));
        }
    };
    draw(frame.scene.nodes.inputs[at(node)], 0);
    draw(frame.scene.nodes.outputs[at(node)], width);
    if (detail == Detail::Full) {
        paintPortNames(frame, frame.scene.nodes.inputs[at(node)], true, node, corner);
        paintPortNames(frame, frame.scene.nodes.outputs[at(node)], false, node, corner);
    }
}

// Only where there are several: a single port needs no name to be told from others.
void CanvasPainter::paintPortNames(const CanvasFrame& frame, Range range, bool left, int node, QPointF corner) {
    if (range.count < 2) return;
    const auto unit = frame.metrics.unit;
    const auto width = frame.scene.nodes.rect[at(node)].width();
    for (int port = range.first; port < range.end(); ++port) {
        auto& line = portTexts_[at(port)];
        if (!line) line = text_.layOut(frame.scene.ports.name[at(port)], frame.metrics.caption, width / 2 - 1.5 * unit);
        const auto x = left ? kFull.padding * unit : width - kFull.padding * unit - line->width;
        const auto y = frame.scene.ports.offset[at(port)] + 0.5 * unit;
        text_.add(*line, corner + QPointF(x, y) * frame.view.zoom, theme_.colour(ColourRole::Muted).rgb());
    }
}

void CanvasPainter::paintSelection(QPainter& painter, const CanvasFrame& frame) const {
    if (frame.selected == kNone && frame.picked.empty()) return;
    // Below boxes the colour alone tells, and an outline around each of thousands would be all that is seen.
    const bool all = detailAt(frame.view.zoom) >= Detail::Boxes;
    const auto radius = theme_.radius() * frame.view.zoom;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setBrush(Qt::NoBrush);
    // Without the keyboard the outline is calmer, so that one sees where the arrows would go.
    painter.setPen(QPen(theme_.colour(ColourRole::Accent), frame.focused ? 2.0 : 1.5));
    frame.nodeIndex.query(frame.view.toScene(frame.dirty.adjusted(-4, -4, 4, 4)), [&](int node) {
        if (node != frame.selected && !(all && frame.isPicked(node))) return;
        const auto rect = snapped(frame, frame.scene.nodes.rect[at(node)]).adjusted(-2, -2, 2, 2);
        painter.drawRoundedRect(rect, radius + 2, radius + 2);
    });
}

}  // namespace signalbox::ui
