// How LocalIdentity changes file and memory together. For its own sources only.
#pragma once

#include <utility>

#include "identity/local_identity.h"

namespace signalbox::identity {

class LocalIdentity::Telling {
public:
    explicit Telling(LocalIdentity& identity) : identity_(identity) {}
    Telling(const Telling&) = delete;
    Telling& operator=(const Telling&) = delete;
    ~Telling() { identity_.tell(endings); }
    std::vector<Ending> endings;

private:
    LocalIdentity& identity_;
};

/// Looks at memory while it does not change.
template <class Fn>
auto LocalIdentity::look(Fn&& at) const {
    const std::shared_lock lock(memory_);
    return at(directory_);
}

/// All or nothing: when the action or the disk fails, file and memory are as before. The action sees what other
/// programs have written until then, and nobody else writes meanwhile.
template <class Fn>
auto LocalIdentity::change(Fn&& act) -> std::invoke_result_t<Fn&, Edit&> {
    Telling telling(*this);
    const std::lock_guard writes(writes_);
    SIGNALBOX_TRY(auto scope, tables_->begin());
    // Not before: another program may keep the file locked for long.
    const std::lock_guard changes(changes_);
    SIGNALBOX_CHECK(sync(telling.endings));
    Edit edit(*tables_, directory_, options_.clock->wallNow());
    auto result = act(edit);
    if (!result) return result;
    SIGNALBOX_CHECK(scope.commit());
    {
        const std::unique_lock memory(memory_);
        for (const auto& action : edit.actions_) action(directory_);
    }
    telling.endings.insert(telling.endings.end(), edit.endings_.begin(), edit.endings_.end());
    return result;
}

}  // namespace signalbox::identity
