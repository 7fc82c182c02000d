#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/json.h"
#include "base/schema_node.h"
#include "base/text.h"

namespace signalbox {

namespace {

constexpr std::size_t kMaxViolations = 100;
constexpr std::size_t kMaxRecursion = 1'000;
// Enough for any sane schema on a value of that size, and still an end for alternatives that multiply.
constexpr std::size_t kLeastSteps = 500'000;
constexpr std::size_t kMostSteps = 100'000'000;
constexpr std::size_t kStepsForEachPart = 30;
constexpr std::size_t kMaxShown = 60;

/// A violation with what is needed to pick the alternative that was meant.
struct Finding {
    std::string pointer;
    std::string message;
    std::uint8_t wantedTypes = 0;  ///< when it is a wrong type
    bool isConstant = false;       ///< when it is a wrong enum or const
};
using Findings = std::vector<Finding>;

/// A value as messages show it: short, and written only when the message is.
struct Shown {
    const Value& value;
};

std::string shown(const Value& value) {
    if (value.isArray()) return fmt::format("an array of {} items", value.size());
    if (value.isObject()) return "an object";
    if (value.isBytes()) return fmt::format("{} bytes", value.size());
    if (!value.isString()) return writeJson(value);
    auto text = value.asString();
    const bool cut = text.size() > kMaxShown;
    if (cut) {
        std::size_t end = kMaxShown;
        while (end > 0 && utf8SequenceLength(text, end) == 0) --end;
        text = text.substr(0, end);
    }
    return writeJson(Value(text)) + (cut ? "..." : "");
}

std::uint8_t typesOf(const Value& value) {
    switch (value.kind()) {
        case Value::Kind::Null:
            return kTypeNull;
        case Value::Kind::Boolean:
            return kTypeBoolean;
        case Value::Kind::Integer:
            return kTypeInteger | kTypeNumber;
        case Value::Kind::Number:
            // Past 2^53 every double is whole.
            return std::abs(value.asNumber()) >= 9007199254740992.0 ? kTypeInteger | kTypeNumber : kTypeNumber;
        case Value::Kind::String:
            return kTypeString;
        case Value::Kind::Array:
            return kTypeArray;
        case Value::Kind::Object:
            return kTypeObject;
        default:
            return 0;
    }
}

bool less(const Value& a, const Value& b) {
    return a.isInteger() && b.isInteger() ? a.asInteger() < b.asInteger() : a.asNumber() < b.asNumber();
}

bool isMultiple(const Value& value, const Value& of) {
    if (value.isInteger() && of.isInteger()) return value.asInteger() % of.asInteger() == 0;
    const double ratio = value.asNumber() / of.asNumber();
    // 0.3 is a multiple of 0.1 for everyone but the binary system.
    return std::isfinite(ratio) && std::abs(ratio - std::round(ratio)) <= 1e-9 * std::max(1.0, std::abs(ratio));
}

std::size_t codePoints(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(
        text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string plural(std::size_t count, std::string_view noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

std::string withHint(std::string message, std::string_view typed, const std::vector<std::string>& candidates) {
    if (const auto meant = didYouMean(typed, candidates)) message += fmt::format("; did you mean \"{}\"?", *meant);
    return message;
}

}  // namespace

}  // namespace signalbox

template <>
struct fmt::formatter<signalbox::Shown> : fmt::formatter<std::string> {
    auto format(const signalbox::Shown& shown, fmt::format_context& context) const {
        return fmt::formatter<std::string>::format(signalbox::shown(shown.value), context);
    }
};

namespace signalbox {

namespace {

/// Checks one value. The place is kept as a path and only written out for a violation.
class Checker {
public:
    Findings run(const SchemaNode& root, const Value& value) {
        const auto parts = std::min(value.approximateSize() / sizeof(Value), kMostSteps);
        stepLimit_ = std::min(kLeastSteps + parts * kStepsForEachPart, kMostSteps);
        check(root, value);
        if (limit_ != nullptr) findings_.push_back({"", limit_, 0, false});
        return std::move(findings_);
    }

private:
    using Ref = SchemaNode::Ref;

    /// One step from a value to its part.
    struct Step {
        std::string_view key;
        std::size_t index = 0;
        bool isIndex = false;
    };

    template <class... Args>
    void report(fmt::format_string<Args...> format, Args&&... args) {
        if (!refuse()) add({pointer(), fmt::format(format, std::forward<Args>(args)...), 0, false});
    }
    void reportType(std::uint8_t wanted, const Value& value) {
        if (refuse()) return;
        add({pointer(), fmt::format("must be of type {}, is {}", typeNames(wanted), kindName(value.kind())), wanted,
             false});
    }
    void reportConstant(std::string message) { add({pointer(), std::move(message), 0, true}); }
    template <class... Args>
    void reportAt(std::string_view key, fmt::format_string<Args...> format, Args&&... args) {
        path_.push_back({key, 0, false});
        report(format, std::forward<Args>(args)...);
        path_.pop_back();
    }
    /// Notes that the value does not fit; true when nobody wants to know more.
    bool refuse() {
        fits_ = false;
        return quiet_;
    }
    void add(Finding finding) {
        // Once checking has been given up, nothing that is found is sure.
        if (limit_ == nullptr && findings_.size() < kMaxViolations) findings_.push_back(std::move(finding));
    }
    [[nodiscard]] bool isDecided() const { return limit_ != nullptr || (quiet_ && !fits_); }

    [[nodiscard]] std::string pointer() const {
        std::string text;
        for (const auto& step : path_) {
            text += '/';
            if (step.isIndex) {
                text += std::to_string(step.index);
                continue;
            }
            for (const char c : step.key) text += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
        }
        return text;
    }

    void checkAt(Step step, const SchemaNode& node, const Value& value) {
        path_.push_back(step);
        check(node, value);
        path_.pop_back();
    }

    void check(const SchemaNode& node, const Value& value) {
        if (++steps_ > stepLimit_) limit_ = "the schema has too many alternatives for this value to be checked";
        if (recursion_ >= kMaxRecursion) limit_ = "is nested too deeply to be checked";
        if (isDecided()) return;
        ++recursion_;
        if (node.never) {
            report("is not allowed here");
        } else if (node.reference != nullptr) {
            check(*node.reference, value);
        } else {
            checkHere(node, value);
        }
        --recursion_;
    }

    void checkHere(const SchemaNode& node, const Value& value) {
        if (node.types != 0 && (node.types & typesOf(value)) == 0) {
            // What else is wrong follows from that.
            reportType(node.types, value);
            return;
        }
        checkChoice(node, value);
        if (value.isNumber()) checkNumber(node, value);
        if (value.isString()) checkText(node, value);
        if (value.isArray()) checkItems(node, value);
        if (value.isObject()) checkMembers(node, value);
        for (const auto* part : node.allOf) check(*part, value);
        if (!node.anyOf.empty()) checkAnyOf(node, value);
        if (!node.oneOf.empty()) checkOneOf(node, value);
        if (node.forbidden != nullptr && fits(*node.forbidden, value)) report("has a form that is not allowed here");
        if (node.condition != nullptr) {
            const auto* branch = fits(*node.condition, value) ? node.whenTrue : node.whenFalse;
            if (branch != nullptr) check(*branch, value);
        }
    }

    void checkChoice(const SchemaNode& node, const Value& value) {
        if (node.constant.isDefined() && !(value == node.constant) && !refuse()) {
            reportConstant(fmt::format("must be {}, is {}", Shown{node.constant}, Shown{value}));
        }
        if (!node.allowed) return;
        const auto& allowed = *node.allowed;
        if (std::find(allowed.begin(), allowed.end(), value) != allowed.end() || refuse()) return;
        std::string list;
        std::vector<std::string> names;
        for (const auto& item : allowed) {
            if (names.size() == 20) {
                list += ", ...";
                break;
            }
            list += (list.empty() ? "" : ", ") + shown(item);
            names.emplace_back(item.asString());
        }
        auto message = fmt::format("must be one of {}, is {}", list, Shown{value});
        reportConstant(withHint(std::move(message), value.asString(), names));
    }

    void checkNumber(const SchemaNode& node, const Value& value) {
        const Shown is{value};
        if (node.minimum.isDefined() && less(value, node.minimum)) {
            report("must be at least {}, is {}", Shown{node.minimum}, is);
        }
        if (node.maximum.isDefined() && less(node.maximum, value)) {
            report("must be at most {}, is {}", Shown{node.maximum}, is);
        }
        if (node.exclusiveMinimum.isDefined() && !less(node.exclusiveMinimum, value)) {
            report("must be greater than {}, is {}", Shown{node.exclusiveMinimum}, is);
        }
        if (node.exclusiveMaximum.isDefined() && !less(value, node.exclusiveMaximum)) {
            report("must be less than {}, is {}", Shown{node.exclusiveMaximum}, is);
        }
        if (node.multipleOf.isDefined() && !isMultiple(value, node.multipleOf)) {
            report("must be a multiple of {}, is {}", Shown{node.multipleOf}, is);
        }
    }

    /// Whether it matches. When that takes too long to tell, checking ends with that as the violation.
    bool matches(const Pattern& pattern, std::string_view text) {
        const auto match = pattern.search(text);
        if (match == Pattern::Match::LimitReached) limit_ = "a pattern of the schema takes too long on this value";
        return match != Pattern::Match::No;
    }

    void checkText(const SchemaNode& node, const Value& value) {
        const auto text = value.asString();
        if (node.minLength || node.maxLength) {
            checkCount(codePoints(text), node.minLength, node.maxLength, "character");
        }
        if (node.pattern && !matches(*node.pattern, text)) {
            report("must match the pattern {}, is {}", node.pattern->text(), Shown{value});
        }
        if (const auto expected = formatExpectation(node.format, text); !expected.empty()) {
            report("must be {}, is {}", expected, Shown{value});
        }
    }

    void checkCount(std::size_t count, std::optional<std::size_t> least, std::optional<std::size_t> most,
                    std::string_view noun) {
        if (least && count < *least) report("must have at least {}, has {}", plural(*least, noun), count);
        if (most && count > *most) report("must have at most {}, has {}", plural(*most, noun), count);
    }

    void checkItems(const SchemaNode& node, const Value& value) {
        checkCount(value.size(), node.minItems, node.maxItems, "item");
        const auto items = value.items();
        bool contained = false;
        for (std::size_t i = 0; i < items.size() && !isDecided(); ++i) {
            const auto* schema = i < node.tuple.size()   ? node.tuple[i]
                                 : node.items != nullptr ? node.items
                                                         : node.additionalItems;
            if (schema != nullptr) checkAt({{}, i, true}, *schema, items[i]);
            contained = contained || (node.contains != nullptr && fits(*node.contains, items[i]));
        }
        if (node.contains != nullptr && !contained) report("must contain an item of a certain form; none is");
        if (node.uniqueItems) checkUnique(items);
    }

    void checkUnique(std::span<const Value> items) {
        std::unordered_multimap<std::uint64_t, std::size_t> seen;
        std::string text;
        for (std::size_t i = 0; i < items.size(); ++i) {
            text.clear();
            appendJson(text, items[i], JsonStyle::Canonical);
            const auto hash = checksum64(text);
            const auto [begin, end] = seen.equal_range(hash);
            const auto twin =
                std::find_if(begin, end, [&](const auto& entry) { return items[entry.second] == items[i]; });
            if (twin != end) {
                report("must have no equal items; those at {} and {} are", twin->second, i);
                return;
            }
            seen.emplace(hash, i);
        }
    }

    void checkMembers(const SchemaNode& node, const Value& value) {
        std::size_t count = 0;
        for (const auto& [key, member] : value.members()) {
            if (isDecided()) return;
            if (member.isUndefined()) continue;
            ++count;
            checkMember(node, key, member);
        }
        checkCount(count, node.minProperties, node.maxProperties, "member");
        for (const auto& key : node.required) {
            if (value[key].isUndefined()) reportAt(key, "is required but missing");
        }
        for (const auto& dependency : node.dependencies) {
            if (value[dependency.key].isUndefined()) continue;
            for (const auto& key : dependency.required) {
                if (value[key].isUndefined()) {
                    reportAt(key, "is required because \"{}\" is given, but missing", dependency.key);
                }
            }
            if (dependency.schema != nullptr) check(*dependency.schema, value);
        }
    }

    void checkMember(const SchemaNode& node, const std::string& key, const Value& member) {
        const Step step{key, 0, false};
        bool known = false;
        if (const auto* schema = node.property(key)) {
            known = true;
            checkAt(step, *schema, member);
        }
        for (const auto& [pattern, schema] : node.patternProperties) {
            if (!matches(pattern, key)) continue;
            known = true;
            checkAt(step, *schema, member);
        }
        if (node.propertyNames != nullptr) checkName(*node.propertyNames, key);
        if (known || node.additionalProperties == nullptr) return;
        if (!node.additionalProperties->never) return checkAt(step, *node.additionalProperties, member);
        if (refuse()) return;
        std::vector<std::string> names;
        for (const auto& property : node.properties) names.push_back(property.first);
        reportAt(key, "{}", withHint(fmt::format("\"{}\" is not allowed here", key), key, names));
    }

    void checkName(const SchemaNode& names, const std::string& key) {
        const Value name(key);
        if (fits(names, name) || refuse()) return;
        const auto findings = collect(names, name);
        const auto* why = findings.empty() ? "" : findings.front().message.c_str();
        reportAt(key, "\"{}\" is no name for a member here: {}", key, why);
    }

    /// What is wrong with a value, kept apart from the findings so far.
    Findings collect(const SchemaNode& node, const Value& value) {
        Findings outer;
        findings_.swap(outer);
        check(node, value);
        findings_.swap(outer);
        return outer;
    }

    bool fits(const SchemaNode& node, const Value& value) {
        const bool outerQuiet = std::exchange(quiet_, true);
        const bool outerFits = std::exchange(fits_, true);
        check(node, value);
        quiet_ = outerQuiet;
        return std::exchange(fits_, outerFits);
    }

    void checkAnyOf(const SchemaNode& node, const Value& value) {
        const auto fit = [&](const SchemaNode* option) { return fits(*option, value); };
        if (!std::any_of(node.anyOf.begin(), node.anyOf.end(), fit) && !refuse()) reportNearest(node.anyOf, value);
    }

    void checkOneOf(const SchemaNode& node, const Value& value) {
        std::string fitting;
        std::size_t count = 0;
        for (std::size_t i = 0; i < node.oneOf.size(); ++i) {
            if (!fits(*node.oneOf[i], value)) continue;
            ++count;
            fitting += fmt::format("{}{}", fitting.empty() ? "" : ", ", i + 1);
        }
        if (count == 1 || refuse()) return;
        if (count == 0) return reportNearest(node.oneOf, value);
        report("must fit exactly one of {} forms, fits {} (numbers {})", node.oneOf.size(), count, fitting);
    }

    // Tells what is wrong with the one alternative that was meant, when that can be told: the only one that does not
    // fail by its type here, or else by a constant. Otherwise says so in one line.
    void reportNearest(const std::vector<Ref>& options, const Value& value) {
        std::vector<Findings> failed;
        for (const auto* option : options) failed.push_back(collect(*option, value));
        const auto here = pointer();
        std::uint8_t wanted = 0;
        std::vector<Findings*> ofType;
        std::vector<Findings*> ofConstant;
        for (auto& findings : failed) {
            const auto type = std::find_if(findings.begin(), findings.end(), [&here](const Finding& finding) {
                return finding.wantedTypes != 0 && finding.pointer == here;
            });
            if (type != findings.end()) {
                wanted = static_cast<std::uint8_t>(wanted | type->wantedTypes);
                continue;
            }
            ofType.push_back(&findings);
            const auto wrongConstant = [](const Finding& finding) { return finding.isConstant; };
            if (std::none_of(findings.begin(), findings.end(), wrongConstant)) ofConstant.push_back(&findings);
        }
        if (ofType.empty()) return reportType(wanted, value);
        const auto& meant = ofType.size() == 1 ? ofType : ofConstant;
        if (meant.size() == 1) {
            for (auto& finding : *meant.front()) add(std::move(finding));
            return;
        }
        reportAll(failed, here);
    }

    void reportAll(const std::vector<Findings>& failed, const std::string& here) {
        std::string reasons;
        for (std::size_t i = 0; i < failed.size() && i < 3; ++i) {
            if (failed[i].empty()) continue;
            const auto& first = failed[i].front();
            const auto inside = first.pointer.substr(std::min(here.size(), first.pointer.size()));
            reasons += fmt::format("{}({}) {}{}{}", reasons.empty() ? "" : "; ", i + 1, inside,
                                   inside.empty() ? "" : " ", first.message);
        }
        report("fits none of the {} forms allowed here: {}", failed.size(), reasons);
    }

    std::vector<Step> path_;
    Findings findings_;
    std::size_t steps_ = 0;
    std::size_t stepLimit_ = 0;
    bool quiet_ = false;  ///< only whether it fits is asked for: the first finding ends it, without a message
    bool fits_ = true;    ///< the answer then
    std::size_t recursion_ = 0;
    const char* limit_ = nullptr;  ///< why checking was given up; makes the value invalid
};

}  // namespace

std::vector<SchemaViolation> checkSchema(const SchemaGraph& graph, const Value& value) {
    auto findings = Checker().run(*graph.root, value);
    const auto depth = [](const Finding& finding) {
        return std::count(finding.pointer.begin(), finding.pointer.end(), '/');
    };
    std::stable_sort(findings.begin(), findings.end(),
                     [&depth](const Finding& a, const Finding& b) { return depth(a) > depth(b); });
    std::vector<SchemaViolation> violations;
    for (auto& finding : findings) {
        SchemaViolation violation{std::move(finding.pointer), std::move(finding.message)};
        const auto same = [&violation](const SchemaViolation& other) {
            return other.pointer == violation.pointer && other.message == violation.message;
        };
        if (std::none_of(violations.begin(), violations.end(), same)) violations.push_back(std::move(violation));
    }
    return violations;
}

}  // namespace signalbox
