#include "expr/parser.h"

#include <algorithm>

#include "expr/builtins.h"
#include "expr/direct.h"
#include "expr/error_codes.h"
#include "expr/fold.h"
#include "expr/regex.h"
#include "expr/signature.h"
#include "expr/stack_floor.h"

namespace signalbox::expr {

namespace {

struct Infix {
    std::string_view text;
    int power;
    BinaryOp op;
};

// Operators that only combine two values; the others have functions of their own.
constexpr Infix kBinary[] = {
    {"+", 50, BinaryOp::Add},        {"-", 50, BinaryOp::Subtract},  {"*", 60, BinaryOp::Multiply},
    {"/", 60, BinaryOp::Divide},     {"%", 60, BinaryOp::Modulo},    {"&", 50, BinaryOp::Concat},
    {"=", 40, BinaryOp::Equal},      {"!=", 40, BinaryOp::NotEqual}, {"<", 40, BinaryOp::Less},
    {"<=", 40, BinaryOp::LessEqual}, {">", 40, BinaryOp::Greater},   {">=", 40, BinaryOp::GreaterEqual},
    {"in", 40, BinaryOp::In},        {"and", 30, BinaryOp::And},     {"or", 25, BinaryOp::Or},
    {"~>", 40, BinaryOp::Apply},
};

struct Power {
    std::string_view text;
    int power;
};
constexpr Power kPowers[] = {{".", 75}, {"[", 80}, {"{", 70},  {"(", 80},  {"@", 80}, {"#", 80},
                             {"?", 20}, {"^", 40}, {":=", 10}, {"?:", 40}, {"??", 40}};

const Infix* findBinary(std::string_view text) {
    const auto* found =
        std::find_if(std::begin(kBinary), std::end(kBinary), [&](const Infix& i) { return i.text == text; });
    return found == std::end(kBinary) ? nullptr : found;
}

bool isFunctionWord(const Node& node) {
    if (node.kind != NodeKind::Path || as<PathNode>(node).steps.size() != 1) return false;
    const Node& only = *as<PathNode>(node).steps.front();
    if (only.kind != NodeKind::Name || only.decoration) return false;
    const std::string& name = as<NameNode>(only).name;
    return name == "function" || name == "\xCE\xBB";
}

}  // namespace

Parser::Parser(std::string_view text)
    : program_(std::make_shared<Program>()), lexer_(program_->text), stackFloor_(stackFloor()) {
    program_->text = text;
    lexer_ = Lexer(program_->text);
}

tl::expected<std::shared_ptr<const Program>, ExpressionError> Parser::parse() {
    Node* root = advance(false) ? expression(0) : nullptr;
    if (root && current_.kind != TokenKind::End) root = failAt("S0201", current_);
    if (root && (root->kind == NodeKind::Parent || (root->decoration && !root->decoration->seeking.empty()))) {
        defer("S0217", root->position, "%");
    }
    if (!error_ && deferred_) error_ = std::move(deferred_);
    if (error_) return tl::unexpected<ExpressionError>(std::move(*error_));
    program_->root = root;
    program_->loneSurrogates = lexer_.sawLoneSurrogate();
    markDirect(*program_);
    return std::shared_ptr<const Program>(std::move(program_));
}

std::nullptr_t Parser::failAt(std::string_view code, const Token& token, Value value) {
    if (!error_) error_ = makeError(code, token.position, token.text, std::move(value));
    return nullptr;
}

void Parser::defer(std::string_view code, std::size_t position, std::string_view token) {
    if (!deferred_) deferred_ = makeError(code, position, token);
}

bool Parser::advance(bool afterOperand) {
    auto token = lexer_.next(afterOperand);
    if (!token) {
        if (!error_) error_ = std::move(token.error());
        return false;
    }
    current_ = std::move(*token);
    if (current_.text == "!" || current_.text == "~") {
        if (current_.kind == TokenKind::Operator) return failAt("S0204", current_) != nullptr;
    }
    return true;
}

bool Parser::expect(std::string_view op, bool afterOperand) {
    if (current_.is(op)) return advance(afterOperand);
    failAt(current_.kind == TokenKind::End ? "S0203" : "S0202", current_, Value(op));
    return false;
}

bool Parser::grow(Node& node, const Node* part) {
    if (!part) return !error_;
    node.height = std::max<std::uint16_t>(node.height, static_cast<std::uint16_t>(part->height + 1));
    if (node.height <= 2 * kMaxDepth) return true;
    if (!error_) error_ = makeError("D1011", node.position);
    return false;
}

int Parser::leftPower(const Token& token) {
    if (token.kind != TokenKind::Operator) return 0;
    if (const Infix* binary = findBinary(token.text)) return binary->power;
    for (const Power& entry : kPowers) {
        if (entry.text == token.text) return entry.power;
    }
    return 0;
}

Node* Parser::expression(int rightPower) {
    if (++depth_ > kMaxDepth || stackPosition() <= stackFloor_) {
        if (!error_) error_ = makeError("D1011", current_.position);
        return nullptr;
    }
    Node* left = operand();
    while (left && rightPower < leftPower(current_)) {
        const Token token = std::move(current_);
        left = advance(false) ? infix(left, token) : nullptr;
    }
    --depth_;
    return left;
}

Node* Parser::operand() {
    const Token token = std::move(current_);
    const bool takesOperand =
        token.kind == TokenKind::Operator &&
        (token.text == "(" || token.text == "[" || token.text == "{" || token.text == "-" || token.text == "|");
    if (token.kind != TokenKind::End && !advance(!takesOperand)) return nullptr;
    switch (token.kind) {
        case TokenKind::End:
            // Told only if nothing else is: what is open and not closed says more.
            current_ = token;
            defer("S0207", token.position, token.text);
            return program_->add<Node>(NodeKind::Placeholder, token.position);
        case TokenKind::Name:
            return name(token);
        case TokenKind::Variable: {
            auto* node = program_->add<VariableNode>(token.position, program_->symbol(token.text));
            node->builtin = findBuiltin(token.text);
            if (token.text == "eval") ++bindings_;
            return node;
        }
        case TokenKind::String:
            return program_->add<LiteralNode>(token.position, Value(token.text));
        case TokenKind::Number:
        case TokenKind::Constant:
            return program_->add<LiteralNode>(token.position, token.value);
        case TokenKind::Regex:
            return regex(token);
        case TokenKind::Operator:
            return operandOfOperator(token);
    }
    return nullptr;
}

Node* Parser::operandOfOperator(const Token& token) {
    if (token.text == "(") return block(token);
    if (token.text == "[") return array(token);
    if (token.text == "{") return object(token);
    if (token.text == "-") return negation(token);
    if (token.text == "|") return transform(token);
    if (token.text == "%") return parent(token);
    if (token.text == "*") return program_->add<Node>(NodeKind::Wildcard, token.position);
    if (token.text == "**") return program_->add<Node>(NodeKind::Descendants, token.position);
    if (token.text == "and" || token.text == "or" || token.text == "in") return name(token);
    return failAt("S0211", token);
}

Node* Parser::infix(Node* left, const Token& token) {
    if (const Infix* binaryOp = findBinary(token.text)) {
        Node* right = expression(binaryOp->power);
        return right ? binary(binaryOp->op, left, right, token) : nullptr;
    }
    if (token.text == ".") return step(left, token);
    if (token.text == "[") return predicate(left, token);
    if (token.text == "(") return call(left, token);
    if (token.text == "{") return group(left, token);
    if (token.text == "^") return sort(left, token);
    if (token.text == "?") return condition(left, token);
    if (token.text == ":=") return assignment(left, token);
    if (token.text == "@") return bindFocus(left, token);
    if (token.text == "#") return bindIndex(left, token);
    Node* right = expression(0);
    return right ? binary(token.text == "?:" ? BinaryOp::Default : BinaryOp::Coalesce, left, right, token) : nullptr;
}

Node* Parser::binary(BinaryOp op, Node* left, Node* right, const Token& token) {
    auto* node = program_->add<BinaryNode>(token.position, op, left, right);
    if (op == BinaryOp::Apply) {
        node->keepArray = left->keepArray || right->keepArray;
    } else {
        inherit(*node, left);
        inherit(*node, right);
    }
    return grow(*node, left) && grow(*node, right) ? folded(*program_, node) : nullptr;
}

Node* Parser::name(const Token& token) {
    auto* path = program_->add<PathNode>(token.position);
    path->steps.push_back(program_->add<NameNode>(token.position, token.text));
    path->namesOnly = true;
    return path;
}

Node* Parser::negation(const Token& token) {
    Node* operandNode = expression(70);
    if (!operandNode) return nullptr;
    if (operandNode->kind == NodeKind::Literal && as<LiteralNode>(*operandNode).value.isNumber()) {
        const Value& value = as<LiteralNode>(*operandNode).value;
        return program_->add<LiteralNode>(token.position,
                                          value.isInteger() ? Value(-value.asInteger()) : Value(-value.asNumber()));
    }
    auto* node = program_->add<NegateNode>(token.position, operandNode);
    inherit(*node, operandNode);
    return grow(*node, operandNode) ? node : nullptr;
}

Node* Parser::block(const Token& token) {
    auto* node = program_->add<BlockNode>(token.position);
    const std::size_t bindingsBefore = bindings_;
    while (!current_.is(")")) {
        Node* part = expression(0);
        if (!part || !grow(*node, part)) return nullptr;
        inherit(*node, part);
        const bool consPath = part->kind == NodeKind::Path && as<PathNode>(*part).steps.front()->consArray;
        node->consArray = node->consArray || part->consArray || consPath;
        node->expressions.push_back(part);
        if (!current_.is(";")) break;
        if (!advance(false)) return nullptr;
    }
    node->binds = bindings_ > bindingsBefore;
    return expect(")", true) ? node : nullptr;
}

Node* Parser::array(const Token& token) {
    auto* node = program_->add<ArrayNode>(token.position);
    bool more = !current_.is("]");
    while (more) {
        Node* item = expression(0);
        if (item && current_.is("..")) {
            const Token range = std::move(current_);
            Node* last = advance(false) ? expression(0) : nullptr;
            item = last ? binary(BinaryOp::Range, item, last, range) : nullptr;
        }
        if (!item || !grow(*node, item)) return nullptr;
        inherit(*node, item);
        node->items.push_back(item);
        more = current_.is(",");
        if (more && !advance(false)) return nullptr;
    }
    return expect("]", true) ? node : nullptr;
}

ObjectNode* Parser::object(const Token& token) {
    auto* node = program_->add<ObjectNode>(token.position);
    bool more = !current_.is("}");
    while (more) {
        Node* key = expression(0);
        if (!key || !expect(":", false)) return nullptr;
        Node* value = expression(0);
        if (!value || !grow(*node, key) || !grow(*node, value)) return nullptr;
        inherit(*node, key);
        inherit(*node, value);
        node->pairs.emplace_back(key, value);
        more = current_.is(",");
        if (more && !advance(false)) return nullptr;
    }
    return expect("}", true) ? node : nullptr;
}

Node* Parser::transform(const Token& token) {
    auto* node = program_->add<TransformNode>(token.position);
    const Node* pattern = expression(0);
    if (!pattern || !expect("|", false)) return nullptr;
    const Node* update = expression(0);
    if (!update || !grow(*node, pattern) || !grow(*node, update)) return nullptr;
    if (current_.is(",")) {
        if (!advance(false)) return nullptr;
        node->removal = expression(0);
        if (!node->removal || !grow(*node, node->removal)) return nullptr;
    }
    node->pattern = pattern;
    node->update = update;
    return expect("|", true) ? node : nullptr;
}

Node* Parser::regex(const Token& token) {
    auto compiled = Regex::compile(token.text, token.flags);
    if (!compiled) {
        Token told = token;
        told.text = compiled.error();
        return failAt("S0303", told);
    }
    return program_->add<RegexNode>(token.position, std::move(*compiled));
}

Node* Parser::condition(Node* left, const Token& token) {
    auto* node = program_->add<ConditionNode>(token.position);
    node->condition = left;
    node->then = expression(0);
    if (!node->then) return nullptr;
    if (current_.is(":")) {
        if (!advance(false)) return nullptr;
        node->otherwise = expression(0);
        if (!node->otherwise) return nullptr;
    }
    for (Node* part : {node->condition, node->then, node->otherwise}) {
        inherit(*node, part);
        if (!grow(*node, part)) return nullptr;
    }
    return node;
}

Node* Parser::assignment(Node* left, const Token& token) {
    if (left->kind != NodeKind::Variable || left->decoration) return failAt("S0212", token);
    Node* value = expression(9);
    if (!value) return nullptr;
    ++bindings_;
    auto* node = program_->add<AssignNode>(token.position, as<VariableNode>(*left).symbol, value);
    inherit(*node, value);
    return grow(*node, value) ? node : nullptr;
}

Node* Parser::call(Node* left, const Token& token) {
    auto* node = program_->add<CallNode>(token.position);
    node->procedure = left;
    if (!grow(*node, left) || !arguments(*node)) return nullptr;
    return isFunctionWord(*left) ? lambda(*node, token) : node;
}

bool Parser::arguments(CallNode& call) {
    bool more = !current_.is(")");
    while (more) {
        Node* argument = nullptr;
        if (current_.is("?")) {
            call.partial = true;
            argument = program_->add<Node>(NodeKind::Placeholder, current_.position);
            if (!advance(true)) return false;
        } else {
            argument = expression(0);
        }
        if (!argument || !grow(call, argument)) return false;
        call.arguments.push_back(argument);
        if (!isFunctionWord(*call.procedure)) inherit(call, argument);
        more = current_.is(",");
        if (more && !advance(false)) return false;
    }
    return expect(")", true);
}

Node* Parser::lambda(CallNode& head, const Token& token) {
    auto* node = program_->add<LambdaNode>(head.procedure->position);
    for (const Node* argument : head.arguments) {
        if (argument->kind != NodeKind::Variable || argument->decoration) {
            Token told = token;
            told.position = argument->position;
            told.text = nodeKindName(argument->kind);
            return failAt("S0208", told);
        }
        node->parameters.push_back(as<VariableNode>(*argument).symbol);
    }
    if (current_.is("<")) {
        const std::size_t offset = current_.position;
        const std::string_view text = lexer_.signatureAt(offset);
        if (text.back() != '>') {
            if (advance(false)) failAt(current_.kind == TokenKind::End ? "S0203" : "S0202", current_, Value(">"));
            return nullptr;
        }
        auto signature = Signature::parse(text);
        if (!signature) {
            signature.error().position += offset;
            if (!error_) error_ = std::move(signature.error());
            return nullptr;
        }
        node->signature = std::make_shared<const Signature>(std::move(*signature));
        if (!advance(true)) return nullptr;
    }
    if (!expect("{", false)) return nullptr;
    Node* body = expression(0);
    if (!body || !expect("}", true) || !grow(*node, body)) return nullptr;
    markTail(body);
    node->body = body;
    return node;
}

}  // namespace signalbox::expr
