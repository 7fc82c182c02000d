#include "engine/document_flatten.h"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <utility>

namespace signalbox::engine {
namespace {

constexpr std::size_t kMaxChain = 64;  // of workflows that extend one another

std::vector<std::size_t> ownOrigins(std::size_t count) {
    std::vector<std::size_t> origins(count);
    for (std::size_t i = 0; i < count; ++i) origins[i] = i;
    return origins;
}

std::string keyOf(const InputDecl& input) { return input.name; }
std::string keyOf(const NodeDecl& node) { return node.id; }
std::string keyOf(const EdgeDecl& edge) { return edge.from.toString() + "\n" + edge.to.toString(); }
std::string keyOf(const OutputDecl& output) { return output.name; }

/// Own entries replace inherited ones of the same key in place; the others follow.
template <class T>
void mergeList(std::vector<T>& list, std::vector<std::size_t>& origins, const std::vector<T>& own) {
    std::unordered_map<std::string, std::size_t> places;
    for (std::size_t i = 0; i < list.size(); ++i) places.emplace(keyOf(list[i]), i);
    const std::size_t inherited = list.size();
    origins.assign(inherited, kInherited);
    for (std::size_t i = 0; i < own.size(); ++i) {
        const auto found = places.find(keyOf(own[i]));
        if (found != places.end() && origins[found->second] == kInherited) {
            list[found->second] = own[i];
            origins[found->second] = i;
        } else {
            list.push_back(own[i]);
            origins.push_back(i);
        }
    }
}

void mergeLayout(Layout& base, const Layout& own) {
    for (const auto& [node, position] : own.positions) base.positions[node] = position;
    base.groups.insert(base.groups.end(), own.groups.begin(), own.groups.end());
    base.comments.insert(base.comments.end(), own.comments.begin(), own.comments.end());
    base.extra = own.extra;
}

/// Puts `own` over `base`, which is flat.
void mergeOver(Document& base, FlattenOrigins& origins, const Document& own) {
    mergeList(base.inputs, origins.inputs, own.inputs);
    mergeList(base.nodes, origins.nodes, own.nodes);
    mergeList(base.edges, origins.edges, own.edges);
    mergeList(base.outputs, origins.outputs, own.outputs);
    // Rules are tried in order, so a workflow's own come before what it inherits.
    origins.errors = ownOrigins(own.errors.size());
    origins.errors.resize(own.errors.size() + base.errors.size(), kInherited);
    base.errors.insert(base.errors.begin(), own.errors.begin(), own.errors.end());
    mergeLayout(base.layout, own.layout);
    base.format = own.format;
    base.id = own.id;
    base.name = own.name;
    base.version = own.version;
    if (!own.description.empty()) base.description = own.description;
    if (own.maxParallelRuns != 0) base.maxParallelRuns = own.maxParallelRuns;
    base.tags = own.tags;
    base.extra = own.extra;
    base.extends.clear();
}

std::string chainText(const std::vector<Document>& chain, const std::string& last) {
    std::string text;
    for (const Document& document : chain) text += document.id + " -> ";
    return text + last;
}

/// The document and, one after the other, what it extends.
Result<std::vector<Document>> extendsChain(const Document& document, const DocumentResolver& resolve) {
    std::vector<Document> chain{document};
    std::set<std::string> seen{document.id};
    while (!chain.back().extends.empty()) {
        const std::string next = chain.back().extends;
        if (!seen.insert(next).second || chain.size() >= kMaxChain) {
            return fail("document.extends-cycle", "The workflow extends itself: " + chainText(chain, next),
                        chain.back().id, "Let one of them extend nothing.");
        }
        if (!resolve) {
            return fail("workflow.not-found", "The workflow \"" + next + "\" cannot be looked up here",
                        chain.back().id);
        }
        SIGNALBOX_TRY(Document parent, resolve(next, 0));
        chain.push_back(std::move(parent));
    }
    return chain;
}

}  // namespace

Result<FlattenedDocument> flattenWithOrigins(const Document& document, const DocumentResolver& resolve) {
    FlattenedDocument flat;
    if (document.extends.empty()) {
        flat.document = document;
        flat.origins = {ownOrigins(document.inputs.size()), ownOrigins(document.nodes.size()),
                        ownOrigins(document.edges.size()), ownOrigins(document.outputs.size()),
                        ownOrigins(document.errors.size())};
        return flat;
    }
    SIGNALBOX_TRY(std::vector<Document> chain, extendsChain(document, resolve));
    flat.document = std::move(chain.back());
    chain.pop_back();
    for (; !chain.empty(); chain.pop_back()) mergeOver(flat.document, flat.origins, chain.back());
    return flat;
}

Result<Document> flattenDocument(const Document& document, const DocumentResolver& resolve) {
    SIGNALBOX_TRY(FlattenedDocument flat, flattenWithOrigins(document, resolve));
    return std::move(flat.document);
}

}  // namespace signalbox::engine
