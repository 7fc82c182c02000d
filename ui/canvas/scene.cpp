#include "ui/canvas/scene.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace signalbox::ui {

namespace {

constexpr double kGroupPadding = 16;
constexpr double kGroupTitle = 24;

std::size_t at(int index) { return static_cast<std::size_t>(index); }

std::span<const int> stretch(const std::vector<int>& all, Range range) {
    return std::span(all).subspan(at(range.first), at(range.count));
}

// Of several nodes the one whose middle is nearest in height, ties to the upper one.
template <class NodeOf>
int nearestInHeight(const Scene& scene, int node, std::span<const int> wires, NodeOf nodeOf) {
    const auto middle = scene.nodes.rect[at(node)].center().y();
    int best = kNone;
    auto least = std::numeric_limits<double>::max();
    for (const int wire : wires) {
        const int other = nodeOf(wire);
        if (other == node) continue;
        const auto distance = std::abs(scene.nodes.rect[at(other)].center().y() - middle);
        if (distance < least) {
            least = distance;
            best = other;
        }
    }
    return best;
}

int nearestAboveOrBelow(const Scene& scene, int node, bool below) {
    const auto from = scene.nodes.rect[at(node)].center();
    int best = kNone;
    auto least = std::numeric_limits<double>::max();
    for (int i = 0; i < scene.nodes.size(); ++i) {
        const auto offset = scene.nodes.rect[at(i)].center() - from;
        const auto ahead = below ? offset.y() : -offset.y();
        if (i == node || ahead <= 0) continue;
        // Sideways counts double, so that a column is followed before the next one is entered.
        const auto cost = ahead + 2 * std::abs(offset.x());
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    return best;
}

}  // namespace

QPointF Scene::outputPoint(int wire) const {
    const auto& rect = nodes.rect[at(wires.from[at(wire)])];
    return {rect.right(), rect.top() + ports.offset[at(wires.fromPort[at(wire)])]};
}

QPointF Scene::inputPoint(int wire) const {
    const auto& rect = nodes.rect[at(wires.to[at(wire)])];
    return {rect.left(), rect.top() + ports.offset[at(wires.toPort[at(wire)])]};
}

std::span<const QPointF> Scene::waypointsOf(int wire) const {
    const auto range = wires.waypoints[at(wire)];
    return std::span(waypoints).subspan(at(range.first), at(range.count));
}

std::span<const int> Scene::wiresInto(int node) const { return stretch(incoming, nodes.wiresIn[at(node)]); }
std::span<const int> Scene::wiresFrom(int node) const { return stretch(outgoing, nodes.wiresOut[at(node)]); }

void Scene::moveNodes(std::span<const int> moved, std::span<const QPointF> topLefts) {
    for (std::size_t i = 0; i < moved.size(); ++i) {
        nodes.rect[at(moved[i])].moveTopLeft(topLefts[i]);
        for (const int wire : wiresInto(moved[i])) wires.waypoints[at(wire)] = {};
        for (const int wire : wiresFrom(moved[i])) wires.waypoints[at(wire)] = {};
    }
    refreshBounds();
}

void Scene::refreshBounds() {
    bounds = {};
    for (const auto& rect : nodes.rect) bounds |= rect;
    for (auto& group : groups) {
        group.rect = {};
        for (const int node : group.nodes) group.rect |= nodes.rect[at(node)];
        if (group.nodes.empty()) continue;
        group.rect.adjust(-kGroupPadding, -kGroupPadding - kGroupTitle, kGroupPadding, kGroupPadding);
        bounds |= group.rect;
    }
    for (const auto& comment : comments) bounds |= comment.rect;
    for (const auto& point : waypoints) bounds |= QRectF(point - QPointF(1, 1), QSizeF(2, 2));
}

std::vector<int> readingOrder(const Scene& scene) {
    std::vector<int> order(at(scene.nodes.size()));
    std::iota(order.begin(), order.end(), 0);
    std::stable_sort(order.begin(), order.end(), [&](int a, int b) {
        const auto left = scene.nodes.rect[at(a)].center();
        const auto right = scene.nodes.rect[at(b)].center();
        return left.x() != right.x() ? left.x() < right.x() : left.y() < right.y();
    });
    return order;
}

int nodeTowards(const Scene& scene, int node, Step step) {
    switch (step) {
        case Step::Forward:
            return nearestInHeight(scene, node, scene.wiresFrom(node),
                                   [&](int wire) { return scene.wires.to[at(wire)]; });
        case Step::Back:
            return nearestInHeight(scene, node, scene.wiresInto(node),
                                   [&](int wire) { return scene.wires.from[at(wire)]; });
        case Step::Up:
            return nearestAboveOrBelow(scene, node, false);
        case Step::Down:
            return nearestAboveOrBelow(scene, node, true);
    }
    return kNone;
}

}  // namespace signalbox::ui
