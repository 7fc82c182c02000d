#include <fmt/format.h>

#include "base/file.h"
#include "base/json.h"
#include "base/text.h"
#include "nodes/file_nodes.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;
using engine::onOutput;

/// Whether a file holds one value a line: as the parameter "format" says, or by its name.
bool isLines(const Value& params) {
    const std::string_view format = params["format"].asString();
    const std::string_view path = params["path"].asString();
    if (format != "auto") return format == "lines";
    return path.ends_with(".jsonl") || path.ends_with(".ndjson");
}

struct JsonReaderSettings {
    std::string path;
    bool lines;
    std::string pointer;
    bool skipBadLines;
    std::size_t maxBytes;
    static Result<JsonReaderSettings> read(const Value& params) {
        return JsonReaderSettings{std::string(params["path"].asString()), isLines(params),
                                  std::string(params["pointer"].asString()), params["onBadLine"].asString() == "skip",
                                  static_cast<std::size_t>(params["maxBytes"].asInteger())};
    }
};

Error inFile(Error error, const std::string& file) {
    error.where = error.where.empty() ? file : fmt::format("{}, {}", file, error.where);
    return error;
}

Result<Value> readLines(const JsonReaderSettings& settings, const NodeCall& call, const std::string& file,
                        std::string_view text) {
    ArrayBuilder values;
    std::size_t number = 0;
    for (std::string_view line : split(text, '\n')) {
        ++number;
        if (call.stop.stop_requested()) return fail("node.stopped", "Reading was stopped", file);
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto value = parseJson(line);
        if (value) {
            values.push(std::move(*value));
            continue;
        }
        Error error = std::move(value).error();
        error.message = fmt::format("Line {}: {}", number, error.message);
        error.where = fmt::format("{}:{}", file, number);
        if (!settings.skipBadLines) return fail(std::move(error));
        call.log(LogLevel::Warning, "Skipped a line that is not JSON. " + error.message,
                 Value::object({{"file", file}, {"line", number}}));
    }
    return std::move(values).build();
}

NodeResult readJsonFile(const FileAccess& access, const JsonReaderSettings& settings, const NodeCall& call) {
    SIGNALBOX_TRY(const auto path, resolveForReading(access, call.workspace, settings.path));
    SIGNALBOX_TRY(std::string text, readFile(path, settings.maxBytes));
    if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
    Value value;
    if (settings.lines) {
        SIGNALBOX_TRY(value, readLines(settings, call, path.string(), text));
    } else {
        auto parsed = parseJson(text);
        if (!parsed) return fail(inFile(std::move(parsed).error(), path.string()));
        value = std::move(*parsed);
    }
    if (!settings.pointer.empty()) {
        value = resolvePointer(value, settings.pointer);
        if (value.isUndefined()) {
            return fail("json.no-such-part", fmt::format("There is nothing at '{}'", settings.pointer), path.string());
        }
    }
    return onOutput(std::move(value));
}

struct JsonWriterSettings {
    std::string path;
    bool lines;
    JsonStyle style;
    static Result<JsonWriterSettings> read(const Value& params) {
        const std::string_view style = params["style"].asString();
        return JsonWriterSettings{std::string(params["path"].asString()), isLines(params),
                                  style == "canonical" ? JsonStyle::Canonical
                                  : style == "compact" ? JsonStyle::Compact
                                                       : JsonStyle::Pretty};
    }
};

NodeResult writeJsonFile(const FileAccess& access, const JsonWriterSettings& settings, const NodeCall& call) {
    const Value& input = call.input("input");
    std::string text;
    if (settings.lines) {
        if (!input.isArray()) {
            return fail("json.not-an-array",
                        fmt::format("JSON Lines needs an array; the input is of kind {}", kindName(input.kind())));
        }
        const JsonStyle style = settings.style == JsonStyle::Pretty ? JsonStyle::Compact : settings.style;
        for (const Value& item : input.items()) {
            appendJson(text, item, style);
            text += '\n';
        }
    } else {
        appendJson(text, input, settings.style);
        if (!text.ends_with('\n')) text += '\n';
    }
    SIGNALBOX_TRY(const auto path, resolveForWriting(access, call.workspace, settings.path));
    SIGNALBOX_CHECK(writeFileAtomically(path, text));
    return onOutput(Value::object({{"path", path.string()}, {"bytes", text.size()}}));
}

}  // namespace

Maker jsonReaderMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool) {
    return blockingMaker<JsonReaderSettings>(pool, [access](const JsonReaderSettings& settings, const NodeCall& call) {
        return readJsonFile(*access, settings, call);
    });
}

Maker jsonWriterMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool) {
    return blockingMaker<JsonWriterSettings>(pool, [access](const JsonWriterSettings& settings, const NodeCall& call) {
        return writeJsonFile(*access, settings, call);
    });
}

}  // namespace signalbox::nodes
