// Builds the scene of a graph: sizes from the fonts, ports in rows, positions from the document or laid out.
#pragma once

#include <QFont>
#include <array>

#include "protocol/dto.h"
#include "ui/canvas/scene.h"

namespace signalbox::ui {

class Theme;

/// Lengths that a scene is built with, in scene units.
struct SceneMetrics {
    QFont title;
    QFont caption;
    double unit = 8;
    double grid = 8;
    std::array<float, 256> titleAdvance{};  ///< of the first 256 characters, for a quick estimate
    std::array<float, 256> captionAdvance{};

    [[nodiscard]] double headerHeight() const { return unit * 6; }
    [[nodiscard]] double portRow() const { return unit * 5 / 2; }
    [[nodiscard]] double titleWidth(const QString& text) const { return width(text, titleAdvance, 1.0); }
    [[nodiscard]] double captionWidth(const QString& text) const { return width(text, captionAdvance, 1.0); }
    [[nodiscard]] static SceneMetrics forTheme(const Theme& theme);

private:
    [[nodiscard]] static double width(const QString& text, const std::array<float, 256>& advance, double wide);
};

/// Nodes without a position are laid out: all of them if none has one, otherwise below the ones that have. Wires to
/// nodes that do not exist are left out; "$inputs" becomes a node of its own.
[[nodiscard]] Scene buildScene(const protocol::Graph& graph, const SceneMetrics& metrics);

[[nodiscard]] PortFamily portFamily(const std::string& type);

}  // namespace signalbox::ui
