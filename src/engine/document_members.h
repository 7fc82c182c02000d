// The names of the members that each part of a workflow document has.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/value.h"
#include "engine/finding.h"

namespace signalbox::engine {

enum class DocumentPart : std::uint8_t {
    Document,
    Input,
    Node,
    Retry,
    Timeout,
    Memo,
    Edge,
    Loop,
    Output,
    ErrorRule,
    Layout,
    Group,
    Comment,
};

struct PartMember {
    std::string_view name;
    const DocumentPart* part = nullptr;  ///< of an object that is a part itself
};

[[nodiscard]] std::span<const PartMember> partMembers(DocumentPart part) noexcept;
[[nodiscard]] const PartMember* findPartMember(DocumentPart part, std::string_view name) noexcept;
/// "a node", "the layout", ... for messages.
[[nodiscard]] std::string_view partName(DocumentPart part) noexcept;

/// Reports what a part's `extra` holds: unknown members as warnings, known ones of the wrong type as errors. `pointer`
/// is the part's own.
void reportExtra(const Value& extra, DocumentPart part, const std::string& pointer, std::vector<Finding>& findings);

/// The pointer of a member, escaped as RFC 6901 says.
[[nodiscard]] std::string childPointer(const std::string& pointer, std::string_view name);
[[nodiscard]] std::string childPointer(const std::string& pointer, std::size_t index);

}  // namespace signalbox::engine
