// Follows an expression over places of its input instead of values.
#pragma once

#include <deque>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "expr/analysis.h"
#include "expr/ast.h"

namespace signalbox::expr {

struct AnalysisScope;
struct AnalysisClosure;

/// What is known of a value: the places of the input it may come from, its type, the function it is.
struct Shape {
    std::vector<std::string> places;  ///< empty for what the expression makes itself
    std::string type = "any";
    bool missing = true;
    std::size_t position = 0;
    const AnalysisClosure* closure = nullptr;  ///< of a lambda
    const Builtin* builtin = nullptr;
    [[nodiscard]] bool isFunction() const { return closure || builtin; }
};

struct AnalysisScope {
    const AnalysisScope* parent = nullptr;
    std::vector<std::pair<const Symbol*, Shape>> bound;
};

struct AnalysisClosure {
    const LambdaNode* lambda = nullptr;
    AnalysisScope* scope = nullptr;
    Shape context;
};

/// The type of a value that is of one type or the other.
[[nodiscard]] std::string commonType(const std::string& a, const std::string& b);
/// "T" of "array<T>", otherwise the type itself.
[[nodiscard]] std::string itemType(const std::string& type);
/// Of two values that are no functions.
[[nodiscard]] Shape either(const Shape& a, const Shape& b);
/// Of one item when the value is an array.
[[nodiscard]] Shape itemOf(Shape shape);
[[nodiscard]] Shape made(std::string type, bool missing = false);

/// One walk over one program. Lambdas are followed at each call, recursion once; what gets out of sight counts as
/// read, so that paths are never too few. The one exception is $eval.
class AnalysisWalk {
public:
    AnalysisWalk(const Program& program, const AnalysisOptions& options, Analysis& out);
    void run();

private:
    struct Place {
        Shape context;
        AnalysisScope* scope = nullptr;
    };

    Shape walk(const Node& node, const Place& at);
    Shape walkPlain(const Node& node, const Place& at);
    Shape walkVariable(const VariableNode& node, const Place& at);
    Shape walkBinary(const BinaryNode& node, const Place& at);
    Shape walkOperands(const BinaryNode& node, const Place& at);
    Shape walkArray(const ArrayNode& node, const Place& at);
    Shape walkObject(const ObjectNode& node, const Place& at);
    Shape walkBlock(const BlockNode& node, const Place& at);
    Shape walkCondition(const ConditionNode& node, const Place& at);
    Shape walkTransform(const TransformNode& node, const Shape& onto, const Place& at);
    Shape walkLambda(const LambdaNode& node, const Place& at);

    // Paths (analysis_paths.cpp).
    Shape walkPath(const PathNode& node, const Place& at);
    Shape walkStep(const Node& step, const Place& at);
    Shape walkStages(const std::vector<Stage>& stages, Shape shape, AnalysisScope* scope);
    Shape walkSort(const SortNode& node, const Shape& items, AnalysisScope* scope);
    Shape walkParent(const ParentNode& node, const Place& at);
    Shape below(const Shape& context, std::string_view step, std::size_t position) const;

    // Calls (analysis_calls.cpp).
    Shape walkCall(const CallNode& node, const Shape* first, const Place& at);
    Shape apply(const Shape& function, std::span<const Shape> arguments, const Place& at);
    Shape applyClosure(const AnalysisClosure& closure, std::span<const Shape> arguments);
    Shape applyBuiltin(const CallNode& node, const Builtin& builtin, std::span<const Shape> arguments, const Place& at);
    Shape applyHigherOrder(std::string_view name, std::span<const Shape> arguments, const Place& at);
    Shape reduce(std::span<const Shape> arguments, const Place& at);
    void checkArguments(const CallNode& node, const Builtin& builtin, std::span<const Shape> arguments);
    void warnUnknownFunction(const CallNode& node, const Shape& procedure);

    Shape join(const Shape& a, const Shape& b);
    void read(const Shape& shape);
    void touch(const Shape& shape);
    void readTouched();
    void readAll(std::span<const Shape> shapes);
    void warn(std::string_view code, std::size_t position, std::size_t length, std::string message,
              std::string suggestion = {});
    AnalysisScope* open(const AnalysisScope* parent);
    [[nodiscard]] static const Shape* find(const AnalysisScope* scope, const Symbol* symbol);
    [[nodiscard]] bool exhausted();
    void mention(const Builtin& builtin);
    [[nodiscard]] std::vector<std::string> knownNames(bool functions) const;

    const Program& program_;
    const AnalysisOptions& options_;
    Analysis& out_;
    Shape root_;
    std::deque<AnalysisScope> scopes_;
    std::deque<AnalysisClosure> closures_;
    std::vector<const LambdaNode*> active_;
    std::set<const AnalysisClosure*> escaped_;
    std::set<std::string, std::less<>> read_;
    std::vector<Shape> touched_;  ///< of which it matters how many items there are
    std::set<std::string> variables_;
    std::set<std::string> functions_;
    std::set<std::pair<std::size_t, std::string>> warned_;
    std::size_t steps_ = 0;
    std::uintptr_t stackFloor_;
};

}  // namespace signalbox::expr
