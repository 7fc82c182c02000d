#include "expr/function_docs.h"

#include <algorithm>

namespace signalbox::expr {

namespace {

// Sorted by name.
constexpr FunctionDoc kDocs[] = {
    {"abs", "number", "number", "The number without its sign."},
    {"append", "array1, array2", "any", "One array with the items of both."},
    {"assert", "condition, [message]", "any", "Fails with the message unless the condition is true."},
    {"average", "numbers", "number", "The mean of the numbers."},
    {"base64decode", "text", "string", "The text that Base64 stands for."},
    {"base64encode", "text", "string", "The text as Base64."},
    {"boolean", "value", "boolean", "Whether the value counts as true: not 0, empty, null or false."},
    {"ceil", "number", "integer", "The number rounded up to a whole one."},
    {"contains", "text, pattern", "boolean", "Whether the text holds the string or matches the regular expression."},
    {"count", "array", "integer", "How many items there are; 0 when there is no value."},
    {"decodeUrl", "url", "string", "The address with its %-escapes resolved."},
    {"decodeUrlComponent", "text", "string", "The part of an address with its %-escapes resolved."},
    {"distinct", "array", "any", "The items without repetitions, in the order of their first appearance."},
    {"each", "object, function", "any", "What the function gives for each member; it is called with value and name."},
    {"encodeUrl", "url", "string", "The address with %-escapes for what no address may hold."},
    {"encodeUrlComponent", "text", "string", "The text with %-escapes, to be a part of an address."},
    {"error", "[message]", "any", "Ends the evaluation with an error of that message."},
    {"eval", "text, [context]", "any", "Evaluates a text as an expression."},
    {"exists", "value", "boolean", "Whether there is a value at all; null is one."},
    {"filter", "array, function", "any",
     "The items that the function accepts; it is called with item, index and array."},
    {"floor", "number", "integer", "The number rounded down to a whole one."},
    {"formatBase", "number, [base]", "string",
     "The whole number written in a base from 2 to 36; 10 when none is given."},
    {"formatInteger", "number, picture", "string",
     "The whole number by an XPath picture such as '#,##0', 'I', 'w' or '1;o'."},
    {"formatNumber", "number, picture, [options]", "string", "The number by an XPath picture such as '#,##0.00'."},
    {"fromMillis", "milliseconds, [picture], [zone]", "string",
     "Milliseconds since 1970 as a date and time: ISO 8601, or by a picture such as '[Y]-[M01]-[D01]'."},
    {"join", "strings, [separator]", "string", "The strings one after the other, with the separator between them."},
    {"keys", "object", "any", "The names of the members; of an array, those of all its objects."},
    {"length", "text", "integer", "How many characters the text has."},
    {"lookup", "object, name", "any", "The member of that name; of an array, those of all its objects."},
    {"lowercase", "text", "string", "The text in lower case."},
    {"map", "array, function", "any",
     "What the function gives for each item; it is called with item, index and array."},
    {"match", "text, pattern, [limit]", "any",
     "The matches of a regular expression, as objects of match, index and groups."},
    {"max", "numbers", "number", "The largest of the numbers."},
    {"merge", "objects", "object", "One object with the members of all; of equal names the last wins."},
    {"millis", "", "integer", "The time of this evaluation in milliseconds since 1970, the same at every call."},
    {"min", "numbers", "number", "The smallest of the numbers."},
    {"not", "value", "boolean", "True for what counts as false, false for the rest."},
    {"now", "[picture], [zone]", "string",
     "The time of this evaluation as ISO 8601 or by a picture, the same at every call."},
    {"number", "value", "number", "A string or boolean as a number."},
    {"pad", "text, width, [character]", "string",
     "The text filled up to a width: behind it, or before it when the width is negative."},
    {"parseInteger", "text, picture", "integer",
     "The whole number that a text written by an XPath picture stands for."},
    {"power", "base, exponent", "number", "The base raised to the exponent."},
    {"random", "", "number", "A number from 0 up to but not including 1."},
    {"reduce", "array, function, [start]", "any",
     "Folds the items into one value; the function is called with the value so far and the item."},
    {"replace", "text, pattern, replacement, [limit]", "string",
     "The text with what matches replaced by a string ($1 is the first group) or by what a function gives."},
    {"reverse", "array", "array<any>", "The items from the last to the first."},
    {"round", "number, [digits]", "number", "The number rounded to so many decimals, halves to the even neighbour."},
    {"shuffle", "array", "array<any>", "The items in a random order."},
    {"sift", "object, function", "any",
     "The members that the function accepts; it is called with value, name and object."},
    {"single", "array, [function]", "any",
     "The one item that the function accepts; an error when there are none or several."},
    {"sort", "array, [function]", "array<any>",
     "The items in order; the function says whether the first of two goes behind the second."},
    {"split", "text, separator, [limit]", "array<string>",
     "The parts of the text between separators, which may be a regular expression."},
    {"spread", "object", "any", "One object for each member, in an array."},
    {"sqrt", "number", "number", "The square root."},
    {"string", "value, [pretty]", "string",
     "The value as text; arrays and objects as JSON, on several lines when pretty."},
    {"substring", "text, start, [length]", "string",
     "The characters from a place on, counted from 0, or from the end when it is negative."},
    {"substringAfter", "text, mark", "string", "What stands behind the first mark; the whole text when there is none."},
    {"substringBefore", "text, mark", "string",
     "What stands before the first mark; the whole text when there is none."},
    {"sum", "numbers", "number", "The numbers added up."},
    {"toMillis", "text, [picture]", "integer",
     "A date and time, in ISO 8601 or by a picture, as milliseconds since 1970."},
    {"trim", "text", "string", "The text without blanks around it, and single blanks inside."},
    {"type", "value", "string",
     "The name of the value's type: null, number, string, boolean, array, object or function."},
    {"uppercase", "text", "string", "The text in upper case."},
    {"zip", "array1, ...", "array<any>", "Arrays of the first items of all, of the second items of all, and so on."},
};

}  // namespace

std::span<const FunctionDoc> functionDocs() noexcept { return kDocs; }

const FunctionDoc* findFunctionDoc(std::string_view name) noexcept {
    if (!name.empty() && name.front() == '$') name.remove_prefix(1);
    const auto* found = std::lower_bound(std::begin(kDocs), std::end(kDocs), name,
                                         [](const FunctionDoc& doc, std::string_view key) { return doc.name < key; });
    return found != std::end(kDocs) && found->name == name ? found : nullptr;
}

std::string functionUsage(const FunctionDoc& doc) {
    std::string usage = "$";
    return usage.append(doc.name).append("(").append(doc.parameters).append(")");
}

std::vector<std::string_view> functionParameters(const FunctionDoc& doc) {
    std::vector<std::string_view> parts;
    for (std::string_view rest = doc.parameters; !rest.empty();) {
        const std::size_t comma = std::min(rest.find(", "), rest.size());
        parts.push_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(rest.size(), comma + 2));
    }
    return parts;
}

}  // namespace signalbox::expr
