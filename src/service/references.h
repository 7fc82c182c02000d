// Which workflows start which.
#pragma once

#include <string>
#include <vector>

#include "engine/document.h"
#include "protocol/dto.h"

namespace signalbox::service {

struct WorkspaceScan;

/// Ids of the workflows that a document's nodes start, and of the one that it extends; sorted, each once.
[[nodiscard]] std::vector<std::string> referencesOf(const engine::Document& document);
/// Ids of the workflows of a workspace that refer to one.
[[nodiscard]] std::vector<std::string> usersOf(const WorkspaceScan& scan, const std::string& id);
[[nodiscard]] std::vector<protocol::WorkflowInput> inputsOf(const engine::Document& document);

}  // namespace signalbox::service
