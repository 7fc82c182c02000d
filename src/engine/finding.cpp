#include "engine/finding.h"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/finding_codes.h"

namespace signalbox::engine {
namespace {

constexpr Severity kError = Severity::Error;
constexpr Severity kWarning = Severity::Warning;

using Code = FindingCode;
constexpr std::array kCodes{
    FindingCodeInfo{Code::Syntax, "document.syntax", kError, "The text is no JSON object."},
    FindingCodeInfo{Code::FormatUnknown, "document.format-unknown", kError,
                    "The number of the format is missing or not one this version reads."},
    FindingCodeInfo{Code::MissingMember, "document.missing-member", kError, "A member that must be there is missing."},
    FindingCodeInfo{Code::UnknownMember, "document.unknown-member", kWarning,
                    "The format has no such member; it is kept, but means nothing."},
    FindingCodeInfo{Code::MemberType, "document.member-type", kError,
                    "A member has the wrong JSON type or a value outside its range."},
    FindingCodeInfo{Code::IdSyntax, "document.id-syntax", kError, "An id or name has characters it must not have."},
    FindingCodeInfo{Code::DuplicateId, "document.duplicate-id", kError, "Two entries have the same id or name."},
    FindingCodeInfo{Code::InputType, "document.input-type", kError,
                    "The type of a workflow input does not parse, or its default is of another type."},
    FindingCodeInfo{Code::Extends, "document.extends", kError, "The workflow that this one extends cannot be had."},
    FindingCodeInfo{Code::ExtendsCycle, "document.extends-cycle", kError,
                    "A workflow extends itself, perhaps by way of others."},
    FindingCodeInfo{Code::NodeName, "document.node-name", kError, "The name of a node type does not end in Node."},
    FindingCodeInfo{Code::UnknownNodeType, "document.unknown-node-type", kError, "There is no such node type."},
    FindingCodeInfo{Code::UnknownParameter, "document.unknown-parameter", kError,
                    "The node type has no such parameter."},
    FindingCodeInfo{Code::MissingParameter, "document.missing-parameter", kError,
                    "A parameter without a default is missing."},
    FindingCodeInfo{Code::ParameterType, "document.parameter-type", kError,
                    "The value of a parameter breaks its schema."},
    FindingCodeInfo{Code::ParameterInvalid, "document.parameter-invalid", kError,
                    "The node type refuses its parameters for a reason that no schema can tell."},
    FindingCodeInfo{Code::ExpressionSyntax, "document.expression-syntax", kError,
                    "An expression in a parameter does not parse."},
    FindingCodeInfo{Code::SubWorkflow, "document.subworkflow", kError,
                    "A sub-workflow is unknown, not pinned, not given what it needs, or the workflow itself."},
    FindingCodeInfo{Code::Retry, "document.retry", kError, "A retry policy has a value outside its range."},
    FindingCodeInfo{Code::Timeout, "document.timeout", kError, "A timeout is not positive."},
    FindingCodeInfo{Code::MemoImpure, "document.memo-impure", kError, "Only the results of pure nodes can be reused."},
    FindingCodeInfo{Code::ErrorRoute, "document.error-route", kError, "An error is to be routed, but leads nowhere."},
    FindingCodeInfo{Code::RequiredInput, "document.required-input", kError, "A required input has no wire."},
    FindingCodeInfo{Code::UnknownNode, "document.unknown-node", kError, "A wire ends at a node that is not there."},
    FindingCodeInfo{Code::UnknownPort, "document.unknown-port", kError, "A wire ends at a port that is not there."},
    FindingCodeInfo{Code::IncompatibleTypes, "document.incompatible-types", kError,
                    "No value of the output's type fits the input."},
    FindingCodeInfo{Code::PortTaken, "document.port-taken", kError, "Two wires lead into an input for one value."},
    FindingCodeInfo{Code::ConditionSyntax, "document.condition-syntax", kError,
                    "The condition of a wire or a loop does not parse."},
    FindingCodeInfo{Code::Compensation, "document.compensation", kError,
                    "A compensating node has other wires or belongs to two nodes."},
    FindingCodeInfo{Code::UnmarkedCycle, "document.unmarked-cycle", kError,
                    "Wires form a circle and none of them is marked as a loop."},
    FindingCodeInfo{Code::UnreachableNode, "document.unreachable-node", kWarning,
                    "A node stands apart, or can never start."},
    FindingCodeInfo{Code::LoopLimit, "document.loop-limit", kError, "A loop has no limit of at least one pass."},
    FindingCodeInfo{Code::LoopNotCycle, "document.loop-not-cycle", kError,
                    "A wire is marked as a loop but leads back to nothing."},
    FindingCodeInfo{Code::LoopOverlap, "document.loop-overlap", kError,
                    "Two loops share nodes and neither holds the other."},
    FindingCodeInfo{Code::OutputUnknown, "document.output-unknown", kError,
                    "A workflow output comes from a node or port that is not there."},
    FindingCodeInfo{Code::TooLarge, "document.too-large", kError,
                    "The workflow has more loops within loops than can be kept track of."},
};

constexpr bool inOrder() {
    for (std::size_t i = 0; i < kCodes.size(); ++i) {
        if (static_cast<std::size_t>(kCodes[i].id) != i) return false;
    }
    return kCodes.size() == static_cast<std::size_t>(Code::TooLarge) + 1;
}
static_assert(inOrder(), "the table follows the enumeration");

}  // namespace

std::span<const FindingCodeInfo> findingCodes() noexcept { return kCodes; }

const FindingCodeInfo& findingCodeInfo(FindingCode code) noexcept { return kCodes[static_cast<std::size_t>(code)]; }

Finding makeFinding(FindingCode code, std::string pointer, std::string message, std::string hint) {
    const FindingCodeInfo& info = findingCodeInfo(code);
    Finding finding;
    finding.code = info.code;
    finding.severity = info.severity;
    finding.message = std::move(message);
    finding.hint = std::move(hint);
    finding.pointer = std::move(pointer);
    return finding;
}

std::string_view severityName(Severity severity) noexcept {
    switch (severity) {
        case Severity::Info:
            return "info";
        case Severity::Warning:
            return "warning";
        case Severity::Error:
            return "error";
    }
    return "error";
}

bool hasErrors(const std::vector<Finding>& findings) noexcept {
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding& finding) { return finding.severity == Severity::Error; });
}

}  // namespace signalbox::engine
