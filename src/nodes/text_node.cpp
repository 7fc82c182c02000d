#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "nodes/csv.h"
#include "nodes/file_nodes.h"

namespace signalbox::nodes {
namespace {

using engine::NodeCall;
using engine::NodeResult;

enum class TextMode : std::uint8_t { Whole, Lines, Paragraphs, Records };

struct TextReaderSettings {
    std::string path;
    TextMode mode;
    std::vector<std::string> fields;
    bool inferTypes;
    bool skipEmpty;
    std::size_t maxItems;
    std::string encoding;
    std::size_t maxBytes;

    static Result<TextReaderSettings> read(const Value& params) {
        const std::string_view mode = params["mode"].asString();
        std::vector<std::string> fields;
        for (const Value& field : params["fields"].items()) fields.emplace_back(field.asString());
        return TextReaderSettings{std::string(params["path"].asString()),
                                  mode == "lines"        ? TextMode::Lines
                                  : mode == "paragraphs" ? TextMode::Paragraphs
                                  : mode == "records"    ? TextMode::Records
                                                         : TextMode::Whole,
                                  std::move(fields),
                                  params["inferTypes"].asBoolean(),
                                  params["skipEmpty"].asBoolean(),
                                  static_cast<std::size_t>(params["maxItems"].asInteger()),
                                  std::string(params["encoding"].asString()),
                                  static_cast<std::size_t>(params["maxBytes"].asInteger())};
    }
};

/// Takes the next line off a text, without its LF or CRLF; none at the end.
std::optional<std::string_view> takeLine(std::string_view& rest) {
    if (rest.empty()) return std::nullopt;
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

bool isBlank(std::string_view line) { return line.find_first_not_of(" \t") == std::string_view::npos; }

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t"), text.size());
    const std::size_t end = text.find_last_not_of(" \t");
    return end == std::string_view::npos ? std::string_view() : text.substr(begin, end + 1 - begin);
}

/// Collects stanzas of "Key: value" lines.
class RecordReader {
public:
    explicit RecordReader(const TextReaderSettings& settings) : settings_(settings) {}

    [[nodiscard]] Status add(std::string_view line, std::size_t number) {
        if (isBlank(line)) {
            endRecord();
            return {};
        }
        if (line[0] == '#') return {};
        if (line[0] == ' ' || line[0] == '\t') {
            if (!inField_) return fail("text.record", fmt::format("Line {} continues nothing", number));
            if (keeps_) {
                const std::string_view more = line.substr(1);
                value_ += '\n';
                if (more != ".") value_ += more;
            }
            return {};
        }
        const std::size_t colon = line.find(':');
        if (colon == std::string_view::npos || colon == 0) {
            return fail("text.record", fmt::format("Line {} is not of the form 'Key: value'", number));
        }
        endField();
        key_ = line.substr(0, colon);
        inField_ = true;
        keeps_ = settings_.fields.empty() || std::ranges::find(settings_.fields, key_) != settings_.fields.end();
        if (keeps_) value_ = trimmed(line.substr(colon + 1));
        return {};
    }
    void endRecord() {
        endField();
        inField_ = false;
        if (members_.size() > 0) records_.push(std::move(members_).build());
        members_ = ObjectBuilder();
    }
    [[nodiscard]] std::size_t count() const { return records_.size(); }
    [[nodiscard]] Value build() && { return std::move(records_).build(); }

private:
    void endField() {
        if (!inField_ || !keeps_) return;
        Value value(value_);
        if (settings_.inferTypes) {
            if (Value number = numberFromText(value_); number.isDefined()) value = std::move(number);
        }
        if (Value* before = members_.find(key_)) {
            std::vector<Value> all;
            if (before->isArray()) {
                all.assign(before->items().begin(), before->items().end());
            } else {
                all.push_back(*before);
            }
            all.push_back(std::move(value));
            *before = Value::array(std::move(all));
        } else {
            members_.set(key_, std::move(value));
        }
    }

    const TextReaderSettings& settings_;
    ArrayBuilder records_;
    ObjectBuilder members_;
    std::string_view key_;
    std::string value_;
    bool inField_ = false;
    bool keeps_ = false;
};

Result<Value> readRecords(const TextReaderSettings& settings, const NodeCall& call, std::string_view text) {
    RecordReader reader(settings);
    std::size_t number = 0;
    while (const auto line = takeLine(text)) {
        if (settings.maxItems != 0 && reader.count() == settings.maxItems) break;
        if (call.stop.stop_requested()) return fail("node.stopped", "Reading was stopped");
        SIGNALBOX_CHECK(reader.add(*line, ++number));
    }
    if (settings.maxItems == 0 || reader.count() < settings.maxItems) reader.endRecord();
    return std::move(reader).build();
}

Value readLines(const TextReaderSettings& settings, std::string_view text) {
    ArrayBuilder lines;
    while (settings.maxItems == 0 || lines.size() < settings.maxItems) {
        const auto line = takeLine(text);
        if (!line) break;
        if (!settings.skipEmpty || !isBlank(*line)) lines.push(*line);
    }
    return std::move(lines).build();
}

Value readParagraphs(const TextReaderSettings& settings, std::string_view text) {
    ArrayBuilder paragraphs;
    std::string paragraph;
    while (settings.maxItems == 0 || paragraphs.size() < settings.maxItems) {
        const auto line = takeLine(text);
        if (line && !isBlank(*line)) {
            if (!paragraph.empty()) paragraph += '\n';
            paragraph += *line;
            continue;
        }
        if (!paragraph.empty()) paragraphs.push(std::exchange(paragraph, {}));
        if (!line) break;
    }
    return std::move(paragraphs).build();
}

NodeResult readText(const FileAccess& access, const TextReaderSettings& settings, const NodeCall& call) {
    SIGNALBOX_TRY(const auto path, resolveForReading(access, call.workspace, settings.path));
    SIGNALBOX_TRY(const std::string text, readTextFile(path, settings.encoding, settings.maxBytes, "text.encoding"));
    switch (settings.mode) {
        case TextMode::Whole:
            return engine::onOutput(text);
        case TextMode::Lines:
            return engine::onOutput(readLines(settings, text));
        case TextMode::Paragraphs:
            return engine::onOutput(readParagraphs(settings, text));
        case TextMode::Records:
            break;
    }
    auto records = readRecords(settings, call, text);
    if (!records) {
        Error error = std::move(records).error();
        error.where = path.string();
        return fail(std::move(error));
    }
    return engine::onOutput(std::move(*records));
}

}  // namespace

Maker textReaderMaker(const SharedAccess& access, const std::shared_ptr<BlockingPool>& pool) {
    return blockingMaker<TextReaderSettings>(pool, [access](const TextReaderSettings& settings, const NodeCall& call) {
        return readText(*access, settings, call);
    });
}

}  // namespace signalbox::nodes
