#include "expr/ast.h"

#include "base/hash.h"

namespace signalbox::expr {

const Symbol* Program::symbol(std::string_view name) {
    std::string key(name);
    auto& entry = symbols[key];
    if (!entry) {
        const std::uint64_t hash = checksum64(key);
        entry = std::make_unique<Symbol>(Symbol{std::move(key), hash});
    }
    return entry.get();
}

std::string_view nodeKindName(NodeKind kind) noexcept {
    switch (kind) {
        case NodeKind::Literal:
            return "literal";
        case NodeKind::Name:
            return "name";
        case NodeKind::Variable:
            return "variable";
        case NodeKind::Wildcard:
            return "wildcard";
        case NodeKind::Descendants:
            return "descendants";
        case NodeKind::Parent:
            return "parent";
        case NodeKind::Regex:
            return "regex";
        case NodeKind::Path:
            return "path";
        case NodeKind::Negate:
            return "negation";
        case NodeKind::Binary:
            return "operator";
        case NodeKind::Array:
            return "array";
        case NodeKind::Object:
            return "object";
        case NodeKind::Block:
            return "block";
        case NodeKind::Condition:
            return "condition";
        case NodeKind::Assign:
            return "assignment";
        case NodeKind::Lambda:
            return "function definition";
        case NodeKind::Call:
            return "function call";
        case NodeKind::Placeholder:
            return "placeholder";
        case NodeKind::Transform:
            return "transform";
        case NodeKind::Sort:
            return "sort";
    }
    return "expression";
}

std::string_view binaryOpText(BinaryOp op) noexcept {
    switch (op) {
        case BinaryOp::Add:
            return "+";
        case BinaryOp::Subtract:
            return "-";
        case BinaryOp::Multiply:
            return "*";
        case BinaryOp::Divide:
            return "/";
        case BinaryOp::Modulo:
            return "%";
        case BinaryOp::Concat:
            return "&";
        case BinaryOp::Equal:
            return "=";
        case BinaryOp::NotEqual:
            return "!=";
        case BinaryOp::Less:
            return "<";
        case BinaryOp::LessEqual:
            return "<=";
        case BinaryOp::Greater:
            return ">";
        case BinaryOp::GreaterEqual:
            return ">=";
        case BinaryOp::In:
            return "in";
        case BinaryOp::And:
            return "and";
        case BinaryOp::Or:
            return "or";
        case BinaryOp::Range:
            return "..";
        case BinaryOp::Apply:
            return "~>";
        case BinaryOp::Default:
            return "?:";
        case BinaryOp::Coalesce:
            return "??";
    }
    return "?";
}

}  // namespace signalbox::expr
