// Follows one run until it has ended, or waits.
#pragma once

#include <QEventLoop>
#include <QTimer>
#include <optional>
#include <string>

#include "app/ctl/interrupt.h"
#include "app/ctl/progress_view.h"
#include "app/ctl/report.h"
#include "app/ctl/session.h"
#include "base/clock.h"

namespace signalbox::ctl {

struct WatchOptions {
    bool lines = false;        ///< every step on a line of its own
    bool events = false;       ///< with --json: every event as a line of JSON on standard output
    bool stopsAtWait = false;  ///< a run that waits is left to whoever comes next
};

/// One use: make it before the run is acted on, so that no event is missed, then run follow().
class RunWatch : public QObject {
    Q_OBJECT
public:
    RunWatch(Session& session, Output& output, WatchOptions options);

    /// Gives the run as it stood at the end; Ctrl-C cancels the run and goes on waiting for that, a second one gives it
    /// up. Error when it could not be followed.
    [[nodiscard]] Result<protocol::RunDetail> follow(const std::string& runId);

private:
    void receive(const std::vector<protocol::EventDto>& events);
    void show(const protocol::EventDto& event);
    void finish();
    void look();
    void seen(Result<protocol::RunDetail> detail);
    void announceWaits(const protocol::RunDetail& detail);
    void interrupt();
    [[nodiscard]] bool isOver(const protocol::RunDetail& detail) const;

    Session& session_;
    Output& output_;
    const WatchOptions options_;
    ProgressView view_;
    SystemClock clock_;
    std::optional<InterruptWatch> interrupts_;  ///< while a run is followed
    QEventLoop loop_;
    QTimer redraw_;
    std::string runId_;
    std::string announced_;
    bool looking_ = false;
    bool lookAgain_ = false;
    bool cancelling_ = false;
    bool endSeen_ = false;
    std::vector<protocol::EventDto> early_;  ///< what came before the run's id was known
    std::optional<Result<protocol::RunDetail>> result_;
};

enum class Waits : std::uint8_t { All, ForPeople };
/// What a run waits for, a line each, with the command that ends the wait. `where` is added to those commands.
[[nodiscard]] std::vector<std::string> waitsOf(const protocol::RunDetail& detail, const std::string& where,
                                               Waits which = Waits::All);

}  // namespace signalbox::ctl
