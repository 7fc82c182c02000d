// The menu bar, made from the registry and made again when actions come and go.
#pragma once

#include <QList>
#include <QObject>
#include <QString>
#include <QTimer>

#include "ui/actions/action_registry.h"

class QMenu;
class QMenuBar;

namespace signalbox::ui {

/// Belongs to the window. A menu for each category that has actions, with a line between sections.
class Menus : public QObject {
    Q_OBJECT
public:
    Menus(QMenuBar& bar, ActionRegistry& registry, QObject* parent);

    /// Whatever fills `menu` itself, such as recent files: it is put behind a section of a category.
    void addMenu(ActionCategory category, int section, QMenu* menu);

private:
    struct Extra {
        ActionCategory category;
        int section;
        QMenu* menu;
    };
    void rebuild();
    void fill(QMenu& menu, ActionCategory category);

    QMenuBar& bar_;
    ActionRegistry& registry_;
    QList<Extra> extras_;
    QTimer soon_;
};

}  // namespace signalbox::ui
