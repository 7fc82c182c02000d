// Ctrl-C as a signal of the event loop.
#pragma once

#include <QObject>
#include <QSocketNotifier>

#include "app/ctl/caught_signals.h"

namespace signalbox::ctl {

/// While it lives, SIGINT and SIGTERM are told by pressed() in the main thread instead of ending the program. One at a
/// time in a process.
class InterruptWatch : public QObject {
    Q_OBJECT
public:
    explicit InterruptWatch(QObject* parent = nullptr);

Q_SIGNALS:
    void pressed();

private:
    CaughtSignals signals_;
    QSocketNotifier notifier_;
};

}  // namespace signalbox::ctl
