#include "service/readiness.h"

#include "engine/engine.h"
#include "service/dispatcher.h"
#include "store/sqlite_store.h"

namespace signalbox::service {

namespace {

/// Nobody is called so: ending that one's lease changes nothing, but takes the whole way of a write.
constexpr const char* kProbe = "readiness-probe";

ReadinessCheck check(const char* name, const Status& status) {
    return {name, status.has_value(), status ? std::string() : status.error().message};
}

}  // namespace

Readiness examineReadiness(const DispatcherParts& parts) {
    Readiness readiness;
    if (parts.store == nullptr || parts.engine == nullptr) {
        readiness.checks.push_back({"store", false, "This gateway only looks at documents; nothing runs here"});
        return readiness;
    }
    readiness.checks.push_back(check("store", parts.store->releaseLeases(kProbe)));
    const bool recovered = parts.engine->stats().recovered;
    readiness.checks.push_back(
        {"recovery", recovered, recovered ? "" : "Runs that were interrupted could not be looked for; see the log"});
    readiness.checks.push_back(check("disk", parts.store->intakeAllowed()));
    return readiness;
}

}  // namespace signalbox::service
