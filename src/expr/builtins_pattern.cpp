// $match, $contains, $replace, $split: texts against strings, regular expressions and matcher functions.
#include <cctype>
#include <cmath>

#include "expr/builtins.h"
#include "expr/evaluator.h"
#include "expr/matcher.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

constexpr double kNoLimit = 1e18;

double limitOf(const Call& call, std::size_t index) { return call[index].isNumber() ? call.number(index) : kNoLimit; }

bool runMatch(const Call& call) {
    if (call[0].isUndefined()) return true;
    const double limit = limitOf(call, 2);
    if (limit < 0) return call.fail("D3040", call[2].value());
    const auto results = makeSequence();
    const Value text = call[0].value();
    Matcher matcher(call, call[1], text);
    TextMatch match;
    for (double count = 0; count < limit; ++count) {
        const Matcher::Step step = matcher.next(match);
        if (step == Matcher::Step::Failed) return false;
        if (step == Matcher::Step::End) break;
        const auto found = make<Record>();
        found->set("match", Item(Value(match.text)));
        found->set("index", Item(Value(static_cast<std::int64_t>(match.index))));
        found->set("groups", groupsItem(match.groups));
        results->push(Item(found));
    }
    return call.evaluator.seal(*results, results->items.size(), call.position) && call.give(Item(results));
}

bool runContains(const Call& call) {
    if (call[0].isUndefined()) return true;
    if (call[1].isString()) return call.give(Item(Value(call.text(0).find(call.text(1)) != std::string_view::npos)));
    if (!call[1].isFunction()) return true;
    const Value text = call[0].value();
    Matcher matcher(call, call[1], text);
    TextMatch match;
    const Matcher::Step step = matcher.next(match);
    return step != Matcher::Step::Failed && call.give(Item(Value(step == Matcher::Step::Match)));
}

/// The replacement text with $$ , $0 and the groups $1, $2, ... filled in. A number takes as many digits as the
/// count of groups has, one less when that names no group.
std::string filledIn(std::string_view replacement, const TextMatch& match) {
    const std::size_t groups = match.groups.size();
    const std::size_t mostDigits = groups < 10 ? 1 : groups < 100 ? 2 : 3;
    std::string out;
    for (std::size_t at = 0; at < replacement.size();) {
        const char c = replacement[at++];
        const char next = at < replacement.size() ? replacement[at] : '\0';
        if (c != '$') {
            out.push_back(c);
        } else if (next == '$') {
            out.push_back('$');
            ++at;
        } else if (next == '0') {
            out += match.text;
            ++at;
        } else if (next >= '1' && next <= '9') {
            std::size_t number = 0;
            std::size_t digits = 0;
            while (digits < mostDigits && at + digits < replacement.size() &&
                   std::isdigit(static_cast<unsigned char>(replacement[at + digits]))) {
                number = number * 10 + static_cast<std::size_t>(replacement[at + digits] - '0');
                ++digits;
            }
            if (digits > 1 && number > groups) {
                number /= 10;
                --digits;
            }
            at += digits;
            if (number >= 1 && number <= groups) out += match.groups[number - 1].asString();
        } else {
            out.push_back('$');
        }
    }
    return out;
}

bool replaceText(const Call& call, double limit) {
    const std::string_view text = call.text(0);
    const std::string_view pattern = call.text(1);
    std::string out;
    std::size_t position = 0;
    for (double count = 0; count < limit; ++count) {
        const std::size_t found = text.find(pattern, position);
        if (found == std::string_view::npos) break;
        out += text.substr(position, found - position);
        out += call.text(2);
        position = found + pattern.size();
        if (out.size() > call.evaluator.environment().limits.maxTextBytes) break;
    }
    out += text.substr(position);
    return call.evaluator.chargeText(out.size(), call.position) && call.give(Item(Value(out)));
}

bool replaceMatches(const Call& call, double limit) {
    const Value text = call[0].value();
    Matcher matcher(call, call[1], text);
    TextMatch match;
    std::string out;
    std::size_t position = 0;
    for (double count = 0; count < limit; ++count) {
        const Matcher::Step step = matcher.next(match);
        if (step == Matcher::Step::Failed) return false;
        if (step == Matcher::Step::End) break;
        out += text.asString().substr(position, match.start - position);
        position = match.end;
        if (call[2].isFunction()) {
            Item replacement;
            if (!call.evaluator.callback(call, call[2], {match.object}, replacement)) return false;
            if (!replacement.isString()) return call.fail("D3012", freeze(replacement));
            out += replacement.value().asString();
        } else {
            out += filledIn(call.text(2), match);
        }
        if (out.size() > call.evaluator.environment().limits.maxTextBytes) break;
    }
    out += text.asString().substr(position);
    return call.evaluator.chargeText(out.size(), call.position) && call.give(Item(Value(out)));
}

bool runReplace(const Call& call) {
    if (call[0].isUndefined()) return true;
    if (call[1].isString() && call.text(1).empty()) return call.fail("D3010");
    const double limit = limitOf(call, 3);
    if (limit < 0) return call.fail("D3011", call[3].value());
    if (call[1].isFunction()) return replaceMatches(call, limit);
    return call[1].isString() ? replaceText(call, limit) : call.give(call[0]);
}

bool splitByMatches(const Call& call, double limit) {
    const Value text = call[0].value();
    Matcher matcher(call, call[1], text);
    TextMatch match;
    const auto parts = make<List>();
    std::size_t position = 0;
    for (double count = 0; count < limit; ++count) {
        const Matcher::Step step = matcher.next(match);
        if (step == Matcher::Step::Failed) return false;
        const std::size_t end = step == Matcher::Step::Match ? match.start : text.size();
        parts->push(Item(Value(text.asString().substr(position, end - position))));
        if (step == Matcher::Step::End) break;
        position = match.end;
    }
    return call.evaluator.seal(*parts, parts->items.size(), call.position) && call.give(Item(parts));
}

bool runSplit(const Call& call) {
    if (call[0].isUndefined()) return true;
    const double limit = std::floor(limitOf(call, 2));
    if (limitOf(call, 2) < 0) return call.fail("D3020", call[2].value());
    if (call[1].isFunction()) return splitByMatches(call, limit);
    const std::string_view text = call.text(0);
    const std::string_view separator = call.text(1);
    const auto parts = make<List>();
    std::size_t position = 0;
    bool last = false;
    for (double count = 0; count < limit && !last; ++count) {
        std::size_t end = text.find(separator, position);
        if (separator.empty()) {
            if (position >= text.size()) break;
            end = position + byteOffset(text.substr(position), 1);
        }
        last = end == std::string_view::npos || call[1].isUndefined();
        if (last) end = text.size();
        parts->push(Item(Value(text.substr(position, end - position))));
        position = end + separator.size();
    }
    return call.evaluator.seal(*parts, parts->items.size(), call.position) && call.give(Item(parts));
}

constexpr Builtin kBuiltins[] = {
    {"match", "<s-f<s:o>n?:a<o>>", 3, runMatch},
    {"contains", "<s-(sf):b>", 2, runContains},
    {"replace", "<s-(sf)(sf)n?:s>", 4, runReplace},
    {"split", "<s-(sf)n?:a<s>>", 3, runSplit},
};

}  // namespace

std::span<const Builtin> patternBuiltins() noexcept { return kBuiltins; }

}  // namespace signalbox::expr
