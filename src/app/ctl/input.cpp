#include "app/ctl/input.h"

#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "base/file.h"
#include "base/json.h"

namespace signalbox::ctl {

namespace {

std::string standardInput() { return {std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>()}; }

}  // namespace

Result<Value> readValue(const std::string& typed) {
    std::string text = typed;
    std::string source = "the command line";
    if (typed == "@-") {
        text = standardInput();
        source = "standard input";
    } else if (typed.starts_with('@')) {
        source = typed.substr(1);
        SIGNALBOX_TRY(text, readFile(source));
    }
    auto value = parseJson(text, true);
    if (value) return value;
    Error error = std::move(value).error();
    error.where = error.where.empty() ? source : fmt::format("{}, {}", source, error.where);
    if (!typed.starts_with('@'))
        error.hint = "Quote it for the shell: --input '{\"name\": 1}', or name a file: --input @file.json";
    return fail(std::move(error));
}

Result<Value> readInputs(const std::string& typed) {
    SIGNALBOX_TRY(auto value, readValue(typed));
    if (value.isObject()) return value;
    return fail("usage.input", fmt::format("The input must be an object, not {}", kindName(value.kind())), {},
                "Name each input: {\"name\": value}");
}

Result<std::string> readDocument(const std::string& file) {
    if (file == "-") return standardInput();
    return readFile(file, 64U << 20U);
}

}  // namespace signalbox::ctl
