#include "ui/actions/reason_tips.h"

#include <QAction>
#include <QHelpEvent>
#include <QMenu>

#include "ui/actions/action_registry.h"

namespace signalbox::ui {

namespace {

class ReasonTips : public QObject {
public:
    explicit ReasonTips(QMenu& menu) : QObject(&menu) { menu.installEventFilter(this); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() != QEvent::ToolTip) return false;
        const auto* action = static_cast<QMenu*>(watched)->actionAt(static_cast<QHelpEvent*>(event)->pos());
        return !action || action->isEnabled();
    }
};

}  // namespace

void showReasonsIn(QMenu& menu) {
    menu.setToolTipsVisible(true);
    new ReasonTips(menu);
}

}  // namespace signalbox::ui
