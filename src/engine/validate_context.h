// What the parts of validation share: the merged document, its indices, and the findings so far.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/json_schema.h"
#include "engine/document_flatten.h"
#include "engine/document_members.h"
#include "engine/finding_codes.h"
#include "engine/plan.h"
#include "engine/registry.h"

namespace signalbox::engine {

/// An edge whose ends are nodes that exist. Its ports are null where the node type or the port is unknown.
struct Wire {
    std::size_t edge = 0;
    std::uint32_t from = kNone;  ///< kNone when it comes from the workflow's inputs
    std::uint32_t to = kNone;
    std::uint16_t toPort = 0;  ///< valid when input is not null
    EdgeKind kind = EdgeKind::Data;
    const PortDecl* output = nullptr;
    const PortDecl* input = nullptr;
};

/// One validation. Lives on one thread; refers to its arguments.
class ValidationContext {
public:
    ValidationContext(const FlattenedDocument& flat, const Registry& registry, const DocumentResolver& resolve);

    const Document& document;  ///< merged with what it extends
    const Registry& registry;
    const DocumentResolver& resolve;
    bool prepare = true;                         ///< ask node types whether they take their parameters
    bool partial = false;                        ///< what the document extends is not known: names may be defined there
    std::vector<const NodeManifest*> manifests;  ///< of each node; null when unknown
    std::vector<Wire> wires;
    std::vector<Finding> findings;

    [[nodiscard]] std::uint32_t nodeIndex(std::string_view id) const;
    [[nodiscard]] const InputDecl* input(std::string_view name) const;

    // Findings at an entry of the document; `suffix` is the pointer below it.
    Finding& at(FindingCode code, std::string pointer, std::string message, std::string hint = {});
    Finding& atInput(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                     std::string hint = {});
    Finding& atNode(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                    std::string hint = {});
    Finding& atEdge(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                    std::string hint = {});
    Finding& atOutput(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                      std::string hint = {});
    Finding& atErrorRule(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                         std::string hint = {});
    /// Reports the members of an entry that could not be read.
    void reportEntryExtra(const Value& extra, DocumentPart part, std::size_t index);

    /// `Did you mean "x"?`, or `otherwise` when nothing is near.
    [[nodiscard]] std::string suggest(std::string_view typed, const std::vector<std::string>& candidates,
                                      std::string otherwise = {});
    [[nodiscard]] std::string suggestNode(std::string_view typed);

    /// The compiled schema of a node type's parameters, without the root's own `required` and `additionalProperties`,
    /// which are checked apart. Null when it does not compile.
    const JsonSchema* paramsSchema(const NodeManifest& manifest);
    /// The workflow of that version, as it is written; asked once for each. Null when nobody can be asked.
    const Result<std::shared_ptr<const Document>>& subWorkflow(const std::string& id, int version);

    /// "/nodes/3", or "/extends" for an inherited entry.
    [[nodiscard]] std::string entryPointer(DocumentPart part, std::size_t index) const;
    [[nodiscard]] std::string nodePointer(std::size_t index) const { return entryPointer(DocumentPart::Node, index); }

private:
    const FlattenOrigins& origins_;
    std::unordered_map<std::string_view, std::uint32_t> nodes_;
    std::unordered_map<const NodeManifest*, std::optional<JsonSchema>> schemas_;
    std::map<std::pair<std::string, int>, Result<std::shared_ptr<const Document>>> subWorkflows_;
    std::vector<std::string> nodeIds_;          ///< for suggestions; filled when first needed
    std::size_t suggestionBudget_ = 1'000'000;  ///< candidates still to be compared, so that large drafts stay quick
};

/// Letters, digits, "_" and "-", not beginning with a digit or "-".
[[nodiscard]] bool isIdentifier(std::string_view text);

void checkDocument(ValidationContext& context);
void checkInputs(ValidationContext& context);
void checkNodes(ValidationContext& context);
void checkEdges(ValidationContext& context);
void checkOutputs(ValidationContext& context);
void checkErrorRules(ValidationContext& context);
void checkRequiredInputs(ValidationContext& context);
void checkChildInputs(ValidationContext& context);
void checkErrorHandling(ValidationContext& context);
void checkCompensation(ValidationContext& context);
void checkFlow(ValidationContext& context);

/// A retry policy of the entry with that pointer.
void checkRetry(ValidationContext& context, const RetryPolicy& retry, const std::string& entryPointer,
                const std::string& node);

/// Parameters of a node (or of a map's items) against their node type. `suffix` is their pointer below the node.
void checkParams(ValidationContext& context, std::size_t node, const NodeType& type, const Value& params,
                 const std::string& suffix);
/// The parameters that the engine itself reads: those of merges, maps and sub-workflows.
void checkFlowParams(ValidationContext& context, std::size_t node, const NodeManifest& manifest);

}  // namespace signalbox::engine
