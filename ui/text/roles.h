// Names that all of the console shares: colour roles of the themes and data roles of the item models.
#pragma once

#include <QString>
#include <Qt>
#include <QtGlobal>

namespace signalbox::ui {

/// What a colour is for; each theme says which colour that is.
enum class ColourRole : quint8 {
    Background,
    Surface,
    Raised,
    Line,
    Text,
    Muted,
    Accent,
    OnAccent,   ///< text on an area of the accent colour
    Selection,  ///< behind selected rows
    Ok,
    Warn,
    Error,
    Info,
    Pending,
    Idle,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
    Series7,
    Series8,
};
inline constexpr int kColourRoleCount = static_cast<int>(ColourRole::Series8) + 1;

/// The name in a theme file and in a node's manifest: "bg", "onAccent", "series3".
[[nodiscard]] QString colourRoleName(ColourRole role);
/// The role of that name, fallback when there is none.
[[nodiscard]] ColourRole colourRoleFromName(const QString& name, ColourRole fallback);

/// Data roles that several models share, for delegates and tests.
enum ItemRole : int {
    StatusRole = Qt::UserRole + 1,  ///< status word of the protocol ("running"); the cell shows its mark
    IdRole,                         ///< id of the run, workflow or node that the row is about
    ValueRole,                      ///< the number behind the text of a cell, for sorting
    DetailRole,                     ///< second, muted line of a row
    BadgeRole,                      ///< short text at the right end of a row
    SeverityRole,                   ///< "error", "warning" or "info"
};

}  // namespace signalbox::ui
