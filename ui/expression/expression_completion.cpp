#include "ui/expression/expression_completion.h"

#include "expr/completion.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

CodeCompletion::Kind kindOf(expr::CompletionKind kind) {
    switch (kind) {
        case expr::CompletionKind::Field:
            return CodeCompletion::Kind::Field;
        case expr::CompletionKind::Variable:
            return CodeCompletion::Kind::Variable;
        case expr::CompletionKind::Function:
            return CodeCompletion::Kind::Function;
        case expr::CompletionKind::Keyword:
            return CodeCompletion::Kind::Keyword;
    }
    return CodeCompletion::Kind::Field;
}

}  // namespace

CodeCompletions completionsAt(const ExpressionText& code, int caret, const Value& sample,
                              const ExpressionVariables& variables) {
    CodeCompletions found;
    const auto& offsets = code.offsets();
    for (const auto& candidate : expr::complete(offsets.utf8(), offsets.toLanguage(caret), sample, variables)) {
        const int start = offsets.toEditor(candidate.from);
        const int length = offsets.toEditor(candidate.to) - start;
        // One range for the whole list, which is what the language gives.
        if (found.items.empty()) {
            found.start = start;
            found.length = length;
        }
        if (start != found.start || length != found.length) continue;
        CodeCompletion item{kindOf(candidate.kind),    toQString(candidate.label),  toQString(candidate.insert),
                            toQString(candidate.type), toQString(candidate.detail), toQString(candidate.help)};
        // "$sum(numbers)" beside its name: the parameters go on where the name ends, the result stands at the right.
        if (item.kind == CodeCompletion::Kind::Function && item.sample.startsWith(item.label)) {
            const auto parameters = item.sample.mid(item.label.size());
            item.sample = item.type;
            item.type = parameters;
        }
        found.items.push_back(std::move(item));
    }
    return found;
}

}  // namespace signalbox::ui
