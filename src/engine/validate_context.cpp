#include "engine/validate_context.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/text.h"
#include "engine/document_members.h"
#include "engine/finding_places.h"

namespace signalbox::engine {
namespace {

constexpr std::string_view kInheritedPointer = "/extends";

std::string didYouMeanText(const std::string& near) { return "Did you mean \"" + near + "\"?"; }

}  // namespace

bool isIdentifier(std::string_view text) {
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    const auto isLater = [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-'; };
    return !text.empty() && isLetter(text.front()) && std::all_of(text.begin(), text.end(), isLater);
}

ValidationContext::ValidationContext(const FlattenedDocument& flat, const Registry& nodeTypes,
                                     const DocumentResolver& resolver)
    : document(flat.document), registry(nodeTypes), resolve(resolver), origins_(flat.origins) {
    nodes_.reserve(document.nodes.size());
    manifests.reserve(document.nodes.size());
    for (std::size_t i = 0; i < document.nodes.size(); ++i) {
        const NodeDecl& node = document.nodes[i];
        if (!node.id.empty()) nodes_.emplace(node.id, static_cast<std::uint32_t>(i));
        manifests.push_back(registry.manifest(node.type));
    }
}

std::uint32_t ValidationContext::nodeIndex(std::string_view id) const {
    const auto found = nodes_.find(id);
    return found == nodes_.end() ? kNone : found->second;
}

const InputDecl* ValidationContext::input(std::string_view name) const {
    const auto found = std::find_if(document.inputs.begin(), document.inputs.end(),
                                    [name](const InputDecl& input) { return input.name == name; });
    return found == document.inputs.end() ? nullptr : &*found;
}

std::string ValidationContext::entryPointer(DocumentPart part, std::size_t index) const {
    const auto pointer = [index](const std::vector<std::size_t>& origins, const char* list) {
        if (origins.at(index) == kInherited) return std::string(kInheritedPointer);
        return std::string(list) + std::to_string(origins[index]);
    };
    switch (part) {
        case DocumentPart::Input:
            return pointer(origins_.inputs, "/inputs/");
        case DocumentPart::Node:
            return pointer(origins_.nodes, "/nodes/");
        case DocumentPart::Edge:
            return pointer(origins_.edges, "/edges/");
        case DocumentPart::Output:
            return pointer(origins_.outputs, "/outputs/");
        case DocumentPart::ErrorRule:
            return pointer(origins_.errors, "/errors/");
        default:
            return {};
    }
}

Finding& ValidationContext::at(FindingCode code, std::string pointer, std::string message, std::string hint) {
    // What is inherited has no place of its own in this document.
    if (pointer.compare(0, kInheritedPointer.size(), kInheritedPointer) == 0) pointer = kInheritedPointer;
    findings.push_back(makeFinding(code, std::move(pointer), std::move(message), std::move(hint)));
    return findings.back();
}

Finding& ValidationContext::atInput(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                                    std::string hint) {
    return at(code, entryPointer(DocumentPart::Input, index) + std::string(suffix), std::move(message),
              std::move(hint));
}

Finding& ValidationContext::atNode(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                                   std::string hint) {
    Finding& finding =
        at(code, entryPointer(DocumentPart::Node, index) + std::string(suffix), std::move(message), std::move(hint));
    finding.node = document.nodes[index].id;
    return finding;
}

Finding& ValidationContext::atEdge(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                                   std::string hint) {
    Finding& finding =
        at(code, entryPointer(DocumentPart::Edge, index) + std::string(suffix), std::move(message), std::move(hint));
    finding.edge = edgeLabel(document.edges[index]);
    return finding;
}

Finding& ValidationContext::atOutput(std::size_t index, FindingCode code, std::string_view suffix, std::string message,
                                     std::string hint) {
    return at(code, entryPointer(DocumentPart::Output, index) + std::string(suffix), std::move(message),
              std::move(hint));
}

Finding& ValidationContext::atErrorRule(std::size_t index, FindingCode code, std::string_view suffix,
                                        std::string message, std::string hint) {
    return at(code, entryPointer(DocumentPart::ErrorRule, index) + std::string(suffix), std::move(message),
              std::move(hint));
}

void ValidationContext::reportEntryExtra(const Value& extra, DocumentPart part, std::size_t index) {
    if (extra.isObject() && extra.empty()) return;
    std::vector<Finding> found;
    reportExtra(extra, part, entryPointer(part, index), found);
    for (Finding& finding : found) {
        if (finding.pointer.compare(0, kInheritedPointer.size(), kInheritedPointer) == 0) {
            finding.pointer = kInheritedPointer;
        }
        findings.push_back(std::move(finding));
    }
}

std::string ValidationContext::suggest(std::string_view typed, const std::vector<std::string>& candidates,
                                       std::string otherwise) {
    if (candidates.size() > suggestionBudget_) return otherwise;
    suggestionBudget_ -= candidates.size();
    const auto near = didYouMean(typed, candidates);
    return near ? didYouMeanText(*near) : otherwise;
}

std::string ValidationContext::suggestNode(std::string_view typed) {
    if (nodeIds_.empty()) {
        for (const NodeDecl& node : document.nodes) nodeIds_.push_back(node.id);
    }
    return suggest(typed, nodeIds_);
}

const JsonSchema* ValidationContext::paramsSchema(const NodeManifest& manifest) {
    auto found = schemas_.find(&manifest);
    if (found == schemas_.end()) {
        auto compiled = JsonSchema::compile(manifest.paramsSchema.without("required").without("additionalProperties"));
        found = schemas_.emplace(&manifest, compiled ? std::optional(std::move(*compiled)) : std::nullopt).first;
    }
    return found->second ? &*found->second : nullptr;
}

const Result<std::shared_ptr<const Document>>& ValidationContext::subWorkflow(const std::string& id, int version) {
    const auto key = std::pair(id, version);
    auto found = subWorkflows_.find(key);
    if (found != subWorkflows_.end()) return found->second;
    Result<std::shared_ptr<const Document>> child;
    if (resolve) {
        auto resolved = resolve(id, version);
        // Inputs may be declared by what it extends.
        auto flat = resolved ? flattenDocument(*resolved, resolve) : std::move(resolved);
        if (flat) {
            child = std::make_shared<const Document>(std::move(*flat));
        } else {
            child = fail(std::move(flat).error());
        }
    }
    return subWorkflows_.emplace(key, std::move(child)).first->second;
}

}  // namespace signalbox::engine
