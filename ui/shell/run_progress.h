// How far the followed run is, in the status bar: nodes done, time left, and a way to end it.
#pragma once

#include <QTimer>
#include <QWidget>
#include <cstdint>
#include <optional>
#include <vector>

class QAction;
class QProgressBar;
class QToolButton;

namespace signalbox::ui {

class NumberLabel;
class PanelContext;

/// What is left of a run, in microseconds, when earlier ones took so long; nothing when there were none, or when it
/// takes longer than the median of them already.
[[nodiscard]] std::optional<std::int64_t> remainingTime(std::vector<std::int64_t> earlier, std::int64_t elapsed);

/// Comes a second after a run has begun, so that short ones do not flicker, and goes when it ends. Window thread; the
/// context and the action must outlive it.
class RunProgress : public QWidget {
    Q_OBJECT
public:
    RunProgress(PanelContext& context, QAction& cancel, QWidget* parent = nullptr);

private:
    void follow();
    void askForEarlier();
    void refresh();
    [[nodiscard]] QString words(std::int64_t elapsed) const;

    PanelContext& context_;
    QProgressBar* bar_;
    NumberLabel* text_;
    QToolButton* cancel_;
    QTimer tick_;
    QString runId_;
    std::vector<std::int64_t> earlier_;  ///< durations of the workflow's last successful runs
};

}  // namespace signalbox::ui
