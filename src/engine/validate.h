// Checks a workflow document against the node types there are.
#pragma once

#include <vector>

#include "engine/document_io.h"
#include "engine/finding.h"
#include "engine/registry.h"

namespace signalbox::engine {

/// Every finding about the document's logic, in document order. `places` (from parseDocument) gives lines and columns;
/// may be empty. `resolve` finds sub-workflows and extended documents; may be empty, then those are not checked.
[[nodiscard]] std::vector<Finding> validate(const Document& document, const Registry& registry,
                                            const std::map<std::string, LineColumn>& places = {},
                                            const DocumentResolver& resolve = {});

/// parseDocument and validate in one: form first, then logic.
[[nodiscard]] Result<ParsedDocument> parseAndValidate(std::string_view text, const Registry& registry,
                                                      const DocumentResolver& resolve = {});

}  // namespace signalbox::engine
