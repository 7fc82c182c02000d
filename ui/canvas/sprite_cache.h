// Parts of nodes that look alike on many of them, drawn once: cards, state marks, port discs.
#pragma once

#include <QColor>
#include <QHash>
#include <QPixmap>
#include <QSizeF>

#include "ui/canvas/scene.h"
#include "ui/text/states.h"

namespace signalbox::ui {

class Theme;

enum class CardLook : quint8 { Rest, Hovered, Running, Failed, Waiting, Done, Skipped };

[[nodiscard]] ColourRole familyRole(PortFamily family);

/// Valid for one zoom and one screen; another one empties it.
class SpriteCache {
public:
    void begin(const Theme& theme, double zoom, qreal devicePixelRatio);
    void clear() { sprites_.clear(); }
    /// Of a size in logical pixels.
    [[nodiscard]] const QPixmap& card(const QSizeF& size, CardLook look);
    [[nodiscard]] const QPixmap& mark(StateShape shape, ColourRole role, double side);
    [[nodiscard]] const QPixmap& port(PortFamily family, bool wired, double side);

private:
    [[nodiscard]] QPixmap blank(const QSizeF& size) const;
    [[nodiscard]] QPixmap drawCard(const QSizeF& size, CardLook look) const;

    QHash<quint64, QPixmap> sprites_;
    const Theme* theme_ = nullptr;
    double zoom_ = 1;
    qreal ratio_ = 1;
};

}  // namespace signalbox::ui
