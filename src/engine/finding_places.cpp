#include "engine/finding_places.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <tuple>

#include "engine/document_members.h"
#include "engine/finding_codes.h"
#include "engine/text_places.h"

namespace signalbox::engine {
namespace {

/// "/nodes/12/params" is the 12th entry of the member in that place of the format.
struct Section {
    std::size_t member = 0;
    std::size_t index = 0;
    std::string_view name;
    bool hasIndex = false;
};

Section sectionOf(std::string_view pointer) {
    Section section;
    if (pointer.empty()) return section;
    pointer.remove_prefix(1);
    const auto slash = pointer.find('/');
    section.name = pointer.substr(0, slash);
    const auto members = partMembers(DocumentPart::Document);
    while (section.member < members.size() && members[section.member].name != section.name) ++section.member;
    if (slash != std::string_view::npos) {
        const char* const end = pointer.data() + pointer.size();
        section.hasIndex = std::from_chars(pointer.data() + slash + 1, end, section.index).ec == std::errc();
    }
    return section;
}

void fillSubject(const Document& document, const Section& section, Finding& finding) {
    if (!section.hasIndex || !finding.node.empty() || !finding.edge.empty()) return;
    if (section.name == "nodes" && section.index < document.nodes.size()) {
        finding.node = document.nodes[section.index].id;
    } else if (section.name == "edges" && section.index < document.edges.size()) {
        finding.edge = edgeLabel(document.edges[section.index]);
    }
}

}  // namespace

void reportFormat(const Document& document, std::vector<Finding>& findings) {
    if (document.format == Document::kFormat || document.extra.find("format") != nullptr) return;
    const std::string known = std::to_string(Document::kFormat);
    if (document.format == 0) {
        findings.push_back(makeFinding(FindingCode::FormatUnknown, "/format", "The number of the format is missing",
                                       "Add \"format\": " + known + "."));
        return;
    }
    findings.push_back(makeFinding(FindingCode::FormatUnknown, "/format",
                                   "Format " + std::to_string(document.format) + " is unknown",
                                   "This version reads format " + known + "."));
}

void locateFindings(const Document& document, const std::map<std::string, LineColumn>& places,
                    std::vector<Finding>& findings) {
    for (Finding& finding : findings) {
        fillSubject(document, sectionOf(finding.pointer), finding);
        finding.place = placeOf(places, finding.pointer);
    }
    std::stable_sort(findings.begin(), findings.end(), [](const Finding& a, const Finding& b) {
        const Section left = sectionOf(a.pointer);
        const Section right = sectionOf(b.pointer);
        return std::tie(left.member, left.index) < std::tie(right.member, right.index);
    });
}

std::string edgeLabel(const EdgeDecl& edge) { return edge.from.toString() + " -> " + edge.to.toString(); }

}  // namespace signalbox::engine
