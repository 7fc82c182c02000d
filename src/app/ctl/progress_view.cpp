#include "app/ctl/progress_view.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/ctl/states.h"
#include "base/json.h"

namespace signalbox::ctl {

namespace {

constexpr std::size_t kBar = 20;

std::string repeated(std::string_view text, std::size_t times) {
    std::string all;
    for (std::size_t i = 0; i < times; ++i) all += text;
    return all;
}

std::string clockOf(Micros wall) {
    const std::string time = localTime(wall);
    return time.size() > 11 ? fmt::format("{}.{:03}", time.substr(11), wall / 1000 % 1000) : time;
}

}  // namespace

std::string progressBar(std::size_t done, std::size_t total, const std::vector<std::string>& running,
                        const std::string& time, std::size_t width) {
    const std::size_t filled = total == 0 ? 0 : kBar * std::min(done, total) / total;
    std::string text =
        fmt::format("{}{} {}/{}  {}", repeated("█", filled), repeated("░", kBar - filled), done, total, time);
    if (!running.empty()) text += fmt::format("  ● {}", fmt::join(running, ", "));
    return cutTo(text, width);
}

void ProgressView::start(const protocol::RunDetail& detail) {
    started_ = detail.summary.started != 0 ? detail.summary.started : detail.summary.created;
    for (const auto& node : detail.nodes) nodes_[node.nodeId].status = node.status;
}

void ProgressView::apply(const protocol::EventDto& event) {
    if (event.kind == "node" && !event.item) {
        Node& node = nodes_[event.nodeId];
        node.status = event.status;
        node.progress = 0;
    }
    if (event.kind == "progress") nodes_[event.nodeId].progress = event.progress;
    if (lines_) line(event);
}

void ProgressView::line(const protocol::EventDto& event) {
    const std::string time = err_.paint(Tone::Muted, clockOf(event.wall));
    if (event.kind == "log") {
        clear();
        const Tone tone = event.level == "error" ? Tone::Bad : event.level == "warning" ? Tone::Warning : Tone::Muted;
        std::string fields = event.data.isObject() && !event.data.empty() ? " " + writeJson(event.data) : "";
        err_.line(fmt::format("{}  {}  {}: {}{}", time, err_.paint(tone, fmt::format("{:<11}", event.level)),
                              event.nodeId, onOneLine(event.text), onOneLine(fields)));
        return;
    }
    const bool isNode = event.kind == "node" && !event.item && event.status != "pending" && event.status != "ready";
    if (!isNode && event.kind != "run") return;
    clear();
    std::string text = stateText(event.status);
    text += std::string(13 - std::min<std::size_t>(13, columnsOf(text)), ' ');
    std::string rest = isNode ? event.nodeId : "the run";
    if (event.attempt > 1) rest += fmt::format(", attempt {}", event.attempt);
    if (event.took > 0) rest += fmt::format("  {}", humanDuration(event.took));
    if (!event.code.empty()) rest += fmt::format("  {} [{}]", onOneLine(event.text), event.code);
    err_.line(fmt::format("{}  {}{}", time, err_.paint(stateTone(event.status), text), rest));
}

void ProgressView::draw(Micros now) {
    if (!err_.isTerminal()) return;
    std::size_t done = 0;
    std::vector<std::string> running;
    for (const auto& [id, node] : nodes_) {
        if (isDone(node.status)) ++done;
        if (node.status != "running") continue;
        running.push_back(node.progress > 0 ? fmt::format("{} {:.0f} %", id, node.progress * 100) : id);
    }
    const std::string text = progressBar(done, nodes_.size(), running, spanOf(started_, 0, now), err_.width() - 1);
    err_.write(fmt::format("\r\x1b[K{}", text));
    err_.flush();
    drawn_ = true;
}

void ProgressView::clear() {
    if (!drawn_) return;
    err_.write("\r\x1b[K");
    err_.flush();
    drawn_ = false;
}

}  // namespace signalbox::ctl
