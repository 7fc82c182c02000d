#include "ui/widgets/stale_strip.h"

#include <QDateTime>
#include <QHBoxLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>
#include <QPushButton>

#include "ui/text/format.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

StaleStrip::StaleStrip(QWidget* parent)
    : QWidget(parent),
      now_([] { return QDateTime::currentMSecsSinceEpoch() * 1000; }),
      icon_(new QLabel),
      age_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      reason_(new ThemedLabel(ColourRole::Muted)),
      retry_(new QPushButton(tr("Retry"))) {
    setObjectName(QStringLiteral("staleStrip"));
    retry_->setAutoDefault(false);  // in a dialog Enter is the dialog's own
    age_->setObjectName(QStringLiteral("staleAge"));
    reason_->setObjectName(QStringLiteral("staleReason"));
    reason_->setElided(true);
    retry_->setObjectName(QStringLiteral("staleRetry"));
    retry_->setAccessibleName(tr("Retry"));
    age_->setWordWrap(false);
    const auto unit = Theme::current().unit();
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit / 2, unit, unit / 2);
    row->setSpacing(unit);
    row->addWidget(icon_);
    row->addWidget(age_);
    row->addWidget(reason_, 1);
    row->addWidget(retry_);
    tick_.setInterval(1000);
    connect(&tick_, &QTimer::timeout, this, &StaleStrip::refresh);
    connect(retry_, &QPushButton::clicked, this, &StaleStrip::retryRequested);
    connect(&Theme::current(), &Theme::changed, this, &StaleStrip::restyle);
    restyle();
}

void StaleStrip::setClock(std::function<std::int64_t()> now) { now_ = std::move(now); }

void StaleStrip::setStale(std::int64_t asOf, const QString& reason) {
    asOf_ = asOf;
    reason_->setText(reason);
    refresh();
}

QString StaleStrip::text() const {
    return reason_->text().isEmpty() ? age_->text() : QStringLiteral("%1 · %2").arg(age_->text(), reason_->text());
}

void StaleStrip::refresh() {
    age_->setText(formatAge(now_() - asOf_));
    setAccessibleName(text());
}

void StaleStrip::restyle() {
    const auto& theme = Theme::current();
    icon_->setPixmap(theme.icons().pixmap(QStringLiteral("stale"), theme.iconSize(), devicePixelRatioF(),
                                          theme.colour(ColourRole::Warn)));
    update();
}

void StaleStrip::showEvent(QShowEvent* event) {
    QWidget::showEvent(event);
    refresh();
    tick_.start();
}

void StaleStrip::hideEvent(QHideEvent* event) {
    QWidget::hideEvent(event);
    tick_.stop();
}

void StaleStrip::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), theme.colour(ColourRole::Warn), 0.1));
    painter.fillRect(QRect(0, 0, width(), 1), theme.colour(ColourRole::Line));
}

StaleVeil::StaleVeil(QWidget* parent) : QWidget(parent) {
    setObjectName(QStringLiteral("staleVeil"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StaleVeil::paintEvent(QPaintEvent* event) {
    const auto& theme = Theme::current();
    if (theme.isHighContrast()) return;
    auto grey = theme.colour(ColourRole::Surface);
    grey.setAlphaF(kStrength);
    QPainter(this).fillRect(event->rect(), grey);
}

}  // namespace signalbox::ui
