// Object constructors and group-by.
#include <algorithm>
#include <string>
#include <unordered_map>

#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

/// Joins items as the language appends values, in place.
class Joined {
public:
    Joined() = default;
    explicit Joined(Item first) : data_(std::move(first)) {}
    void add(const Item& item) {
        if (item.isUndefined()) return;
        if (data_.isUndefined()) {
            data_ = item;
            return;
        }
        if (!many_) {
            many_ = listOf(data_);
            data_ = Item(many_);
        }
        if (item.isArray()) {
            many_->pushAll(item);
        } else {
            many_->push(item);
        }
    }
    [[nodiscard]] const Item& data() const noexcept { return data_; }

private:
    Item data_;
    Ref<List> many_;
};

/// What goes into one member: the pair that named it, and the items that gave its key.
struct Grouped {
    std::string key;
    std::size_t pair = 0;
    Joined data;
};

const Item& contextOf(const Item& item) { return item.tuple() ? item.tuple()->at : item; }

/// One tuple out of the tuples of a group: what each of them binds, joined.
Ref<Tuple> joinTuples(const Item& data) {
    if (!data.isArray()) return Ref<Tuple>(data.tuple());
    Joined at;
    std::vector<std::pair<const Symbol*, Joined>> bindings;
    forEachItem(data, [&](const Item& item, std::size_t) {
        const Tuple* tuple = item.tuple();
        if (!tuple) return true;
        at.add(tuple->at);
        for (const auto& [symbol, bound] : tuple->bindings) {
            auto known = std::find_if(bindings.begin(), bindings.end(),
                                      [wanted = symbol](const auto& entry) { return sameSymbol(entry.first, wanted); });
            if (known == bindings.end()) known = bindings.emplace(bindings.end(), symbol, Joined{});
            known->second.add(bound);
        }
        return true;
    });
    auto joined = make<Tuple>();
    joined->at = at.data();
    for (const auto& [symbol, bound] : bindings) joined->bind(symbol, bound.data());
    return joined;
}

}  // namespace

bool Evaluator::evalKey(const Node& node, const Item& context, Frame& frame, Item& key) {
    if (!eval(node, context, frame, key)) return false;
    if (key.isDefined() && !key.isString()) return fail("T1003", node.position, {}, freeze(key));
    return true;
}

bool Evaluator::evalGroup(const ObjectNode& node, const Item& input, Frame& frame, Item& out) {
    if (!input.isArray()) return evalPairs(node, input, frame, out);
    std::vector<Grouped> groups;
    std::unordered_map<std::string, std::size_t> places;
    const bool tuples = input.isTupleStream();
    const auto collect = [&](const Item& item, std::size_t) {
        Ref<Frame> own;
        if (const Tuple* tuple = item.tuple()) own = tupleFrame(*tuple, frame);
        for (std::size_t pair = 0; pair < node.pairs.size(); ++pair) {
            Item key;
            if (!evalKey(*node.pairs[pair].first, contextOf(item), own ? *own : frame, key)) return false;
            if (key.isUndefined()) continue;
            const auto [place, isNew] = places.emplace(std::string(key.value().asString()), groups.size());
            if (isNew) {
                groups.push_back(Grouped{place->first, pair, Joined(item)});
            } else if (groups[place->second].pair != pair) {
                return fail("D1009", node.pairs[pair].first->position, {}, key.value());
            } else {
                groups[place->second].data.add(item);
            }
        }
        return true;
    };
    if (!(input.arraySize() == 0 ? collect(Item(), 0) : forEachItem(input, collect))) return false;
    const auto record = make<Record>();
    for (const Grouped& group : groups) {
        Item context = group.data.data();
        Ref<Frame> own;
        if (tuples && context.isDefined()) {
            const auto joined = joinTuples(context);
            own = tupleFrame(*joined, frame);
            context = joined->at;
        }
        Item value;
        if (!eval(*node.pairs[group.pair].second, context, own ? *own : frame, value)) return false;
        if (value.isDefined()) record->set(group.key, std::move(value));
    }
    out = Item(record);
    return seal(*record, record->entries().size(), node.position);
}

bool Evaluator::evalPairs(const ObjectNode& node, const Item& input, Frame& frame, Item& out) {
    const auto record = make<Record>();
    std::vector<std::pair<Item, const Node*>> keys;
    keys.reserve(node.pairs.size());
    for (const auto& [keyNode, valueNode] : node.pairs) {
        Item key;
        if (!evalKey(*keyNode, input, frame, key)) return false;
        if (key.isUndefined()) continue;
        for (const auto& earlier : keys) {
            if (earlier.first.value() == key.value()) return fail("D1009", keyNode->position, {}, key.value());
        }
        keys.emplace_back(std::move(key), valueNode);
    }
    for (const auto& [key, valueNode] : keys) {
        Item value;
        if (!eval(*valueNode, input, frame, value)) return false;
        if (value.isDefined()) record->set(key.value().asString(), std::move(value));
    }
    out = Item(record);
    return seal(*record, record->entries().size(), node.position);
}

}  // namespace signalbox::expr
