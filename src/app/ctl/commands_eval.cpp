#include <fmt/format.h>

#include "app/ctl/commands.h"
#include "app/ctl/excerpt.h"
#include "app/ctl/input.h"
#include "base/json.h"
#include "base/random.h"
#include "expr/analysis.h"
#include "expr/error_codes.h"
#include "expr/formatter.h"
#include "expr/tokens.h"

namespace signalbox::ctl {

namespace {

/// JSON text, a file's name, or "-".
Result<Value> readSample(const std::string& typed) {
    if (typed == "-") return readValue("@-");
    const bool isJson = typed.starts_with('{') || typed.starts_with('[') || typed.starts_with('"');
    return readValue(isJson || typed.starts_with('@') ? typed : "@" + typed);
}

/// NAME=JSON; the name with or without '$'.
Status readVariable(const std::string& typed, expr::Environment& environment) {
    const std::size_t equals = typed.find('=');
    const std::size_t start = typed.starts_with('$') ? 1 : 0;
    if (equals == std::string::npos || equals <= start) {
        return fail("usage.value", fmt::format("--var takes NAME=JSON, not \"{}\"", typed), {}, "--var 'limit=10'");
    }
    const std::string name = typed.substr(start, equals - start);
    auto value = parseJson(typed.substr(equals + 1), true);
    if (!value) {
        Error error = std::move(value).error();
        error.where = error.where.empty() ? "--var " + name : fmt::format("--var {}, {}", name, error.where);
        error.hint = fmt::format("A text needs its quotes: --var '{}=\"text\"'", name);
        return fail(std::move(error));
    }
    environment.variables.emplace_back(name, std::move(*value));
    return {};
}

void printPlace(Terminal& err, const std::string& text, std::size_t position, std::size_t length, Tone tone) {
    const Excerpt excerpt = excerptAt(text, position, length, err.width() - 8);
    err.line(fmt::format("    {}", excerpt.line));
    err.line(fmt::format("    {}{}", excerpt.blank, err.paint(tone, excerpt.mark)));
}

int complain(const expr::ExpressionError& error, const std::string& text, const expr::Analysis& analysis, bool syntax,
             Output& output) {
    Error told = expr::toError(error, text);
    if (syntax) told.code = "expression.syntax";
    for (const expr::Warning& warning : analysis.warnings) {
        if (told.hint.empty() && !warning.suggestion.empty())
            told.hint = fmt::format("Did you mean {}?", warning.suggestion);
    }
    const int code = output.error(told);
    const auto tokens = expr::tokenize(text);
    const expr::SyntaxToken* token = expr::tokenAt(tokens, error.position);
    if (!output.json) printPlace(output.err, text, error.position, token ? token->length : 1, Tone::Bad);
    return code;
}

void printWarnings(const expr::Analysis& analysis, const std::string& text, Output& output) {
    Terminal& err = output.err;
    for (const expr::Warning& warning : analysis.warnings) {
        err.line(fmt::format("{} {} {}", err.paint(Tone::Warning, "warning:"), onOneLine(warning.message),
                             err.paint(Tone::Muted, fmt::format("[{}]", warning.code))));
        printPlace(err, text, warning.position, warning.length, Tone::Warning);
    }
}

int formatCommand(const std::string& text, Output& output) {
    const auto formatted = expr::formatExpression(text, {});
    if (!formatted) {
        const auto compiled = expr::Expression::compileDetailed(text);
        return compiled ? output.error(formatted.error()) : complain(compiled.error(), text, {}, true, output);
    }
    if (output.json)
        output.value(Value::object({{"expression", Value(*formatted)}}));
    else
        output.out.line(*formatted);
    return kOk;
}

/// Evaluates, once everything that was given has been read.
int evaluate(const expr::Expression& compiled, const Value& input, expr::Environment& environment, Output& output) {
    const SystemClock clock;
    environment.clock = &clock;
    environment.wallNow = clock.wallNow();
    environment.randomSeed = SystemRandom().next();
    expr::AnalysisOptions options;
    options.variables.emplace();
    for (const auto& [name, value] : environment.variables) options.variables->push_back(name);
    const expr::Analysis analysis = expr::analyse(compiled.text(), options);
    const auto result = compiled.evaluateDetailed(input, environment);
    if (!result) return complain(result.error(), compiled.text(), analysis, false, output);
    if (!output.json) printWarnings(analysis, compiled.text(), output);
    if (result->isDefined())
        output.value(*result);
    else if (!output.json)
        output.err.line("The expression selects nothing.");
    return kOk;
}

}  // namespace

int evalCommand(const Arguments& arguments, Output& output) {
    const std::string& text = arguments.operands.front();
    if (arguments.has("format")) return formatCommand(text, output);
    expr::Environment environment;
    for (const std::string& variable : arguments.list("var")) {
        if (const auto read = readVariable(variable, environment); !read) return output.error(read.error());
    }
    const auto compiled = expr::Expression::compileDetailed(text);
    if (!compiled) return complain(compiled.error(), text, {}, true, output);
    Result<Value> input = Value::undefined();
    if (const auto given = arguments.option("input")) input = readSample(*given);
    if (!input) return output.error(input.error());
    return evaluate(*compiled, *input, environment, output);
}

}  // namespace signalbox::ctl
