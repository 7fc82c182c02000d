// The node types an engine knows.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "engine/node.h"

namespace signalbox::engine {

/// Filled once at start, then read from any thread.
class Registry {
public:
    /// Errors: "registry.duplicate", "registry.name" (must end in "Node"), "registry.manifest".
    [[nodiscard]] Status add(std::unique_ptr<NodeType> type);
    [[nodiscard]] const NodeType* find(std::string_view type) const;
    [[nodiscard]] const NodeManifest* manifest(std::string_view type) const;
    [[nodiscard]] std::vector<std::string> typeNames() const;  ///< sorted

private:
    std::map<std::string, std::unique_ptr<NodeType>, std::less<>> types_;
};

}  // namespace signalbox::engine
