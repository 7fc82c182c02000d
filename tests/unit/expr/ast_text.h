// A syntax tree as text without its places, for comparing two programs.
#pragma once

#include <string>

#include "base/json.h"
#include "expr/ast.h"
#include "expr/parser.h"

namespace signalbox::expr {

class AstText {
public:
    static std::string of(std::string_view text) {
        const auto program = Parser(text).parse();
        if (!program) return "error " + program.error().jsonataCode;
        AstText writer;
        writer.write((*program)->root);
        return writer.out_;
    }

private:
    void write(const Node* node) {
        if (!node) return add("-");
        add(std::string("(") + std::string(nodeKindName(node->kind)));
        if (node->keepArray) add("[]");
        if (node->tuple) add("tuple");
        if (node->consArray) add("cons");
        own(*node);
        if (node->decoration) decoration(*node->decoration);
        add(")");
    }
    void own(const Node& node) {
        switch (node.kind) {
            case NodeKind::Literal:
                return add(writeJson(as<LiteralNode>(node).value));
            case NodeKind::Name:
                return add(as<NameNode>(node).name);
            case NodeKind::Variable:
                return add("$" + as<VariableNode>(node).symbol->name);
            case NodeKind::Parent:
                return slot(as<ParentNode>(node).slot);
            case NodeKind::Path:
                add(as<PathNode>(node).keepSingleton ? "single" : "");
                return each(as<PathNode>(node).steps);
            case NodeKind::Negate:
                return write(as<NegateNode>(node).operand);
            case NodeKind::Binary:
                add(std::string(binaryOpText(as<BinaryNode>(node).op)));
                write(as<BinaryNode>(node).lhs);
                return write(as<BinaryNode>(node).rhs);
            case NodeKind::Array:
                return each(as<ArrayNode>(node).items);
            case NodeKind::Block:
                return each(as<BlockNode>(node).expressions);
            case NodeKind::Object:
                return pairs(static_cast<const ObjectNode&>(node));
            default:
                return rare(node);
        }
    }
    void rare(const Node& node) {
        if (node.kind == NodeKind::Condition) {
            write(as<ConditionNode>(node).condition);
            write(as<ConditionNode>(node).then);
            write(as<ConditionNode>(node).otherwise);
        } else if (node.kind == NodeKind::Assign) {
            add(as<AssignNode>(node).symbol->name);
            write(as<AssignNode>(node).value);
        } else if (node.kind == NodeKind::Lambda) {
            for (const Symbol* parameter : as<LambdaNode>(node).parameters) add(parameter->name);
            add(as<LambdaNode>(node).signature ? "signature" : "");
            write(as<LambdaNode>(node).body);
        } else if (node.kind == NodeKind::Call) {
            write(as<CallNode>(node).procedure);
            each(as<CallNode>(node).arguments);
        } else if (node.kind == NodeKind::Transform) {
            write(as<TransformNode>(node).pattern);
            write(as<TransformNode>(node).update);
            write(as<TransformNode>(node).removal);
        } else if (node.kind == NodeKind::Sort) {
            for (const SortTerm& term : as<SortNode>(node).terms) {
                add(term.descending ? ">" : "<");
                write(term.expression);
            }
        }
    }
    void decoration(const Decoration& more) {
        for (const auto* stages : {&more.predicates, &more.stages}) {
            add("stages");
            for (const Stage& stage : *stages) {
                if (stage.filter) write(stage.filter);
                if (stage.index) add("#" + stage.index->name);
            }
        }
        if (more.group) pairs(*more.group);
        if (more.focus) add("@" + more.focus->name);
        if (more.index) add("#" + more.index->name);
        if (more.ancestor) slot(more.ancestor);
        for (const AncestorSlot* wanted : more.seeking) slot(wanted);
    }
    void slot(const AncestorSlot* slot) { add("%" + slot->label->name + ":" + std::to_string(slot->level)); }
    void pairs(const ObjectNode& object) {
        for (const auto& [key, value] : object.pairs) {
            write(key);
            write(value);
        }
    }
    void each(const std::vector<Node*>& nodes) {
        for (const Node* node : nodes) write(node);
    }
    void add(const std::string& word) { out_ += word + " "; }

    std::string out_;
};

}  // namespace signalbox::expr
