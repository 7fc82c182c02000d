// The transform operator: a copy of its argument in which matched objects get and lose members.
#include <algorithm>
#include <span>

#include "expr/evaluator.h"

namespace signalbox::expr {

namespace {

/// The strings of a literal or of a constant array. False when it is neither.
bool constantNames(const Node& node, std::span<const Value>& names) {
    if (!node.isDirect()) return false;
    if (node.kind == NodeKind::Literal) {
        names = std::span(&as<LiteralNode>(node).value, 1);
    } else if (node.kind == NodeKind::Array) {
        names = as<ArrayNode>(node).constant.items();
    } else {
        return false;
    }
    return std::all_of(names.begin(), names.end(), [](const Value& name) { return name.isString(); });
}

std::uint64_t stepsOfConstant(const Node& node) {
    if (node.kind == NodeKind::Literal) return 1;
    const std::size_t count = as<ArrayNode>(node).items.size();
    return 1 + count + count / 4;
}

}  // namespace

/// A copy of the plain objects and arrays in a value by Records and Lists that look at them: what is not changed later
/// is never copied.
bool Evaluator::thawPlain(const Value& value, std::size_t depth, std::size_t position, Item& out) {
    if (depth > environment_.limits.maxDepth) return fail("D1011", position);
    if (value.isObject()) return thawMembers(value, depth, position, out);
    if (!value.isArray()) {
        out = Item(value);
        return true;
    }
    if (!charge(value.size() / 4, position)) return false;
    auto list = make<List>();
    list->origin = value;
    list->items.reserve(value.size());
    for (const Value& each : value.items()) {
        Item copy;
        if (!thawPlain(each, depth + 1, position, copy)) return false;
        list->push(std::move(copy));
    }
    out = Item(std::move(list));
    return true;
}

bool Evaluator::thawMembers(const Value& object, std::size_t depth, std::size_t position, Item& out) {
    if (!charge(object.size() / 4, position)) return false;
    const auto members = object.members();
    std::vector<Ref<Rich>> parts;
    bool defined = true;
    for (std::size_t i = 0; i < members.size(); ++i) {
        const Value& value = members[i].second;
        defined = defined && value.isDefined();
        if (!value.isArray() && !value.isObject()) {
            if (depth + 1 > environment_.limits.maxDepth) return fail("D1011", position);
            continue;
        }
        Item part;
        if (!thawPlain(value, depth + 1, position, part)) return false;
        parts.resize(members.size());
        parts[i] = part.rich();
    }
    const auto record = make<Record>(object, std::move(parts));
    if (!defined) static_cast<void>(record->entries());  // what is not there must not come back with the whole object
    out = Item(record);
    return true;
}

/// A deep copy made of Lists and Records, so that matched objects have an identity and can be changed in place.
bool Evaluator::thaw(const Item& item, std::size_t depth, std::size_t position, Item& out) {
    if (item.isPlain()) return thawPlain(item.value(), depth, position, out);
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

/// Updates by a plain object and removes by constant names, at one go. False when it is not as simple as that, or a
/// limit has to be looked at: then nothing was done.
bool Evaluator::updatePlainly(const TransformNode& transform, const Item& match, const Frame& frame) {
    Record* record = match.record();
    std::span<const Value> erased;
    if (!record || transform.update->kind != NodeKind::Object || transform.update->decoration ||
        (transform.removal && !constantNames(*transform.removal, erased))) {
        return false;
    }
    const std::uint64_t stepsBefore = steps_;
    std::vector<Member> members;
    if (!plainPairs(as<ObjectNode>(*transform.update), match, frame, members)) return false;
    std::uint64_t weight = 0;
    for (const Member& member : members) weight += 1 + Item(member.second).weight();
    std::uint64_t steps = steps_ + 1 + members.size() / 4;
    if (transform.removal) steps += stepsOfConstant(*transform.removal);
    if (std::max<std::uint64_t>(weight, erased.size()) > environment_.limits.maxOutputItems || steps >= checkAt_) {
        steps_ = stepsBefore;
        return false;
    }
    steps_ = steps;
    record->change(std::move(members), erased);
    return true;
}

bool Evaluator::updateMatch(const TransformBody& transform, const Item& match) {
    if (updatePlainly(*transform.node, match, *transform.frame)) return true;
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
