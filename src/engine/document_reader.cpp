#include <utility>

#include "base/json.h"
#include "engine/document_io.h"
#include "engine/finding_codes.h"
#include "engine/finding_places.h"
#include "engine/member_reader.h"
#include "engine/text_places.h"

namespace signalbox::engine {
namespace {

using Findings = std::vector<Finding>;

Value readRetry(const Value& from, const std::string& pointer, RetryPolicy& retry, Findings& findings) {
    MemberReader reader(from, DocumentPart::Retry, pointer, findings);
    reader.integer("maxAttempts", retry.maxAttempts);
    reader.duration("backoff", retry.backoff);
    reader.number("multiplier", retry.multiplier);
    reader.number("jitter", retry.jitter);
    reader.duration("maxBackoff", retry.maxBackoff);
    reader.texts("retryOn", retry.retryOn);
    return reader.extra();
}

void readTimeouts(MemberReader& node, NodeDecl& decl) {
    const Value* const timeout = node.object("timeout");
    if (timeout == nullptr) return;
    MemberReader reader(*timeout, DocumentPart::Timeout, node.at("timeout"), node.findings());
    Micros span = 0;
    if (reader.duration("attempt", span)) decl.attemptTimeout = span;
    if (reader.duration("total", span)) decl.totalTimeout = span;
    node.keep("timeout", reader.extra());
}

void readMemo(MemberReader& node, NodeDecl& decl) {
    const Value* const memo = node.object("memo");
    if (memo == nullptr) return;
    MemberReader reader(*memo, DocumentPart::Memo, node.at("memo"), node.findings());
    Micros ttl = 0;  // a memo that does not say how long is one that validation refuses
    if (reader.duration("ttl", ttl) || memo->find("ttl") == nullptr) decl.memoTtl = ttl;
    node.keep("memo", reader.extra());
}

NodeDecl readNode(const Value& from, const std::string& pointer, Findings& findings) {
    NodeDecl node;
    MemberReader reader(from, DocumentPart::Node, pointer, findings);
    reader.text("id", node.id);
    reader.text("type", node.type);
    reader.text("title", node.title);
    reader.text("note", node.note);
    reader.objectValue("params", node.params);
    if (const Value* const retry = reader.object("retry")) {
        node.retry.emplace();
        reader.keep("retry", readRetry(*retry, reader.at("retry"), *node.retry, findings));
    }
    readTimeouts(reader, node);
    readMemo(reader, node);
    switch (reader.word("onError", {"fail", "continue", "route"})) {
        case 0:
            node.onError = OnError::Fail;
            break;
        case 1:
            node.onError = OnError::Continue;
            break;
        case 2:
            node.onError = OnError::Route;
            break;
        default:
            break;
    }
    node.extra = reader.extra();
    return node;
}

EdgeDecl readEdge(const Value& from, const std::string& pointer, Findings& findings) {
    EdgeDecl edge;
    MemberReader reader(from, DocumentPart::Edge, pointer, findings);
    reader.port("from", edge.from);
    reader.port("to", edge.to);
    reader.text("when", edge.when);
    if (const Value* const loop = reader.object("loop")) {
        MemberReader nested(*loop, DocumentPart::Loop, reader.at("loop"), findings);
        edge.loop.emplace();
        nested.integer("maxIterations", edge.loop->maxIterations);
        nested.text("convergeWhen", edge.loop->convergeWhen);
        edge.loop->failAtLimit = nested.word("atLimit", {"fail", "continue"}) != 1;
        reader.keep("loop", nested.extra());
    }
    edge.extra = reader.extra();
    return edge;
}

InputDecl readInput(const Value& from, const std::string& pointer, Findings& findings) {
    InputDecl input;
    MemberReader reader(from, DocumentPart::Input, pointer, findings);
    reader.text("name", input.name);
    reader.text("type", input.type);
    reader.boolean("required", input.required);
    reader.any("default", input.defaultValue);
    reader.text("help", input.help);
    input.extra = reader.extra();
    return input;
}

OutputDecl readOutput(const Value& from, const std::string& pointer, Findings& findings) {
    OutputDecl output;
    MemberReader reader(from, DocumentPart::Output, pointer, findings);
    reader.text("name", output.name);
    reader.port("from", output.from);
    output.extra = reader.extra();
    return output;
}

ErrorRule readErrorRule(const Value& from, const std::string& pointer, Findings& findings) {
    ErrorRule rule;
    MemberReader reader(from, DocumentPart::ErrorRule, pointer, findings);
    reader.text("code", rule.code);
    switch (reader.word("do", {"return", "retryThenFail", "route"})) {
        case 0:
            rule.action = ErrorRule::Action::Return;
            break;
        case 2:
            rule.action = ErrorRule::Action::Route;
            break;
        default:
            break;
    }
    rule.returnSucceeded = reader.word("status", {"failed", "succeeded"}) == 1;
    reader.any("value", rule.returnValue);
    if (const Value* const retry = reader.object("retry")) {
        reader.keep("retry", readRetry(*retry, reader.at("retry"), rule.retry, findings));
    }
    reader.port("to", rule.to);
    rule.extra = reader.extra();
    return rule;
}

GroupDecl readGroup(const Value& from, const std::string& pointer, Findings& findings) {
    GroupDecl group;
    MemberReader reader(from, DocumentPart::Group, pointer, findings);
    reader.text("id", group.id);
    reader.text("title", group.title);
    reader.text("colourRole", group.colourRole);
    reader.texts("nodes", group.nodes);
    group.extra = reader.extra();
    return group;
}

CommentDecl readComment(const Value& from, const std::string& pointer, Findings& findings) {
    CommentDecl comment;
    MemberReader reader(from, DocumentPart::Comment, pointer, findings);
    reader.text("id", comment.id);
    reader.text("text", comment.text);
    reader.pair("position", comment.position.x, comment.position.y);
    reader.pair("size", comment.width, comment.height);
    comment.extra = reader.extra();
    return comment;
}

/// Reads every item of an array member by a function as above. An item that is no object becomes an empty entry whose
/// `extra` is the item itself, so that it is not lost.
template <class T, class ReadOne>
void readList(MemberReader& reader, std::string_view name, std::vector<T>& out, DocumentPart part, ReadOne readOne) {
    const Value* const list = reader.array(name);
    if (list == nullptr) return;
    const std::string pointer = reader.at(name);
    out.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Value& item = list->at(i);
        if (item.isObject()) {
            out.push_back(readOne(item, childPointer(pointer, i), reader.findings()));
        } else {
            reportExtra(item, part, childPointer(pointer, i), reader.findings());
            out.emplace_back().extra = item;
        }
    }
}

void readPositions(MemberReader& layoutReader, Layout& layout) {
    const Value* const positions = layoutReader.object("positions");
    if (positions == nullptr) return;
    ObjectBuilder unread;
    for (const auto& [node, value] : positions->members()) {
        if (value.size() == 2 && value.at(0).isNumber() && value.at(1).isNumber()) {
            layout.positions[node] = Position{value.at(0).asNumber(), value.at(1).asNumber()};
            continue;
        }
        layoutReader.findings().push_back(makeFinding(FindingCode::MemberType,
                                                      childPointer(layoutReader.at("positions"), node),
                                                      "The position of \"" + node + "\" must be [x, y]"));
        unread.set(node, value);
    }
    layoutReader.keep("positions", std::move(unread).build());
}

void readLayout(MemberReader& document, Layout& layout) {
    const Value* const from = document.object("layout");
    if (from == nullptr) return;
    MemberReader reader(*from, DocumentPart::Layout, document.at("layout"), document.findings());
    readPositions(reader, layout);
    readList(reader, "groups", layout.groups, DocumentPart::Group, readGroup);
    readList(reader, "comments", layout.comments, DocumentPart::Comment, readComment);
    layout.extra = reader.extra();
}

Document readDocument(const Value& root, Findings& findings) {
    Document document;
    document.format = 0;
    MemberReader reader(root, DocumentPart::Document, "", findings);
    reader.integer("format", document.format);
    reader.text("id", document.id);
    reader.text("name", document.name);
    reader.integer("version", document.version);
    reader.text("description", document.description);
    reader.text("extends", document.extends);
    reader.texts("tags", document.tags);
    reader.integer("maxParallelRuns", document.maxParallelRuns);
    readList(reader, "inputs", document.inputs, DocumentPart::Input, readInput);
    readList(reader, "nodes", document.nodes, DocumentPart::Node, readNode);
    readList(reader, "edges", document.edges, DocumentPart::Edge, readEdge);
    readList(reader, "outputs", document.outputs, DocumentPart::Output, readOutput);
    readList(reader, "errors", document.errors, DocumentPart::ErrorRule, readErrorRule);
    readLayout(reader, document.layout);
    document.extra = reader.extra();
    reportFormat(document, findings);
    return document;
}

}  // namespace

Result<ParsedDocument> parseDocument(std::string_view text) {
    auto root = parseJson(text);
    if (!root) {
        return fail("document.syntax", root.error().message, root.error().where, root.error().hint);
    }
    if (!root->isObject()) {
        return fail("document.syntax", "A workflow document must be a JSON object", "line 1, column 1");
    }
    ParsedDocument parsed;
    parsed.document = readDocument(*root, parsed.findings);
    parsed.places = scanPlaces(text);
    locateFindings(parsed.document, parsed.places, parsed.findings);
    return parsed;
}

}  // namespace signalbox::engine
