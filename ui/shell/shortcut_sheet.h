// All shortcuts on one page to print, as HTML.
#pragma once

#include <QString>

namespace signalbox::ui {

class ActionRegistry;

/// Grouped by menu; actions without a shortcut are left out. Complete in itself, black on white.
[[nodiscard]] QString shortcutSheet(const ActionRegistry& actions);

}  // namespace signalbox::ui
