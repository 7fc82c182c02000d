#include "ui/widgets/resources.h"

#include <QDir>

// Q_INIT_RESOURCE declares a function of the global namespace.
static void initGlobally() {
    Q_INIT_RESOURCE(signalbox);
#ifdef SIGNALBOX_HAS_TRANSLATIONS
    Q_INIT_RESOURCE(translations);
#endif
}

namespace signalbox::ui {

void initResources() { initGlobally(); }

}  // namespace signalbox::ui
