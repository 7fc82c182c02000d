// Evaluates a program: walks its tree over an input, within limits.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/random.h"
#include "expr/ast.h"
#include "expr/direct.h"
#include "expr/expression.h"
#include "expr/function.h"
#include "expr/item.h"
#include "expr/stack_floor.h"

namespace signalbox::expr {

class Evaluator;

/// The call of a built-in function. Arguments have been checked against its signature.
struct Call {
    Evaluator& evaluator;
    std::vector<Item>& arguments;
    const Item& input;  ///< the context at the place of the call
    Frame& frame;
    std::size_t position;
    std::string_view name;
    Item& out;

    [[nodiscard]] const Item& operator[](std::size_t index) const;  ///< Undefined past the end
    [[nodiscard]] std::string_view text(std::size_t index) const { return (*this)[index].value().asString(); }
    [[nodiscard]] double number(std::size_t index) const { return (*this)[index].value().asNumber(); }
    bool give(Item item) const;
    bool fail(std::string_view code, Value value = Value::undefined()) const;
};

/// One evaluation, on one thread. Functions that can fail give false and leave the error in error().
/// JSONata values: an array flagged as a sequence is a result; of one item it is the same as that item.
class Evaluator {
public:
    Evaluator(const Program& program, const Environment& environment);
    Evaluator(const Evaluator&) = delete;
    Evaluator& operator=(const Evaluator&) = delete;
    ~Evaluator();

    [[nodiscard]] bool run(const Value& input, Item& out);
    /// The whole program by the quick way, without an Evaluator. False when that gave up: then run() has to do it.
    [[nodiscard]] static bool runDirect(const Program& program, const Value& input, const Environment& environment,
                                        Value& out);
    [[nodiscard]] bool eval(const Node& node, const Item& input, Frame& frame, Item& out);
    /// Calls a function. `name` is what the place of the call calls it, for errors.
    [[nodiscard]] bool apply(Item function, std::vector<Item>& arguments, const Item& input, std::size_t position,
                             std::string_view name, Item& out);
    /// Calls back from a higher-order function, with as many of the arguments as the function takes.
    [[nodiscard]] bool callback(const Call& site, const Item& function, std::vector<Item> arguments, Item& out);

    bool fail(std::string_view code, std::size_t position, std::string_view token = {},
              Value value = Value::undefined());
    [[nodiscard]] std::unique_ptr<ExpressionError>& error() noexcept { return error_; }

    /// Counts work that is more than one node. False when the limit is reached.
    [[nodiscard]] bool charge(std::uint64_t steps, std::size_t position);
    [[nodiscard]] bool chargeText(std::size_t bytes, std::size_t position);
    /// Checks depth and size of a container that is complete, and counts its items.
    [[nodiscard]] bool seal(const Rich& container, std::size_t items, std::size_t position);
    [[nodiscard]] bool nest(std::size_t position);  ///< one level deeper; pair with unnest()
    void unnest() noexcept { --depth_; }

    [[nodiscard]] const Environment& environment() const noexcept { return environment_; }
    [[nodiscard]] SeededRandom& random() noexcept { return random_; }
    [[nodiscard]] Item builtinItem(const Builtin& builtin);
    /// What a variable is bound to, or null.
    [[nodiscard]] bool lookup(const VariableNode& node, const Frame& frame, Item& out);
    /// Compiles a text for $eval and keeps it as long as the evaluation runs.
    [[nodiscard]] tl::expected<const Program*, ExpressionError> compile(std::string_view text);

private:
    /// A result in the making: nothing, one item, or the items of an array.
    struct Sequence {
        enum class Shape { None, Single, Many } shape = Shape::None;
        Item item;
    };
    struct PendingCall {
        bool active = false;
        Item function;
        std::vector<Item> arguments;
        Item input;
        std::size_t position = 0;
        std::string_view name;
    };

    bool budgetSpent(std::size_t position);
    [[gnu::noinline]] void evalParent(const ParentNode& node, const Frame& frame, Item& out);
    [[gnu::noinline]] void evalRegex(const RegexNode& node, Item& out);
    [[gnu::noinline]] void evalName(const NameNode& node, const Item& input, Item& out);
    [[gnu::noinline]] void evalLambda(const LambdaNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] void evalTransform(const TransformNode& node, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalAssign(const AssignNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool misplaced(const Node& node);
    /// Whether a node may be done by the quick way here; what it does must be settled afterwards.
    [[nodiscard]] bool mayDirect(const Node& node) const noexcept {
        return node.isDirect() && !undirected_ && depth_ + node.directHeight <= environment_.limits.maxDepth &&
               stackPosition() > stackFloor_;
    }
    [[nodiscard]] DirectEvaluation directly(const Frame& frame) const noexcept {
        return {environment_, Place(rootInput_), &frame};
    }
    /// Counts the steps of the quick way. False when the limits must be looked at: then nothing was done.
    [[nodiscard]] bool settle(DirectEvaluation& evaluation) noexcept {
        const std::uint64_t steps = steps_ + evaluation.takeSteps();
        if (steps >= checkAt_) return false;
        steps_ = steps;
        return true;
    }
    /// False when the quick way gave up; then nothing has happened.
    [[gnu::noinline]] bool evalDirect(const Node& node, const Item& input, const Frame& frame, Item& out);
    [[gnu::noinline]] bool evalUndirected(const Node& node, const Item& input, Frame& frame, Item& out);
    bool evalNode(const Node& node, const Item& input, Frame& frame, Item& out);
    bool dispatch(const Node& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalDecorated(const Node& node, const Item& input, Frame& frame, Item& out);
    // Kept out of line, so that each level of recursion takes only the stack that it needs.
    [[gnu::noinline]] bool evalVariable(const VariableNode& node, const Item& input, const Frame& frame, Item& out);
    [[gnu::noinline]] bool evalBlock(const BlockNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalCondition(const ConditionNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalArray(const ArrayNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalWildcard(const Item& input, Item& out);
    [[gnu::noinline]] bool evalDescendants(const Node& node, const Item& input, Item& out);
    bool collectDescendants(const Item& item, List& found, std::size_t position);

    // Operators.
    [[gnu::noinline]] bool evalBinary(const BinaryNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalLogic(const BinaryNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalNegate(const NegateNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool arithmetic(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out);
    [[gnu::noinline]] bool compare(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out);
    [[gnu::noinline]] bool range(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out);
    [[gnu::noinline]] bool concat(const BinaryNode& node, const Item& lhs, const Item& rhs, Item& out);

    // Paths.
    [[gnu::noinline]] bool evalPath(const PathNode& path, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool walkSteps(const PathNode& path, Sequence current, Frame& frame, Item& out);
    [[gnu::noinline]] bool sortStep(const Node& step, const Sequence& current, Frame& frame, Sequence& result);
    bool walkStep(const Node& step, const Sequence& current, Frame& frame, bool last, Sequence& result);
    [[gnu::noinline]] bool finishPath(const PathNode& path, Sequence result, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalStages(const std::vector<Stage>& stages, Frame& frame, Item& item);
    [[gnu::noinline]] bool evalFilter(const Node& filter, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool filterPlain(const Node& filter, const Value& array, Frame& frame, List& kept);
    [[gnu::noinline]] bool filterList(const Node& filter, const List& list, Frame& frame, List& kept);
    [[nodiscard]] bool directlySelects(DirectEvaluation& evaluation, const Node& filter, Place context,
                                       std::size_t index, std::size_t count, std::size_t& times);
    [[gnu::noinline]] bool selects(const Node& filter, const Item& context, Frame& frame, std::size_t index,
                                   std::size_t count, std::size_t& times);
    [[gnu::noinline]] bool walkTuples(const PathNode& path, std::size_t first, Sequence current, Frame& frame,
                                      Item& out);
    [[gnu::noinline]] bool tupleStep(const Node& step, const Ref<List>& tuples, Frame& frame, Ref<List>& result);
    [[gnu::noinline]] bool tupleSort(const Node& step, const Ref<List>& tuples, bool fresh, Frame& frame,
                                     Ref<List>& result);
    void extendTuple(const Node& step, const Tuple& tuple, const Item& item, std::size_t index, List& result);
    [[nodiscard]] Ref<Frame> tupleFrame(const Tuple& tuple, Frame& parent);
    bool sortItems(const SortNode& node, std::vector<Item>& items, Frame& frame);
    bool compareKeys(const SortNode& node, const Item& a, const Item& b, Frame& frame, bool& after);
    bool orderKeys(const SortNode& node, const Item& a, const Item& b, int& order);

    // Objects.
    [[gnu::noinline]] bool evalGroup(const ObjectNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool evalPairs(const ObjectNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool plainPairs(const ObjectNode& node, const Item& input, const Frame& frame,
                                      std::vector<Member>& members);
    bool evalKey(const Node& node, const Item& context, Frame& frame, Item& key);

    // Functions.
    [[gnu::noinline]] bool evalCall(const CallNode& node, const Item& input, Frame& frame, const Item* first,
                                    Item& out);
    [[gnu::noinline]] bool evalArguments(const CallNode& node, const Item& input, Frame& frame, const Item* first,
                                         std::vector<Item>& arguments);
    [[nodiscard]] const Builtin* calledBuiltin(const CallNode& node, const Frame& frame) const;
    [[gnu::noinline]] void postpone(const CallNode& node, Item procedure, std::vector<Item>& arguments,
                                    const Item& input);
    [[gnu::noinline]] bool notCallable(const CallNode& node, const Item& procedure, const Frame& frame);
    [[gnu::noinline]] bool evalProcedure(const CallNode& node, const Item& input, Frame& frame, Item& procedure);
    [[gnu::noinline]] bool evalPartial(const CallNode& node, const Item& input, Frame& frame, const Item* first,
                                       Item& out);
    [[gnu::noinline]] bool evalApply(const BinaryNode& node, const Item& input, Frame& frame, Item& out);
    [[gnu::noinline]] bool applyOther(Function& function, std::vector<Item>& arguments, const Item& input,
                                      std::size_t position, std::string_view name, Item& out);
    [[gnu::noinline]] bool applyLambda(const LambdaBody& lambda, std::vector<Item>& arguments, const Item& input,
                                       std::size_t position, std::string_view name, Item& out);
    [[gnu::noinline]] bool applyBuiltin(const Builtin& builtin, std::vector<Item>& arguments, const Item& input,
                                        Frame& frame, std::size_t position, std::string_view name, Item& out);
    [[gnu::noinline]] bool applyTransform(const TransformBody& transform, const std::vector<Item>& arguments,
                                          std::size_t position, Item& out);
    [[gnu::noinline]] bool updatePlainly(const TransformNode& transform, const Item& match, const Frame& frame);
    [[gnu::noinline]] bool updateMatch(const TransformBody& transform, const Item& match);
    bool thawPlain(const Value& value, std::size_t depth, std::size_t position, Item& out);
    bool thawMembers(const Value& object, std::size_t depth, std::size_t position, Item& out);
    bool thaw(const Item& item, std::size_t depth, std::size_t position, Item& out);
    [[gnu::noinline]] bool matchFrom(const std::shared_ptr<const Regex>& regex, const Value& text, std::size_t from,
                                     bool mayBeEmpty, std::size_t position, Item& out);
    bool mismatch(std::string_view code, std::size_t argument, std::string_view name, std::size_t position);

    const Environment& environment_;
    std::uint64_t steps_ = 0;
    std::uint64_t checkAt_ = 0;
    std::size_t depth_ = 0;
    bool undirected_ = false;  ///< the quick way gave up on a node around this one
    std::uintptr_t stackFloor_;
    Micros startedAt_ = 0;
    Item rootInput_;
    std::unique_ptr<ExpressionError> error_;
    FrameRegistry frames_;
    Frame rootFrame_;
    PendingCall pending_;
    SeededRandom random_;
    std::map<std::string, std::shared_ptr<const Program>, std::less<>> compiled_;
    std::vector<std::pair<const Builtin*, Item>> builtinItems_;
    const Program& program_;
};

inline bool Evaluator::nest(std::size_t position) {
    if (++depth_ <= environment_.limits.maxDepth && stackPosition() > stackFloor_) return true;
    --depth_;
    return fail("D1011", position);
}

}  // namespace signalbox::expr
