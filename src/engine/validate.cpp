#include "engine/validate.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

#include "engine/document_members.h"
#include "engine/finding_places.h"
#include "engine/validate_context.h"
#include "engine/validate_internal.h"

namespace signalbox::engine {
namespace {

constexpr const char* kIdHint = "Use letters, digits, \"_\" and \"-\", beginning with a letter or \"_\".";

/// Workflow ids name files and addresses, so they may have dots, but no separators and no dot in front.
bool isWorkflowId(std::string_view id) {
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
               c == '.';
    };
    return !id.empty() && id.front() != '.' && std::all_of(id.begin(), id.end(), allowed);
}

bool readerRefused(const Value& extra, std::string_view member) {
    return !extra.isObject() || extra.find(member) != nullptr;
}

/// The name of an entry of inputs or outputs: there, well formed, used once.
template <class Report>
void checkName(const std::string& name, const Value& extra, std::unordered_map<std::string, std::size_t>& seen,
               std::size_t index, Report report) {
    if (name.empty()) {
        if (!readerRefused(extra, "name")) report(FindingCode::MissingMember, "", "The \"name\" is missing", "");
        return;
    }
    if (!isIdentifier(name)) {
        report(FindingCode::IdSyntax, "/name", "\"" + name + "\" cannot be a name", kIdHint);
    }
    if (!seen.emplace(name, index).second) {
        report(FindingCode::DuplicateId, "/name", "The name \"" + name + "\" is used twice", "");
    }
}

void dropDuplicates(std::vector<Finding>& findings) {
    std::set<std::pair<std::string, std::string>> seen;
    std::erase_if(findings, [&](const Finding& finding) {
        const bool form = finding.code == findingCodeInfo(FindingCode::MemberType).code ||
                          finding.code == findingCodeInfo(FindingCode::UnknownMember).code ||
                          finding.code == findingCodeInfo(FindingCode::FormatUnknown).code;
        return form && !seen.emplace(finding.code, finding.pointer).second;
    });
}

FlattenedDocument unmerged(const Document& document) {
    Document alone = document;
    alone.extends.clear();
    return *flattenWithOrigins(alone, {});
}

}  // namespace

void checkDocument(ValidationContext& context) {
    const Document& document = context.document;
    reportFormat(document, context.findings);
    if (!(document.extra.isObject() && document.extra.empty())) {
        reportExtra(document.extra, DocumentPart::Document, "", context.findings);
    }
    reportExtra(document.layout.extra, DocumentPart::Layout, "/layout", context.findings);
    if (document.id.empty()) {
        if (!readerRefused(document.extra, "id")) {
            context.at(FindingCode::MissingMember, "/id", "The workflow has no \"id\"");
        }
    } else if (!isWorkflowId(document.id)) {
        context.at(FindingCode::IdSyntax, "/id", "\"" + document.id + "\" cannot be the id of a workflow",
                   "Use letters, digits, \".\", \"_\" and \"-\".");
    }
    if (document.version < 1) {
        context.at(FindingCode::MemberType, "/version", "The version must be at least 1");
    }
    if (document.maxParallelRuns < 0) {
        context.at(FindingCode::MemberType, "/maxParallelRuns", "maxParallelRuns must not be negative",
                   "0 is no limit.");
    }
}

void checkInputs(ValidationContext& context) {
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < context.document.inputs.size(); ++i) {
        const InputDecl& input = context.document.inputs[i];
        context.reportEntryExtra(input.extra, DocumentPart::Input, i);
        checkName(input.name, input.extra, seen, i,
                  [&](FindingCode code, std::string_view suffix, std::string message, std::string hint) {
                      context.atInput(i, code, suffix, std::move(message), std::move(hint));
                  });
        const auto type = PortType::parse(input.type);
        if (!type) {
            context.atInput(i, FindingCode::InputType, "/type", type.error().message, type.error().hint);
        } else if (input.defaultValue.isDefined() && !type->admits(input.defaultValue)) {
            context.atInput(i, FindingCode::InputType, "/default",
                            "The default of \"" + input.name + "\" is no " + type->toString(),
                            "Change the default or the type.");
        }
    }
}

void checkOutputs(ValidationContext& context) {
    std::unordered_map<std::string, std::size_t> seen;
    for (std::size_t i = 0; i < context.document.outputs.size(); ++i) {
        const OutputDecl& output = context.document.outputs[i];
        const auto report = [&](FindingCode code, std::string_view suffix, std::string message, std::string hint) {
            context.atOutput(i, code, suffix, std::move(message), std::move(hint));
        };
        context.reportEntryExtra(output.extra, DocumentPart::Output, i);
        checkName(output.name, output.extra, seen, i, report);
        const PortRef& from = output.from;
        if (from.node.empty()) {
            if (!readerRefused(output.extra, "from")) {
                report(FindingCode::MissingMember, "", "The output \"" + output.name + "\" has no \"from\"", "");
            }
            continue;
        }
        const std::uint32_t node = context.nodeIndex(from.node);
        if (node == kNone) {
            if (!context.partial) {
                report(FindingCode::OutputUnknown, "/from", "There is no node \"" + from.node + "\"",
                       context.suggestNode(from.node));
            }
            continue;
        }
        const NodeManifest* const manifest = context.manifests[node];
        if (manifest == nullptr) continue;
        if (from.port == kCompensatePort || manifest->output(from.port) == nullptr) {
            std::vector<std::string> ports{kErrorPort};
            for (const PortDecl& port : manifest->outputs) ports.push_back(port.name);
            report(FindingCode::OutputUnknown, "/from",
                   "The node \"" + from.node + "\" has no output \"" + from.port + "\"",
                   context.suggest(from.port, ports));
        }
    }
}

std::vector<Finding> validateFlattened(const Document& document, const FlattenedDocument& flat,
                                       const Registry& registry, const std::map<std::string, LineColumn>& places,
                                       const DocumentResolver& resolve, bool prepare) {
    ValidationContext context(flat, registry, resolve);
    context.prepare = prepare;
    checkDocument(context);
    checkInputs(context);
    checkNodes(context);
    checkEdges(context);
    checkChildInputs(context);
    checkOutputs(context);
    checkErrorRules(context);
    checkRequiredInputs(context);
    checkErrorHandling(context);
    checkCompensation(context);
    checkFlow(context);
    locateFindings(document, places, context.findings);
    return std::move(context.findings);
}

std::vector<Finding> validate(const Document& document, const Registry& registry,
                              const std::map<std::string, LineColumn>& places, const DocumentResolver& resolve) {
    if (document.extends.empty()) {
        return validateFlattened(document, unmerged(document), registry, places, resolve, true);
    }
    auto flat = resolve ? flattenWithOrigins(document, resolve) : fail("workflow.not-found", "");
    if (flat) return validateFlattened(document, *flat, registry, places, resolve, true);

    const FlattenedDocument alone = unmerged(document);
    ValidationContext context(alone, registry, resolve);
    context.partial = true;
    checkDocument(context);
    checkInputs(context);
    checkNodes(context);
    checkEdges(context);
    checkChildInputs(context);
    checkOutputs(context);
    checkErrorRules(context);
    if (resolve) {
        const bool isCycle = flat.error().code == findingCodeInfo(FindingCode::ExtendsCycle).code;
        context.at(isCycle ? FindingCode::ExtendsCycle : FindingCode::Extends, "/extends", flat.error().message,
                   flat.error().hint);
    }
    locateFindings(document, places, context.findings);
    return std::move(context.findings);
}

Result<ParsedDocument> parseAndValidate(std::string_view text, const Registry& registry,
                                        const DocumentResolver& resolve) {
    SIGNALBOX_TRY(ParsedDocument parsed, parseDocument(text));
    std::vector<Finding> logic = validate(parsed.document, registry, parsed.places, resolve);
    parsed.findings.insert(parsed.findings.end(), std::make_move_iterator(logic.begin()),
                           std::make_move_iterator(logic.end()));
    dropDuplicates(parsed.findings);
    locateFindings(parsed.document, parsed.places, parsed.findings);
    return parsed;
}

}  // namespace signalbox::engine
