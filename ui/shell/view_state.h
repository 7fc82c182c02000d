// How the views inside a panel are arranged: splitters, columns and their order, the tab in front.
#pragma once

#include <QJsonObject>

class QWidget;

namespace signalbox::ui {

/// Of every splitter, table, tree and tab widget below `root` that has an object name.
[[nodiscard]] QJsonObject saveViews(const QWidget& root);
/// What does not fit (another number of columns, a view that is gone) is left as it is.
void restoreViews(QWidget& root, const QJsonObject& saved);

}  // namespace signalbox::ui
