// Node types for tests of the document, the plan and the engine: small, without effects outside the test.
#pragma once

#include <functional>
#include <memory>

#include "engine/registry.h"

namespace signalbox::test {

/// What a test node does; called from any thread.
using NodeFunction = std::function<engine::NodeResult(const engine::NodeCall&)>;

/// A node type made of a manifest and a function.
[[nodiscard]] std::unique_ptr<engine::NodeType> makeNodeType(engine::NodeManifest manifest, NodeFunction run);

[[nodiscard]] engine::PortDecl makePort(const char* name, const char* type = "any", bool required = false,
                                        bool many = false);
/// A pure, inline Task with "input" (any) and "output" (any).
[[nodiscard]] engine::NodeManifest makeManifest(const char* type);

/// PassNode      input -> output, any to any, pure
/// SourceNode    no inputs; output: the parameter "value" (default 1)
/// TypedNode     inputs text: string (required), count: integer, list: array<string>; outputs text, count, ratio:
/// number,
///               list, flags: array<boolean>, thing: object; parameters with every kind of schema (see the source)
/// CollectNode   input: any, many; output: array<any>
/// EffectNode    as PassNode, but effectful
/// ReadNode      as PassNode, but read-only
/// PickyNode     its prepare() refuses the parameter "bad"
/// MergeNode, MapNode, SubWorkflowNode, DelayNode, WaitForSignalNode, ApprovalNode: manifests alike to the real ones
void addTestNodes(engine::Registry& registry);

/// A registry of all of them.
[[nodiscard]] std::unique_ptr<engine::Registry> makeTestRegistry();

}  // namespace signalbox::test
