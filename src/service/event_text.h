// An event as the text that goes over the wire.
#pragma once

#include <string>

#include "protocol/dto.h"

namespace signalbox::service {

/// A JSON object that reads back as the same EventDto. Besides seq and kind only members that differ from their
/// defaults: most of an event's are not set.
[[nodiscard]] std::string eventText(const protocol::EventDto& event);

}  // namespace signalbox::service
