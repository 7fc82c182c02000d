#include "ui/widgets/panel_states.h"

#include <QAccessible>
#include <QDateTime>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/error_state.h"
#include "ui/widgets/stale_strip.h"

namespace signalbox::ui {

namespace {

/// The content with the veil over it and the strip below.
class LivePage : public QWidget {
public:
    LivePage(QWidget& content, QWidget& veil, QWidget& strip) : content_(content), veil_(veil) {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->setSpacing(0);
        column->addWidget(&content, 1);
        column->addWidget(&strip);
        veil.setParent(this);
        content.installEventFilter(this);
        setFocusPolicy(Qt::NoFocus);
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (event->type() == QEvent::Resize || event->type() == QEvent::Move) veil_.setGeometry(content_.geometry());
        return QWidget::eventFilter(watched, event);
    }

private:
    QWidget& content_;
    QWidget& veil_;
};

std::int64_t machineNow() { return QDateTime::currentMSecsSinceEpoch() * 1000; }

}  // namespace

PanelStates::PanelStates(QWidget& content, QWidget* parent)
    : QWidget(parent),
      content_(&content),
      blank_(new QWidget),
      empty_(new EmptyState({})),
      skeleton_(new Skeleton),
      error_(new ErrorState),
      strip_(new StaleStrip),
      veil_(new StaleVeil(nullptr)),
      pages_(new QStackedLayout(this)),
      now_(machineNow) {
    setObjectName(QStringLiteral("panelStates"));
    live_ = new LivePage(content, *veil_, *strip_);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    buildPages();
    delay_.setSingleShot(true);
    delay_.setInterval(kSkeletonDelay);
    connect(&delay_, &QTimer::timeout, this, [this] { turnTo(*skeleton_); });
    connect(empty_, &EmptyState::actionRequested, this, &PanelStates::firstActionRequested);
    connect(error_, &ErrorState::retryRequested, this, &PanelStates::retryRequested);
    connect(strip_, &StaleStrip::retryRequested, this, &PanelStates::retryRequested);
}

void PanelStates::buildPages() {
    pages_->setContentsMargins(0, 0, 0, 0);
    for (auto* page : {blank_, static_cast<QWidget*>(empty_), static_cast<QWidget*>(skeleton_),
                       static_cast<QWidget*>(error_), live_}) {
        pages_->addWidget(page);
    }
    strip_->hide();
    veil_->hide();
    pages_->setCurrentWidget(blank_);
    delay_.start();
}

void PanelStates::setEmptyTexts(const QString& icon, const QString& title, const QString& text, const QString& action) {
    empty_->setIcon(icon);
    empty_->setTexts(title, text);
    empty_->setAction(action);
}

void PanelStates::setSkeleton(Skeleton::Kind kind) { skeleton_->setKind(kind); }

void PanelStates::setClock(std::function<std::int64_t()> now) {
    now_ = now;
    strip_->setClock(std::move(now));
}

// The focus goes on to what replaces the page it was in, so that the keyboard is never left nowhere.
void PanelStates::turnTo(QWidget& page) {
    auto* old = pages_->currentWidget();
    if (old == &page) return;
    auto* focused = focusWidget();
    const bool hadFocus = focused && focused->hasFocus() && old->isAncestorOf(focused);
    pages_->setCurrentWidget(&page);
    if (!hadFocus) return;
    if (&page == live_) return content_->setFocus();
    for (auto* button : page.findChildren<QPushButton*>()) {
        if (!button->isHidden() && button->isEnabled()) return button->setFocus();
    }
}

void PanelStates::enter(State state) {
    if (state != State::Loading) delay_.stop();
    const bool stale = state == State::Stale;
    strip_->setVisible(stale);
    veil_->setVisible(stale);
    if (stale) veil_->raise();
    setAccessibleDescription(describeState(state));
    if (state == state_) return;
    state_ = state;
    QAccessibleEvent told(this, state == State::Error || stale ? QAccessible::Alert : QAccessible::DescriptionChanged);
    QAccessible::updateAccessibility(&told);
    Q_EMIT stateChanged(state);
}

QString PanelStates::describeState(State state) const {
    switch (state) {
        case State::Empty:
            return empty_->accessibleName();
        case State::Loading:
            return tr("Loading");
        case State::Live:
            return {};
        case State::Stale:
            return strip_->text();
        case State::Error:
            return error_->accessibleName();
    }
    return {};
}

void PanelStates::showEmpty() {
    turnTo(*empty_);
    enter(State::Empty);
}

void PanelStates::showLoading() {
    if (state_ == State::Live || state_ == State::Stale || delay_.isActive() || isSkeletonShown()) return;
    delay_.start();
    enter(State::Loading);
}

void PanelStates::showLive() {
    turnTo(*live_);
    enter(State::Live);
}

void PanelStates::showStale(std::int64_t asOf, const QString& reason) {
    strip_->setStale(asOf, reason);
    turnTo(*live_);
    enter(State::Stale);
}

void PanelStates::showError(const signalbox::Error& error, const QString& requestId) {
    error_->setError(error, requestId, now_());
    turnTo(*error_);
    enter(State::Error);
}

bool PanelStates::isSkeletonShown() const { return pages_->currentWidget() == skeleton_; }

}  // namespace signalbox::ui
