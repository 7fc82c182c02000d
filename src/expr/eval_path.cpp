// Paths: steps over sequences, their filters, and the flattening between them.
#include <cmath>

#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

void addFlattened(List& list, Item item) {
    if (item.isArray() && !item.isCons()) {
        list.pushAll(item);
    } else {
        list.push(std::move(item));
    }
}

/// Gathers what a step gives for each item of its input, without a list while there is only one.
class StepResults {
public:
    void add(Item item) {
        if (++count_ == 1) {
            first_ = std::move(item);
            return;
        }
        if (count_ == 2) {
            list_ = makeSequence();
            addFlattened(*list_, std::move(first_));
        }
        addFlattened(*list_, std::move(item));
    }
    [[nodiscard]] std::size_t count() const noexcept { return count_; }
    [[nodiscard]] Item& first() noexcept { return first_; }
    [[nodiscard]] const Ref<List>& list() const noexcept { return list_; }

private:
    std::size_t count_ = 0;
    Item first_;
    Ref<List> list_;
};

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

bool Evaluator::walkStep(const Node& step, const Sequence& current, Frame& frame, bool last, Sequence& result) {
    if (step.kind == NodeKind::Sort) {
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
    StepResults results;
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
    if (!(many ? forEachItem(current.item, walkItem) : walkItem(current.item, 0))) return false;
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
        out = Item(kept);
        return true;
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
    const auto keep = [&](const Item& item, std::size_t index) {
        std::size_t times = 0;
        if (const Tuple* tuple = kept->tupleStream ? item.tuple() : nullptr) {
            const Ref<Frame> inner = tupleFrame(*tuple, frame);
            if (!selects(filter, tuple->at, *inner, index, count, times)) return false;
        } else if (!selects(filter, item, frame, index, count, times)) {
            return false;
        }
        for (; times > 0; --times) kept->push(item);
        return true;
    };
    if (!(array ? forEachItem(input, keep) : keep(input, 0))) return false;
    out = Item(kept);
    return true;
}

/// How often a filter selects an item: by truth once or not at all, by numbers as often as they name its index.
bool Evaluator::selects(const Node& filter, const Item& context, Frame& frame, std::size_t index, std::size_t count,
                        std::size_t& times) {
    Item result;
    if (!eval(filter, context, frame, result)) return false;
    const auto names = [&](const Item& number) {
        double wanted = std::floor(number.value().asNumber());
        if (wanted < 0) wanted += static_cast<double>(count);
        return wanted == static_cast<double>(index);
    };
    if (result.isNumber()) {
        times = names(result) ? 1 : 0;
        return true;
    }
    const bool numbers = result.isArray() && result.arraySize() > 0 &&
                         forEachItem(result, [](const Item& each, std::size_t) { return each.isNumber(); });
    if (!numbers) {
        times = truthyItem(result) ? 1 : 0;
        return true;
    }
    forEachItem(result, [&](const Item& each, std::size_t) {
        times += names(each) ? 1 : 0;
        return true;
    });
    return charge(result.arraySize() / 8, filter.position);
}

}  // namespace signalbox::expr
