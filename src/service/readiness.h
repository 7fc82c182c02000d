// Whether a gateway can do work, and if not, why.
#pragma once

#include <string>
#include <vector>

namespace signalbox::service {

struct DispatcherParts;

struct ReadinessCheck {
    std::string name;  ///< "store", "recovery", "disk"
    bool passed = true;
    std::string reason;  ///< why not
};

struct Readiness {
    std::vector<ReadinessCheck> checks;
    [[nodiscard]] bool isReady() const {
        for (const ReadinessCheck& check : checks) {
            if (!check.passed) return false;
        }
        return true;
    }
};

/// Looks at the store, which writes for it, the runs to be recovered and the disk. Blocks as long as a write takes.
[[nodiscard]] Readiness examineReadiness(const DispatcherParts& parts);

}  // namespace signalbox::service
