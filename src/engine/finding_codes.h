// Every code that a finding about a workflow document can have, in one table.
#pragma once

#include <span>
#include <string_view>

#include "engine/finding.h"

namespace signalbox::engine {

enum class FindingCode : std::uint8_t {
    Syntax,
    FormatUnknown,
    MissingMember,
    UnknownMember,
    MemberType,
    IdSyntax,
    DuplicateId,
    InputType,
    Extends,
    ExtendsCycle,
    NodeName,
    UnknownNodeType,
    UnknownParameter,
    MissingParameter,
    ParameterType,
    ParameterInvalid,
    ExpressionSyntax,
    SubWorkflow,
    Retry,
    Timeout,
    MemoImpure,
    ErrorRoute,
    RequiredInput,
    UnknownNode,
    UnknownPort,
    IncompatibleTypes,
    PortTaken,
    ConditionSyntax,
    Compensation,
    UnmarkedCycle,
    UnreachableNode,
    LoopLimit,
    LoopNotCycle,
    LoopOverlap,
    OutputUnknown,
    TooLarge,
};

struct FindingCodeInfo {
    FindingCode id;
    std::string_view code;     ///< "document.unknown-port"
    Severity severity;         ///< unless the finding says otherwise
    std::string_view meaning;  ///< one sentence
};

/// In the order of the enumeration.
[[nodiscard]] std::span<const FindingCodeInfo> findingCodes() noexcept;
[[nodiscard]] const FindingCodeInfo& findingCodeInfo(FindingCode code) noexcept;

/// A finding with the code's name and severity filled in.
[[nodiscard]] Finding makeFinding(FindingCode code, std::string pointer, std::string message, std::string hint = {});

}  // namespace signalbox::engine
