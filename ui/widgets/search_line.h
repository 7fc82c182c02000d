// What makes a line of text a search field.
#pragma once

#include <QString>

class QLineEdit;

namespace signalbox::ui {

/// An icon at its beginning and, if wanted, a button that clears it, both with names for those who hear them.
void makeSearchLine(QLineEdit& edit, bool clears = true, const QString& icon = QStringLiteral("search"));

}  // namespace signalbox::ui
