#include "expr/matcher.h"

#include <algorithm>

#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

Ref<Record> describe(std::string_view text, std::size_t start, std::size_t end, const std::vector<Value>& groups) {
    auto record = make<Record>();
    record->set("match", Item(Value(text)));
    record->set("start", Item(Value(static_cast<std::int64_t>(start))));
    record->set("end", Item(Value(static_cast<std::int64_t>(end))));
    record->set("groups", groupsItem(groups));
    return record;
}

std::vector<Value> groupValues(const RegexMatch& match) {
    std::vector<Value> groups;
    for (const std::string_view group : match.groups)
        groups.push_back(group.data() ? Value(group) : Value::undefined());
    return groups;
}

bool looksLikeMatch(const Item& result) {
    return result.isObject() && (memberOf(result, "start").isNumber() || memberOf(result, "end").isNumber() ||
                                 memberOf(result, "groups").isArray() || memberOf(result, "next").isFunction());
}

}  // namespace

Item groupsItem(const std::vector<Value>& groups) {
    const bool all = std::all_of(groups.begin(), groups.end(), [](const Value& group) { return group.isDefined(); });
    if (all) return Item(Value::array(groups));
    auto list = make<List>();
    for (const Value& group : groups) list->push(Item(group));
    return Item(std::move(list));
}

Ref<Record> describeMatch(const RegexMatch& match, std::string_view text) {
    const std::string_view matched = text.substr(match.start, match.end - match.start);
    const std::size_t start = utf16Length(text.substr(0, match.start));
    return describe(matched, start, start + utf16Length(matched), groupValues(match));
}

Matcher::Step Matcher::next(TextMatch& match) {
    if (const auto* regex = std::get_if<RegexBody>(&function_.function()->body))
        return nextOfRegex(*regex->regex, match);
    return nextOfFunction(match);
}

Matcher::Step Matcher::nextOfRegex(const Regex& regex, TextMatch& match) {
    const std::string_view text = text_.asString();
    RegexMatch found;
    if (started_ && from_ >= text.size()) return Step::End;
    if (!call_.evaluator.charge(1 + (text.size() - from_) / 4096, call_.position)) return Step::Failed;
    const Regex::Outcome outcome = regex.search(subject_, from_, found);
    if (outcome == Regex::Outcome::NoMatch) return Step::End;
    if (outcome == Regex::Outcome::Limit) {
        call_.fail("D1012", Value("regular expression work"));
        return Step::Failed;
    }
    // One match may be empty; behind it the same would be found without end.
    if (started_ && found.start == found.end) {
        call_.fail("D1004");
        return Step::Failed;
    }
    started_ = true;
    match.text = text.substr(found.start, found.end - found.start);
    match.start = found.start;
    match.end = found.end;
    match.index = fromUnits_ + utf16Length(text.substr(from_, found.start - from_));
    match.groups = groupValues(found);
    fromUnits_ = match.index + utf16Length(match.text);
    from_ = found.end;
    match.object = Item(describe(match.text, match.index, fromUnits_, match.groups));
    return Step::Match;
}

Matcher::Step Matcher::nextOfFunction(TextMatch& match) {
    Item result;
    std::vector<Item> arguments;
    if (!started_) arguments.emplace_back(text_);
    started_ = true;
    if (!call_.evaluator.apply(function_, arguments, call_.input, call_.position, call_.name, result))
        return Step::Failed;
    normaliseSequence(result);
    if (result.isUndefined()) return Step::End;
    if (!looksLikeMatch(result)) {
        call_.fail("T1010", freeze(result));
        return Step::Failed;
    }
    const auto place = [&](std::string_view key) {
        const double units = memberOf(result, key).value().asNumber();
        return units > 0 ? static_cast<std::size_t>(units) : std::size_t{0};
    };
    match.text = memberOf(result, "match").value().asString();
    match.index = place("start");
    match.start = std::max(byteOffsetOfUtf16(text_.asString(), match.index), from_);
    match.end = std::max(byteOffsetOfUtf16(text_.asString(), place("end")), match.start);
    from_ = match.end;
    match.groups.clear();
    const Item groups = memberOf(result, "groups");
    if (groups.isArray()) {
        forEachItem(groups, [&](const Item& group, std::size_t) {
            match.groups.push_back(freeze(group));
            return true;
        });
    }
    match.object = result;
    const Item next = memberOf(result, "next");
    if (next.isFunction()) {
        function_ = next;
    } else {
        // Without a way on this was the last one.
        function_ = Item(make<Function>(NextMatchBody{nullptr, Value(""), 1}));
    }
    return Step::Match;
}

}  // namespace signalbox::expr
