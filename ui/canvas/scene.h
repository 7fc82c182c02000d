// What the canvas draws: nodes, ports, wires, groups and comments as plain arrays, indexed by small numbers.
#pragma once

#include <QHash>
#include <QPointF>
#include <QRectF>
#include <QString>
#include <span>
#include <vector>

#include "protocol/dto.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

/// Families of port types, each with a colour of its own.
enum class PortFamily : quint8 { Value, List, Object, Binary, Control };
enum class WireKind : quint8 { Data, Error, Compensation, Loop, Input };

inline constexpr int kNone = -1;

/// A stretch of another array.
struct Range {
    int first = 0;
    int count = 0;
    [[nodiscard]] int end() const { return first + count; }
};

/// One entry a node in each array. Rectangles are in scene units: logical pixels at a zoom of 1.
struct SceneNodes {
    std::vector<QString> id;
    std::vector<QString> title;
    std::vector<QString> type;
    std::vector<QString> subtitle;
    std::vector<QString> icon;
    std::vector<ColourRole> role;
    std::vector<QRectF> rect;
    std::vector<Range> inputs;    ///< of the ports shown
    std::vector<Range> outputs;   ///< of the ports shown
    std::vector<Range> wiresIn;   ///< of Scene::incoming
    std::vector<Range> wiresOut;  ///< of Scene::outgoing
    [[nodiscard]] int size() const { return static_cast<int>(id.size()); }
};

struct ScenePorts {
    std::vector<QString> name;
    std::vector<QString> type;  ///< as in the protocol; empty where the graph does not say
    std::vector<PortFamily> family;
    std::vector<double> offset;  ///< below the top of its node
    std::vector<bool> wired;
    [[nodiscard]] int size() const { return static_cast<int>(name.size()); }
};

struct SceneWires {
    std::vector<int> from;
    std::vector<int> fromPort;
    std::vector<int> to;
    std::vector<int> toPort;
    std::vector<WireKind> kind;
    std::vector<QString> when;
    std::vector<Range> waypoints;  ///< of Scene::waypoints
    [[nodiscard]] int size() const { return static_cast<int>(from.size()); }
};

struct SceneGroup {
    QString title;
    ColourRole role = ColourRole::Idle;
    std::vector<int> nodes;
    QRectF rect;  ///< follows its nodes
};

struct SceneComment {
    QString text;
    QRectF rect;
};

/// Sizes of nodes come from the fonts; see SceneMetrics::forTheme in scene_builder.h.
struct Scene {
    SceneNodes nodes;
    ScenePorts ports;
    SceneWires wires;
    std::vector<int> incoming;  ///< wires by the node they enter
    std::vector<int> outgoing;  ///< wires by the node they leave
    std::vector<QPointF> waypoints;
    std::vector<SceneGroup> groups;
    std::vector<SceneComment> comments;
    QHash<QString, int> indexById;
    QRectF bounds;

    [[nodiscard]] int indexOf(const QString& id) const { return indexById.value(id, kNone); }
    [[nodiscard]] bool isEmpty() const { return nodes.id.empty(); }
    [[nodiscard]] QPointF outputPoint(int wire) const;
    [[nodiscard]] QPointF inputPoint(int wire) const;
    [[nodiscard]] std::span<const QPointF> waypointsOf(int wire) const;
    [[nodiscard]] std::span<const int> wiresInto(int node) const;
    [[nodiscard]] std::span<const int> wiresFrom(int node) const;

    /// Moves nodes, each to a top left of its own. Waypoints of their wires are dropped: they led around the old place.
    void moveNodes(std::span<const int> moved, std::span<const QPointF> topLefts);
    /// After rectangles have changed: groups and bounds.
    void refreshBounds();
};

/// Order in which Tab visits nodes: by column, then by row.
[[nodiscard]] std::vector<int> readingOrder(const Scene& scene);

enum class Step : quint8 { Forward, Back, Up, Down };
/// The node that an arrow key leads to from `node`: along wires, or to the nearest one above or below. kNone: stay.
[[nodiscard]] int nodeTowards(const Scene& scene, int node, Step step);

}  // namespace signalbox::ui
