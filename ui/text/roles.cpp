#include "ui/text/roles.h"

#include <array>

namespace signalbox::ui {

namespace {

constexpr std::array<const char*, kColourRoleCount> kNames = {
    "bg",        "surface", "raised",  "line",    "text",    "muted",   "accent", "onAccent",
    "selection", "ok",      "warn",    "error",   "info",    "pending", "idle",   "series1",
    "series2",   "series3", "series4", "series5", "series6", "series7", "series8"};

}  // namespace

QString colourRoleName(ColourRole role) { return QString::fromLatin1(kNames[static_cast<std::size_t>(role)]); }

ColourRole colourRoleFromName(const QString& name, ColourRole fallback) {
    for (std::size_t i = 0; i < kNames.size(); ++i) {
        if (name == QLatin1String(kNames[i])) return static_cast<ColourRole>(i);
    }
    return fallback;
}

}  // namespace signalbox::ui
