// Where Tab leads: the controls of a widget in the order in which one reads them.
#pragma once

#include <QList>

class QWidget;

namespace signalbox::ui {

/// Every visible, enabled stop below `root`, and `root` itself if it is one. Widgets of one parent come row by row,
/// along the writing direction; what is inside one comes before its next sibling. Made anew at each call, so that
/// controls that came later have their place without anybody ordering them.
[[nodiscard]] QList<QWidget*> tabStops(QWidget& root);

/// Gives the focus to the stop behind the focused one in `stops`, or the one before; round the ends. What is scrolled
/// out of sight is brought into it. False when there is no stop.
bool focusNeighbour(const QList<QWidget*>& stops, bool next);

}  // namespace signalbox::ui
