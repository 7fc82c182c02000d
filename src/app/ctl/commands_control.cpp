#include <QTimer>
#include <functional>

#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/danger.h"
#include "app/ctl/input.h"
#include "app/ctl/run_end.h"
#include "app/ctl/run_watch.h"
#include "app/ctl/session.h"
#include "app/ctl/states.h"

namespace signalbox::ctl {

namespace {

using Action = std::function<Result<protocol::Empty>(client::RunsApi&, const QString& run)>;

constexpr int kPauseMilliseconds = 500;
constexpr int kAttempts = 50;  ///< longer than a lease lasts

/// A program that was killed still holds its runs until their lease ends: that is waited for.
Result<protocol::Empty> untilOwnerIsGone(const std::function<Result<protocol::Empty>()>& action, Output& output) {
    for (int attempt = 1;; ++attempt) {
        auto done = action();
        if (done || done.error().code != "run.owned-elsewhere" || attempt == kAttempts) return done;
        if (attempt == 1 && !output.json) {
            output.err.line(
                "The program that has the run does not answer; waiting up to 25 s for its claim to run out.");
        }
        QEventLoop pause;
        QTimer::singleShot(kPauseMilliseconds, &pause, &QEventLoop::quit);
        pause.exec();
    }
}

/// Whether the run needs this program, because its owner was gone. One of a gateway is followed when asked for.
Result<bool> goesOnHere(Session& session, const Arguments& arguments) {
    if (session.isRemote()) return arguments.has("watch");
    SIGNALBOX_TRY(const auto stats, Session::await(session.client().engineStats()));
    return stats.activeRuns + stats.queuedRuns > 0;
}

/// Does something to a run. When it is this program that has the run afterwards, stays until the run has ended or waits
/// again; otherwise its owner goes on with it.
int act(const Arguments& arguments, Output& output, const std::string& said, const Action& action) {
    auto session = Session::open(arguments, Session::Mode::OwnRuns, output);
    if (!session) return output.error(session.error());
    auto run = (*session)->resolveRun(arguments.operands.front());
    if (!run) return output.error(run.error());
    if (auto sure = confirmDanger(**session, arguments, "run " + shortId(*run), output); !sure) {
        return output.error(sure.error());
    }
    WatchOptions options;
    options.stopsAtWait = true;
    options.lines = arguments.has("watch");
    RunWatch watch(**session, output, options);
    auto done =
        untilOwnerIsGone([&] { return action((*session)->client().runs(), QString::fromStdString(*run)); }, output);
    if (!done) return output.error(done.error());
    if (!output.json) output.err.line(fmt::format("{} run {}", said, shortId(*run)));
    const auto stays = goesOnHere(**session, arguments);
    if (!stays) return output.error(stays.error());
    auto detail =
        *stays ? watch.follow(*run) : Session::await((*session)->client().runs().get(QString::fromStdString(*run)));
    if (!detail) return output.error(detail.error());
    if (output.json || isTerminal(detail->summary.status) || *stays) {
        const int code = reportEnd(*detail, **session, output);
        // The command did what it was asked to, also when that was the end of the run.
        return detail->summary.status == "cancelled" ? kOk : code;
    }
    output.err.line((*session)->isRemote() ? "The gateway goes on with it."
                                           : "Another program has the run and goes on with it.");
    return kOk;
}

}  // namespace

int signalCommand(const Arguments& arguments, Output& output) {
    Value value;
    if (const auto typed = arguments.option("value")) {
        auto read = readValue(*typed);
        if (!read) return output.error(read.error());
        value = std::move(*read);
    }
    const QString name = QString::fromStdString(arguments.operands[1]);
    return act(
        arguments, output, fmt::format("Sent \"{}\" to", arguments.operands[1]),
        [&](client::RunsApi& runs, const QString& run) { return Session::await(runs.signal(run, name, value)); });
}

int approveCommand(const Arguments& arguments, Output& output) {
    const bool approved = !arguments.has("reject");
    const QString node = QString::fromStdString(arguments.operands[1]);
    const QString comment = QString::fromStdString(arguments.option("comment").value_or(""));
    return act(arguments, output, fmt::format("{} {} of", approved ? "Approved" : "Rejected", arguments.operands[1]),
               [&](client::RunsApi& runs, const QString& run) {
                   return Session::await(runs.decide(run, node, approved, comment));
               });
}

int cancelCommand(const Arguments& arguments, Output& output) {
    const QString reason = QString::fromStdString(arguments.option("reason").value_or(""));
    return act(arguments, output, "Cancelled",
               [&](client::RunsApi& runs, const QString& run) { return Session::await(runs.cancel(run, reason)); });
}

int pauseCommand(const Arguments& arguments, Output& output) {
    return act(arguments, output, "Paused",
               [](client::RunsApi& runs, const QString& run) { return Session::await(runs.pause(run)); });
}

int resumeCommand(const Arguments& arguments, Output& output) {
    return act(arguments, output, "Resumed",
               [](client::RunsApi& runs, const QString& run) { return Session::await(runs.resume(run)); });
}

}  // namespace signalbox::ctl
