// The tables in the tabs of a run look and behave alike.
#pragma once

#include <QString>

class QTableView;

namespace signalbox::ui {

/// Rows are selected whole, one at a time; nothing is edited; rows are as high as the theme says.
[[nodiscard]] QTableView* makeRunTable(const QString& name, const QString& accessibleName);

}  // namespace signalbox::ui
