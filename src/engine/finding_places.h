// Findings that reading and validation share, and what ties a finding to its place.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/text.h"
#include "engine/document.h"
#include "engine/finding.h"

namespace signalbox::engine {

/// Reports a format this version does not read.
void reportFormat(const Document& document, std::vector<Finding>& findings);

/// Fills in line and column, and from pointers such as "/nodes/3/params" the node or the edge. Then sorts into document
/// order.
void locateFindings(const Document& document, const std::map<std::string, LineColumn>& places,
                    std::vector<Finding>& findings);

/// "a.output -> b.input"
[[nodiscard]] std::string edgeLabel(const EdgeDecl& edge);

}  // namespace signalbox::engine
