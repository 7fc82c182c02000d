#include "gateway/openapi_schemas.h"

#include <string_view>

#include "base/json.h"
#include "protocol/codec.h"

/// Replies that the requests' headers declare.
#define SIGNALBOX_REPLIES(X) \
    X(WorkflowList)          \
    X(ValidationReport)      \
    X(RunRef)                \
    X(RunList)               \
    X(JournalPage)           \
    X(NodeTypeList)          \
    X(RunResult)

namespace signalbox::gateway {

namespace {

/// "RunSummaryDto" is "RunSummary" to whoever reads it.
std::string shortName(std::string_view type) {
    constexpr std::string_view kSuffix = "Dto";
    if (type.ends_with(kSuffix)) type.remove_suffix(kSuffix.size());
    return std::string(type);
}

/// What a schema cannot say by itself.
struct Note {
    const char* type;
    const char* member;
    const char* text;
};
constexpr Note kNotes[] = {
    {"Schedule", "inputs",
     "Of each run. A member whose value is exactly the text \"$scheduledTime\" is given the time that the rule names, "
     "in "
     "the schedule's zone with its offset (2026-03-29T03:00:00+02:00), however late the run starts."},
    {"Schedule", "overlap",
     "When the run before has not ended: \"skip\", \"buffer-one\", \"buffer-all\", \"cancel-other\", "
     "\"terminate-other\" or \"allow-all\"."},
    {"Event", "kind",
     "\"run\", \"node\", \"progress\", \"log\", \"refused\", \"workflow\", \"metrics\", \"lost\", or, of what starts "
     "runs "
     "by itself, \"schedule\", \"webhook\", \"watch\"."},
    {"Event", "triggerId", "Of the schedule, webhook or watched folder. The status says what happened to it."},
};

Value withNotes(const std::string& type, Value schema) {
    for (const Note& note : kNotes) {
        if (type != note.type) continue;
        const Value properties = schema["properties"];
        schema = schema.with(
            "properties", properties.with(note.member, properties[note.member].with("description", Value(note.text))));
    }
    return schema;
}

Value reference(const std::string& name) { return Value::object({{"$ref", Value("#/components/schemas/" + name)}}); }

}  // namespace

NamedSchemas::NamedSchemas() {
    using namespace protocol;
#define SIGNALBOX_NAME(Type) schemas_.emplace(shortName(#Type), schemaOf<Type>());
    SIGNALBOX_DTOS(SIGNALBOX_NAME)
    SIGNALBOX_REPLIES(SIGNALBOX_NAME)
#undef SIGNALBOX_NAME
    // Whatever has no members would be one.
    schemas_.erase("Empty");
    for (const auto& [name, schema] : schemas_) byContent_.emplace(writeJson(schema, JsonStyle::Canonical), name);
}

Value NamedSchemas::refer(const Value& schema) const {
    const auto known = byContent_.find(writeJson(schema, JsonStyle::Canonical));
    return known != byContent_.end() ? reference(known->second) : referInside(schema);
}

Value NamedSchemas::referInside(const Value& schema) const {
    if (!schema.isObject()) return schema;
    Value done = schema;
    if (const Value* const items = schema.find("items")) done = done.with("items", refer(*items));
    if (const Value* const choices = schema.find("anyOf")) {
        ArrayBuilder referred;
        for (const Value& choice : choices->items()) referred.push(refer(choice));
        done = done.with("anyOf", std::move(referred).build());
    }
    if (const Value* const properties = schema.find("properties")) {
        ObjectBuilder referred;
        for (const auto& [name, property] : properties->members()) referred.set(name, refer(property));
        done = done.with("properties", std::move(referred).build());
    }
    return done;
}

Value NamedSchemas::all() const {
    ObjectBuilder components;
    for (const auto& [name, schema] : schemas_) components.set(name, withNotes(name, referInside(schema)));
    return std::move(components).build();
}

}  // namespace signalbox::gateway
