// Tool tips in menus: only where one tells why something cannot be done.
#pragma once

class QMenu;

namespace signalbox::ui {

/// From now on hovering over an action of the menu that is disabled tells why. Others tell nothing: their text and
/// shortcut are there already.
void showReasonsIn(QMenu& menu);

}  // namespace signalbox::ui
