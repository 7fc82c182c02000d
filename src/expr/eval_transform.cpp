// The transform operator: a copy of its argument in which matched objects get and lose members.
#include "expr/evaluator.h"

namespace signalbox::expr {

/// A deep copy made of Lists and Records, so that matched objects have an identity and can be changed in place.
bool Evaluator::thaw(const Item& item, std::size_t depth, std::size_t position, Item& out) {
    if (depth > environment_.limits.maxDepth) return fail("D1011", position);
    if (item.isArray()) {
        auto list = make<List>();
        if (!charge(item.arraySize() / 4, position)) return false;
        const bool done = forEachItem(item, [&](const Item& each, std::size_t) {
            Item copy;
            if (!thaw(each, depth + 1, position, copy)) return false;
            list->push(std::move(copy));
            return true;
        });
        out = Item(std::move(list));
        return done;
    }
    if (item.isObject()) {
        auto record = make<Record>();
        if (!charge(memberCount(item) / 4, position)) return false;
        const bool done = forEachMember(item, [&](std::string_view key, const Item& each) {
            Item copy;
            if (!thaw(each, depth + 1, position, copy)) return false;
            record->set(key, std::move(copy));
            return true;
        });
        out = Item(std::move(record));
        return done;
    }
    out = item.isFunction() ? Item() : item;
    return true;
}

bool Evaluator::applyTransform(const TransformBody& transform, const std::vector<Item>& arguments, std::size_t position,
                               Item& out) {
    out = Item();
    if (arguments.empty() || arguments[0].isUndefined()) return true;
    if (!arguments[0].isArray() && !arguments[0].isObject()) return mismatch("T0410", 1, {}, position);
    Item copy;
    if (!thaw(arguments[0], 0, position, copy)) return false;
    Item matches;
    if (!eval(*transform.node->pattern, copy, *transform.frame, matches)) return false;
    const auto update = [&](const Item& match, std::size_t) { return updateMatch(transform, match); };
    const bool done = matches.isArray() ? forEachItem(matches, update) : matches.isUndefined() || update(matches, 0);
    if (!done) return false;
    out = Item(freeze(copy));  // nothing may see the copy change afterwards
    return true;
}

bool Evaluator::updateMatch(const TransformBody& transform, const Item& match) {
    Item update;
    if (!eval(*transform.node->update, match, *transform.frame, update)) return false;
    if (update.isDefined() && !update.isObject()) {
        return fail("T2011", transform.node->update->position, {}, freeze(update));
    }
    Record* record = match.record();
    if (record) {
        forEachMember(update, [&](std::string_view key, const Item& item) {
            record->set(key, Item(freeze(item)));
            return true;
        });
    }
    if (!transform.node->removal) return true;
    Item removal;
    if (!eval(*transform.node->removal, match, *transform.frame, removal)) return false;
    const auto isString = [](const Item& item, std::size_t) { return item.isString(); };
    const bool fits =
        removal.isUndefined() || removal.isString() || (removal.isArray() && forEachItem(removal, isString));
    if (!fits) return fail("T2012", transform.node->removal->position, {}, freeze(removal));
    if (!record) return true;
    const auto erase = [&](const Item& key, std::size_t) {
        record->erase(key.value().asString());
        return true;
    };
    if (removal.isArray()) {
        forEachItem(removal, erase);
    } else if (removal.isString()) {
        erase(removal, 0);
    }
    return true;
}

}  // namespace signalbox::expr
