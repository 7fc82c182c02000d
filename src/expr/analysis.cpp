#include "expr/analysis.h"

#include "expr/analysis_walk.h"
#include "expr/completion.h"
#include "expr/parser.h"
#include "expr/tokens.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kMaxLength = 64 * 1024;

/// The value of a constant when it can be had with little work. Regular expressions may backtrack for long.
Value fold(std::string_view text, const Program& program) {
    for (const auto& node : program.nodes) {
        if (node->kind == NodeKind::Regex) return Value::undefined();
    }
    Environment environment;
    environment.limits.maxSteps = 3'000;
    environment.limits.maxDepth = 60;
    environment.limits.maxOutputItems = 1'000;
    environment.limits.maxTextBytes = 16 * 1024;
    const auto compiled = Expression::compileDetailed(text);
    if (!compiled) return Value::undefined();
    return compiled->evaluateDetailed(Value::undefined(), environment).value_or(Value::undefined());
}

}  // namespace

Analysis analyse(std::string_view text, const AnalysisOptions& options) {
    Analysis result;
    const auto program =
        text.size() > kMaxLength ? tl::unexpected(Expression::compileDetailed(text).error()) : Parser(text).parse();
    if (!program) {
        result.error = program.error();
        const auto tokens = tokenize(text);
        if (const SyntaxToken* token = tokenAt(tokens, result.error->position)) result.errorLength = token->length;
        return result;
    }
    AnalysisWalk(**program, options, result).run();
    if (!result.constant || !options.fold) return result;
    result.folded = fold(text, **program);
    if (result.folded.isDefined()) {
        result.resultType = typeWord(result.folded);
        result.mayBeMissing = false;
    }
    return result;
}

}  // namespace signalbox::expr
