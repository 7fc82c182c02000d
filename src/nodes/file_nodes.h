// Nodes that read and write files: CSV, JSON, JSON Lines, text.
#pragma once

#include <memory>

#include "nodes/family.h"
#include "nodes/file_access.h"

namespace signalbox::nodes {

/// Reading and writing happen on the pool.
[[nodiscard]] Status registerFileNodes(engine::Registry& registry, const FileAccess& access,
                                       const std::shared_ptr<BlockingPool>& pool);

// The files of this family.
using SharedAccess = std::shared_ptr<const FileAccess>;
[[nodiscard]] Maker csvReaderMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool);
[[nodiscard]] Maker csvWriterMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool);
[[nodiscard]] Maker jsonReaderMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool);
[[nodiscard]] Maker jsonWriterMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool);
[[nodiscard]] Maker textReaderMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool);

}  // namespace signalbox::nodes
