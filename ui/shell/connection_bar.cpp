#include "ui/shell/connection_bar.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/models/connection_look.h"
#include "ui/models/connection_monitor.h"
#include "ui/text/format.h"
#include "ui/text/states.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/state_badge.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

using client::ConnectionNeed;
using client::ConnectionState;

ConnectionBar::ConnectionBar(ConnectionMonitor& monitor, QWidget* parent)
    : QWidget(parent),
      monitor_(monitor),
      state_(new StateBadge),
      what_(new ThemedLabel(ColourRole::Text)),
      more_(new ThemedLabel(ColourRole::Muted)),
      action_(new QPushButton) {
    setObjectName(QStringLiteral("connectionBar"));
    build();
    tick_.setInterval(1000);
    connect(&tick_, &QTimer::timeout, this, &ConnectionBar::refresh);
    connect(&monitor_, &ConnectionMonitor::changed, this, &ConnectionBar::refresh);
    connect(&monitor_, &ConnectionMonitor::identityChanged, this, &ConnectionBar::refresh);
    connect(action_, &QPushButton::clicked, this, &ConnectionBar::act);
    connect(&Theme::current(), &Theme::changed, this, qOverload<>(&QWidget::update));
    refresh();
}

void ConnectionBar::build() {
    state_->setObjectName(QStringLiteral("connectionState"));
    what_->setObjectName(QStringLiteral("connectionReason"));
    what_->setElided(true);
    more_->setObjectName(QStringLiteral("connectionMore"));
    more_->setElided(true);
    action_->setObjectName(QStringLiteral("connectionAction"));
    const int unit = Theme::current().unit();
    auto* texts = new QVBoxLayout;
    texts->setSpacing(0);
    texts->addWidget(what_);
    texts->addWidget(more_);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(unit * 3 / 2, unit / 2, unit, unit / 2);
    row->setSpacing(unit * 3 / 2);
    row->addWidget(state_);
    row->addLayout(texts, 1);
    row->addWidget(action_);
}

void ConnectionBar::refresh() {
    const bool live = monitor_.isLive();
    setVisible(!live);
    live ? tick_.stop() : tick_.start();
    if (live) return;
    const auto status = monitor_.status();
    state_->setStatus(connectionKey(status));
    QStringList words{status.error ? toQString(status.error->message) : monitor_.reason()};
    const auto exact = describeConnection(status, monitor_.now());
    const auto word = stateLook(connectionKey(status)).word;
    if (exact != word) words << exact.mid(word.size() + 3);
    what_->setText(words.join(QStringLiteral(" · ")));
    QStringList more;
    if (status.error && !status.error->hint.empty()) more << toQString(status.error->hint);
    if (monitor_.wasLive()) more << tr("Unsaved edits stay here, and it goes on by itself.");
    more_->setText(more.join(QStringLiteral(" · ")));
    more_->setVisible(!more.isEmpty());
    const auto text = status.need == ConnectionNeed::Credentials ? tr("&Sign in…")
                      : status.need == ConnectionNeed::Trust     ? tr("Look at the &certificate…")
                                                                 : tr("&Reconnect now");
    action_->setText(text);
    action_->setAccessibleName(QString(text).remove(QLatin1Char('&')));
    const bool busy = status.need == ConnectionNeed::None &&
                      (status.state == ConnectionState::Connecting || status.state == ConnectionState::Authenticating);
    action_->setVisible(!busy);
    setAccessibleName(QStringLiteral("%1: %2").arg(word, what_->text()));
}

void ConnectionBar::act() {
    switch (monitor_.status().need) {
        case ConnectionNeed::Credentials:
            Q_EMIT signInRequested();
            break;
        case ConnectionNeed::Trust:
            Q_EMIT trustRequested();
            break;
        case ConnectionNeed::None:
            Q_EMIT reconnectRequested();
            break;
    }
}

void ConnectionBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    const auto colour = theme.colour(stateLook(connectionKey(monitor_.status())).role);
    painter.fillRect(rect(), mixed(theme.colour(ColourRole::Surface), colour, 0.1));
    painter.fillRect(QRect(0, height() - 1, width(), 1), theme.colour(ColourRole::Line));
}

}  // namespace signalbox::ui
