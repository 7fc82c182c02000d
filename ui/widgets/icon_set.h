// The icons of the console: SVG files by semantic name, drawn in any colour and crisp at any scale.
#pragma once

#include <QByteArray>
#include <QColor>
#include <QHash>
#include <QIcon>
#include <QPixmap>
#include <QString>

#include "ui/text/roles.h"

namespace signalbox::ui {

class Theme;

/// Renders and keeps icons. Window thread only.
class IconSet {
public:
    /// The icon at `size` logical pixels for a screen of that ratio. An unknown name gives the icon of a plain node.
    [[nodiscard]] QPixmap pixmap(const QString& name, int size, qreal devicePixelRatio, const QColor& colour);
    [[nodiscard]] static bool contains(const QString& name);
    [[nodiscard]] int cachedPixmaps() const { return static_cast<int>(pixmaps_.size()); }

private:
    [[nodiscard]] QByteArray source(const QString& name);

    QHash<QString, QByteArray> sources_;
    QHash<QString, QPixmap> pixmaps_;
};

/// An icon for buttons and menus that follows the theme: `role` when enabled, faded when not.
[[nodiscard]] QIcon themedIcon(const QString& name, ColourRole role = ColourRole::Text);

}  // namespace signalbox::ui
