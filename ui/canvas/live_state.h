// What a run makes of the nodes of a scene.
#pragma once

#include <QString>
#include <cstdint>
#include <vector>

#include "ui/text/states.h"

namespace signalbox::ui {

/// The state of one node; times in microseconds since the epoch, 0: not yet.
struct NodeLive {
    QString status;  ///< as in the protocol; empty: no run is shown
    std::uint32_t generation = 0;
    std::uint32_t attempt = 0;
    std::uint32_t itemsTotal = 0;
    std::uint32_t itemsDone = 0;
    std::int64_t started = 0;
    std::int64_t finished = 0;
    QString errorCode;
    QString errorMessage;
    bool operator==(const NodeLive&) const = default;
};

/// "Running · 3.10 s · 12/40 · attempt 2"; empty without a state worth telling.
[[nodiscard]] QString liveLine(const NodeLive& live, std::int64_t nowMicros);

/// The states of all nodes, with what painting needs of them looked up once.
class LiveStates {
public:
    void reset(int nodes);
    void set(int node, NodeLive live);
    [[nodiscard]] bool shown() const { return shown_; }  ///< whether any node has a state
    [[nodiscard]] int activeCount() const { return active_; }
    [[nodiscard]] const NodeLive& of(int node) const { return live_[static_cast<std::size_t>(node)]; }
    [[nodiscard]] StateShape shape(int node) const { return shape_[static_cast<std::size_t>(node)]; }
    [[nodiscard]] ColourRole role(int node) const { return role_[static_cast<std::size_t>(node)]; }

private:
    std::vector<NodeLive> live_;
    std::vector<StateShape> shape_;
    std::vector<ColourRole> role_;
    int active_ = 0;
    bool shown_ = false;
};

}  // namespace signalbox::ui
