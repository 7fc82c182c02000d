// Text to syntax tree: an operator-precedence parser (Pratt 1973) that resolves paths and ancestors as it goes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "expr/ast.h"
#include "expr/lexer.h"

namespace signalbox::expr {

class Parser {
public:
    explicit Parser(std::string_view text);
    [[nodiscard]] tl::expected<std::shared_ptr<const Program>, ExpressionError> parse();

    static constexpr std::size_t kMaxDepth = 400;  ///< nested operands

private:
    // Every function that gives a node gives null after an error, which error_ then holds.
    Node* expression(int rightPower);
    Node* operand();
    Node* operandOfOperator(const Token& token);
    Node* infix(Node* left, const Token& token);
    [[nodiscard]] static int leftPower(const Token& token);

    Node* name(const Token& token);
    Node* block(const Token& token);
    Node* array(const Token& token);
    Node* negation(const Token& token);
    Node* parent(const Token& token);
    Node* transform(const Token& token);
    Node* regex(const Token& token);
    ObjectNode* object(const Token& token);

    Node* step(Node* left, const Token& token);
    Node* predicate(Node* left, const Token& token);
    Node* group(Node* left, const Token& token);
    Node* sort(Node* left, const Token& token);
    Node* call(Node* left, const Token& token);
    bool arguments(CallNode& call);
    Node* lambda(CallNode& head, const Token& token);
    Node* condition(Node* left, const Token& token);
    Node* assignment(Node* left, const Token& token);
    Node* bindFocus(Node* left, const Token& token);
    Node* bindIndex(Node* left, const Token& token);
    const Symbol* boundName(const Token& token);
    Node* binary(BinaryOp op, Node* left, Node* right, const Token& token);

    // Paths and ancestors, in parser_paths.cpp.
    PathNode* asPath(Node* node);
    void appendStep(PathNode& path, Node* right);
    void finishPath(PathNode& path);
    void inherit(Node& node, const Node* part);
    void seek(Node& node, AncestorSlot& slot);
    void resolveAncestors(PathNode& path);
    void markTail(Node* node);
    static bool isSimple(const PathNode& path);

    bool advance(bool afterOperand);
    bool expect(std::string_view op, bool afterOperand);
    bool grow(Node& node, const Node* part);
    std::nullptr_t failAt(std::string_view code, const Token& token, Value value = Value::undefined());
    void defer(std::string_view code, std::size_t position, std::string_view token);

    std::shared_ptr<Program> program_;
    Lexer lexer_;
    Token current_;
    std::optional<ExpressionError> error_;
    std::optional<ExpressionError> deferred_;  ///< about the meaning: reported when there is no syntax error
    std::size_t depth_ = 0;
    std::uintptr_t stackFloor_;
    int labels_ = 0;
    std::size_t bindings_ = 0;  ///< assignments read so far, and calls of $eval, which may assign
};

}  // namespace signalbox::expr
