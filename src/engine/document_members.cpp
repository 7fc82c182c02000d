#include "engine/document_members.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "engine/finding_codes.h"

namespace signalbox::engine {
namespace {

constexpr DocumentPart kRetry = DocumentPart::Retry;
constexpr DocumentPart kTimeout = DocumentPart::Timeout;
constexpr DocumentPart kMemo = DocumentPart::Memo;
constexpr DocumentPart kLoop = DocumentPart::Loop;
constexpr DocumentPart kLayout = DocumentPart::Layout;

constexpr std::array kDocumentMembers{PartMember{"format"},      PartMember{"id"},
                                      PartMember{"name"},        PartMember{"version"},
                                      PartMember{"description"}, PartMember{"extends"},
                                      PartMember{"tags"},        PartMember{"maxParallelRuns"},
                                      PartMember{"inputs"},      PartMember{"nodes"},
                                      PartMember{"edges"},       PartMember{"outputs"},
                                      PartMember{"errors"},      PartMember{"layout", &kLayout}};
constexpr std::array kInputMembers{PartMember{"name"}, PartMember{"type"}, PartMember{"required"},
                                   PartMember{"default"}, PartMember{"help"}};
constexpr std::array kNodeMembers{PartMember{"id"},
                                  PartMember{"type"},
                                  PartMember{"title"},
                                  PartMember{"note"},
                                  PartMember{"params"},
                                  PartMember{"retry", &kRetry},
                                  PartMember{"timeout", &kTimeout},
                                  PartMember{"onError"},
                                  PartMember{"memo", &kMemo}};
constexpr std::array kRetryMembers{PartMember{"maxAttempts"}, PartMember{"backoff"},    PartMember{"multiplier"},
                                   PartMember{"jitter"},      PartMember{"maxBackoff"}, PartMember{"retryOn"}};
constexpr std::array kTimeoutMembers{PartMember{"attempt"}, PartMember{"total"}};
constexpr std::array kMemoMembers{PartMember{"ttl"}};
constexpr std::array kEdgeMembers{PartMember{"from"}, PartMember{"to"}, PartMember{"when"}, PartMember{"loop", &kLoop}};
constexpr std::array kLoopMembers{PartMember{"maxIterations"}, PartMember{"convergeWhen"}, PartMember{"atLimit"}};
constexpr std::array kOutputMembers{PartMember{"name"}, PartMember{"from"}};
constexpr std::array kErrorRuleMembers{PartMember{"code"},           PartMember{"do"},
                                       PartMember{"status"},         PartMember{"value"},
                                       PartMember{"retry", &kRetry}, PartMember{"to"}};
constexpr std::array kLayoutMembers{PartMember{"positions"}, PartMember{"groups"}, PartMember{"comments"}};
constexpr std::array kGroupMembers{PartMember{"id"}, PartMember{"title"}, PartMember{"colourRole"},
                                   PartMember{"nodes"}};
constexpr std::array kCommentMembers{PartMember{"id"}, PartMember{"text"}, PartMember{"position"}, PartMember{"size"}};

Finding unknownMember(DocumentPart part, const std::string& pointer, const std::string& name) {
    std::vector<std::string> names;
    for (const PartMember& member : partMembers(part)) names.emplace_back(member.name);
    const auto near = didYouMean(name, names);
    return makeFinding(FindingCode::UnknownMember, childPointer(pointer, name),
                       std::string(partName(part)) + " has no member \"" + name + "\"",
                       near ? "Did you mean \"" + *near + "\"?" : "It is kept, but has no effect.");
}

}  // namespace

std::span<const PartMember> partMembers(DocumentPart part) noexcept {
    switch (part) {
        case DocumentPart::Document:
            return kDocumentMembers;
        case DocumentPart::Input:
            return kInputMembers;
        case DocumentPart::Node:
            return kNodeMembers;
        case DocumentPart::Retry:
            return kRetryMembers;
        case DocumentPart::Timeout:
            return kTimeoutMembers;
        case DocumentPart::Memo:
            return kMemoMembers;
        case DocumentPart::Edge:
            return kEdgeMembers;
        case DocumentPart::Loop:
            return kLoopMembers;
        case DocumentPart::Output:
            return kOutputMembers;
        case DocumentPart::ErrorRule:
            return kErrorRuleMembers;
        case DocumentPart::Layout:
            return kLayoutMembers;
        case DocumentPart::Group:
            return kGroupMembers;
        case DocumentPart::Comment:
            return kCommentMembers;
    }
    return {};
}

const PartMember* findPartMember(DocumentPart part, std::string_view name) noexcept {
    const auto members = partMembers(part);
    const auto found =
        std::find_if(members.begin(), members.end(), [name](const PartMember& member) { return member.name == name; });
    return found == members.end() ? nullptr : &*found;
}

std::string_view partName(DocumentPart part) noexcept {
    switch (part) {
        case DocumentPart::Document:
            return "The document";
        case DocumentPart::Input:
            return "An input";
        case DocumentPart::Node:
            return "A node";
        case DocumentPart::Retry:
            return "A retry policy";
        case DocumentPart::Timeout:
            return "A timeout";
        case DocumentPart::Memo:
            return "A memo";
        case DocumentPart::Edge:
            return "An edge";
        case DocumentPart::Loop:
            return "A loop";
        case DocumentPart::Output:
            return "An output";
        case DocumentPart::ErrorRule:
            return "An error rule";
        case DocumentPart::Layout:
            return "The layout";
        case DocumentPart::Group:
            return "A group";
        case DocumentPart::Comment:
            return "A comment";
    }
    return "The document";
}

void reportExtra(const Value& extra, DocumentPart part, const std::string& pointer, std::vector<Finding>& findings) {
    if (!extra.isObject()) {
        findings.push_back(
            makeFinding(FindingCode::MemberType, pointer, std::string(partName(part)) + " must be an object"));
        return;
    }
    for (const auto& [name, value] : extra.members()) {
        const PartMember* const member = findPartMember(part, name);
        if (member == nullptr) {
            findings.push_back(unknownMember(part, pointer, name));
        } else if (member->part != nullptr && value.isObject()) {
            reportExtra(value, *member->part, childPointer(pointer, name), findings);
        } else {
            findings.push_back(makeFinding(FindingCode::MemberType, childPointer(pointer, name),
                                           "\"" + name + "\" is of the wrong type"));
        }
    }
}

std::string childPointer(const std::string& pointer, std::string_view name) {
    std::string child = pointer;
    child += '/';
    for (const char c : name) {
        if (c == '~') {
            child += "~0";
        } else if (c == '/') {
            child += "~1";
        } else {
            child += c;
        }
    }
    return child;
}

std::string childPointer(const std::string& pointer, std::size_t index) {
    return pointer + "/" + std::to_string(index);
}

}  // namespace signalbox::engine
