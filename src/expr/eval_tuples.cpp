// Paths that bind variables on their way (@ # %): a stream of tuples instead of a sequence; and order-by.
#include <algorithm>
#include <numeric>

#include "expr/evaluator.h"
#include "expr/merge_sort.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

const Symbol* focusOf(const Node& step) { return step.decoration ? step.decoration->focus : nullptr; }
const Symbol* indexOf(const Node& step) { return step.decoration ? step.decoration->index : nullptr; }

Ref<List> makeTuples() {
    auto list = makeSequence();
    list->tupleStream = true;
    return list;
}

Ref<Tuple> tupleAt(Item item) {
    auto tuple = make<Tuple>();
    tuple->contains(item);
    tuple->at = std::move(item);
    return tuple;
}

Ref<Tuple> copyOf(const Tuple& tuple) {
    auto copy = make<Tuple>();
    copy->at = tuple.at;
    copy->bindings = tuple.bindings;
    copy->depth = tuple.depth;
    copy->weight = tuple.weight;
    return copy;
}

}  // namespace

Ref<Frame> Evaluator::tupleFrame(const Tuple& tuple, Frame& parent) {
    auto frame = make<Frame>(frames_, Ref<Frame>(&parent));
    for (const auto& [symbol, item] : tuple.bindings) frame->bind(symbol, item);
    return frame;
}

bool Evaluator::walkTuples(const PathNode& path, std::size_t first, Sequence current, Frame& frame, Item& out) {
    auto tuples = makeTuples();
    if (current.shape == Sequence::Shape::Many) {
        forEachItem(current.item, [&](const Item& item, std::size_t) {
            tuples->push(Item(tupleAt(item)));
            return true;
        });
    } else if (current.shape == Sequence::Shape::Single) {
        tuples->push(Item(tupleAt(current.item)));
    }
    for (std::size_t i = first; i < path.steps.size(); ++i) {
        auto next = makeTuples();
        const Node& step = *path.steps[i];
        const bool done = step.kind == NodeKind::Sort ? tupleSort(step, tuples, i == first, frame, next)
                                                      : tupleStep(step, tuples, frame, next);
        if (!done || !seal(*next, next->items.size(), step.position)) return false;
        tuples = std::move(next);
    }
    Sequence result;
    if (path.tuple) {
        result.item = Item(tuples);
    } else {
        auto contexts = makeSequence();
        for (const Item& item : tuples->items) contexts->push(item.tuple()->at);
        result.item = Item(contexts);
    }
    result.shape = Sequence::Shape::Many;
    if (path.decoration && path.decoration->group) return evalGroup(*path.decoration->group, Item(tuples), frame, out);
    return finishPath(path, std::move(result), frame, out);
}

void Evaluator::extendTuple(const Node& step, const Tuple& tuple, const Item& item, std::size_t index, List& result) {
    auto extended = copyOf(tuple);
    if (const Tuple* inner = item.tuple()) {
        extended->at = inner->at;
        for (const auto& [symbol, bound] : inner->bindings) extended->bind(symbol, bound);
    } else {
        if (const Symbol* focus = focusOf(step)) {
            extended->bind(focus, item);
        } else {
            extended->contains(item);
            extended->at = item;
        }
        if (const Symbol* position = indexOf(step))
            extended->bind(position, Item(Value(static_cast<std::int64_t>(index))));
        if (step.decoration && step.decoration->ancestor) extended->bind(step.decoration->ancestor->label, tuple.at);
    }
    result.push(Item(std::move(extended)));
}

bool Evaluator::tupleStep(const Node& step, const Ref<List>& tuples, Frame& frame, Ref<List>& result) {
    for (const Item& each : tuples->items) {
        const Tuple& tuple = *each.tuple();
        const Ref<Frame> inner = tupleFrame(tuple, frame);
        Item found;
        if (step.kind == NodeKind::Name) {
            found = selectName(tuple.at, as<NameNode>(step).name);
            normaliseSequence(found);
            if (!charge(1, step.position)) return false;
        } else if (!eval(step, tuple.at, *inner, found)) {
            return false;
        }
        if (found.isUndefined()) continue;
        if (!found.isArray()) {
            extendTuple(step, tuple, found, 0, *result);
            continue;
        }
        forEachItem(found, [&](const Item& item, std::size_t index) {
            extendTuple(step, tuple, item, index, *result);
            return true;
        });
    }
    if (!step.decoration || step.decoration->stages.empty()) return true;
    Item staged(result);
    if (!evalStages(step.decoration->stages, frame, staged)) return false;
    if (staged.list()) {
        result = Ref<List>(staged.list());
    }
    return true;
}

bool Evaluator::tupleSort(const Node& step, const Ref<List>& tuples, bool fresh, Frame& frame, Ref<List>& result) {
    std::vector<Item> items = tuples->items;
    if (!sortItems(static_cast<const SortNode&>(step), items, frame)) return false;
    const Symbol* index = indexOf(step);
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto tuple = copyOf(*items[i].tuple());
        if (fresh && index) tuple->bind(index, Item(Value(static_cast<std::int64_t>(i))));
        result->push(Item(std::move(tuple)));
    }
    if (!step.decoration || step.decoration->stages.empty()) return true;
    Item staged(result);
    if (!evalStages(step.decoration->stages, frame, staged)) return false;
    if (staged.list()) result = Ref<List>(staged.list());
    return true;
}

bool Evaluator::sortItems(const SortNode& node, std::vector<Item>& items, Frame& frame) {
    return mergeSort(items,
                     [&](const Item& a, const Item& b, bool& after) { return compareKeys(node, a, b, frame, after); });
}

bool Evaluator::compareKeys(const SortNode& node, const Item& a, const Item& b, Frame& frame, bool& after) {
    Item keys[2];
    int order = 0;
    for (const SortTerm& term : node.terms) {
        const Item* sides[2] = {&a, &b};
        for (std::size_t i = 0; i < 2; ++i) {
            if (const Tuple* tuple = sides[i]->tuple()) {
                const Ref<Frame> inner = tupleFrame(*tuple, frame);
                if (!eval(*term.expression, tuple->at, *inner, keys[i])) return false;
            } else if (!eval(*term.expression, *sides[i], frame, keys[i])) {
                return false;
            }
        }
        if (!orderKeys(node, keys[0], keys[1], order)) return false;
        if (order == 0) continue;
        const bool missing = keys[0].isUndefined() || keys[1].isUndefined();
        after = term.descending && !missing ? order < 0 : order > 0;
        return true;
    }
    after = false;
    return true;
}

/// Missing keys go to the end whatever the direction.
bool Evaluator::orderKeys(const SortNode& node, const Item& a, const Item& b, int& order) {
    order = 0;
    if (a.isUndefined() || b.isUndefined()) {
        order = a.isUndefined() ? (b.isUndefined() ? 0 : 1) : -1;
        return true;
    }
    for (const Item* key : {&a, &b}) {
        if (!key->isString() && !key->isNumber()) return fail("T2008", node.position, "^", freeze(*key));
    }
    if (a.isString() != b.isString()) {
        return fail("T2007", node.position, a.isString() ? "string" : "number",
                    Value(b.isString() ? "string" : "number"));
    }
    if (a.isString()) {
        order = compareUtf16(a.value().asString(), b.value().asString());
    } else {
        order = (a.value().asNumber() > b.value().asNumber()) - (a.value().asNumber() < b.value().asNumber());
    }
    return true;
}

}  // namespace signalbox::expr
