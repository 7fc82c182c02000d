#include "ui/canvas/scene_builder.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <algorithm>
#include <cmath>

#include "ui/canvas/layout.h"
#include "ui/text/format.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr const char* kInputsNode = "$inputs";
constexpr double kLeastWidth = 18;     // in units
constexpr double kGreatestWidth = 30;  // in units
constexpr double kWidestSecond = 21;   // the second line may be cut, the title hardly

std::size_t at(int index) { return static_cast<std::size_t>(index); }

WireKind wireKind(const std::string& kind) {
    if (kind == "error") return WireKind::Error;
    if (kind == "compensation") return WireKind::Compensation;
    if (kind == "loop") return WireKind::Loop;
    if (kind == "input") return WireKind::Input;
    return WireKind::Data;
}

struct PortKind {
    QString type;
    PortFamily family = PortFamily::Value;
};

struct Side {
    std::vector<QString> names;
    std::vector<PortKind> kinds;
    std::vector<bool> wired;

    int add(const QString& name, const PortKind& kind, bool isWired) {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (names[i] == name) return static_cast<int>(i);
        }
        names.push_back(name);
        kinds.push_back(kind);
        wired.push_back(isWired);
        return static_cast<int>(names.size()) - 1;
    }
};

class Builder {
public:
    Builder(const protocol::Graph& graph, const SceneMetrics& metrics) : graph_(graph), metrics_(metrics) {}

    Scene build() {
        addNodes();
        addWires();
        placePorts();
        indexWires();
        placeNodes();
        addNotes();
        scene_.refreshBounds();
        return std::move(scene_);
    }

private:
    void addNode(const QString& id, const QString& title, const protocol::GraphNode* node) {
        auto& nodes = scene_.nodes;
        scene_.indexById.insert(id, nodes.size());
        nodes.id.push_back(id);
        nodes.title.push_back(title.isEmpty() ? id : title);
        nodes.type.push_back(node ? toQString(node->type) : QString());
        nodes.subtitle.push_back(node ? toQString(node->subtitle.empty() ? node->type : node->subtitle)
                                      : QCoreApplication::translate("Canvas", "what the run is started with"));
        nodes.icon.push_back(node ? toQString(node->icon) : QStringLiteral("inputs"));
        nodes.role.push_back(node ? colourRoleFromName(toQString(node->colourRole), ColourRole::Muted)
                                  : ColourRole::Muted);
    }

    void addNodes() {
        for (const auto& node : graph_.nodes) {
            // Of two nodes with one id the document keeps both and has a finding; here the first is drawn.
            if (!scene_.indexById.contains(toQString(node.id))) {
                addNode(toQString(node.id), toQString(node.title), &node);
                sources_.push_back(&node);
            }
        }
        const auto isInput = [](const protocol::GraphEdge& edge) { return edge.from == kInputsNode; };
        if (std::any_of(graph_.edges.begin(), graph_.edges.end(), isInput)) {
            addNode(QLatin1String(kInputsNode), QCoreApplication::translate("Canvas", "Inputs"), nullptr);
            sources_.push_back(nullptr);
        }
        inputs_.resize(at(scene_.nodes.size()));
        outputs_.resize(at(scene_.nodes.size()));
    }

    [[nodiscard]] static PortKind kindOf(const std::vector<protocol::GraphPort>& ports, const std::string& name) {
        for (const auto& port : ports) {
            if (port.name == name) return {toQString(port.type), portFamily(port.type)};
        }
        return {QString(), PortFamily::Control};
    }

    void addWires() {
        auto& wires = scene_.wires;
        for (const auto& edge : graph_.edges) {
            const int from = scene_.indexOf(toQString(edge.from));
            const int to = scene_.indexOf(toQString(edge.to));
            if (from == kNone || to == kNone) continue;
            const auto* source = sources_[at(from)];
            const auto* target = sources_[at(to)];
            const auto out = source ? kindOf(source->outputs, edge.fromPort) : PortKind();
            const auto in = target ? kindOf(target->inputs, edge.toPort) : PortKind();
            wires.from.push_back(from);
            wires.fromPort.push_back(outputs_[at(from)].add(toQString(edge.fromPort), out, true));
            wires.to.push_back(to);
            wires.toPort.push_back(inputs_[at(to)].add(toQString(edge.toPort), in, true));
            wires.kind.push_back(wireKind(edge.kind));
            wires.when.push_back(toQString(edge.when));
            wires.waypoints.push_back({});
        }
        for (int i = 0; i < scene_.nodes.size(); ++i) addFirstPorts(i);
    }

    // A node without wires on a side still shows where the first one would go.
    void addFirstPorts(int node) {
        const auto* source = sources_[at(node)];
        if (!source) return;
        const auto addFirst = [](Side& side, const std::vector<protocol::GraphPort>& ports) {
            if (side.names.empty() && !ports.empty()) {
                side.add(toQString(ports.front().name), {toQString(ports.front().type), portFamily(ports.front().type)},
                         false);
            }
        };
        addFirst(inputs_[at(node)], source->inputs);
        addFirst(outputs_[at(node)], source->outputs);
    }

    // Single ports stand beside the title; several get a row each below the header.
    Range placeSide(const Side& side) {
        Range range{scene_.ports.size(), static_cast<int>(side.names.size())};
        for (std::size_t i = 0; i < side.names.size(); ++i) {
            scene_.ports.name.push_back(side.names[i]);
            scene_.ports.type.push_back(side.kinds[i].type);
            scene_.ports.family.push_back(side.kinds[i].family);
            scene_.ports.wired.push_back(side.wired[i]);
            const auto row =
                metrics_.headerHeight() + metrics_.portRow() * (static_cast<double>(i) + 0.5) - metrics_.unit / 2;
            scene_.ports.offset.push_back(side.names.size() == 1 ? metrics_.headerHeight() / 2 : row);
        }
        return range;
    }

    void placePorts() {
        auto& nodes = scene_.nodes;
        for (int i = 0; i < nodes.size(); ++i) {
            nodes.inputs.push_back(placeSide(inputs_[at(i)]));
            nodes.outputs.push_back(placeSide(outputs_[at(i)]));
            nodes.rect.emplace_back(QPointF(), sizeOf(i));
        }
        for (int i = 0; i < scene_.wires.size(); ++i) {
            scene_.wires.fromPort[at(i)] += nodes.outputs[at(scene_.wires.from[at(i)])].first;
            scene_.wires.toPort[at(i)] += nodes.inputs[at(scene_.wires.to[at(i)])].first;
        }
    }

    [[nodiscard]] QSizeF sizeOf(int node) const {
        const auto& nodes = scene_.nodes;
        const auto unit = metrics_.unit;
        // Padding, icon, gap, title, gap, state mark, padding; see canvas_nodes.cpp.
        const auto title = metrics_.titleWidth(nodes.title[at(node)]) + unit * 8.5;
        const auto second = metrics_.captionWidth(nodes.subtitle[at(node)]) + unit * 6.5;
        auto width = std::clamp(std::max(title, std::min(second, kWidestSecond * unit)), kLeastWidth * unit,
                                kGreatestWidth * unit);
        width = std::ceil(width / metrics_.grid) * metrics_.grid;
        const auto rows = std::max(nodes.inputs[at(node)].count, nodes.outputs[at(node)].count);
        auto height = metrics_.headerHeight();
        if (rows > 1) height += metrics_.portRow() * rows;
        return {width, std::ceil(height / metrics_.grid) * metrics_.grid};
    }

    void indexWires() {
        const auto group = [&](const std::vector<int>& ends, std::vector<Range>& ranges, std::vector<int>& order) {
            ranges.assign(at(scene_.nodes.size()), {});
            for (const int node : ends) ++ranges[at(node)].count;
            int first = 0;
            for (auto& range : ranges) {
                range.first = first;
                first += std::exchange(range.count, 0);
            }
            order.resize(ends.size());
            for (std::size_t wire = 0; wire < ends.size(); ++wire) {
                auto& range = ranges[at(ends[wire])];
                order[at(range.first + range.count++)] = static_cast<int>(wire);
            }
        };
        group(scene_.wires.to, scene_.nodes.wiresIn, scene_.incoming);
        group(scene_.wires.from, scene_.nodes.wiresOut, scene_.outgoing);
    }

    void placeNodes() {
        std::vector<int> unplaced;
        QRectF taken;
        for (int i = 0; i < scene_.nodes.size(); ++i) {
            const auto* node = sources_[at(i)];
            if (node && node->placed && std::isfinite(node->x) && std::isfinite(node->y)) {
                scene_.nodes.rect[at(i)].moveTopLeft(QPointF(node->x, node->y));
                taken |= scene_.nodes.rect[at(i)];
            } else {
                unplaced.push_back(i);
            }
        }
        if (unplaced.size() == 1 && !sources_[at(unplaced[0])] && !taken.isEmpty()) {
            placeBeforeTargets(unplaced[0], taken);
        } else if (!unplaced.empty()) {
            layOutNodes(scene_, unplaced, taken, metrics_);
        }
    }

    // The workflow's inputs have no place in the document: left of everything, level with what they feed.
    void placeBeforeTargets(int node, const QRectF& taken) {
        auto& rect = scene_.nodes.rect[at(node)];
        double sum = 0;
        const auto out = scene_.wiresFrom(node);
        for (const int wire : out) sum += scene_.inputPoint(wire).y();
        const auto middle = out.empty() ? taken.center().y() : sum / static_cast<double>(out.size());
        rect.moveTopLeft({taken.left() - rect.width() - 10 * metrics_.unit,
                          std::round((middle - metrics_.headerHeight() / 2) / metrics_.grid) * metrics_.grid});
    }

    void addNotes() {
        for (const auto& group : graph_.groups) {
            SceneGroup made;
            made.title = toQString(group.title);
            made.role = colourRoleFromName(toQString(group.colourRole), ColourRole::Idle);
            for (const auto& id : group.nodes) {
                if (const int node = scene_.indexOf(toQString(id)); node != kNone) made.nodes.push_back(node);
            }
            scene_.groups.push_back(std::move(made));
        }
        for (const auto& comment : graph_.comments) {
            scene_.comments.push_back(
                {toQString(comment.text),
                 QRectF(comment.x, comment.y, std::max(comment.width, 8.0), std::max(comment.height, 8.0))});
        }
    }

    const protocol::Graph& graph_;
    const SceneMetrics& metrics_;
    Scene scene_;
    std::vector<const protocol::GraphNode*> sources_;  ///< null for "$inputs"
    std::vector<Side> inputs_;
    std::vector<Side> outputs_;
};

std::array<float, 256> advances(const QFont& font) {
    const QFontMetricsF metrics(font);
    std::array<float, 256> widths{};
    for (std::size_t c = 32; c < widths.size(); ++c) {
        widths[c] = static_cast<float>(metrics.horizontalAdvance(QChar(static_cast<char16_t>(c))));
    }
    return widths;
}

}  // namespace

SceneMetrics SceneMetrics::forTheme(const Theme& theme) {
    SceneMetrics metrics;
    metrics.title = theme.bodyFont();
    metrics.title.setWeight(QFont::Medium);
    metrics.caption = theme.captionFont();
    metrics.unit = theme.unit();
    metrics.titleAdvance = advances(metrics.title);
    metrics.captionAdvance = advances(metrics.caption);
    return metrics;
}

double SceneMetrics::width(const QString& text, const std::array<float, 256>& advance, double wide) {
    double sum = 0;
    for (const QChar c : text) {
        // Other scripts are estimated wide: the node has room then, and the text is cut exactly when it is drawn.
        sum += c.unicode() < advance.size() ? static_cast<double>(advance[c.unicode()])
                                            : wide * 1.6 * static_cast<double>(advance['n']);
    }
    return sum;
}

Scene buildScene(const protocol::Graph& graph, const SceneMetrics& metrics) { return Builder(graph, metrics).build(); }

PortFamily portFamily(const std::string& type) {
    if (type.starts_with("array")) return PortFamily::List;
    if (type == "object") return PortFamily::Object;
    if (type == "bytes") return PortFamily::Binary;
    if (type == "control" || type == "error" || type == "null") return PortFamily::Control;
    return PortFamily::Value;
}

}  // namespace signalbox::ui
