// Functions that take functions.
#include "expr/builtins.h"
#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

Item indexItem(std::size_t index) { return Item(Value(static_cast<std::int64_t>(index))); }

bool giveSequence(const Call& call, const Ref<List>& results) {
    return call.evaluator.seal(*results, results->items.size(), call.position) && call.give(Item(results));
}

bool runMap(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto results = makeSequence();
    const bool done = forEachItem(call[0], [&](const Item& item, std::size_t index) {
        Item result;
        if (!call.evaluator.callback(call, call[1], {item, indexItem(index), call[0]}, result)) return false;
        if (result.isDefined()) results->push(std::move(result));
        return true;
    });
    return done && giveSequence(call, results);
}

bool runFilter(const Call& call) {
    if (call[0].isUndefined()) return true;
    const auto results = makeSequence();
    const bool done = forEachItem(call[0], [&](const Item& item, std::size_t index) {
        Item keep;
        if (!call.evaluator.callback(call, call[1], {item, indexItem(index), call[0]}, keep)) return false;
        if (truthyItem(keep)) results->push(item);
        return true;
    });
    return done && giveSequence(call, results);
}

bool runSingle(const Call& call) {
    if (call[0].isUndefined()) return true;
    Item found;
    bool has = false;
    const bool done = forEachItem(call[0], [&](const Item& item, std::size_t index) {
        bool matches = true;
        if (call[1].isFunction()) {
            Item result;
            if (!call.evaluator.callback(call, call[1], {item, indexItem(index), call[0]}, result)) return false;
            matches = truthyItem(result);
        }
        if (!matches) return true;
        if (has) return call.fail("D3138");
        found = item;
        has = true;
        return true;
    });
    if (!done) return false;
    return has ? call.give(std::move(found)) : call.fail("D3139");
}

bool runReduce(const Call& call) {
    if (call[0].isUndefined()) return true;
    if (call[1].function()->arity() < 2) return call.fail("D3050");
    Item result = call[2];
    bool started = result.isDefined();
    const bool done = forEachItem(call[0], [&](const Item& item, std::size_t index) {
        if (!started) {
            result = item;
            started = true;
            return true;
        }
        Item next;
        if (!call.evaluator.callback(call, call[1], {result, item, indexItem(index), call[0]}, next)) return false;
        result = std::move(next);
        return true;
    });
    return done && call.give(std::move(result));
}

bool runEach(const Call& call) {
    const auto results = makeSequence();
    const bool done = forEachMember(call[0], [&](std::string_view key, const Item& member) {
        Item result;
        if (!call.evaluator.callback(call, call[1], {member, Item(Value(key)), call[0]}, result)) return false;
        if (result.isDefined()) results->push(std::move(result));
        return true;
    });
    return done && giveSequence(call, results);
}

bool runSift(const Call& call) {
    const auto kept = make<Record>();
    const bool done = forEachMember(call[0], [&](std::string_view key, const Item& member) {
        Item result;
        if (!call.evaluator.callback(call, call[1], {member, Item(Value(key)), call[0]}, result)) return false;
        if (truthyItem(result)) kept->set(key, member);
        return true;
    });
    if (!done) return false;
    return kept->entries().empty() || call.give(Item(kept));
}

constexpr Builtin kBuiltins[] = {
    {"map", "<af>", 2, runMap},           {"filter", "<af>", 2, runFilter}, {"single", "<af?>", 2, runSingle},
    {"reduce", "<afj?:j>", 3, runReduce}, {"each", "<o-f:a>", 2, runEach},  {"sift", "<o-f?:o>", 2, runSift},
};

}  // namespace

std::span<const Builtin> higherOrderBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
