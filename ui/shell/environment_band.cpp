#include "ui/shell/environment_band.h"

#include <QEvent>
#include <QPainter>
#include <algorithm>

#include "ui/models/connection_look.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

EnvironmentBand::EnvironmentBand(QWidget& bar, QWidget& window) : QWidget(&window), bar_(bar) {
    setObjectName(QStringLiteral("environmentBand"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    bar.installEventFilter(this);
    window.installEventFilter(this);
    connect(&Theme::current(), &Theme::changed, this, &EnvironmentBand::place);
    place();
}

void EnvironmentBand::setEnvironment(const QString& environment) {
    environment_ = environment;
    update();
}

bool EnvironmentBand::eventFilter(QObject* watched, QEvent* event) {
    switch (event->type()) {
        case QEvent::Resize:
        case QEvent::Move:
        case QEvent::Show:
        case QEvent::LayoutRequest:
            place();
            break;
        default:
            break;
    }
    return QWidget::eventFilter(watched, event);
}

void EnvironmentBand::place() {
    const int height = std::max(2, Theme::current().unit() * 3 / 8);
    const auto bar = bar_.geometry();
    setGeometry(0, bar.bottom() + 1 - height, parentWidget()->width(), height);
    raise();
    update();
}

void EnvironmentBand::paintEvent(QPaintEvent*) {
    QPainter(this).fillRect(rect(), Theme::current().colour(environmentRole(environment_)));
}

}  // namespace signalbox::ui
