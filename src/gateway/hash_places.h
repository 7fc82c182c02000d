// How many calls may hash a password at the same time, however they come in.
#pragma once

#include <atomic>
#include <cstddef>
#include <memory>

#include "base/result.h"
#include "protocol/requests.h"

namespace signalbox::gateway {

/// A hash costs a worker for long: without a bound those who ask for many would leave none to others. Thread-safe.
class HashPlaces {
public:
    explicit HashPlaces(std::size_t most) : most_(most), taken_(std::make_shared<std::atomic<std::size_t>>(0)) {}

    /// A place, given back with the pointer; it may outlive this. Error "gateway.busy" (retryable).
    [[nodiscard]] Result<std::shared_ptr<void>> take() const;

private:
    const std::size_t most_;
    const std::shared_ptr<std::atomic<std::size_t>> taken_;
};

/// Whether a call costs a password's hash.
[[nodiscard]] bool hashesPassword(const protocol::Request& request) noexcept;

}  // namespace signalbox::gateway
