// What every panel of the window is.
#pragma once

#include <QJsonObject>
#include <QWidget>

namespace signalbox::ui {

class ActionRegistry;

/// No focus proxy: Qt 6.4 lets Tab run into a panel that has one and never out again.
class Panel : public QWidget {
    Q_OBJECT
public:
    using QWidget::QWidget;
    /// Where the keyboard goes when it comes to the panel, as far as that is shown.
    [[nodiscard]] virtual QWidget& firstStop() = 0;

    /// Adds what can be done here to menus, palette and shortcuts (ui/actions/action_registry.h). Called once.
    virtual void addActions(ActionRegistry& actions);
    /// What of the panel outlasts the session: filters, the tab in front. Never a secret. Splitters and the columns of
    /// tables that have an object name are kept by the window.
    [[nodiscard]] virtual QJsonObject saveState() const { return {}; }
    /// Of an earlier version or another workspace, perhaps: what does not fit is ignored.
    virtual void restoreState(const QJsonObject& state);
};

}  // namespace signalbox::ui
