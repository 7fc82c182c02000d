#include "app/ctl/interrupt.h"

namespace signalbox::ctl {

InterruptWatch::InterruptWatch(QObject* parent)
    : QObject(parent), signals_({SIGINT, SIGTERM}), notifier_(signals_.fd(), QSocketNotifier::Read) {
    connect(&notifier_, &QSocketNotifier::activated, this, [this] {
        if (signals_.take() != 0) Q_EMIT pressed();
    });
}

}  // namespace signalbox::ctl
