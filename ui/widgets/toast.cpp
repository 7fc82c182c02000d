#include "ui/widgets/toast.h"

#include <QAccessible>
#include <QAccessibleWidget>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

ColourRole roleOf(Severity severity) {
    switch (severity) {
        case Severity::Success:
            return ColourRole::Ok;
        case Severity::Warning:
            return ColourRole::Warn;
        case Severity::Error:
            return ColourRole::Error;
        case Severity::Info:
            break;
    }
    return ColourRole::Info;
}

// Qt has no property for the role of a widget.
QAccessibleInterface* makeInterface(const QString& className, QObject* object) {
    if (className != QLatin1String("signalbox::ui::Toast") || !object || !object->isWidgetType()) return nullptr;
    return new QAccessibleWidget(static_cast<QWidget*>(object), QAccessible::AlertMessage);
}

void installInterface() {
    static const bool kInstalled = [] {
        QAccessible::installFactory(makeInterface);
        return true;
    }();
    static_cast<void>(kInstalled);
}

}  // namespace

Toast::Toast(const Notification& notification, int milliseconds, QWidget* parent)
    : QWidget(parent), id_(notification.id), severity_(notification.severity), left_(milliseconds), icon_(new QLabel) {
    installInterface();
    setObjectName(QStringLiteral("toast"));
    setAccessibleName(QStringLiteral("%1: %2").arg(severityWord(severity_), notification.title));
    setAccessibleDescription(notification.text);
    setFocusPolicy(Qt::NoFocus);
    build(notification);
    life_.setSingleShot(true);
    life_.start(left_);
    connect(&life_, &QTimer::timeout, this, &Toast::leaveRequested);
    connect(qApp, &QApplication::focusChanged, this, &Toast::follow);
    connect(&Theme::current(), &Theme::changed, this, &Toast::restyle);
    restyle();
}

Toast::~Toast() = default;

void Toast::build(const Notification& notification) {
    const auto unit = Theme::current().unit();
    auto* texts = new QVBoxLayout;
    texts->setSpacing(unit / 4);
    auto* title = new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong);
    title->setObjectName(QStringLiteral("toastTitle"));
    title->setText(notification.title);
    texts->addWidget(title);
    if (!notification.text.isEmpty()) {
        auto* text = new ThemedLabel(ColourRole::Muted);
        text->setText(notification.text);
        texts->addWidget(text);
    }
    if (!notification.actionLabel.isEmpty()) {
        auto* action = new QPushButton(notification.actionLabel);
        auto plain = notification.actionLabel;
        action->setObjectName(QStringLiteral("toastAction"));
        action->setAccessibleName(plain.remove(QLatin1Char('&')));
        action->setFocusPolicy(Qt::TabFocus);
        connect(action, &QPushButton::clicked, this, &Toast::actionRequested);
        texts->addSpacing(unit / 2);
        texts->addWidget(action, 0, Qt::AlignLeft);
    }
    auto* close = new QToolButton;
    close->setObjectName(QStringLiteral("toastClose"));
    close->setAccessibleName(tr("Close the message"));
    close->setToolTip(tr("Close"));
    close->setIcon(themedIcon(QStringLiteral("close"), ColourRole::Muted));
    close->setAutoRaise(true);
    close->setFocusPolicy(Qt::TabFocus);
    connect(close, &QToolButton::clicked, this, &Toast::leaveRequested);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 2, unit, unit, unit * 3 / 2);
    row->setSpacing(unit);
    row->addWidget(icon_, 0, Qt::AlignTop);
    row->addLayout(texts, 1);
    row->addWidget(close, 0, Qt::AlignTop);
}

void Toast::announce() {
    QAccessibleEvent told(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&told);
}

void Toast::restyle() {
    const auto& theme = Theme::current();
    icon_->setPixmap(theme.icons().pixmap(severityName(severity_), theme.iconSize(), devicePixelRatioF(),
                                          theme.colour(roleOf(severity_))));
    icon_->setFixedHeight(theme.unit() * 7 / 2);
    update();
}

void Toast::follow(const QWidget* old, const QWidget* now) {
    const bool inside = now && isAncestorOf(now);
    if (inside && !focused_) before_ = const_cast<QWidget*>(old);
    focused_ = inside;
    holdOrGo();
}

void Toast::holdOrGo() {
    if (isHeld()) {
        if (life_.isActive()) left_ = std::max(1, life_.remainingTime());
        life_.stop();
    } else if (!life_.isActive()) {
        life_.start(left_);
    }
}

void Toast::enterEvent(QEnterEvent* event) {
    QWidget::enterEvent(event);
    hovered_ = true;
    holdOrGo();
}

void Toast::leaveEvent(QEvent* event) {
    QWidget::leaveEvent(event);
    hovered_ = false;
    holdOrGo();
}

void Toast::keyPressEvent(QKeyEvent* event) {
    if (event->key() != Qt::Key_Escape) {
        QWidget::keyPressEvent(event);
        return;
    }
    if (before_) before_->setFocus();
    Q_EMIT leaveRequested();
}

void Toast::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), theme.colour(ColourRole::Raised));
    painter.setPen(
        mixed(theme.colour(ColourRole::Line), theme.colour(ColourRole::Muted), theme.isHighContrast() ? 0 : 0.4));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
    const int thick = std::max(2, theme.unit() / 3);
    const QRect stripe(0, 0, thick, height());
    painter.fillRect(QStyle::visualRect(layoutDirection(), rect(), stripe), theme.colour(roleOf(severity_)));
}

}  // namespace signalbox::ui
