// Paths: steps over sequences, their filters, and the flattening between them.
#include <algorithm>
#include <cmath>

#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

void addFlattened(List& list, Item&& item) {
    if (item.isArray() && !item.isCons()) {
        list.pushAll(item);
    } else {
        list.push(std::move(item));
    }
}

constexpr std::size_t kExpectedItems = 16;  ///< room is made for so many at once, later by doubling

/// Whether a number as a filter means that index; below zero it counts from the end.
bool namesIndex(const Value& number, std::size_t index, std::size_t count) {
    double wanted = std::floor(number.asNumber());
    if (wanted < 0) wanted += static_cast<double>(count);
    return wanted == static_cast<double>(index);
}

/// Gathers what a step gives for each item of its input, without a list while there is only one.
class StepResults {
public:
    explicit StepResults(std::size_t inputs) : expected_(std::min(inputs, kExpectedItems)) {}
    void add(Item&& item) {
        if (++count_ == 1) {
            first_ = std::move(item);
            return;
        }
        if (count_ == 2) {
            list_ = makeSequence();
            list_->items.reserve(expected_);
            addFlattened(*list_, std::move(first_));
        }
        addFlattened(*list_, std::move(item));
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] Item& first() noexcept { return first_; }
    [[nodiscard]] const Ref<List>& list() const noexcept { return list_; }

private:
    std::size_t expected_;
    std::size_t count_ = 0;
    Item first_;
    Ref<List> list_;
};

/// The member of that name, if `value` is no array. False when it is one.
bool addMember(StepResults& results, const Value& value, std::string_view name) {
    if (value.isArray()) return false;
    const Value* found = value.find(name);
    if (found && found->isDefined()) results.add(Item(*found));
    return true;
}

/// Calls quick(value) for each plain item of an array, and callback(item, index) for the others and for those of which
/// it gave false. Returns false when the callback did.
template <class Quick, class Callback>
bool forEachPlain(const Item& array, Quick&& quick, Callback&& callback) {
    if (const List* list = array.list()) {
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            const Item& item = list->items[i];
            if (!(item.isPlain() && quick(item.value())) && !callback(item, i)) return false;
        }
        return true;
    }
    const auto values = array.value().items();
    for (std::size_t i = 0; i < values.size(); ++i) {
        if (!quick(values[i]) && !callback(Item(values[i]), i)) return false;
    }
    return true;
}

}  // namespace

bool Evaluator::evalPath(const PathNode& path, const Item& input, Frame& frame, Item& out) {
    if (path.namesOnly && input.isPlain() && !input.value().isArray()) {
        // Plain member access: no sequence is needed until an array comes in the way.
        const Value* at = &input.value();
        std::size_t done = 0;
        while (done < path.steps.size() && at && !at->isArray()) {
            at = at->find(as<NameNode>(*path.steps[done]).name);
            ++done;
        }
        if (!at || done == path.steps.size()) {
            out = at ? Item(*at) : Item();
            return true;
        }
    }
    Sequence current;
    const bool spread = input.isArray() && path.steps.front()->kind != NodeKind::Variable;
    current.shape = spread ? Sequence::Shape::Many : Sequence::Shape::Single;
    current.item = input;
    return walkSteps(path, std::move(current), frame, out);
}

bool Evaluator::walkSteps(const PathNode& path, Sequence current, Frame& frame, Item& out) {
    const std::size_t count = path.steps.size();
    for (std::size_t i = 0; i < count; ++i) {
        const Node& step = *path.steps[i];
        if (step.tuple) return walkTuples(path, i, std::move(current), frame, out);
        Sequence next;
        if (i == 0 && step.consArray) {
            if (!eval(step, current.item, frame, next.item)) return false;
            next.shape = next.item.isArray() ? Sequence::Shape::Many : Sequence::Shape::Single;
            if (next.item.isUndefined()) next.shape = Sequence::Shape::None;
        } else if (!walkStep(step, current, frame, i + 1 == count, next)) {
            return false;
        }
        current = std::move(next);
        if (current.shape == Sequence::Shape::None) break;
        if (i + 1 < count && current.shape == Sequence::Shape::Many && current.item.arraySize() == 0) {
            if (!step.consArray) current = Sequence{};
            break;
        }
    }
    return finishPath(path, std::move(current), frame, out);
}

bool Evaluator::sortStep(const Node& step, const Sequence& current, Frame& frame, Sequence& result) {
    auto sorted = makeSequence();
    if (current.shape == Sequence::Shape::Many) {
        sorted->pushAll(current.item);
    } else {
        sorted->push(current.item);
    }
    if (!sortItems(static_cast<const SortNode&>(step), sorted->items, frame)) return false;
    result.item = Item(sorted);
    result.shape = Sequence::Shape::Many;
    return !step.decoration || evalStages(step.decoration->stages, frame, result.item);
}

bool Evaluator::walkStep(const Node& step, const Sequence& current, Frame& frame, bool last, Sequence& result) {
    if (step.kind == NodeKind::Sort) return sortStep(step, current, frame, result);
    StepResults results(current.item.arraySize());
    const bool isPlainName = step.kind == NodeKind::Name && !step.decoration;
    const auto walkItem = [&](const Item& item, std::size_t) {
        Item selected;
        if (isPlainName) {
            selected = selectName(item, as<NameNode>(step).name);
            normaliseSequence(selected);
        } else if (!eval(step, item, frame, selected)) {
            return false;
        } else if (step.decoration && !evalStages(step.decoration->stages, frame, selected)) {
            return false;
        }
        if (selected.isDefined()) results.add(std::move(selected));
        return true;
    };
    const bool many = current.shape == Sequence::Shape::Many;
    if (isPlainName && many && !charge(current.item.arraySize(), step.position)) return false;
    if (many && isPlainName) {
        const auto quick = [&](const Value& value) { return addMember(results, value, as<NameNode>(step).name); };
        if (!forEachPlain(current.item, quick, walkItem)) return false;
    } else if (many && mayDirect(step)) {
        DirectEvaluation evaluation = directly(frame);
        const auto quick = [&](const Value& value) {
            Value made;
            const Value* selected = evaluation.enter(Place(value)) ? evaluation.eval(step, made) : nullptr;
            if (!selected || !settle(evaluation)) return false;
            if (selected->isDefined()) results.add(Item(taken(selected, made)));
            return true;
        };
        if (!forEachPlain(current.item, quick, walkItem)) return false;
    } else if (!(many ? forEachItem(current.item, walkItem) : walkItem(current.item, 0))) {
        return false;
    }
    if (results.count() == 0) return true;
    if (results.count() == 1) {
        result.item = std::move(results.first());
        const bool asItIs = last && result.item.isArray() && !result.item.isSequence();
        const bool flattens = result.item.isArray() && !result.item.isCons();
        result.shape = asItIs || flattens ? Sequence::Shape::Many : Sequence::Shape::Single;
        return true;
    }
    result.item = Item(results.list());
    result.shape = Sequence::Shape::Many;
    return seal(*results.list(), results.list()->items.size(), step.position);
}

bool Evaluator::finishPath(const PathNode& path, Sequence result, Frame& frame, Item& out) {
    if (result.shape == Sequence::Shape::None) {
        out = Item();
    } else if (result.shape == Sequence::Shape::Single) {
        out = path.keepSingleton || result.item.isCons() ? Item(makeSequence(std::move(result.item)))
                                                         : std::move(result.item);
    } else if (path.keepSingleton && result.item.isCons() && !result.item.isSequence()) {
        out = Item(makeSequence(std::move(result.item)));
    } else if (result.item.isSequence() && (path.keepSingleton || result.item.list()->keepSingleton) &&
               result.item.list()->isShared()) {
        // The flag belongs to this result, not to the sequence it came from, which others may hold.
        auto own = makeSequence();
        own->pushAll(result.item);
        out = Item(own);
    } else {
        out = std::move(result.item);
    }
    if (path.keepSingleton && out.isSequence()) out.list()->keepSingleton = true;
    if (path.decoration && path.decoration->group) {
        const Item context = std::move(out);
        return evalGroup(*path.decoration->group, context, frame, out);
    }
    return true;
}

bool Evaluator::evalStages(const std::vector<Stage>& stages, Frame& frame, Item& item) {
    for (const Stage& stage : stages) {
        if (stage.filter) {
            Item filtered;
            if (!evalFilter(*stage.filter, item, frame, filtered)) return false;
            item = std::move(filtered);
        } else if (const List* list = item.list()) {
            for (std::size_t i = 0; i < list->items.size(); ++i) {
                if (Tuple* tuple = list->items[i].tuple())
                    tuple->bind(stage.index, Item(Value(static_cast<std::int64_t>(i))));
            }
        }
    }
    return true;
}

bool Evaluator::evalFilter(const Node& filter, const Item& input, Frame& frame, Item& out) {
    const auto kept = makeSequence();
    kept->tupleStream = input.isTupleStream();
    const bool array = input.isArray();
    if (!array && input.isUndefined()) {
        // Nothing comes of it, but what is wrong in the predicate is told all the same.
        std::size_t times = 0;
        out = Item(kept);
        return selects(filter, input, frame, 0, 1, times);
    }
    const std::size_t count = array ? input.arraySize() : 1;
    if (filter.kind == NodeKind::Literal && as<LiteralNode>(filter).value.isNumber() && !filter.decoration) {
        double index = std::floor(as<LiteralNode>(filter).value.asNumber());
        if (index < 0) index += static_cast<double>(count);
        if (index >= 0 && index < static_cast<double>(count)) {
            Item item = array ? input.arrayAt(static_cast<std::size_t>(index)) : input;
            if (item.isArray()) {
                out = std::move(item);
                return true;
            }
            kept->push(std::move(item));
        }
        out = Item(kept);
        return true;
    }
    bool done = false;
    if (array && input.isPlain()) {
        done = filterPlain(filter, input.value(), frame, *kept);
    } else if (array) {
        done = filterList(filter, *input.list(), frame, *kept);
    } else {
        std::size_t times = 0;
        done = selects(filter, input, frame, 0, 1, times);
        for (; times > 0; --times) kept->push(input);
    }
    out = Item(kept);
    return done;
}

/// Over values that are not touched unless they are kept.
bool Evaluator::filterPlain(const Node& filter, const Value& array, Frame& frame, List& kept) {
    const auto values = array.items();
    const bool quick = mayDirect(filter);
    DirectEvaluation evaluation = directly(frame);
    kept.items.reserve(std::min(values.size(), kExpectedItems));
    for (std::size_t i = 0; i < values.size(); ++i) {
        std::size_t times = 0;
        if (!(quick && directlySelects(evaluation, filter, Place(values[i]), i, values.size(), times)) &&
            !selects(filter, Item(values[i]), frame, i, values.size(), times)) {
            return false;
        }
        for (; times > 0; --times) kept.push(Item(values[i]));
    }
    return true;
}

bool Evaluator::filterList(const Node& filter, const List& list, Frame& frame, List& kept) {
    const bool quick = mayDirect(filter);
    DirectEvaluation evaluation = directly(frame);
    kept.items.reserve(std::min(list.items.size(), kExpectedItems));
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        const Item& item = list.items[i];
        std::size_t times = 0;
        if (const Tuple* tuple = kept.tupleStream ? item.tuple() : nullptr) {
            const Ref<Frame> inner = tupleFrame(*tuple, frame);
            if (!selects(filter, tuple->at, *inner, i, list.items.size(), times)) return false;
        } else if (!(quick && directlySelects(evaluation, filter, Place(item), i, list.items.size(), times)) &&
                   !selects(filter, item, frame, i, list.items.size(), times)) {
            return false;
        }
        for (; times > 0; --times) kept.push(item);
    }
    return true;
}

/// As selects(), by the quick way. False when that gave up.
bool Evaluator::directlySelects(DirectEvaluation& evaluation, const Node& filter, Place context, std::size_t index,
                                std::size_t count, std::size_t& times) {
    if (!evaluation.enter(context)) return false;
    if (DirectEvaluation::isTest(filter)) {
        const auto truth = evaluation.test(filter);
        times = truth == DirectEvaluation::Truth::Yes ? 1 : 0;
        return truth != DirectEvaluation::Truth::Unknown && settle(evaluation);
    }
    Value made;
    const Value* result = evaluation.eval(filter, made);
    if (!result || result->isArray() || !settle(evaluation)) return false;
    if (result->isNumber()) {
        times = namesIndex(*result, index, count) ? 1 : 0;
    } else {
        times = result->isBoolean() ? result->asBoolean() : !result->empty();
    }
    return true;
}

/// How often a filter selects an item: by truth once or not at all, by numbers as often as they name its index.
bool Evaluator::selects(const Node& filter, const Item& context, Frame& frame, std::size_t index, std::size_t count,
                        std::size_t& times) {
    Item result;
    if (!eval(filter, context, frame, result)) return false;
    if (result.isNumber()) {
        times = namesIndex(result.value(), index, count) ? 1 : 0;
        return true;
    }
    const bool numbers = result.isArray() && result.arraySize() > 0 &&
                         forEachItem(result, [](const Item& each, std::size_t) { return each.isNumber(); });
    if (!numbers) {
        times = truthyItem(result) ? 1 : 0;
        return true;
    }
    forEachItem(result, [&](const Item& each, std::size_t) {
        times += namesIndex(each.value(), index, count) ? 1 : 0;
        return true;
    });
    return charge(result.arraySize() / 8, filter.position);
}

}  // namespace signalbox::expr
