#include "ui/shell/palette/palette_source.h"

namespace signalbox::ui {

QString PaletteSource::shortcut(const QString& /*item*/) const { return {}; }

QString PaletteSource::reason(const QString& /*item*/) const { return {}; }

std::optional<PaletteItem> PaletteSource::literal(const QString& /*text*/) const { return std::nullopt; }

}  // namespace signalbox::ui
