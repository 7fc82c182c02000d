#include "ui/widgets/search_line.h"

#include <QAction>
#include <QCoreApplication>
#include <QLineEdit>
#include <QToolButton>

#include "ui/widgets/icon_set.h"

namespace signalbox::ui {

void makeSearchLine(QLineEdit& edit, bool clears, const QString& icon) {
    auto* mark = edit.addAction(themedIcon(icon, ColourRole::Muted), QLineEdit::LeadingPosition);
    mark->setObjectName(icon + QStringLiteral("Icon"));
    edit.setClearButtonEnabled(clears);
    for (auto* button : edit.findChildren<QToolButton*>()) {
        button->setAccessibleName(button->defaultAction() == mark
                                      ? QCoreApplication::translate("SearchLine", "Search")
                                      : QCoreApplication::translate("SearchLine", "Clear the text"));
    }
}

}  // namespace signalbox::ui
