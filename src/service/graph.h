// Documents as they are drawn.
#pragma once

#include "engine/document.h"
#include "engine/registry.h"
#include "protocol/dto.h"

namespace signalbox::service {

/// As far as it can be understood: a node of an unknown type gets the ports that wires name.
[[nodiscard]] protocol::Graph graphOf(const engine::Document& document, const engine::Registry& registry);
/// Puts nodes that have no place where `layout` has them, with its groups and comments if there are none yet.
void placeLike(protocol::Graph& graph, const engine::Layout& layout);
/// The parameter that says most about what a node does, on one line of at most 40 characters.
[[nodiscard]] std::string subtitleOf(const Value& params, const engine::NodeManifest* manifest);

}  // namespace signalbox::service
