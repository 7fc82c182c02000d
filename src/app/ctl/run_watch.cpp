#include "app/ctl/run_watch.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/ctl/states.h"
#include "base/json.h"
#include "protocol/codec.h"

namespace signalbox::ctl {

namespace {

constexpr int kRedrawMilliseconds = 100;
constexpr int kLastEventsMilliseconds = 500;

}  // namespace

std::vector<std::string> waitsOf(const protocol::RunDetail& detail, const std::string& where, Waits which) {
    std::vector<std::string> lines;
    const std::string run = shortId(detail.summary.runId);
    for (const auto& state : detail.nodes) {
        if (state.status != "waiting") continue;
        const auto node = std::find_if(detail.graph.nodes.begin(), detail.graph.nodes.end(),
                                       [&](const auto& candidate) { return candidate.id == state.nodeId; });
        if (node == detail.graph.nodes.end()) continue;
        if (node->type == "ApprovalNode") {
            lines.push_back(fmt::format("{} waits for an approval: {}", node->id, onOneLine(node->subtitle)));
            lines.push_back(fmt::format("    signalboxctl approve {} {}{}", run, node->id, where));
        } else if (node->type == "WaitForSignalNode") {
            const std::string name(node->params["signal"].asString());
            lines.push_back(fmt::format("{} waits for the signal \"{}\"", node->id, name));
            lines.push_back(fmt::format("    signalboxctl signal {} {}{}", run, name, where));
        } else if (which == Waits::All) {
            lines.push_back(fmt::format("{} waits ({})", node->id, node->type));
        }
    }
    return lines;
}

RunWatch::RunWatch(Session& session, Output& output, WatchOptions options)
    : session_(session), output_(output), options_(options), view_(output.err, options.lines && !output.json) {
    protocol::EventFilter filter;
    filter.workflows = false;  // only of runs: more may not be permitted
    auto* stream = session_.client().events(std::move(filter), this);
    connect(stream, &client::EventStream::received, this, &RunWatch::receive);
    redraw_.setInterval(kRedrawMilliseconds);
    connect(&redraw_, &QTimer::timeout, this, [this] { view_.draw(clock_.wallNow()); });
}

Result<protocol::RunDetail> RunWatch::follow(const std::string& runId) {
    runId_ = runId;
    interrupts_.emplace();
    connect(&*interrupts_, &InterruptWatch::pressed, this, &RunWatch::interrupt);
    receive(std::exchange(early_, {}));
    look();
    if (!output_.json && output_.err.isTerminal()) redraw_.start();
    loop_.exec();
    redraw_.stop();
    view_.clear();
    return std::move(*result_);
}

void RunWatch::receive(const std::vector<protocol::EventDto>& events) {
    if (runId_.empty()) {
        early_.insert(early_.end(), events.begin(), events.end());
        return;
    }
    bool changed = false;
    for (const auto& event : events) {
        if (event.kind == "lost") changed = true;
        if (event.runId != runId_) continue;
        show(event);
        if (event.kind == "run" || event.status == "waiting") changed = true;
    }
    if (options_.events) output_.out.flush();
    if (result_ && endSeen_) loop_.quit();
    if (changed) look();
}

void RunWatch::show(const protocol::EventDto& event) {
    if (options_.events) output_.out.line(writeJson(protocol::toValue(event)));
    view_.apply(event);
    if (event.kind == "run" && isTerminal(event.status)) endSeen_ = true;
}

void RunWatch::look() {
    // One question at a time; what happens meanwhile is asked for afterwards.
    if (std::exchange(looking_, true)) {
        lookAgain_ = true;
        return;
    }
    session_.client().runs().get(QString::fromStdString(runId_)).then(this, [this](Result<protocol::RunDetail> detail) {
        looking_ = false;
        seen(std::move(detail));
        if (!result_ && std::exchange(lookAgain_, false)) look();
    });
}

bool RunWatch::isOver(const protocol::RunDetail& detail) const {
    const std::string& status = detail.summary.status;
    if (isTerminal(status)) return true;
    return options_.stopsAtWait && (status == "waiting" || status == "paused");
}

void RunWatch::seen(Result<protocol::RunDetail> detail) {
    if (result_) return;  // given up meanwhile
    if (detail && !isOver(*detail)) {
        view_.start(*detail);
        announceWaits(*detail);
        return;
    }
    result_ = std::move(detail);
    finish();
}

void RunWatch::finish() {
    // The last events may still be on their way; whoever wants to see each of them waits for them, not for long.
    const bool complete = endSeen_ || !(options_.lines || options_.events) || !*result_;
    QTimer::singleShot(complete ? 0 : kLastEventsMilliseconds, &loop_, &QEventLoop::quit);
}

void RunWatch::announceWaits(const protocol::RunDetail& detail) {
    if (output_.json) return;
    std::string text;
    for (const auto& line : waitsOf(detail, session_.placeOption(), Waits::ForPeople)) text += line + "\n";
    if (text == announced_) return;
    announced_ = text;
    if (text.empty()) return;
    view_.clear();
    output_.err.write(output_.err.paint(Tone::Warning, stateText("waiting")) + "\n" + text);
    output_.err.flush();
}

void RunWatch::interrupt() {
    view_.clear();
    if (std::exchange(cancelling_, true)) {
        result_.emplace(fail("run.left", "The run was left as it is", runId_,
                             session_.isRemote() ? "The gateway goes on with it"
                                                 : "It goes on when a program with this workspace takes it over"));
        loop_.quit();
        return;
    }
    output_.err.line("Cancelling the run; press Ctrl-C again to leave it as it is.");
    std::ignore = session_.client()
                      .runs()
                      .cancel(QString::fromStdString(runId_), "Ctrl-C")
                      .then(this, [this](const Result<protocol::Empty>& done) {
                          if (!done && done.error().code != "run.finished") printError(output_.err, done.error());
                      });
}

}  // namespace signalbox::ctl
