// The syntax tree of a JSONata expression. Built by the parser, constant afterwards; nodes live in their Program.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/value.h"
#include "expr/symbol.h"

namespace signalbox::expr {

class Regex;
class Signature;
struct Builtin;
struct Node;

enum class NodeKind : std::uint8_t {
    Literal,
    Name,
    Variable,
    Wildcard,
    Descendants,
    Parent,
    Regex,
    Path,
    Negate,
    Binary,
    Array,
    Object,
    Block,
    Condition,
    Assign,
    Lambda,
    Call,
    Placeholder,
    Transform,
    Sort,
};

enum class BinaryOp : std::uint8_t {
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Concat,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    In,
    And,
    Or,
    Range,
    Apply,
    Default,   ///< ?: the left side if it is truthy
    Coalesce,  ///< ?? the left side if it exists
};

/// One use of the parent operator: the label its ancestor is bound to, and how many steps up it still has to go.
struct AncestorSlot {
    const Symbol* label = nullptr;
    int level = 1;
};

/// What happens to the items of a step after it: a filter, or their position bound to a variable.
struct Stage {
    const Node* filter = nullptr;  ///< null: an index binding
    const Symbol* index = nullptr;
};

struct ObjectNode;

/// Rare additions to a node, held apart so that most nodes stay small.
struct Decoration {
    std::vector<Stage> predicates;       ///< of a node that is no step
    std::vector<Stage> stages;           ///< of a step
    const ObjectNode* group = nullptr;   ///< {...} written behind it
    const Symbol* focus = nullptr;       ///< @$name
    const Symbol* index = nullptr;       ///< #$name
    AncestorSlot* ancestor = nullptr;    ///< a later step asks for this step's parent
    std::vector<AncestorSlot*> seeking;  ///< parents that must be found left of this node
};

struct Node {
    explicit Node(NodeKind nodeKind, std::size_t at) : kind(nodeKind), position(static_cast<std::uint32_t>(at)) {}
    Node(const Node&) = delete;
    Node& operator=(const Node&) = delete;
    virtual ~Node() = default;
    Decoration& decorate() {
        if (!decoration) decoration = std::make_unique<Decoration>();
        return *decoration;
    }

    [[nodiscard]] bool isDirect() const noexcept { return directHeight > 0; }

    NodeKind kind;
    bool keepArray = false;         ///< [] written behind it
    bool tuple = false;             ///< a step that binds variables, or a path of such steps
    bool consArray = false;         ///< array constructor whose result a path does not flatten
    std::uint8_t directHeight = 0;  ///< of what DirectEvaluation can do, nodes to the deepest one; otherwise 0
    std::uint16_t height = 1;
    std::uint32_t position;  ///< byte offset in the text
    std::unique_ptr<Decoration> decoration;
};

struct LiteralNode final : Node {
    LiteralNode(std::size_t at, Value literal) : Node(NodeKind::Literal, at), value(std::move(literal)) {}
    Value value;
};

struct NameNode final : Node {
    NameNode(std::size_t at, std::string text) : Node(NodeKind::Name, at), name(std::move(text)) {}
    std::string name;
};

struct VariableNode final : Node {
    VariableNode(std::size_t at, const Symbol* name) : Node(NodeKind::Variable, at), symbol(name) {}
    const Symbol* symbol;              ///< "" is the context, "$" the input
    const Builtin* builtin = nullptr;  ///< what the name means when nobody bound it
};

struct ParentNode final : Node {
    ParentNode(std::size_t at, AncestorSlot* to) : Node(NodeKind::Parent, at), slot(to) {}
    AncestorSlot* slot;
};

struct RegexNode final : Node {
    RegexNode(std::size_t at, std::shared_ptr<const Regex> compiled)
        : Node(NodeKind::Regex, at), regex(std::move(compiled)) {}
    std::shared_ptr<const Regex> regex;
};

struct PathNode final : Node {
    explicit PathNode(std::size_t at) : Node(NodeKind::Path, at) {}
    std::vector<Node*> steps;
    bool keepSingleton = false;
    bool namesOnly = false;                 ///< plain member access: may be walked without sequences
    bool variableFirst = false;             ///< plain member access that starts at a variable
    const std::string* onlyName = nullptr;  ///< of plain access to one member: its name
};

struct NegateNode final : Node {
    NegateNode(std::size_t at, const Node* of) : Node(NodeKind::Negate, at), operand(of) {}
    const Node* operand;
};

struct BinaryNode final : Node {
    BinaryNode(std::size_t at, BinaryOp what, const Node* left, const Node* right)
        : Node(NodeKind::Binary, at), op(what), lhs(left), rhs(right) {}
    BinaryOp op;
    const Node* lhs;
    const Node* rhs;
};

struct ArrayNode final : Node {
    explicit ArrayNode(std::size_t at) : Node(NodeKind::Array, at) {}
    std::vector<Node*> items;
    Value constant = Value::undefined();  ///< of an array that is direct
};

struct ObjectNode final : Node {
    explicit ObjectNode(std::size_t at) : Node(NodeKind::Object, at) {}
    std::vector<std::pair<Node*, Node*>> pairs;
    bool plainPairs = false;  ///< the keys are different literals, the values direct
};

struct BlockNode final : Node {
    explicit BlockNode(std::size_t at) : Node(NodeKind::Block, at) {}
    std::vector<Node*> expressions;
    bool binds = false;  ///< may bind variables: needs a frame of its own
};

struct ConditionNode final : Node {
    explicit ConditionNode(std::size_t at) : Node(NodeKind::Condition, at) {}
    Node* condition = nullptr;
    Node* then = nullptr;
    Node* otherwise = nullptr;  ///< may be null
};

struct AssignNode final : Node {
    AssignNode(std::size_t at, const Symbol* name, const Node* what)
        : Node(NodeKind::Assign, at), symbol(name), value(what) {}
    const Symbol* symbol;
    const Node* value;
};

struct LambdaNode final : Node {
    explicit LambdaNode(std::size_t at) : Node(NodeKind::Lambda, at) {}
    std::vector<const Symbol*> parameters;
    const Node* body = nullptr;
    std::shared_ptr<const Signature> signature;
};

struct CallNode final : Node {
    explicit CallNode(std::size_t at) : Node(NodeKind::Call, at) {}
    Node* procedure = nullptr;
    std::vector<Node*> arguments;
    bool partial = false;  ///< has placeholders: makes a function instead of calling one
    bool tail = false;     ///< the last act of a function: replaces it instead of nesting
};

struct TransformNode final : Node {
    explicit TransformNode(std::size_t at) : Node(NodeKind::Transform, at) {}
    const Node* pattern = nullptr;
    const Node* update = nullptr;
    const Node* removal = nullptr;  ///< may be null
};

struct SortTerm {
    const Node* expression = nullptr;
    bool descending = false;
};

struct SortNode final : Node {
    explicit SortNode(std::size_t at) : Node(NodeKind::Sort, at) {}
    std::vector<SortTerm> terms;
};

/// A compiled expression: its text, its nodes and its names.
struct Program {
    Program() = default;
    Program(const Program&) = delete;
    Program& operator=(const Program&) = delete;

    template <class T, class... Args>
    T* add(Args&&... args) {
        auto owned = std::make_unique<T>(std::forward<Args>(args)...);
        T* node = owned.get();
        nodes.push_back(std::move(owned));
        return node;
    }
    const Symbol* symbol(std::string_view name);

    std::string text;
    const Node* root = nullptr;
    std::vector<std::unique_ptr<Node>> nodes;
    std::vector<std::unique_ptr<AncestorSlot>> slots;
    std::unordered_map<std::string, std::unique_ptr<Symbol>> symbols;
    bool loneSurrogates = false;  ///< a literal holds half of a surrogate pair: results must be cleaned
};

/// Casts to a node type the kind of which is known.
template <class T>
[[nodiscard]] const T& as(const Node& node) {
    return static_cast<const T&>(node);
}

[[nodiscard]] std::string_view nodeKindName(NodeKind kind) noexcept;
[[nodiscard]] std::string_view binaryOpText(BinaryOp op) noexcept;

}  // namespace signalbox::expr
