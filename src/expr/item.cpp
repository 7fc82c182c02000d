#include "expr/item.h"

#include <algorithm>

namespace signalbox::expr {

namespace {

constexpr int kNestedReleases = 32;

/// Objects that wait for their deletion while another one is being deleted, per thread.
struct Reaper {
    std::vector<Rich*> waiting;
    int depth = 0;
    bool draining = false;
};
thread_local Reaper reaper;

}  // namespace

void Rich::destroy(Rich* object) noexcept {
    if (reaper.depth >= kNestedReleases) {
        reaper.waiting.push_back(object);
        return;
    }
    ++reaper.depth;
    delete object;
    --reaper.depth;
    if (reaper.depth > 0 || reaper.draining) return;
    reaper.draining = true;
    while (!reaper.waiting.empty()) {
        Rich* next = reaper.waiting.back();
        reaper.waiting.pop_back();
        ++reaper.depth;
        delete next;
        --reaper.depth;
    }
    reaper.draining = false;
}

bool Item::isSequence() const noexcept {
    const List* found = list();
    return found && found->sequence;
}

bool Item::isTupleStream() const noexcept {
    const List* found = list();
    return found && found->tupleStream;
}

bool Item::isCons() const noexcept {
    const List* found = list();
    return found && found->cons;
}

std::size_t Item::arraySize() const noexcept {
    const List* found = list();
    return found ? found->items.size() : value_.isArray() ? value_.size() : 0;
}

Item Item::arrayAt(std::size_t index) const {
    const List* found = list();
    return found ? found->items[index] : Item(value_.at(index));
}

void List::pushAll(const Item& array) {
    forEachItem(array, [this](const Item& item, std::size_t) {
        push(item);
        return true;
    });
}

void List::measure() {
    depth = 0;
    weight = 0;
    for (const Item& item : items) contains(item);
}

void Tuple::bind(const Symbol* symbol, Item item) {
    contains(item);
    for (auto& [name, bound] : bindings) {
        if (sameSymbol(name, symbol)) {
            bound = std::move(item);
            return;
        }
    }
    bindings.emplace_back(symbol, std::move(item));
}

Item memberOf(const Item& object, std::string_view key) {
    if (const Record* record = object.record()) return record->get(key);
    const Value* found = object.value().find(key);
    return found ? Item(*found) : Item();
}

Item selectName(const Item& input, std::string_view name) {
    if (!input.isArray()) return memberOf(input, name);
    const auto found = makeSequence();
    forEachItem(input, [&](const Item& each, std::size_t) {
        const Item selected = selectName(each, name);
        if (selected.isArray()) {
            found->pushAll(selected);
        } else if (selected.isDefined()) {
            found->push(selected);
        }
        return true;
    });
    return found;
}

std::size_t memberCount(const Item& object) noexcept {
    if (const Record* record = object.record()) return record->size();
    return object.value().isObject() ? object.value().size() : 0;
}

Ref<List> makeSequence() {
    auto list = make<List>();
    list->sequence = true;
    return list;
}

Ref<List> makeSequence(Item only) {
    auto list = makeSequence();
    list->push(std::move(only));
    return list;
}

Ref<List> listOf(const Item& itemOrArray) {
    auto list = make<List>();
    if (itemOrArray.isArray()) {
        list->items.reserve(itemOrArray.arraySize());
        list->pushAll(itemOrArray);
    } else {
        list->push(itemOrArray);
    }
    return list;
}

namespace {

Value freezeList(const List& list) {
    std::vector<Value> values;
    values.reserve(list.items.size());
    const auto original = list.origin.items();
    bool same = list.origin.isArray() && original.size() == list.items.size();
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        Value value = freeze(list.items[i]);
        if (value.isUndefined()) value = Value(nullptr);
        same = same && value.sameIdentity(original[i]);
        values.push_back(std::move(value));
    }
    return same ? list.origin : Value::array(std::move(values));
}

}  // namespace

Value freeze(const Item& item) {
    if (item.isPlain()) return item.value();
    if (const List* list = item.list()) return freezeList(*list);
    if (const Record* record = item.record()) return record->freeze();
    if (const Tuple* tuple = item.tuple()) return freeze(tuple->at);
    return Value::undefined();
}

bool deepEqual(const Item& a, const Item& b) {
    if (a.isPlain() && b.isPlain()) return a.value() == b.value();
    if (a.isArray() && b.isArray()) {
        return a.arraySize() == b.arraySize() &&
               forEachItem(a, [&](const Item& item, std::size_t index) { return deepEqual(item, b.arrayAt(index)); });
    }
    if (a.isObject() && b.isObject()) {
        return memberCount(a) == memberCount(b) && forEachMember(a, [&](std::string_view key, const Item& item) {
                   const Item other = memberOf(b, key);
                   return other.isDefined() && deepEqual(item, other);
               });
    }
    return !a.isPlain() && a.identity() == b.identity();
}

bool truthyItem(const Item& item) {
    if (item.isArray()) {
        if (item.arraySize() == 1) return truthyItem(item.arrayAt(0));
        return !forEachItem(item, [](const Item& each, std::size_t) { return !truthyItem(each); });
    }
    if (item.isObject()) return memberCount(item) > 0;
    const Value& value = item.value();
    if (value.isString() || value.isBytes()) return !value.empty();
    if (value.isNumber()) return value.asNumber() != 0;
    return value.asBoolean();
}

Item appendItems(const Item& a, const Item& b) {
    if (a.isUndefined()) return b;
    if (b.isUndefined()) return a;
    auto joined = listOf(a);
    if (b.isArray()) {
        joined->pushAll(b);
    } else {
        joined->push(b);
    }
    return joined;
}

void normaliseSequence(Item& item) {
    List* list = item.list();
    if (!list || !list->sequence || list->tupleStream) return;
    if (list->items.empty()) {
        item = Item();
    } else if (list->items.size() == 1 && !list->keepSingleton) {
        Item only = list->items.front();
        item = std::move(only);
    }
}

}  // namespace signalbox::expr
