// Node manifests written as JSON.
#pragma once

#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/manifest.h"

namespace signalbox::nodes {

/// Reads an array of manifests: {type, version?, title, summary, help, category, icon, colourRole, effect?, cost?,
/// behaviour?, inputs?, outputs?, paramsSchema?, errorCodes?}, the shape of engine::manifestToValue(); `help` may be an
/// array of lines. A port is {name, type, required?, many?, help?, schema?}. Error "manifest.invalid" names the type
/// and what is wrong with it.
[[nodiscard]] Result<std::vector<engine::NodeManifest>> parseManifests(std::string_view json);

}  // namespace signalbox::nodes
