// Merging a document with the workflows it extends, remembering what came from where.
#pragma once

#include <cstddef>
#include <vector>

#include "engine/document_io.h"

namespace signalbox::engine {

inline constexpr std::size_t kInherited = static_cast<std::size_t>(-1);

/// For each entry of the merged document its index in the document that was flattened, or kInherited.
struct FlattenOrigins {
    std::vector<std::size_t> inputs;
    std::vector<std::size_t> nodes;
    std::vector<std::size_t> edges;
    std::vector<std::size_t> outputs;
    std::vector<std::size_t> errors;
};

struct FlattenedDocument {
    Document document;
    FlattenOrigins origins;
};

/// As flattenDocument(). A document that extends nothing is copied.
[[nodiscard]] Result<FlattenedDocument> flattenWithOrigins(const Document& document, const DocumentResolver& resolve);

}  // namespace signalbox::engine
