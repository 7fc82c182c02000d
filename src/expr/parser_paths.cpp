// Paths: how steps join, what [] {} ^ @ # do to the last one, and where the parent operator finds its ancestor.
#include <algorithm>

#include "base/json.h"
#include "expr/error_codes.h"
#include "expr/parser.h"

namespace signalbox::expr {

namespace {

bool isStepKeeping(const Node* step) { return step->keepArray; }

}  // namespace

PathNode* Parser::asPath(Node* node) {
    if (node->kind == NodeKind::Path) return static_cast<PathNode*>(node);
    auto* path = program_->add<PathNode>(node->position);
    path->steps.push_back(node);
    return grow(*path, node) ? path : nullptr;
}

bool Parser::isSimple(const PathNode& path) {
    return !path.tuple && !path.keepSingleton && !path.keepArray && !path.decoration &&
           std::all_of(path.steps.begin(), path.steps.end(), [](const Node* step) {
               return step->kind == NodeKind::Name && !step->decoration && !step->keepArray;
           });
}

Node* Parser::step(Node* left, const Token& token) {
    Node* right = expression(75);
    if (!right) return nullptr;
    const bool leftIsParent = left->kind == NodeKind::Parent;
    PathNode* path = asPath(left);
    if (!path) return nullptr;
    if (leftIsParent) path->decorate().seeking.push_back(static_cast<ParentNode*>(left)->slot);
    path->position = static_cast<std::uint32_t>(token.position);
    appendStep(*path, right);
    if (!grow(*path, right)) return nullptr;
    finishPath(*path);
    return path;
}

void Parser::appendStep(PathNode& path, Node* right) {
    if (right->kind == NodeKind::Path) {
        auto& rest = static_cast<PathNode&>(*right);
        path.steps.insert(path.steps.end(), rest.steps.begin(), rest.steps.end());
        return;
    }
    if (right->decoration && !right->decoration->predicates.empty()) {
        right->decoration->stages = std::move(right->decoration->predicates);
        right->decoration->predicates.clear();
    }
    path.steps.push_back(right);
}

void Parser::finishPath(PathNode& path) {
    for (Node*& step : path.steps) {
        if (step->kind != NodeKind::Literal) continue;
        const Value& literal = static_cast<LiteralNode*>(step)->value;
        if (!literal.isString()) {
            defer("S0213", step->position, writeJson(literal));
            continue;
        }
        auto* name = program_->add<NameNode>(step->position, std::string(literal.asString()));
        name->keepArray = step->keepArray;
        name->decoration = std::move(step->decoration);
        step = name;
    }
    if (std::any_of(path.steps.begin(), path.steps.end(), isStepKeeping)) path.keepSingleton = true;
    for (Node* end : {path.steps.front(), path.steps.back()}) {
        if (end->kind == NodeKind::Array) end->consArray = true;
    }
    resolveAncestors(path);
    path.namesOnly = isSimple(path);
}

Node* Parser::predicate(Node* left, const Token& token) {
    const bool isPath = left->kind == NodeKind::Path;
    Node* step = isPath ? static_cast<PathNode*>(left)->steps.back() : left;
    if (current_.is("]")) {
        step->keepArray = true;
        if (isPath) {
            static_cast<PathNode*>(left)->keepSingleton = true;
            // A name alone hands its [] on to the whole of a ~> that it begins.
            if (static_cast<PathNode*>(left)->steps.size() == 1) left->keepArray = true;
            static_cast<PathNode*>(left)->namesOnly = false;
        }
        return advance(true) ? left : nullptr;
    }
    Node* filter = expression(0);
    if (!filter || !expect("]", true) || !grow(*left, filter)) return nullptr;
    // The grouping of a path belongs to the path: predicates go on filtering its last step.
    if (step->decoration && step->decoration->group) {
        defer("S0209", token.position, token.text);
    }
    if (filter->decoration) {
        for (AncestorSlot* slot : filter->decoration->seeking) {
            if (slot->level == 1) {
                seek(*step, *slot);
            } else {
                --slot->level;
            }
        }
    }
    inherit(*step, filter);
    Decoration& decoration = step->decorate();
    (isPath ? decoration.stages : decoration.predicates).push_back(Stage{filter, nullptr});
    if (isPath) static_cast<PathNode*>(left)->namesOnly = false;
    return left;
}

Node* Parser::group(Node* left, const Token& token) {
    ObjectNode* grouping = object(token);
    if (!grouping || !grow(*left, grouping)) return nullptr;
    if (left->decoration && left->decoration->group) defer("S0210", token.position, token.text);
    left->decorate().group = grouping;
    if (left->kind == NodeKind::Path) static_cast<PathNode*>(left)->namesOnly = false;
    return left;
}

Node* Parser::sort(Node* left, const Token& token) {
    PathNode* path = asPath(left);
    if (!path || !expect("(", false)) return nullptr;
    auto* node = program_->add<SortNode>(token.position);
    for (;;) {
        SortTerm term;
        if (current_.is("<") || current_.is(">")) {
            term.descending = current_.is(">");
            if (!advance(false)) return nullptr;
        }
        Node* key = expression(0);
        if (!key || !grow(*node, key)) return nullptr;
        inherit(*node, key);
        term.expression = key;
        node->terms.push_back(term);
        if (!current_.is(",")) break;
        if (!advance(false)) return nullptr;
    }
    if (!expect(")", true)) return nullptr;
    path->steps.push_back(node);
    path->namesOnly = false;
    resolveAncestors(*path);
    return grow(*path, node) ? path : nullptr;
}

const Symbol* Parser::boundName(const Token& token) {
    Node* variable = expression(80);
    if (!variable) return nullptr;
    if (variable->kind != NodeKind::Variable) return failAt("S0214", token);
    return static_cast<VariableNode*>(variable)->symbol;
}

Node* Parser::bindFocus(Node* left, const Token& token) {
    const Symbol* focus = boundName(token);
    if (!focus) return nullptr;
    Node* step = left->kind == NodeKind::Path ? static_cast<PathNode*>(left)->steps.back() : left;
    if (step->decoration && !(step->decoration->stages.empty() && step->decoration->predicates.empty())) {
        defer("S0215", token.position, token.text);
    }
    if (step->kind == NodeKind::Sort) defer("S0216", token.position, token.text);
    step->decorate().focus = focus;
    step->tuple = true;
    if (left->kind == NodeKind::Path) static_cast<PathNode*>(left)->namesOnly = false;
    return left;
}

Node* Parser::bindIndex(Node* left, const Token& token) {
    const Symbol* index = boundName(token);
    if (!index) return nullptr;
    const bool wasPath = left->kind == NodeKind::Path;
    PathNode* path = asPath(left);
    if (!path) return nullptr;
    Node* step = path->steps.back();
    Decoration& decoration = step->decorate();
    if (!wasPath && !decoration.predicates.empty()) {
        decoration.stages = std::move(decoration.predicates);
        decoration.predicates.clear();
    }
    if (decoration.stages.empty()) {
        decoration.index = index;
    } else {
        decoration.stages.push_back(Stage{nullptr, index});
    }
    step->tuple = true;
    path->namesOnly = false;
    if (step->keepArray) path->keepSingleton = true;
    return path;
}

Node* Parser::parent(const Token& token) {
    program_->slots.push_back(std::make_unique<AncestorSlot>());
    AncestorSlot* slot = program_->slots.back().get();
    slot->label = program_->symbol("!" + std::to_string(labels_++));
    return program_->add<ParentNode>(token.position, slot);
}

void Parser::inherit(Node& node, const Node* part) {
    if (!part) return;
    if (part->decoration && !part->decoration->seeking.empty()) {
        auto& seeking = node.decorate().seeking;
        seeking.insert(seeking.end(), part->decoration->seeking.begin(), part->decoration->seeking.end());
    }
    if (part->kind == NodeKind::Parent) node.decorate().seeking.push_back(as<ParentNode>(*part).slot);
}

void Parser::seek(Node& node, AncestorSlot& slot) {
    switch (node.kind) {
        case NodeKind::Name:
        case NodeKind::Wildcard:
            if (--slot.level > 0) return;
            if (node.decorate().ancestor) slot.label = node.decoration->ancestor->label;
            node.decoration->ancestor = &slot;
            node.tuple = true;
            return;
        case NodeKind::Parent:
            ++slot.level;
            return;
        case NodeKind::Block: {
            auto& block = static_cast<BlockNode&>(node);
            if (block.expressions.empty()) return;
            block.tuple = true;
            seek(*block.expressions.back(), slot);
            return;
        }
        case NodeKind::Path: {
            auto& path = static_cast<PathNode&>(node);
            path.tuple = true;
            path.namesOnly = false;
            for (auto step = path.steps.rbegin(); step != path.steps.rend(); ++step) {
                if (step != path.steps.rbegin() && slot.level <= 0) break;
                seek(**step, slot);
            }
            return;
        }
        default:
            defer("S0217", node.position, nodeKindName(node.kind));
    }
}

void Parser::resolveAncestors(PathNode& path) {
    const Node& last = *path.steps.back();
    std::vector<AncestorSlot*> slots;
    if (last.decoration) slots = last.decoration->seeking;
    if (last.kind == NodeKind::Parent) slots.push_back(as<ParentNode>(last).slot);
    for (AncestorSlot* slot : slots) {
        std::ptrdiff_t index = static_cast<std::ptrdiff_t>(path.steps.size()) - 2;
        while (slot->level > 0 && !deferred_) {
            if (index < 0) {
                path.decorate().seeking.push_back(slot);
                break;
            }
            Node* step = path.steps[static_cast<std::size_t>(index--)];
            const auto focused = [](const Node* node) { return node->decoration && node->decoration->focus; };
            while (index >= 0 && focused(step) && focused(path.steps[static_cast<std::size_t>(index)])) {
                step = path.steps[static_cast<std::size_t>(index--)];
            }
            seek(*step, *slot);
        }
    }
}

void Parser::markTail(Node* node) {
    for (;;) {
        if (node->keepArray ||
            (node->decoration && (!node->decoration->predicates.empty() || node->decoration->group))) {
            return;
        }
        if (node->kind == NodeKind::Call) {
            static_cast<CallNode*>(node)->tail = true;
            return;
        }
        if (node->kind == NodeKind::Block && !static_cast<BlockNode*>(node)->expressions.empty()) {
            node = static_cast<BlockNode*>(node)->expressions.back();
        } else if (node->kind == NodeKind::Condition) {
            auto* condition = static_cast<ConditionNode*>(node);
            markTail(condition->then);
            if (!condition->otherwise) return;
            node = condition->otherwise;
        } else {
            return;
        }
    }
}

}  // namespace signalbox::expr
