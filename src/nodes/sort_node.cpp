#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "nodes/data_nodes.h"
#include "nodes/expression_param.h"
#include "nodes/text_order.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;

struct SortKey {
    ExpressionParam key;
    bool descending;
    TextOrder textOrder;
};

struct SortSettings {
    std::vector<SortKey> by;
    std::size_t limit;  ///< 0: all
    static Result<SortSettings> read(const Value& params) {
        SortSettings settings{{}, static_cast<std::size_t>(params["limit"].asInteger())};
        for (const Value& item : params["by"].items()) {
            SIGNALBOX_TRY(auto key, ExpressionParam::compile(item["key"].asString(),
                                                             fmt::format("by.{}.key", settings.by.size())));
            const std::string_view compare = item["compare"].asString();
            settings.by.push_back({std::move(key), item["order"].asString() == "descending",
                                   compare == "natural"      ? TextOrder::Natural
                                   : compare == "ignoreCase" ? TextOrder::IgnoreCase
                                                             : TextOrder::CodePoint});
        }
        return settings;
    }
};

/// Numbers, then text, then booleans; nothing and null are missing.
int rankOf(const Value& key) {
    if (key.isNumber()) return 0;
    if (key.isString()) return 1;
    if (key.isBoolean()) return 2;
    return 3;
}

std::weak_ordering compareKeys(const Value& a, const Value& b, TextOrder textOrder) {
    const int rank = rankOf(a);
    if (rank != rankOf(b)) return rank <=> rankOf(b);
    if (a.isInteger() && b.isInteger()) return a.asInteger() <=> b.asInteger();
    if (rank == 0) {
        const double x = a.asNumber();
        const double y = b.asNumber();
        return x < y ? std::weak_ordering::less : x > y ? std::weak_ordering::greater : std::weak_ordering::equivalent;
    }
    if (rank == 1) return compareText(a.asString(), b.asString(), textOrder);
    return a.asBoolean() <=> b.asBoolean();
}

/// The keys of all items, one row of settings.by.size() values an item.
Result<std::vector<Value>> keysOf(const SortSettings& settings, const NodeCall& call, std::span<const Value> items) {
    const expr::Environment environment = environmentOf(call);
    std::vector<Value> keys;
    keys.reserve(items.size() * settings.by.size());
    for (std::size_t i = 0; i < items.size(); ++i) {
        if (call.stop.stop_requested()) return fail("node.stopped", "The sort was stopped");
        for (const SortKey& by : settings.by) {
            SIGNALBOX_TRY(Value key, by.key.evaluate(items[i], environment));
            if (key.isArray() || key.isObject() || key.isBytes()) {
                return fail("sort.key", fmt::format("The sort key of item {} is of kind {}", i, kindName(key.kind())),
                            fmt::format("input[{}]", i), "A key must give a number, text or boolean.");
            }
            keys.push_back(std::move(key));
        }
    }
    return keys;
}

NodeResult sortItems(const SortSettings& settings, const NodeCall& call) {
    const auto items = call.input("input").items();
    SIGNALBOX_TRY(const std::vector<Value> keys, keysOf(settings, call, items));
    const std::size_t width = settings.by.size();
    const auto before = [&](std::size_t a, std::size_t b) {
        for (std::size_t k = 0; k < width; ++k) {
            const Value& x = keys[a * width + k];
            const Value& y = keys[b * width + k];
            const auto order = compareKeys(x, y, settings.by[k].textOrder);
            if (order == 0) continue;
            const bool missing = rankOf(x) == 3 || rankOf(y) == 3;
            return (settings.by[k].descending && !missing) ? order > 0 : order < 0;
        }
        return a < b;
    };
    std::vector<std::size_t> places(items.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::size_t count = places.size();
    if (settings.limit != 0) count = std::min(count, settings.limit);
    std::partial_sort(places.begin(), places.begin() + static_cast<std::ptrdiff_t>(count), places.end(), before);
    ArrayBuilder sorted;
    sorted.reserve(count);
    for (std::size_t i = 0; i < count; ++i) sorted.push(items[places[i]]);
    return engine::onOutput(std::move(sorted).build());
}

}  // namespace

Maker sortMaker() { return maker<SortSettings>(&sortItems); }

}  // namespace signalbox::nodes
