#include "ui/widgets/toast_stack.h"

#include <QEvent>
#include <QPropertyAnimation>

#include "ui/widgets/theme.h"
#include "ui/widgets/toast.h"

namespace signalbox::ui {

namespace {

constexpr int kSlideMilliseconds = 150;

void moveTo(Toast& toast, const QPoint& place) {
    if (Theme::current().reducedMotion() || !toast.isVisible()) {
        toast.move(place);
        return;
    }
    if (toast.pos() == place) return;
    auto* slide = new QPropertyAnimation(&toast, "pos", &toast);
    slide->setDuration(kSlideMilliseconds);
    slide->setEasingCurve(QEasingCurve::OutCubic);
    slide->setEndValue(place);
    slide->start(QAbstractAnimation::DeleteWhenStopped);
}

}  // namespace

ToastStack::ToastStack(NotificationCentre& centre, QWidget& host) : QObject(&host), centre_(centre), host_(host) {
    setObjectName(QStringLiteral("toastStack"));
    host.installEventFilter(this);
    connect(&centre, &NotificationCentre::posted, this, &ToastStack::offer);
    connect(&centre, &NotificationCentre::removed, this, [this](quint64 id) {
        waiting_.removeAll(id);
        const auto shown = toasts_;
        for (auto* toast : shown) {
            if (toast->id() == id) drop(toast);
        }
    });
    connect(&Theme::current(), &Theme::changed, this, &ToastStack::place);
}

ToastStack::~ToastStack() = default;

void ToastStack::setBottomMargin(int pixels) {
    bottomMargin_ = pixels;
    place();
}

QWidget* ToastStack::newest() const { return toasts_.isEmpty() ? nullptr : toasts_.last(); }

// A newcomer takes the place of the oldest that nobody is reading; all are in the history.
void ToastStack::offer(quint64 id) {
    if (toasts_.size() < kMost) {
        show(id);
        return;
    }
    for (auto* toast : std::as_const(toasts_)) {
        if (toast->isHeld()) continue;
        waiting_ << id;
        drop(toast);
        return;
    }
    waiting_ << id;
}

void ToastStack::show(quint64 id) {
    const auto* notification = centre_.find(id);
    if (!notification) return;
    const bool important = notification->severity == Severity::Error || !notification->actionLabel.isEmpty();
    auto* toast = new Toast(*notification, important ? 2 * lifetime_ : lifetime_, &host_);
    toasts_ << toast;
    connect(toast, &Toast::leaveRequested, this, [this, toast] { drop(toast); });
    connect(toast, &Toast::actionRequested, this, [this, toast] {
        const auto chosen = toast->id();
        drop(toast);
        centre_.activate(chosen);
    });
    place();
    toast->show();
    toast->raise();
    toast->announce();
}

void ToastStack::drop(Toast* toast) {
    if (!toasts_.removeOne(toast)) return;
    toast->hide();
    toast->deleteLater();
    if (!waiting_.isEmpty() && toasts_.size() < kMost) show(waiting_.takeFirst());
    place();
}

void ToastStack::place() {
    const int unit = Theme::current().unit();
    const int width = std::min(unit * 44, host_.width() - 2 * unit);
    int bottom = host_.height() - bottomMargin_ - unit;
    for (qsizetype i = toasts_.size() - 1; i >= 0; --i) {
        auto* toast = toasts_[i];
        const int height = toast->hasHeightForWidth() ? toast->heightForWidth(width) : toast->sizeHint().height();
        toast->resize(width, height);
        const int x = host_.layoutDirection() == Qt::RightToLeft ? unit : host_.width() - unit - width;
        moveTo(*toast, QPoint(x, bottom - height));
        bottom -= height + unit;
    }
}

bool ToastStack::eventFilter(QObject* watched, QEvent* event) {
    if (watched == &host_ && (event->type() == QEvent::Resize || event->type() == QEvent::LayoutDirectionChange))
        place();
    return QObject::eventFilter(watched, event);
}

}  // namespace signalbox::ui
