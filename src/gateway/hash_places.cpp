#include "gateway/hash_places.h"

namespace signalbox::gateway {

Result<std::shared_ptr<void>> HashPlaces::take() const {
    if (taken_->fetch_add(1) >= most_) {
        taken_->fetch_sub(1);
        return fail("gateway.busy", "Too many passwords are being set at this moment", {}, "Try again", true);
    }
    return std::shared_ptr<void>(taken_.get(), [taken = taken_](void*) { taken->fetch_sub(1); });
}

bool hashesPassword(const protocol::Request& request) noexcept {
    return request.is<protocol::ChangeOwnPassword>() || request.is<protocol::SetUserPassword>() ||
           request.is<protocol::CreateUser>();
}

}  // namespace signalbox::gateway
