#include "expr/completion.h"

#include <algorithm>
#include <cctype>
#include <map>

#include "expr/analysis_walk.h"
#include "expr/completion_scope.h"
#include "expr/function_docs.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kMaxLooks = 4'000;  ///< names looked at; a map of a million members is not worth more
constexpr std::size_t kMaxFields = 250;   ///< of those that answer
constexpr std::size_t kTypedItems = 32;   ///< looked at for the type of a candidate

constexpr std::string_view kEndsWord = ".[]{}(),@#;:?+-*/%|=<>^&!~ \t\n\r\v\"'`";

char lower(char c) { return static_cast<char>(std::tolower(static_cast<unsigned char>(c))); }

bool sameLetters(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

/// How well a name answers what was typed: what begins with it before what holds its letters in order, the shorter
/// before the longer; 0: not at all.
int matchScore(std::string_view typed, std::string_view name) {
    if (typed.empty()) return 1;
    const int rest = static_cast<int>(std::min<std::size_t>(name.size() - std::min(name.size(), typed.size()), 40));
    if (name.starts_with(typed)) return 1000 - rest;
    if (sameLetters(typed, name.substr(0, typed.size()))) return 900 - rest;
    int score = 500;
    std::size_t at = 0;
    for (const char c : typed) {
        const std::size_t before = at;
        while (at < name.size() && lower(name[at]) != lower(c)) ++at;
        if (at == name.size()) return 0;
        score -= static_cast<int>(std::min<std::size_t>(at - before, 20));
        ++at;
    }
    return std::max(score, 1);
}

/// The word that the caret stands in.
struct Word {
    std::size_t from;
    std::size_t to;
    std::string_view typed;
    bool quoted = false;
};

Word wordAt(std::string_view text, std::size_t caret) {
    const auto inName = [&](std::size_t at) { return kEndsWord.find(text[at]) == std::string_view::npos; };
    const std::vector<ScannedToken> before = scan(text.substr(0, caret));
    if (!before.empty() && before.back().kind == SyntaxKind::Error && text[before.back().position] == '`') {
        const std::size_t from = before.back().position;
        const std::size_t close = text.find('`', caret);
        const bool closed = close != std::string_view::npos &&
                            text.substr(caret, close - caret).find_first_of(".[](){}\n,;") == std::string_view::npos;
        return {from, closed ? close + 1 : caret, text.substr(from + 1, caret - from - 1), true};
    }
    std::size_t from = caret;
    std::size_t to = caret;
    while (from > 0 && inName(from - 1)) --from;
    while (to < text.size() && inName(to)) ++to;
    return {from, to, text.substr(from, caret - from), false};
}

class Candidates {
public:
    Candidates(const Word& word, std::string_view text, const CompletionScope& scope)
        : word_(word), scope_(scope), called_(text.substr(word.to).starts_with("(")) {}

    std::vector<Completion> take(std::size_t most) {
        std::stable_sort(found_.begin(), found_.end(),
                         [](const Completion& a, const Completion& b) { return a.score > b.score; });
        if (found_.size() > most) found_.resize(most);
        return std::move(found_);
    }

    void addFields() {
        std::map<std::string_view, Completion, std::less<>> known;
        std::vector<std::string_view> order;
        std::size_t left = kMaxLooks;
        for (const Value& context : scope_.contexts()) addMembers(context, known, order, left);
        int place = 0;
        for (const std::string_view name : order) {
            Completion& field = known.find(name)->second;
            field.score -= std::min(place++, 80);
            found_.push_back(std::move(field));
        }
    }

    void addVariables() {
        std::vector<std::string_view> seen;
        const auto& variables = scope_.variables();
        for (auto each = variables.rbegin(); each != variables.rend(); ++each) {
            if (std::find(seen.begin(), seen.end(), each->first) != seen.end()) continue;
            seen.push_back(each->first);
            add(CompletionKind::Variable, "$" + each->first, "$" + each->first, 300,
                typeWord(each->second, kTypedItems),
                each->second.isDefined() ? shortSample(each->second) : std::string{}, {});
        }
        const Value context = scope_.contexts().empty() ? Value::undefined() : scope_.contexts().front();
        add(CompletionKind::Variable, "$", "$", 160, typeWord(context, kTypedItems), "", "The current value.");
        add(CompletionKind::Variable, "$$", "$$", 150, "any", "", "The whole input.");
    }

    void addFunctions() {
        for (const FunctionDoc& doc : functionDocs()) {
            const std::string label = "$" + std::string(doc.name);
            const bool bare = called_ || scope_.takesFunction();
            add(CompletionKind::Function, label,
                label + (bare                     ? ""
                         : doc.parameters.empty() ? "()"
                                                  : "("),
                200, std::string(doc.result), functionUsage(doc), std::string(doc.help));
        }
    }

    void addWords(std::initializer_list<std::pair<std::string_view, std::string_view>> words) {
        for (const auto& [word, help] : words) {
            std::string insert(word);
            if (word == "function" && !called_) insert += "(";
            add(CompletionKind::Keyword, std::string(word), std::move(insert), 100, "", "", std::string(help));
        }
    }

private:
    void addMembers(const Value& value, std::map<std::string_view, Completion, std::less<>>& known,
                    std::vector<std::string_view>& order, std::size_t& left) {
        for (const Value& item : value.items().first(std::min<std::size_t>(value.size(), value.isArray() ? 8 : 0)))
            addMembers(item, known, order, left);
        for (const auto& [key, member] : value.members()) {
            if (left == 0) return;
            --left;
            const int match = matchScore(word_.typed, key);
            if (match == 0) continue;
            const auto found = known.find(key);
            if (found != known.end()) {
                found->second.type = commonType(found->second.type, typeWord(member, kTypedItems));
                continue;
            }
            if (order.size() == kMaxFields) continue;
            known.emplace(key, Completion{CompletionKind::Field,
                                          key,
                                          quotedName(key),
                                          word_.from,
                                          word_.to,
                                          typeWord(member, kTypedItems),
                                          shortSample(member),
                                          {},
                                          400 + match});
            order.push_back(key);
        }
    }

    void add(CompletionKind kind, std::string label, std::string insert, int base, std::string type, std::string detail,
             std::string help) {
        const bool dollar = word_.typed.starts_with("$");
        const std::string_view name =
            dollar || label.front() != '$' ? std::string_view(label) : std::string_view(label).substr(1);
        const int match = matchScore(word_.typed, name);
        if (match == 0) return;
        found_.push_back({kind, std::move(label), std::move(insert), word_.from, word_.to, std::move(type),
                          std::move(detail), std::move(help), base + match});
    }

    const Word& word_;
    const CompletionScope& scope_;
    bool called_;
    std::vector<Completion> found_;
};

}  // namespace

std::vector<Completion> complete(std::string_view text, std::size_t offset, const Value& sample,
                                 const NamedValues& variables, std::size_t maxCandidates) {
    const Word word = wordAt(text, std::min(offset, text.size()));
    if (!word.typed.empty() && std::isdigit(static_cast<unsigned char>(word.typed.front())) && !word.quoted) return {};
    const CompletionScope scope(text.substr(0, word.from), sample, variables);
    if (scope.inLiteral() || scope.declares()) return {};
    Candidates candidates(word, text, scope);
    if (scope.afterOperand()) {
        candidates.addWords({{"and", "Both sides count as true."},
                             {"or", "At least one side counts as true."},
                             {"in", "The right side holds the left one."}});
        return candidates.take(maxCandidates);
    }
    const bool dollar = word.typed.starts_with("$");
    if (!dollar) candidates.addFields();
    if (!word.quoted) {
        if (!scope.afterDot() || dollar) candidates.addVariables();
        candidates.addFunctions();
        if (!scope.afterDot() && !dollar)
            candidates.addWords({{"true", ""}, {"false", ""}, {"null", ""}, {"function", "A function of its own."}});
    }
    return candidates.take(maxCandidates);
}

}  // namespace signalbox::expr
