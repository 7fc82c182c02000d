// Signals that do not end the program at once but are read like input.
#pragma once

#include <csignal>
#include <initializer_list>
#include <utility>
#include <vector>

namespace signalbox::ctl {

/// While it lives, these signals are written into a pipe; afterwards they do again what they did before. Those that
/// were ignored stay so. Objects may be nested; the innermost gets what comes. Used in the main thread.
class CaughtSignals {
public:
    explicit CaughtSignals(std::initializer_list<int> numbers);
    CaughtSignals(const CaughtSignals&) = delete;
    CaughtSignals& operator=(const CaughtSignals&) = delete;
    ~CaughtSignals();

    /// Becomes readable when a signal comes.
    [[nodiscard]] int fd() const { return read_; }
    /// The next one that has come; 0: none.
    [[nodiscard]] int take() const;

private:
    int read_ = -1;
    int write_ = -1;
    int outer_ = -1;
    std::vector<std::pair<int, struct sigaction>> before_;
};

}  // namespace signalbox::ctl
