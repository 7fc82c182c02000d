// The node reference: a page of Markdown for each node type.
#pragma once

#include <string>

#include "engine/manifest.h"

namespace signalbox::nodes {

/// Everything a manifest says, for people. The same manifest gives the same text.
[[nodiscard]] std::string nodeReferencePage(const engine::NodeManifest& manifest);

}  // namespace signalbox::nodes
