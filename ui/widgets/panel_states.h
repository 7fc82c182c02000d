// The five states of a panel around its content: empty, loading, live, stale, error.
#pragma once

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <functional>

#include "base/result.h"
#include "ui/widgets/skeleton.h"

class QStackedLayout;

namespace signalbox::ui {

class EmptyState;
class ErrorState;
class StaleStrip;
class StaleVeil;

/// Shows the content of a panel or, in its place, why there is none; the content keeps its size and place meanwhile.
/// Starts loading without anything to see. Takes the content over. Window thread only.
///
///     states_ = new PanelStates(*view_);
///     states_->setEmptyTexts("runs", tr("No runs yet"), tr("Runs are listed here, newest first."), tr("&Run now"));
///     connect(states_, &PanelStates::firstActionRequested, ...); connect(states_, &PanelStates::retryRequested, ...);
///     states_->showLoading(); ... reply ? states_->showLive() : states_->showError(reply.error());
class PanelStates : public QWidget {
    Q_OBJECT
public:
    enum class State : quint8 { Empty, Loading, Live, Stale, Error };
    Q_ENUM(State)

    explicit PanelStates(QWidget& content, QWidget* parent = nullptr);

    /// What belongs here and the first thing to do; an empty label leaves the button out.
    void setEmptyTexts(const QString& icon, const QString& title, const QString& text, const QString& action = {});
    /// What the loading state looks like; rows unless told.
    void setSkeleton(Skeleton::Kind kind);
    /// Micros since the epoch, for the age of stale content; the machine's unless told.
    void setClock(std::function<std::int64_t()> now);

    void showEmpty();
    /// Content that is there already stays (state Live or Stale does not change); otherwise a skeleton comes after a
    /// moment, so that a quick answer does not flicker.
    void showLoading();
    void showLive();
    /// The content stays, greyed, with its age since `asOf` (micros since the epoch) and the reason.
    void showStale(std::int64_t asOf, const QString& reason);
    /// In place of the content. `requestId` goes into the diagnostics; empty when there is none.
    void showError(const signalbox::Error& error, const QString& requestId = {});

    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool isSkeletonShown() const;
    [[nodiscard]] EmptyState& emptyState() { return *empty_; }
    [[nodiscard]] ErrorState& errorState() { return *error_; }
    [[nodiscard]] QWidget& content() { return *content_; }
    static constexpr int kSkeletonDelay = 150;  ///< milliseconds

Q_SIGNALS:
    void stateChanged(signalbox::ui::PanelStates::State state);
    void firstActionRequested();
    /// From the error page or the strip of stale content.
    void retryRequested();

private:
    void enter(State state);
    void turnTo(QWidget& page);
    void buildPages();
    [[nodiscard]] QString describeState(State state) const;

    QWidget* content_;
    QWidget* live_;  ///< content, veil and strip
    QWidget* blank_;
    EmptyState* empty_;
    Skeleton* skeleton_;
    ErrorState* error_;
    StaleStrip* strip_;
    StaleVeil* veil_;
    QStackedLayout* pages_;
    QTimer delay_;
    std::function<std::int64_t()> now_;
    State state_ = State::Loading;
};

}  // namespace signalbox::ui
