#include "gateway/receiver.h"

#include <mutex>
#include <utility>

#include "identity/identity.h"

namespace signalbox::gateway {

namespace {

protocol::AccountDto accountOf(const identity::Caller& caller) {
    protocol::AccountDto account;
    account.kind = caller.kind == identity::Caller::Kind::Key ? "key" : "user";
    account.userId = caller.userId;
    account.login = caller.login;
    account.name = caller.name;
    account.tenant = caller.tenant;
    account.roles = caller.roles;
    account.permissions = caller.permissions;
    return account;
}

protocol::AccountDto accountOf(const service::Principal& principal) {
    protocol::AccountDto account;
    account.kind = "local";
    account.name = principal.name;
    account.tenant = principal.tenant;
    account.permissions = principal.permissions;
    return account;
}

}  // namespace

struct Receiver::State {
    identity::Identity* identity = nullptr;  ///< null: `fixed` is all there is
    std::string credential;
    service::Principal fixed;
    std::mutex mutex;  ///< guards the caller; never held while the store is asked, which may be telling us something
    identity::Caller caller;
};

Receiver::Receiver(identity::Identity& identity, identity::Caller caller) : state_(std::make_shared<State>()) {
    state_->identity = &identity;
    state_->credential = caller.credential;
    state_->caller = std::move(caller);
}

Receiver::Receiver(service::Principal fixed) : state_(std::make_shared<State>()) { state_->fixed = std::move(fixed); }

Result<service::Principal> Receiver::current() const {
    if (state_->identity == nullptr) return state_->fixed;
    identity::Caller known;
    {
        const std::lock_guard lock(state_->mutex);
        known = state_->caller;
    }
    SIGNALBOX_TRY(identity::Caller now, state_->identity->refresh(known));
    auto principal = service::principalOf(now);
    const std::lock_guard lock(state_->mutex);
    state_->caller = std::move(now);
    return principal;
}

void Receiver::touch() const {
    if (state_->identity == nullptr) return;
    identity::Caller known;
    {
        const std::lock_guard lock(state_->mutex);
        known = state_->caller;
    }
    state_->identity->touch(known);
}

protocol::AccountDto Receiver::account() const {
    if (state_->identity == nullptr) return accountOf(state_->fixed);
    const std::lock_guard lock(state_->mutex);
    return accountOf(state_->caller);
}

const std::string& Receiver::credential() const { return state_->credential; }

}  // namespace signalbox::gateway
