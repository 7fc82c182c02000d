#include "ui/widgets/popover.h"

#include <QApplication>
#include <QKeyEvent>
#include <QPainter>
#include <QVBoxLayout>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

Popover* Popover::open(QWidget& anchor, QWidget& content) {
    auto* popover = new Popover(anchor, content);
    popover->place();
    popover->show();
    popover->raise();
    if (auto* first = content.focusPolicy() & Qt::TabFocus ? &content : nullptr) {
        first->setFocus(Qt::PopupFocusReason);
    } else {
        for (auto* child : content.findChildren<QWidget*>()) {
            if (!(child->focusPolicy() & Qt::TabFocus) || !child->isVisibleTo(&content) || !child->isEnabled())
                continue;
            child->setFocus(Qt::PopupFocusReason);
            break;
        }
    }
    return popover;
}

Popover::Popover(QWidget& anchor, QWidget& content)
    : QFrame(anchor.window()), anchor_(&anchor), before_(QApplication::focusWidget()) {
    setObjectName(QStringLiteral("popover"));
    setAccessibleName(content.accessibleName());
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Button);
    setFocusPolicy(Qt::NoFocus);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(1, 1, 1, 1);
    column->addWidget(&content);
    qApp->installEventFilter(this);
    // Whoever tabs out of it is done with it.
    connect(qApp, &QApplication::focusChanged, this, [this](const QWidget* old, const QWidget* now) {
        if (old && isAncestorOf(old) && now && now != this && !isAncestorOf(now) && now->window() == window()) {
            before_.clear();
            dismiss();
        }
    });
}

Popover::~Popover() = default;

void Popover::dismiss() {
    if (closing_) return;
    closing_ = true;
    const auto* focused = QApplication::focusWidget();
    const bool inside = focused && isAncestorOf(focused);
    hide();
    if (inside && before_) before_->setFocus(Qt::PopupFocusReason);
    Q_EMIT closed();
    deleteLater();
}

void Popover::place() {
    if (!anchor_) return;
    const auto* host = parentWidget();
    const int gap = Theme::current().unit() / 2;
    const auto room = host->rect().adjusted(gap, gap, -gap, -gap);
    const auto wanted = sizeHint().boundedTo(room.size());
    const QRect at(anchor_->mapTo(host, QPoint(0, 0)), anchor_->size());
    const bool below = room.bottom() - at.bottom() >= wanted.height() || at.top() < room.height() / 2;
    int y = below ? at.bottom() + 1 + gap : at.top() - gap - wanted.height();
    int x = layoutDirection() == Qt::RightToLeft ? at.right() + 1 - wanted.width() : at.left();
    x = std::clamp(x, room.left(), std::max(room.left(), room.right() + 1 - wanted.width()));
    y = std::clamp(y, room.top(), std::max(room.top(), room.bottom() + 1 - wanted.height()));
    setGeometry(QRect(QPoint(x, y), wanted));
}

bool Popover::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) place();
    if (watched == this && event->type() == QEvent::LayoutRequest) place();
    if (event->type() == QEvent::MouseButtonPress) {
        const auto* widget = qobject_cast<QWidget*>(watched);
        // The anchor itself toggles; a menu that was opened from here is a window of its own.
        if (widget && widget->window() == window() && widget != this && !isAncestorOf(widget) && widget != anchor_) {
            dismiss();
        }
    }
    return QFrame::eventFilter(watched, event);
}

void Popover::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        return;
    }
    QFrame::keyPressEvent(event);
}

void Popover::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), theme.colour(ColourRole::Raised));
    painter.setPen(
        mixed(theme.colour(ColourRole::Line), theme.colour(ColourRole::Muted), theme.isHighContrast() ? 0 : 0.4));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace signalbox::ui
