// Whoever an open stream belongs to, as they are at each moment.
#pragma once

#include <memory>
#include <string>

#include "base/result.h"
#include "protocol/identity_dto.h"
#include "service/principal.h"

namespace signalbox::identity {
class Identity;
struct Caller;
}  // namespace signalbox::identity

namespace signalbox::gateway {

/// A caller with a session or key, or a principal that never changes (a gateway without users). Thread-safe; copies
/// share what they know.
class Receiver {
public:
    Receiver(identity::Identity& identity, identity::Caller caller);
    explicit Receiver(service::Principal fixed);

    /// Asks the identity store again: permissions may have changed. Errors "identity.*" when the session has ended.
    [[nodiscard]] Result<service::Principal> current() const;
    /// Has asked for something, which is what keeps a session from expiring.
    void touch() const;
    /// As it was when last asked.
    [[nodiscard]] protocol::AccountDto account() const;
    /// Id of the session or key; empty: neither.
    [[nodiscard]] const std::string& credential() const;

private:
    struct State;
    std::shared_ptr<State> state_;
};

}  // namespace signalbox::gateway
