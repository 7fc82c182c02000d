// Schemas of what every node, wire and workflow has, as the document format defines it.
#pragma once

#include "base/value.h"

namespace signalbox::ui {

/// Title, note, retries, timeouts, what an error does, and for pure nodes how long results are reused.
[[nodiscard]] const Value& nodeSettingsSchema(bool pure);
[[nodiscard]] const Value& wireSchema();
[[nodiscard]] const Value& workflowSchema();

}  // namespace signalbox::ui
