// Validation as reading, validating and compiling share it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "engine/document_flatten.h"
#include "engine/validate.h"

namespace signalbox::engine {

/// validate() of a document that has been flattened already. Pointers lead into `document`; what is inherited has the
/// pointer "/extends". With `prepare` every node type is also asked whether it takes its parameters.
[[nodiscard]] std::vector<Finding> validateFlattened(const Document& document, const FlattenedDocument& flat,
                                                     const Registry& registry,
                                                     const std::map<std::string, LineColumn>& places,
                                                     const DocumentResolver& resolve, bool prepare);

}  // namespace signalbox::engine
