// A run's progress on standard error: a bar that is redrawn on a terminal, plain lines elsewhere.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "app/ctl/terminal.h"
#include "base/clock.h"
#include "protocol/dto.h"

namespace signalbox::ctl {

/// Keeps what is known of each node and shows it. With `lines` every change of a node and every log line is written
/// as well; without, nothing is written unless it is a terminal.
class ProgressView {
public:
    ProgressView(Terminal& err, bool lines) : err_(err), lines_(lines) {}
    ~ProgressView() { clear(); }
    ProgressView(const ProgressView&) = delete;
    ProgressView& operator=(const ProgressView&) = delete;

    void start(const protocol::RunDetail& detail);
    void apply(const protocol::EventDto& event);
    /// Draws the bar, on a terminal.
    void draw(Micros now);
    /// Takes the bar away, so that something else can be written.
    void clear();

private:
    struct Node {
        std::string status;
        double progress = 0;
    };
    void line(const protocol::EventDto& event);

    Terminal& err_;
    const bool lines_;
    std::map<std::string, Node> nodes_;
    Micros started_ = 0;
    bool drawn_ = false;
};

/// "[#####-----] 5/10  ● fetch, parse  3.2 s", no wider than `width`.
[[nodiscard]] std::string progressBar(std::size_t done, std::size_t total, const std::vector<std::string>& running,
                                      const std::string& time, std::size_t width);

}  // namespace signalbox::ctl
