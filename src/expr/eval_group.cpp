// Object constructors and group-by.
#include <algorithm>
#include <string>

#include "base/hash.h"
#include "base/random.h"
#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

/// Joins items as the language appends values, in place.
class Joined {
public:
    Joined() = default;
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
    Value key;
    std::uint64_t hash;
    std::size_t pair;
    Joined data;
};

/// Groups in the order in which their keys were met first, found by open addressing.
class Groups {
public:
    /// The group of that key; made for `pair`, without items, when it is new.
    Grouped& at(const Value& key, std::size_t pair) {
        if ((groups_.size() + 1) * 2 > slots_.size()) grow();
        const std::uint64_t hash = checksum64(key.asString(), seed());
        std::uint32_t& slot = slots_[freeOrMatching(hash, key.asString())];
        if (slot == 0) {
            groups_.push_back(Grouped{key, hash, pair, {}});
            slot = static_cast<std::uint32_t>(groups_.size());
        }
        return groups_[slot - 1];
    }
    [[nodiscard]] const std::vector<Grouped>& all() const noexcept { return groups_; }

private:
    /// Differs from process to process, so that nobody can prepare keys that all fall into one slot.
    static std::uint64_t seed() {
        static const std::uint64_t value = SystemRandom().next();
        return value;
    }
    [[nodiscard]] std::size_t freeOrMatching(std::uint64_t hash, std::string_view key) const noexcept {
        const std::size_t mask = slots_.size() - 1;
        std::size_t place = hash & mask;
        for (; slots_[place] != 0; place = (place + 1) & mask) {
            const Grouped& group = groups_[slots_[place] - 1];
            if (group.hash == hash && group.key.asString() == key) break;
        }
        return place;
    }
    void grow() {
        slots_.assign(std::max<std::size_t>(16, slots_.size() * 2), 0);
        const std::size_t mask = slots_.size() - 1;
        for (std::size_t i = 0; i < groups_.size(); ++i) {
            std::size_t place = groups_[i].hash & mask;
            while (slots_[place] != 0) place = (place + 1) & mask;
            slots_[place] = static_cast<std::uint32_t>(i + 1);
        }
    }

    std::vector<Grouped> groups_;
    std::vector<std::uint32_t> slots_;
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
    Groups groups;
    const bool tuples = input.isTupleStream();
    const auto collect = [&](const Item& item, std::size_t) {
        Ref<Frame> own;
        if (const Tuple* tuple = item.tuple()) own = tupleFrame(*tuple, frame);
        for (std::size_t pair = 0; pair < node.pairs.size(); ++pair) {
            Item key;
            if (!evalKey(*node.pairs[pair].first, contextOf(item), own ? *own : frame, key)) return false;
            if (key.isUndefined()) continue;
            Grouped& group = groups.at(key.value(), pair);
            if (group.pair != pair) return fail("D1009", node.pairs[pair].first->position, {}, key.value());
            group.data.add(item);
        }
        return true;
    };
    if (!(input.arraySize() == 0 ? collect(Item(), 0) : forEachItem(input, collect))) return false;
    const auto record = make<Record>();
    for (const Grouped& group : groups.all()) {
        Item context = group.data.data();
        Ref<Frame> own;
        if (tuples && context.isDefined()) {
            const auto joined = joinTuples(context);
            own = tupleFrame(*joined, frame);
            context = joined->at;
        }
        Item value;
        if (!eval(*node.pairs[group.pair].second, context, own ? *own : frame, value)) return false;
        if (value.isDefined()) record->set(group.key.asString(), std::move(value));
    }
    out = Item(record);
    return seal(*record, record->entries().size(), node.position);
}

/// The members of an object of which the keys are known and the values direct. False when the quick way gave up: then
/// no steps were counted.
bool Evaluator::plainPairs(const ObjectNode& node, const Item& input, const Frame& frame,
                           std::vector<Member>& members) {
    if (!node.plainPairs || undirected_ || depth_ + kMaxDirectHeight > environment_.limits.maxDepth) return false;
    DirectEvaluation evaluation = directly(frame);
    if (!evaluation.enter(Place(input))) return false;
    const std::uint64_t stepsBefore = steps_;
    members.reserve(node.pairs.size());
    for (const auto& [key, value] : node.pairs) {
        Value made;
        const Value* result = evaluation.eval(*value, made);
        if (!result || !settle(evaluation)) {
            steps_ = stepsBefore;
            return false;
        }
        ++steps_;  // for the key
        if (result->isDefined()) members.emplace_back(as<LiteralNode>(*key).value.asString(), taken(result, made));
    }
    return true;
}

bool Evaluator::evalPairs(const ObjectNode& node, const Item& input, Frame& frame, Item& out) {
    if (std::vector<Member> members; plainPairs(node, input, frame, members)) {
        const auto made = make<Record>(objectOf(std::move(members)), std::vector<Ref<Rich>>{});
        out = Item(made);
        return seal(*made, made->size(), node.position);
    }
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
