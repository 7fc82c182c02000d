#include "ui/models/run_timeline.h"

#include <utility>

#include "ui/models/run_session.h"

namespace signalbox::ui {

namespace {

constexpr int kPauseMilliseconds = 100;
constexpr std::uint32_t kPageBars = 20'000;

}  // namespace

RunTimelineFeed::RunTimelineFeed(client::GatewayClient& client, RunSession& session, QObject* parent)
    : QObject(parent), client_(client), session_(session) {
    pause_.setSingleShot(true);
    pause_.setInterval(kPauseMilliseconds);
    connect(&pause_, &QTimer::timeout, this, &RunTimelineFeed::noticeRun);
    connect(&session, &RunSession::opened, this, [this] {
        if (session_.isStarting() || session_.runId() != run_) restart();
    });
    connect(&session, &RunSession::nodeChanged, this, &RunTimelineFeed::noticeChange);
    connect(&session, &RunSession::refreshed, this, &RunTimelineFeed::noticeChange);
    connect(&session, &RunSession::statusChanged, this, &RunTimelineFeed::noticeChange);
}

void RunTimelineFeed::setActive(bool active) {
    active_ = active;
    noticeRun();
}

void RunTimelineFeed::restart() {
    ++turn_;
    run_ = session_.runId();
    afterSeq_ = nextSeq_ = 0;
    asking_ = false;
    first_ = stale_ = true;
    Q_EMIT restarted();
    noticeRun();
}

void RunTimelineFeed::noticeChange() {
    stale_ = true;
    if (active_ && !pause_.isActive()) pause_.start();
}

void RunTimelineFeed::noticeRun() {
    if (!active_ || !stale_ || asking_ || !session_.isOpen() || session_.isStarting()) return;
    run_ = session_.runId();
    stale_ = false;
    afterSeq_ = nextSeq_;
    fetch(0);
}

void RunTimelineFeed::fetch(std::uint32_t offset) {
    asking_ = true;
    client_.runs()
        .timeline({run_.toStdString(), afterSeq_, offset, kPageBars})
        .then(this, [this, offset, turn = turn_](const Result<protocol::RunTimeline>& reply) {
            if (turn != turn_) return;
            asking_ = false;
            if (reply) {
                take(*reply, offset);
            } else {
                Q_EMIT failed(reply.error());
            }
        });
}

// What changed while later pages were fetched is after the number of the first page.
void RunTimelineFeed::take(const protocol::RunTimeline& page, std::uint32_t offset) {
    if (offset == 0) nextSeq_ = page.seq;
    Q_EMIT arrived(page, std::exchange(first_, false));
    const auto held = static_cast<std::uint32_t>(page.bar.size());
    if (held > 0 && offset + held < page.total) {
        fetch(offset + held);
    } else if (stale_ && !pause_.isActive()) {
        pause_.start();
    }
}

}  // namespace signalbox::ui
