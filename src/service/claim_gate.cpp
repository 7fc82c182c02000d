#include "service/claim_gate.h"

#include <utility>

namespace signalbox::service {

void ClaimGate::want(RunId run) {
    const std::lock_guard lock(mutex_);
    wanted_.insert(run);
}

Result<std::vector<engine::ClaimedRun>> ClaimGate::claimExpired(const std::string& owner, Micros leaseTtl,
                                                                std::size_t limit) {
    if (open_) return store_.claimExpired(owner, leaseTtl, limit);
    std::set<RunId> wanted;
    {
        const std::lock_guard lock(mutex_);
        wanted.swap(wanted_);
    }
    std::vector<engine::ClaimedRun> passed;
    while (!wanted.empty()) {
        SIGNALBOX_TRY(const auto claimed, store_.claimExpired(owner, leaseTtl, limit));
        for (const auto& run : claimed) {
            if (wanted.erase(run.run) > 0) passed.push_back(run);
        }
        if (claimed.size() < limit) break;
    }
    return passed;
}

}  // namespace signalbox::service
