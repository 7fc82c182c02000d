#include <algorithm>
#include <array>
#include <utility>

#include "base/json.h"
#include "engine/document_io.h"

namespace signalbox::engine {
namespace {

/// What was read into a part, over what could not be: known members win, nested objects are merged.
Value withExtra(Value known, const Value& extra) {
    if (!extra.isObject()) return extra;
    if (extra.empty()) return known;
    ObjectBuilder merged;
    for (const auto& [name, value] : known.members()) merged.set(name, value);
    for (const auto& [name, value] : extra.members()) {
        Value* const present = merged.find(name);
        if (present == nullptr) {
            merged.set(name, value);
        } else if (present->isObject() && value.isObject()) {
            *present = withExtra(*present, value);
        }
    }
    return std::move(merged).build();
}

void putText(ObjectBuilder& object, std::string_view name, const std::string& text) {
    if (!text.empty()) object.set(name, text);
}

void putPort(ObjectBuilder& object, std::string_view name, const PortRef& port) {
    if (!port.node.empty() || !port.port.empty()) object.set(name, port.toString());
}

Value textsValue(const std::vector<std::string>& texts) {
    ArrayBuilder items;
    items.reserve(texts.size());
    for (const std::string& text : texts) items.push(text);
    return std::move(items).build();
}

Value retryValue(const RetryPolicy& retry, const Value& extra) {
    const RetryPolicy usual;
    ObjectBuilder object;
    if (extra["retry"]["maxAttempts"].isUndefined()) object.set("maxAttempts", retry.maxAttempts);
    if (retry.backoff != usual.backoff) object.set("backoff", formatDuration(retry.backoff));
    if (retry.multiplier != usual.multiplier) object.set("multiplier", retry.multiplier);
    if (retry.jitter != usual.jitter) object.set("jitter", retry.jitter);
    if (retry.maxBackoff != usual.maxBackoff) object.set("maxBackoff", formatDuration(retry.maxBackoff));
    if (!retry.retryOn.empty()) object.set("retryOn", textsValue(retry.retryOn));
    return std::move(object).build();
}

Value nodeValue(const NodeDecl& node) {
    ObjectBuilder object;
    putText(object, "id", node.id);
    putText(object, "type", node.type);
    putText(object, "title", node.title);
    putText(object, "note", node.note);
    if (!node.params.empty()) object.set("params", node.params);
    if (node.retry) object.set("retry", retryValue(*node.retry, node.extra));
    ObjectBuilder timeout;
    if (node.attemptTimeout) timeout.set("attempt", formatDuration(*node.attemptTimeout));
    if (node.totalTimeout) timeout.set("total", formatDuration(*node.totalTimeout));
    if (timeout.size() > 0) object.set("timeout", std::move(timeout).build());
    if (node.memoTtl) object.set("memo", Value::object({{"ttl", formatDuration(*node.memoTtl)}}));
    switch (node.onError) {
        case OnError::Default:
            break;
        case OnError::Fail:
            object.set("onError", "fail");
            break;
        case OnError::Continue:
            object.set("onError", "continue");
            break;
        case OnError::Route:
            object.set("onError", "route");
            break;
    }
    return withExtra(std::move(object).build(), node.extra);
}

Value edgeValue(const EdgeDecl& edge) {
    ObjectBuilder object;
    putPort(object, "from", edge.from);
    putPort(object, "to", edge.to);
    putText(object, "when", edge.when);
    if (edge.loop) {
        ObjectBuilder loop;
        if (edge.loop->maxIterations != 0) loop.set("maxIterations", edge.loop->maxIterations);
        putText(loop, "convergeWhen", edge.loop->convergeWhen);
        if (!edge.loop->failAtLimit) loop.set("atLimit", "continue");
        object.set("loop", std::move(loop).build());
    }
    return withExtra(std::move(object).build(), edge.extra);
}

Value inputValue(const InputDecl& input) {
    ObjectBuilder object;
    putText(object, "name", input.name);
    if (input.type != InputDecl().type) object.set("type", input.type);
    if (input.required) object.set("required", true);
    if (input.defaultValue.isDefined()) object.set("default", input.defaultValue);
    putText(object, "help", input.help);
    return withExtra(std::move(object).build(), input.extra);
}

Value outputValue(const OutputDecl& output) {
    ObjectBuilder object;
    putText(object, "name", output.name);
    putPort(object, "from", output.from);
    return withExtra(std::move(object).build(), output.extra);
}

std::string_view actionName(ErrorRule::Action action) {
    switch (action) {
        case ErrorRule::Action::Return:
            return "return";
        case ErrorRule::Action::RetryThenFail:
            return "retryThenFail";
        case ErrorRule::Action::Route:
            return "route";
    }
    return "retryThenFail";
}

Value errorRuleValue(const ErrorRule& rule) {
    ObjectBuilder object;
    putText(object, "code", rule.code);
    if (rule.extra.find("do") == nullptr) object.set("do", actionName(rule.action));
    if (rule.returnSucceeded) object.set("status", "succeeded");
    if (!rule.returnValue.isNull()) object.set("value", rule.returnValue);
    if (!(rule.retry == RetryPolicy{})) object.set("retry", retryValue(rule.retry, rule.extra));
    putPort(object, "to", rule.to);
    return withExtra(std::move(object).build(), rule.extra);
}

Value groupValue(const GroupDecl& group) {
    ObjectBuilder object;
    putText(object, "id", group.id);
    putText(object, "title", group.title);
    putText(object, "colourRole", group.colourRole);
    if (!group.nodes.empty()) object.set("nodes", textsValue(group.nodes));
    return withExtra(std::move(object).build(), group.extra);
}

Value pairValue(double x, double y) { return Value::array({Value(x), Value(y)}); }

Value commentValue(const CommentDecl& comment) {
    ObjectBuilder object;
    putText(object, "id", comment.id);
    putText(object, "text", comment.text);
    if (!(comment.position == Position{})) {
        object.set("position", pairValue(comment.position.x, comment.position.y));
    }
    if (comment.width != 0 || comment.height != 0) object.set("size", pairValue(comment.width, comment.height));
    return withExtra(std::move(object).build(), comment.extra);
}

template <class T, class ToValue>
void putList(ObjectBuilder& object, std::string_view name, const std::vector<T>& list, ToValue toValue) {
    if (list.empty()) return;
    ArrayBuilder items;
    items.reserve(list.size());
    for (const T& item : list) items.push(toValue(item));
    object.set(name, std::move(items).build());
}

Value layoutValue(const Layout& layout) {
    ObjectBuilder object;
    if (!layout.positions.empty()) {
        ObjectBuilder positions;
        for (const auto& [node, at] : layout.positions) positions.set(node, pairValue(at.x, at.y));
        object.set("positions", std::move(positions).build());
    }
    putList(object, "groups", layout.groups, groupValue);
    putList(object, "comments", layout.comments, commentValue);
    return withExtra(std::move(object).build(), layout.extra);
}

Value logicValue(const Document& document, bool withVersion) {
    ObjectBuilder object;
    if (document.format != 0) object.set("format", document.format);
    putText(object, "id", document.id);
    putText(object, "name", document.name);
    if (withVersion && document.extra.find("version") == nullptr) object.set("version", document.version);
    putText(object, "description", document.description);
    putText(object, "extends", document.extends);
    if (document.maxParallelRuns != 0) object.set("maxParallelRuns", document.maxParallelRuns);
    if (!document.tags.empty()) object.set("tags", textsValue(document.tags));
    putList(object, "inputs", document.inputs, inputValue);
    putList(object, "nodes", document.nodes, nodeValue);
    putList(object, "edges", document.edges, edgeValue);
    putList(object, "outputs", document.outputs, outputValue);
    putList(object, "errors", document.errors, errorRuleValue);
    return withExtra(std::move(object).build(), document.extra);
}

/// Writes one line of the document: keys sorted, a space after each colon and comma.
void appendInline(std::string& out, const Value& value) {
    if (value.isArray()) {
        out += '[';
        for (std::size_t i = 0; i < value.size(); ++i) {
            if (i > 0) out += ", ";
            appendInline(out, value.at(i));
        }
        out += ']';
        return;
    }
    if (!value.isObject()) {
        appendJson(out, value, JsonStyle::Canonical);
        return;
    }
    std::vector<const Member*> members;
    members.reserve(value.size());
    for (const Member& member : value.members()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->first < b->first; });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (i > 0) out += ", ";
        appendJsonString(out, members[i]->first);
        out += ": ";
        appendInline(out, members[i]->second);
    }
    out += '}';
}

/// An array with an item a line, or an object with a member a line.
void appendLines(std::string& out, const Value& value, std::size_t indent) {
    const bool isArray = value.isArray();
    const std::string margin(indent + 2, ' ');
    std::vector<const Member*> members;
    for (const Member& member : value.members()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->first < b->first; });
    out += isArray ? "[" : "{";
    for (std::size_t i = 0; i < value.size(); ++i) {
        out += i > 0 ? ",\n" : "\n";
        out += margin;
        if (!isArray) {
            appendJsonString(out, members[i]->first);
            out += ": ";
        }
        appendInline(out, isArray ? value.at(i) : members[i]->second);
    }
    out += '\n';
    out.append(indent, ' ');
    out += isArray ? "]" : "}";
}

/// The order of the members of the document itself. Others follow sorted, then the layout.
constexpr std::array<std::string_view, 13> kOrder{
    "format",          "id",     "name",  "version", "description", "extends", "tags",
    "maxParallelRuns", "inputs", "nodes", "edges",   "outputs",     "errors"};
constexpr std::array<std::string_view, 5> kLineLists{"inputs", "nodes", "edges", "outputs", "errors"};

std::vector<const Member*> orderedMembers(const Value& document) {
    std::vector<const Member*> members;
    for (const Member& member : document.members()) members.push_back(&member);
    const auto rank = [](const Member* member) {
        const auto at = std::find(kOrder.begin(), kOrder.end(), member->first) - kOrder.begin();
        return std::pair(member->first == "layout" ? static_cast<std::ptrdiff_t>(kOrder.size()) + 1 : at,
                         std::string_view(member->first));
    };
    std::sort(members.begin(), members.end(), [&rank](const Member* a, const Member* b) { return rank(a) < rank(b); });
    return members;
}

void appendLayout(std::string& out, const Value& layout) {
    std::vector<const Member*> members;
    for (const Member& member : layout.members()) members.push_back(&member);
    std::sort(members.begin(), members.end(), [](const Member* a, const Member* b) { return a->first < b->first; });
    out += '{';
    for (std::size_t i = 0; i < members.size(); ++i) {
        out += i > 0 ? ",\n    " : "\n    ";
        appendJsonString(out, members[i]->first);
        out += ": ";
        const Value& value = members[i]->second;
        if ((value.isArray() || value.isObject()) && !value.empty()) {
            appendLines(out, value, 4);
        } else {
            appendInline(out, value);
        }
    }
    out += "\n  }";
}

std::string writeLines(const Value& document) {
    std::string out = "{";
    bool first = true;
    for (const Member* const member : orderedMembers(document)) {
        const auto& [name, value] = *member;
        out += first ? "\n  " : ",\n  ";
        first = false;
        appendJsonString(out, name);
        out += ": ";
        const bool isList = std::find(kLineLists.begin(), kLineLists.end(), name) != kLineLists.end();
        if (isList && value.isArray() && !value.empty()) {
            appendLines(out, value, 2);
        } else if (name == "layout" && value.isObject() && !value.empty()) {
            appendLayout(out, value);
        } else {
            appendInline(out, value);
        }
    }
    out += first ? "}\n" : "\n}\n";
    return out;
}

}  // namespace

std::string writeDocument(const Document& document) {
    Value value = logicValue(document, true);
    const Value layout = layoutValue(document.layout);
    if (!layout.empty()) value = value.with("layout", layout);
    return writeLines(value);
}

std::string writeLogic(const Document& document) {
    return writeJson(logicValue(document, false).without("layout").without("version"), JsonStyle::Canonical);
}

}  // namespace signalbox::engine
