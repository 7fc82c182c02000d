// Objects, truth and types.
#include "expr/builtins.h"
#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

bool runBoolean(const Call& call) {
    return call.give(call[0].isUndefined() ? Item() : Item(Value(truthyItem(call[0]))));
}
bool runNot(const Call& call) { return call.give(call[0].isUndefined() ? Item() : Item(Value(!truthyItem(call[0])))); }
bool runExists(const Call& call) { return call.give(Item(Value(call[0].isDefined()))); }

bool runType(const Call& call) {
    const Item& item = call[0];
    if (item.isUndefined()) return true;
    const char* name = item.isNull()       ? "null"
                       : item.isNumber()   ? "number"
                       : item.isString()   ? "string"
                       : item.isBoolean()  ? "boolean"
                       : item.isArray()    ? "array"
                       : item.isFunction() ? "function"
                                           : "object";
    return call.give(Item(Value(name)));
}

/// Keys of an object, or of all objects in an array, each once.
bool collectKeys(const Call& call, const Item& item, Record& keys) {
    if (item.isArray()) {
        return forEachItem(item, [&](const Item& each, std::size_t) { return collectKeys(call, each, keys); });
    }
    if (!call.evaluator.charge(memberCount(item) / 4, call.position)) return false;
    return forEachMember(item, [&](std::string_view key, const Item&) {
        keys.set(key, Item(Value(key)));
        return true;
    });
}

bool runKeys(const Call& call) {
    Record keys;
    if (!collectKeys(call, call[0], keys)) return false;
    const auto names = makeSequence();
    for (const auto& entry : keys.entries()) names->push(entry.second);
    return call.give(Item(names));
}

bool runLookup(const Call& call) {
    if (call[1].isUndefined()) return true;
    if (!call.evaluator.charge(call[0].arraySize() / 4, call.position)) return false;
    return call.give(selectName(call[0], call.text(1)));
}

Item spreadItem(const Item& item) {
    const auto parts = makeSequence();
    if (item.isArray()) {
        forEachItem(item, [&](const Item& each, std::size_t) {
            const Item part = spreadItem(each);
            if (part.isDefined()) parts->sequence = false;  // a joined array
            if (part.isArray()) {
                parts->pushAll(part);
            } else if (part.isDefined()) {
                parts->push(part);
            }
            return true;
        });
        return parts;
    }
    if (!item.isObject()) return item;
    forEachMember(item, [&](std::string_view key, const Item& member) {
        auto single = make<Record>();
        single->set(key, member);
        parts->push(Item(std::move(single)));
        return true;
    });
    return parts;
}

bool runSpread(const Call& call) {
    Item spread = spreadItem(call[0]);
    const List* list = spread.list();
    if (list && !call.evaluator.seal(*list, list->items.size(), call.position)) return false;
    return call.give(std::move(spread));
}

bool runMerge(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto merged = make<Record>();
    const bool done = forEachItem(call[0], [&](const Item& each, std::size_t) {
        if (!call.evaluator.charge(memberCount(each) / 4, call.position)) return false;
        return forEachMember(each, [&](std::string_view key, const Item& member) {
            merged->set(key, member);
            return true;
        });
    });
    return done && call.evaluator.seal(*merged, merged->entries().size(), call.position) && call.give(Item(merged));
}

bool runError(const Call& call) {
    return call.fail("D3137", call[0].isString() ? call[0].value() : Value("$error() function evaluated"));
}

bool runAssert(const Call& call) {
    if (call[0].value().asBoolean()) return true;
    return call.fail("D3141", call[1].isString() ? call[1].value() : Value("$assert() statement failed"));
}

constexpr Builtin kBuiltins[] = {
    {"boolean", "<x-:b>", 1, runBoolean},  {"not", "<x-:b>", 1, runNot},       {"exists", "<x:b>", 1, runExists},
    {"type", "<x:s>", 1, runType},         {"keys", "<x-:a<s>>", 1, runKeys},  {"lookup", "<x-s:x>", 2, runLookup},
    {"spread", "<x-:a<o>>", 1, runSpread}, {"merge", "<a<o>:o>", 1, runMerge}, {"error", "<s?:x>", 1, runError},
    {"assert", "<bs?:x>", 2, runAssert},
};

}  // namespace

std::span<const Builtin> objectBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
