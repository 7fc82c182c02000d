// Arrays: joining, ordering, distinct items.
#include <algorithm>
#include <functional>
#include <unordered_map>

#include "expr/builtins.h"
#include "expr/evaluator.h"
#include "expr/merge_sort.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

bool giveList(const Call& call, Ref<List> list) {
    return call.evaluator.seal(*list, list->items.size(), call.position) && call.give(Item(std::move(list)));
}

bool runCount(const Call& call) { return call.give(Item(Value(static_cast<std::int64_t>(call[0].arraySize())))); }

bool runAppend(const Call& call) {
    if (!call.evaluator.charge((call[0].arraySize() + call[1].arraySize()) / 8, call.position)) return false;
    Item joined = appendItems(call[0], call[1]);
    const List* list = joined.list();
    if (list && !call.evaluator.seal(*list, list->items.size(), call.position)) return false;
    return call.give(std::move(joined));
}

bool runReverse(const Call& call) {
    if (call[0].isUndefined() || call[0].arraySize() <= 1) return call.give(call[0]);
    auto list = listOf(call[0]);
    std::reverse(list->items.begin(), list->items.end());
    return giveList(call, std::move(list));
}

/// Fisher-Yates over the injected generator.
bool runShuffle(const Call& call) {
    if (call[0].isUndefined() || call[0].arraySize() <= 1) return call.give(call[0]);
    auto list = listOf(call[0]);
    for (std::size_t i = list->items.size() - 1; i > 0; --i) {
        std::swap(list->items[i], list->items[call.evaluator.random().below(i + 1)]);
    }
    return giveList(call, std::move(list));
}

/// Equal items have equal hashes; containers by their size only, as members may come in any order.
std::size_t looseHash(const Item& item) {
    if (item.isArray()) return 1 + 2 * item.arraySize();
    if (item.isObject()) return 2 + 2 * memberCount(item);
    if (item.isString()) return std::hash<std::string_view>{}(item.value().asString());
    if (item.isNumber()) return std::hash<double>{}(item.value().asNumber());
    return static_cast<std::size_t>(item.value().kind()) + (item.value().asBoolean() ? 17 : 0);
}

bool runDistinct(const Call& call) {
    if (!call[0].isArray() || call[0].arraySize() <= 1) return call.give(call[0]);
    auto list = make<List>();
    list->sequence = call[0].isSequence();
    std::unordered_multimap<std::size_t, std::size_t> seen;
    const bool done = forEachItem(call[0], [&](const Item& item, std::size_t) {
        const std::size_t hash = looseHash(item);
        const auto [first, last] = seen.equal_range(hash);
        for (auto candidate = first; candidate != last; ++candidate) {
            if (!call.evaluator.charge(1, call.position)) return false;
            if (deepEqual(list->items[candidate->second], item)) return true;
        }
        seen.emplace(hash, list->items.size());
        list->push(item);
        return true;
    });
    return done && giveList(call, std::move(list));
}

bool runZip(const Call& call) {
    std::size_t length = call.arguments.empty() ? 0 : SIZE_MAX;
    for (const Item& each : call.arguments)
        length = std::min(length, each.isArray() ? each.arraySize() : std::size_t{each.isDefined()});
    auto list = make<List>();
    for (std::size_t i = 0; i < length; ++i) {
        auto row = make<List>();
        for (const Item& each : call.arguments) row->push(each.isArray() ? each.arrayAt(i) : each);
        if (!call.evaluator.charge(call.arguments.size() / 4, call.position)) return false;
        list->push(Item(std::move(row)));
    }
    return giveList(call, std::move(list));
}

/// The order without a comparison function: all numbers or all strings.
bool isAfter(const Item& a, const Item& b) {
    if (a.isString()) return compareUtf16(a.value().asString(), b.value().asString()) > 0;
    return a.value().asNumber() > b.value().asNumber();
}

bool runSort(const Call& call) {
    if (call[0].isUndefined() || call[0].arraySize() <= 1) return call.give(call[0]);
    auto list = listOf(call[0]);
    if (!call[1].isFunction()) {
        const auto all = [&](auto predicate) { return std::all_of(list->items.begin(), list->items.end(), predicate); };
        if (!all([](const Item& item) { return item.isString(); }) &&
            !all([](const Item& item) { return item.isNumber(); })) {
            return call.fail("D3070");
        }
        std::stable_sort(list->items.begin(), list->items.end(),
                         [](const Item& a, const Item& b) { return isAfter(b, a); });
        return giveList(call, std::move(list));
    }
    const bool done = mergeSort(list->items, [&](const Item& a, const Item& b, bool& after) {
        Item result;
        if (!call.evaluator.callback(call, call[1], {a, b}, result)) return false;
        after = truthyItem(result);
        return true;
    });
    return done && giveList(call, std::move(list));
}

constexpr Builtin kBuiltins[] = {
    {"count", "<a:n>", 1, runCount},     {"append", "<xx:a>", 2, runAppend},    {"reverse", "<a:a>", 1, runReverse},
    {"shuffle", "<a:a>", 1, runShuffle}, {"distinct", "<x:x>", 1, runDistinct}, {"zip", "<a+>", 0, runZip},
    {"sort", "<af?:a>", 2, runSort},
};

}  // namespace

std::span<const Builtin> arrayBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
