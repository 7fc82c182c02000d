#include "ui/widgets/notification_panel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyleOptionToolButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/panel_states.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

QToolButton* headerButton(const char* name, const QString& icon, const QString& text) {
    auto* button = new QToolButton;
    button->setObjectName(QLatin1String(name));
    button->setIcon(themedIcon(icon));
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setAutoRaise(true);
    button->setFocusPolicy(Qt::StrongFocus);
    return button;
}

}  // namespace

NotificationPanel::NotificationPanel(NotificationCentre& centre, QWidget* parent)
    : QWidget(parent),
      centre_(centre),
      view_(new QListView),
      severity_(new QComboBox),
      readAll_(headerButton("notificationsReadAll", QStringLiteral("check"), tr("Mark all as read"))),
      clear_(headerButton("notificationsClear", QStringLiteral("delete"), tr("Clear the history"))),
      states_(new PanelStates(*view_)) {
    setObjectName(QStringLiteral("notificationPanel"));
    setAccessibleName(tr("Notifications"));
    filter_.setSourceModel(&centre_);
    view_->setObjectName(QStringLiteral("notificationList"));
    view_->setAccessibleName(tr("Notifications"));
    view_->setModel(&filter_);
    view_->setItemDelegate(new ItemDelegate(view_));
    view_->setMouseTracking(true);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setTabKeyNavigation(false);
    view_->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildHeader());
    column->addWidget(states_, 1);
    const auto choose = [this](const QModelIndex& index) {
        centre_.activate(index.data(NotificationCentre::NotificationIdRole).toULongLong());
    };
    connect(view_, &QListView::clicked, this, choose);
    connect(view_, &QListView::activated, this, choose);
    connect(&filter_, &QAbstractItemModel::rowsInserted, this, &NotificationPanel::refresh);
    connect(&filter_, &QAbstractItemModel::rowsRemoved, this, &NotificationPanel::refresh);
    connect(&filter_, &QAbstractItemModel::modelReset, this, &NotificationPanel::refresh);
    connect(&centre_, &NotificationCentre::unreadChanged, this, &NotificationPanel::refresh);
    connect(&Theme::current(), &Theme::changed, view_, &QListView::doItemsLayout);
    refresh();
}

QWidget* NotificationPanel::buildHeader() {
    const auto unit = Theme::current().unit();
    severity_->setObjectName(QStringLiteral("notificationSeverity"));
    severity_->setAccessibleName(tr("Show"));
    severity_->addItem(tr("All"));
    for (const auto severity : {Severity::Error, Severity::Warning, Severity::Success, Severity::Info}) {
        severity_->addItem(severityWord(severity), static_cast<int>(severity));
    }
    connect(severity_, &QComboBox::currentIndexChanged, this, [this] {
        const auto chosen = severity_->currentData();
        filter_.setSeverity(chosen.isValid() ? std::optional(static_cast<Severity>(chosen.toInt())) : std::nullopt);
        refresh();
    });
    connect(readAll_, &QToolButton::clicked, &centre_, &NotificationCentre::markAllRead);
    connect(clear_, &QToolButton::clicked, &centre_, &NotificationCentre::clear);
    auto* header = new QWidget;
    auto* row = new QHBoxLayout(header);
    row->setContentsMargins(unit, unit, unit, unit);
    row->setSpacing(unit / 2);
    row->addWidget(severity_, 1);
    row->addWidget(readAll_);
    row->addWidget(clear_);
    return header;
}

void NotificationPanel::refresh() {
    const bool any = centre_.rowCount() > 0;
    readAll_->setEnabled(centre_.unread() > 0);
    clear_->setEnabled(any);
    states_->setEmptyTexts(QStringLiteral("notification"), any ? tr("None of this kind") : tr("No notifications"),
                           any ? tr("Choose “All” to see the others.")
                               : tr("Finished and failed runs, lost connections and other news are listed here."));
    if (filter_.rowCount() > 0) {
        states_->showLive();
    } else {
        states_->showEmpty();
    }
}

quint64 NotificationPanel::currentId() const {
    return view_->currentIndex().data(NotificationCentre::NotificationIdRole).toULongLong();
}

bool NotificationPanel::eventFilter(QObject* watched, QEvent* event) {
    if (watched == view_ && event->type() == QEvent::KeyPress &&
        static_cast<QKeyEvent*>(event)->key() == Qt::Key_Delete && view_->currentIndex().isValid()) {
        centre_.remove(currentId());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

NotificationButton::NotificationButton(NotificationCentre& centre, QWidget* parent) : QToolButton(parent) {
    setObjectName(QStringLiteral("notificationButton"));
    setIcon(themedIcon(QStringLiteral("notification")));
    setAutoRaise(true);
    setFocusPolicy(Qt::TabFocus);
    connect(&centre, &NotificationCentre::unreadChanged, this, &NotificationButton::refresh);
    connect(&Theme::current(), &Theme::changed, this, &QWidget::updateGeometry);
    refresh(centre.unread());
}

void NotificationButton::refresh(int unread) {
    count_ = unread == 0 ? QString() : unread > 99 ? QStringLiteral("99+") : QString::number(unread);
    const auto text = unread == 0 ? tr("Notifications") : tr("Notifications, %n unread", nullptr, unread);
    setToolTip(text);
    setAccessibleName(text);
    updateGeometry();
    update();
}

QSize NotificationButton::sizeHint() const {
    auto size = QToolButton::sizeHint();
    if (!count_.isEmpty()) {
        size.rwidth() +=
            QFontMetrics(Theme::current().captionFont()).horizontalAdvance(count_) + Theme::current().unit();
    }
    return size;
}

// The number stands beside the bell: over it neither could be read.
void NotificationButton::paintEvent(QPaintEvent* event) {
    if (count_.isEmpty()) {
        QToolButton::paintEvent(event);
        return;
    }
    const auto& theme = Theme::current();
    QStyleOptionToolButton option;
    initStyleOption(&option);
    QPainter painter(this);
    option.icon = {};
    style()->drawComplexControl(QStyle::CC_ToolButton, &option, &painter, this);
    const int side = theme.iconSize();
    const auto font = theme.captionFont();
    const int text = QFontMetrics(font).horizontalAdvance(count_);
    const int gap = theme.unit() / 2;
    const int left = (width() - side - gap - text) / 2;
    const QRect bell(left, (height() - side) / 2, side, side);
    const QRect number(left + side + gap, 0, text + 1, height());
    icon().paint(&painter, QStyle::visualRect(layoutDirection(), rect(), bell));
    painter.setFont(font);
    painter.setPen(theme.colour(ColourRole::Text));
    painter.drawText(QStyle::visualRect(layoutDirection(), rect(), number), Qt::AlignVCenter | Qt::AlignLeft, count_);
}

}  // namespace signalbox::ui
