#include "expr/error_codes.h"

#include <algorithm>
#include <array>

#include "base/json.h"
#include "base/text.h"

namespace signalbox::expr {

namespace {

struct Entry {
    std::string_view code;
    std::string_view text;
};

// Sorted by code. Codes are those of the JSONata documentation, sentences are ours.
constexpr Entry kEntries[] = {
    {"D1001", "A number is out of range: {value}"},
    {"D1002", "Only a number can be negated, not {value}"},
    {"D1004", "The regular expression matches the empty string"},
    {"D1009", "Several members of the object have the key {value}"},
    {"D1011", "Nested too deep: the evaluation exceeds the limit of depth"},
    {"D1012", "Too much work: the evaluation exceeds the limit of {value}"},
    {"D2014", "A range of {value} items exceeds the limit of output items"},
    {"D2015", "Too large: a result exceeds the limit of {value}"},
    {"D3001", "Infinity and not-a-number have no text"},
    {"D3010", "The pattern of $replace must not be empty"},
    {"D3011", "The limit of $replace must not be negative"},
    {"D3012", "The replacement function must return a string"},
    {"D3020", "The limit of $split must not be negative"},
    {"D3030", "{value} cannot be read as a number"},
    {"D3040", "The limit of $match must not be negative"},
    {"D3050", "The function given to $reduce must have at least two parameters"},
    {"D3060", "{value} has no real square root"},
    {"D3061", "The power of {value} is no number that can be shown"},
    {"D3070", "$sort needs a comparison function for values that are not all strings or all numbers"},
    {"D3080", "A number picture can have at most two parts"},
    {"D3081", "A number picture must not have more than one decimal separator in a part"},
    {"D3082", "A number picture must not have more than one percent sign in a part"},
    {"D3083", "A number picture must not have more than one per-mille sign in a part"},
    {"D3084", "A number picture must not have both a percent and a per-mille sign in a part"},
    {"D3085", "A number picture needs at least one digit in its mantissa"},
    {"D3086", "A number picture has a passive character between active ones"},
    {"D3087", "A grouping separator must not stand beside the decimal separator of a number picture"},
    {"D3088", "A grouping separator must not end the integer part of a number picture"},
    {"D3089", "Grouping separators of a number picture must not be adjacent"},
    {"D3090", "An optional digit must not follow a mandatory one in the integer part of a number picture"},
    {"D3091", "A mandatory digit must not follow an optional one in the fraction of a number picture"},
    {"D3092", "A number picture with an exponent must not have a percent or per-mille sign"},
    {"D3093", "The exponent of a number picture must be made of mandatory digits only"},
    {"D3100", "The radix of $formatBase must be from 2 to 36, not {value}"},
    {"D3110", "{value} is no ISO 8601 timestamp"},
    {"D3120", "The text given to $eval is no expression: {value}"},
    {"D3121", "The expression given to $eval failed: {value}"},
    {"D3130", "Integers cannot be written or read with the picture {value}"},
    {"D3131", "The digits of the picture must all be of one script"},
    {"D3132", "{value} is no component of a date or time"},
    {"D3133", "The component {value} has no names"},
    {"D3134", "A time zone picture has at most four digits"},
    {"D3135", "A date picture has a [ without a ]"},
    {"D3136", "The picture does not say enough to tell a point in time"},
    {"D3137", "{value}"},
    {"D3138", "$single found more than one match"},
    {"D3139", "$single found no match"},
    {"D3140", "Malformed URL passed to ${token}(): \"{value}\""},
    {"D3141", "{value}"},
    {"S0101", "A string literal has no closing quote"},
    {"S0102", "The number {token} is too large"},
    {"S0103", "The escape sequence \\{token} is not supported in a string"},
    {"S0104", "\\u must be followed by four hexadecimal digits"},
    {"S0105", "A quoted name has no closing backtick"},
    {"S0106", "A comment has no closing */"},
    {"S0201", "{token} does not fit here"},
    {"S0202", "Found {token} where {value} belongs"},
    {"S0203", "The expression ends where {value} belongs"},
    {"S0204", "{token} is no operator"},
    {"S0206", "{token} is no expression"},
    {"S0207", "The expression ends too early"},
    {"S0208", "Parameters of a function definition must be variables, {token} is none"},
    {"S0209", "A predicate cannot follow a grouping expression"},
    {"S0210", "A step can have only one grouping expression"},
    {"S0211", "{token} cannot stand at the beginning of an operand"},
    {"S0212", "Only a variable can stand on the left of :="},
    {"S0213", "The literal {token} cannot be a step of a path"},
    {"S0214", "A variable must follow {token}"},
    {"S0215", "A context variable must be bound before the predicates of its step"},
    {"S0216", "A context variable must be bound before the order-by of its step"},
    {"S0217", "What {token} yields has no known parent"},
    {"S0301", "A regular expression must not be empty"},
    {"S0302", "A regular expression has no closing /"},
    {"S0303", "The regular expression is not valid: {token}"},
    {"S0401", "Only functions and arrays have type parameters in a signature: {token}"},
    {"S0402", "A choice in a signature must not hold parameterised types: {token}"},
    {"S0403", "The signature cannot be read: {token}"},
    {"S0500", "The expression is not valid"},
    {"T0410", "Argument {value} of {token} does not match its signature"},
    {"T0411", "The context is no fit for argument {value} of {token}"},
    {"T0412", "Argument {value} of {token} must be an array of another type"},
    {"T1003", "A key of an object must be a string, not {value}"},
    {"T1005", "{token} is no function; did you mean ${token}?"},
    {"T1006", "What is called here is no function"},
    {"T1007", "{token} is no function that could be applied partially; did you mean ${token}?"},
    {"T1008", "What is applied partially here is no function"},
    {"T1010", "The matcher function does not return what a matcher must"},
    {"T2001", "The left side of {token} must be a number"},
    {"T2002", "The right side of {token} must be a number"},
    {"T2003", "The left side of .. must be a whole number"},
    {"T2004", "The right side of .. must be a whole number"},
    {"T2006", "The right side of ~> must be a function"},
    {"T2007", "An order-by meets values of different types: {value} and {token}"},
    {"T2008", "An order-by can compare only strings and numbers, not {value}"},
    {"T2009", "{token} cannot compare values of different types"},
    {"T2010", "{token} can compare only strings and numbers"},
    {"T2011", "The update of a transform must be an object, not {value}"},
    {"T2012", "The deletion of a transform must be a string or an array of strings, not {value}"},
};

std::string replaced(std::string_view text, std::string_view token, const Value& value) {
    std::string out;
    while (!text.empty()) {
        const std::size_t open = text.find('{');
        out += text.substr(0, open);
        if (open == std::string_view::npos) break;
        text.remove_prefix(open);
        if (text.substr(0, 7) == "{token}") {
            out += token;
        } else if (text.substr(0, 7) == "{value}") {
            std::string shown = value.isString() ? std::string(value.asString()) : writeJson(value);
            if (shown.size() > 80) shown.replace(77, std::string::npos, "...");
            out += isValidUtf8(shown) ? shown : "?";
        } else {
            out += text.front();
            text.remove_prefix(1);
            continue;
        }
        text.remove_prefix(7);
    }
    return out;
}

}  // namespace

std::string_view errorTemplate(std::string_view code) noexcept {
    const auto* found =
        std::lower_bound(std::begin(kEntries), std::end(kEntries), code,
                         [](const Entry& entry, std::string_view wanted) { return entry.code < wanted; });
    return found != std::end(kEntries) && found->code == code ? found->text : std::string_view{};
}

ExpressionError makeError(std::string_view code, std::size_t position, std::string_view token, Value value) {
    ExpressionError error;
    error.jsonataCode = code;
    error.position = position;
    error.token = token;
    error.limit = code == "D1011" || code == "D1012" || code == "D2014" || code == "D2015";
    if (error.limit && value.isUndefined()) value = Value(code == "D1012" ? "steps" : "output items");
    // These two carry the words of the expression's author.
    const bool ownWords = (code == "D3137" || code == "D3141") && value.isString();
    error.message = ownWords ? std::string(value.asString()) : replaced(errorTemplate(code), token, value);
    error.value = std::move(value);
    return error;
}

Error toError(const ExpressionError& error, std::string_view text) {
    const LineColumn place = lineColumnAt(text, std::min(error.position, text.size()));
    Error made;
    made.code = error.limit                        ? "expression.limit"
                : error.jsonataCode.front() == 'S' ? "expression.syntax"
                                                   : "expression.evaluation";
    made.message = error.jsonataCode + ": " + error.message;
    made.where = "line " + std::to_string(place.line) + ", column " + std::to_string(place.column);
    return made;
}

}  // namespace signalbox::expr
