#include "expr/expression.h"

#include "expr/error_codes.h"
#include "expr/evaluator.h"
#include "expr/parser.h"
#include "expr/utf8.h"

namespace signalbox::expr {

namespace {

/// The same value with half surrogates replaced, which only literals of the program can have brought in.
Value cleaned(const Value& value) {
    if (value.isString())
        return hasLoneSurrogate(value.asString()) ? Value(withoutLoneSurrogates(value.asString())) : value;
    if (value.isArray()) {
        std::vector<Value> items;
        for (const Value& item : value.items()) items.push_back(cleaned(item));
        return Value::array(std::move(items));
    }
    if (value.isObject()) {
        std::vector<Member> members;
        for (const auto& [key, member] : value.members())
            members.emplace_back(withoutLoneSurrogates(key), cleaned(member));
        return Value::object(std::move(members));
    }
    return value;
}

}  // namespace

tl::expected<Expression, ExpressionError> Expression::compileDetailed(std::string_view text, std::size_t maxLength) {
    if (text.size() > maxLength) {
        ExpressionError error = makeError("D2015", 0);
        error.message = "The expression is longer than " + std::to_string(maxLength) + " bytes";
        return tl::unexpected<ExpressionError>(std::move(error));
    }
    auto program = Parser(text).parse();
    if (!program) return tl::unexpected<ExpressionError>(std::move(program.error()));
    return Expression(std::move(*program));
}

Result<Expression> Expression::compile(std::string_view text, std::size_t maxLength) {
    auto compiled = compileDetailed(text, maxLength);
    if (compiled) return std::move(*compiled);
    Error error = toError(compiled.error(), text);
    error.code = "expression.syntax";
    return fail(std::move(error));
}

tl::expected<Value, ExpressionError> Expression::evaluateDetailed(const Value& input,
                                                                  const Environment& environment) const {
    if (Value quick; Evaluator::runDirect(*program_, input, environment, quick)) return quick;
    Evaluator evaluator(*program_, environment);
    Item result;
    if (!evaluator.run(input, result)) return tl::unexpected<ExpressionError>(std::move(*evaluator.error()));
    if (result.isPlain() && !program_->loneSurrogates) return result.value();
    Value value = freeze(result);
    return program_->loneSurrogates ? cleaned(value) : value;
}

Result<Value> Expression::evaluate(const Value& input, const Environment& environment) const {
    if (Value quick; Evaluator::runDirect(*program_, input, environment, quick)) return quick;
    auto result = evaluateDetailed(input, environment);
    if (result) return std::move(*result);
    return fail(toError(result.error(), program_->text));
}

const std::string& Expression::text() const { return program_->text; }

bool truthy(const Value& value) { return truthyItem(Item(value)); }

std::string jsonataCode(const Error& error) {
    if (error.code.rfind("expression.", 0) != 0) return {};
    const std::size_t colon = error.message.find(':');
    return colon == 5 ? error.message.substr(0, colon) : std::string{};
}

}  // namespace signalbox::expr
