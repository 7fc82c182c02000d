// Spans kept for tests to look at, instead of being sent.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "telemetry/span.h"

namespace signalbox::gateway::test {

/// Thread-safe.
class KeptSpans final : public telemetry::SpanSink {
public:
    void record(telemetry::Span span) override {
        const std::lock_guard lock(mutex_);
        spans_.push_back(std::move(span));
    }
    /// Since the last time.
    [[nodiscard]] std::vector<telemetry::Span> take() {
        const std::lock_guard lock(mutex_);
        return std::exchange(spans_, {});
    }

private:
    std::mutex mutex_;
    std::vector<telemetry::Span> spans_;
};

/// An attribute as text: "3", "0.25"; empty when there is none.
inline std::string textOf(const telemetry::Span& span, std::string_view name) {
    for (const auto& [known, value] : span.attributes) {
        if (known == name) return std::visit([](const auto& held) { return fmt::format("{}", held); }, value);
    }
    return {};
}

template <class Bytes>
std::string hexOf(const Bytes& bytes) {
    return fmt::format("{:02x}", fmt::join(bytes, ""));
}

}  // namespace signalbox::gateway::test
