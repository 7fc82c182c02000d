#include "ui/panels/panel.h"

namespace signalbox::ui {

void Panel::addActions(ActionRegistry& /*actions*/) {}

void Panel::restoreState(const QJsonObject& /*state*/) {}

}  // namespace signalbox::ui
