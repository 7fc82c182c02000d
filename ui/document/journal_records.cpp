#include "ui/document/journal_records.h"

#include <cstring>
#include <utility>

#include "base/hash.h"
#include "base/json.h"

namespace signalbox::ui::journal {

namespace {

constexpr std::size_t kPrefix = sizeof(std::uint32_t) + sizeof(std::uint64_t);
constexpr std::uint32_t kLongest = 256U << 20U;

template <class T>
void putLittleEndian(std::string& out, T number) {
    for (std::size_t i = 0; i < sizeof(T); ++i) out += static_cast<char>((number >> (8 * i)) & 0xffU);
}

template <class T>
T littleEndian(std::string_view bytes) {
    T number = 0;
    for (std::size_t i = 0; i < sizeof(T); ++i) {
        number |= static_cast<T>(static_cast<unsigned char>(bytes[i])) << (8 * i);
    }
    return number;
}

Value changeRecord(const Change& change) {
    ObjectBuilder record;
    record.set("at", change.pointer);
    // An array item that is added and one that is replaced differ only in what was there before.
    if (change.before.isUndefined()) record.set("adds", true);
    if (change.after.isDefined()) record.set("to", change.after);
    if (change.place) record.set("place", static_cast<std::int64_t>(*change.place));
    return std::move(record).build();
}

Change changeOf(const Value& root, const Value& record) {
    Change change;
    change.pointer = record["at"].asString();
    if (!record["adds"].asBoolean()) change.before = resolvePointer(root, change.pointer);
    change.after = record["to"];
    if (record["place"].isInteger()) change.place = static_cast<std::size_t>(record["place"].asInteger());
    return change;
}

std::string text(const Value& record, std::string_view name) { return std::string(record[name].asString()); }

bool playHeader(const Value& record, RecoveredEdits& edits) {
    edits.header = {text(record, "gateway"), text(record, "workflow"),   text(record, "name"),    text(record, "etag"),
                    text(record, "base"),    record["wall"].asInteger(), text(record, "replaces")};
    auto base = parseJson(edits.header.base);
    edits.document = base && base->isObject() ? std::move(*base) : Value::undefined();
    return !edits.header.workflow.empty();
}

bool playEdit(const Value& record, RecoveredEdits& edits) {
    Value document = edits.document;
    for (const auto& each : record["changes"].items()) {
        auto change = changeOf(document, each);
        auto made = applied(document, change);
        if (!made) return false;
        document = std::move(*made);
    }
    edits.document = std::move(document);
    edits.steps.push_back({text(record, "text"), record["wall"].asInteger()});
    return true;
}

bool playSnapshot(const Value& record, RecoveredEdits& edits) {
    edits.document = record["document"];
    edits.steps.clear();
    for (const auto& step : record["steps"].items()) {
        edits.steps.push_back({text(step, "text"), step["wall"].asInteger()});
    }
    edits.stepsBefore = static_cast<std::size_t>(record["stepsBefore"].asInteger());
    return true;
}

}  // namespace

std::string frame(const Value& record) {
    const auto payload = writeJson(record);
    std::string out;
    out.reserve(kPrefix + payload.size());
    putLittleEndian(out, static_cast<std::uint32_t>(payload.size()));
    putLittleEndian(out, checksum64(payload));
    return out += payload;
}

Frames unframe(std::string_view bytes) {
    Frames frames;
    while (!bytes.empty()) {
        frames.torn = true;
        if (bytes.size() < kPrefix) break;
        const auto length = littleEndian<std::uint32_t>(bytes);
        const auto checksum = littleEndian<std::uint64_t>(bytes.substr(sizeof(std::uint32_t)));
        if (length > kLongest || bytes.size() - kPrefix < length) break;
        const auto payload = bytes.substr(kPrefix, length);
        if (checksum64(payload) != checksum) break;
        auto record = parseJson(payload, false, {2000, kLongest});
        if (!record) break;
        frames.records.push_back(std::move(*record));
        bytes.remove_prefix(kPrefix + length);
        frames.torn = false;
    }
    return frames;
}

Value headerRecord(const JournalHeader& header) {
    return Value::object({{"kind", "header"},
                          {"gateway", header.gateway},
                          {"workflow", header.workflow},
                          {"name", header.name},
                          {"etag", header.etag},
                          {"base", header.base},
                          {"wall", header.wall},
                          {"replaces", header.replaces}});
}

Value editRecord(const JournalEntry& entry) {
    ArrayBuilder changes;
    for (const auto& change : entry.changes) changes.push(changeRecord(change));
    return Value::object(
        {{"kind", "edit"}, {"text", entry.text}, {"wall", entry.wall}, {"changes", std::move(changes).build()}});
}

Value snapshotRecord(const Value& document, const std::vector<RecoveredEdits::Step>& steps, std::size_t stepsBefore) {
    ArrayBuilder list;
    for (const auto& step : steps) list.push(Value::object({{"text", step.text}, {"wall", step.wall}}));
    return Value::object({{"kind", "snapshot"},
                          {"document", document},
                          {"steps", std::move(list).build()},
                          {"stepsBefore", static_cast<std::int64_t>(stepsBefore)}});
}

bool play(const Value& record, RecoveredEdits& edits) {
    const auto kind = record["kind"].asString();
    if (kind == "header") return playHeader(record, edits);
    if (kind == "edit") return playEdit(record, edits);
    if (kind == "snapshot") return playSnapshot(record, edits);
    return false;
}

}  // namespace signalbox::ui::journal
