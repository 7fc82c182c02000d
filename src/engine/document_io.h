// Reading and writing workflow documents.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/text.h"
#include "engine/document.h"
#include "engine/finding.h"

namespace signalbox::engine {

/// What reading a text gave: a document as far as it could be understood, findings about its form, and where in the
/// text each part stands (RFC 6901 pointer to line and column).
struct ParsedDocument {
    Document document;
    std::vector<Finding> findings;
    std::map<std::string, LineColumn> places;
};

/// Only text that is no JSON object at all is an error ("document.syntax"); everything else becomes findings.
[[nodiscard]] Result<ParsedDocument> parseDocument(std::string_view text);

/// Canonical text: sorted keys, one node, edge, input, ... a line, layout last; ends with a newline. Reading canonical
/// text and writing it again gives the same bytes.
[[nodiscard]] std::string writeDocument(const Document& document);

/// Canonical JSON of the logic alone (no layout): equal text means equal behaviour; its SHA-256 names a version.
[[nodiscard]] std::string writeLogic(const Document& document);

/// The published JSON Schema of the format.
[[nodiscard]] Value documentSchema();

/// Finds another workflow by id, for extends and sub-workflows. Error "workflow.not-found".
using DocumentResolver = std::function<Result<Document>(const std::string& id, int version)>;

/// The document with everything it extends merged in: nodes of equal id are replaced, edges and outputs added. Errors
/// "document.extends-cycle", "workflow.not-found".
[[nodiscard]] Result<Document> flattenDocument(const Document& document, const DocumentResolver& resolve);

}  // namespace signalbox::engine
