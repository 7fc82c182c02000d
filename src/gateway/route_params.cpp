#include "gateway/route_params.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/json.h"
#include "base/text.h"
#include "gateway/route_query.h"

namespace signalbox::gateway {

namespace {

using Place = RouteField::Place;

constexpr std::string_view kWait = "wait";
constexpr std::string_view kId = "id";

std::vector<std::string> namesIn(std::string_view pattern) {
    std::vector<std::string> names;
    for (std::size_t open = pattern.find('{'); open != std::string_view::npos; open = pattern.find('{', open + 1)) {
        names.emplace_back(pattern.substr(open + 1, pattern.find('}', open) - open - 1));
    }
    return names;
}

/// What headers say, or the route itself.
bool isHidden(const Route& route, std::string_view name) {
    return name == "expectedEtag" || name == "idempotencyKey" || name == route.fixed ||
           (route.handler == Handler::Execute && name == "text");
}

std::vector<std::string> memberNames(const Value& object) {
    std::vector<std::string> names;
    for (const auto& [name, value] : object.members()) names.push_back(name);
    return names;
}

std::string suggestion(std::string_view typed, const std::vector<std::string>& known) {
    if (const auto meant = didYouMean(typed, known)) return fmt::format("Did you mean \"{}\"?", *meant);
    if (known.empty()) return "There are none here";
    return fmt::format("There are: {}", fmt::join(known, ", "));
}

Status checkItems(const Value& schema, const Value& value, const std::string& pointer) {
    for (std::size_t i = 0; i < value.size(); ++i) {
        SIGNALBOX_CHECK(checkMembers(schema["items"], value.at(i), fmt::format("{}/{}", pointer, i)));
    }
    return {};
}

}  // namespace

Status checkMembers(const Value& schema, const Value& value, const std::string& pointer) {
    if (const Value* const choices = schema.find("anyOf")) return checkMembers(choices->at(0), value, pointer);
    if (value.isArray() && schema.find("items") != nullptr) return checkItems(schema, value, pointer);
    const Value* const known = schema.find("properties");
    if (known == nullptr || !value.isObject()) return {};
    for (const auto& [name, member] : value.members()) {
        const std::string place = fmt::format("{}/{}", pointer, name);
        const Value* const its = known->find(name);
        if (its == nullptr) {
            return fail("request.unknown-member", fmt::format("There is no member \"{}\" here", name), place,
                        suggestion(name, memberNames(*known)));
        }
        SIGNALBOX_CHECK(checkMembers(*its, member, place));
    }
    return {};
}

RouteParams::RouteParams(const Route& route, const Value& schema) : route_(route), pathNames_(namesIn(route.pattern)) {
    const bool reads = route.method == Method::Get || route.method == Method::Delete;
    waits_ = route.handler == Handler::Start || route.handler == Handler::Execute || route.handler == Handler::Rerun;
    const Value& properties = schema["properties"];
    ObjectBuilder body;
    for (const auto& [name, its] : properties.members()) {
        const bool inPath = std::find(pathNames_.begin(), pathNames_.end(), name) != pathNames_.end();
        Place place = reads || !route.into.empty() ? Place::Query : Place::Body;
        if (isHidden(route, name)) place = Place::Hidden;
        if (name == route.into) place = Place::Whole;
        if (inPath) place = Place::Path;
        if (place == Place::Body) body.set(name, its);
        takesBody_ = takesBody_ || place == Place::Body || place == Place::Whole;
        fields_.push_back({name, place, its});
    }
    for (const auto& name : pathNames_) {
        if (properties.find(name) != nullptr) continue;
        const auto place = route.into.empty() ? Place::PathCheck : Place::PathOfBody;
        fields_.push_back({name, place, Value::object({{"type", "string"}})});
    }
    bodySchema_ = Value::object({{"properties", std::move(body).build()}});
}

const RouteField* RouteParams::find(std::string_view name, Place place) const {
    const auto found = std::find_if(fields_.begin(), fields_.end(),
                                    [&](const auto& field) { return field.place == place && field.name == name; });
    return found == fields_.end() ? nullptr : &*found;
}

std::string_view RouteParams::pathValue(const RouteMatch& match, std::string_view name) const {
    const auto found = std::find(pathNames_.begin(), pathNames_.end(), name);
    return match.parameters[static_cast<std::size_t>(found - pathNames_.begin())];
}

tl::unexpected<Error> RouteParams::unknownParameter(std::string_view name) const {
    std::vector<std::string> known;
    for (const auto& field : fields_) {
        if (field.place == Place::Query) known.push_back(field.name);
    }
    if (waits_) known.emplace_back(kWait);
    return fail("request.unknown-parameter", fmt::format("There is no query parameter \"{}\" here", name),
                fmt::format("?{}", name), suggestion(name, known));
}

Status RouteParams::addQuery(ObjectBuilder& params, std::string_view query, std::string* wait) const {
    if (query.empty()) return {};
    SIGNALBOX_TRY(const QueryParts parts, parseQuery(query));
    std::vector<std::pair<const RouteField*, std::vector<Value>>> lists;
    for (const auto& [name, text] : parts) {
        if (waits_ && name == kWait && wait != nullptr) {
            *wait = text;
            continue;
        }
        const RouteField* const field = find(name, Place::Query);
        if (field == nullptr) return unknownParameter(name);
        const bool isList = field->schema["type"].asString() == "array";
        SIGNALBOX_TRY(Value value, queryValue(name, text, isList ? field->schema["items"] : field->schema));
        if (!isList) {
            if (params.add(name, std::move(value)) == nullptr) {
                return fail("request.parameter", fmt::format("\"{}\" is given twice", name), "?" + name);
            }
            continue;
        }
        const auto list = std::find_if(lists.begin(), lists.end(), [&](const auto& l) { return l.first == field; });
        if (list == lists.end())
            lists.push_back({field, {std::move(value)}});
        else
            list->second.push_back(std::move(value));
    }
    for (auto& [field, items] : lists) params.set(field->name, Value::array(std::move(items)));
    return {};
}

Result<Value> RouteParams::wholeBody(const RouteField& field, const RouteMatch& match, const Value& body) const {
    Value whole = body.isUndefined() ? Value::object() : body;
    if (!whole.isObject()) return fail("request.body", "The body must be a JSON object", "/");
    SIGNALBOX_CHECK(checkMembers(field.schema, whole));
    const bool hasId = field.schema["properties"].find(kId) != nullptr;
    if (!hasId) return whole;
    const std::string_view given = whole[kId].asString();
    if (find(kId, Place::PathOfBody) == nullptr) {
        if (given.empty()) return whole;
        return fail("request.id-mismatch", "The gateway gives ids; this one must not have one", "/id",
                    "Leave it out, or use PUT to change what there is");
    }
    const std::string_view wanted = pathValue(match, kId);
    if (!given.empty() && given != wanted) {
        return fail("request.id-mismatch",
                    fmt::format("The body is about \"{}\", the path about \"{}\"", given, wanted), "/id",
                    "Give the same id in both, or leave it out of the body");
    }
    return whole.with(kId, Value(wanted));
}

Status RouteParams::addBody(ObjectBuilder& params, const RouteMatch& match, const Value& body) const {
    if (!takesBody_) {
        const bool isNothing = body.isUndefined() || (body.isObject() && body.empty());
        return isNothing ? Status() : fail("request.body", "There is nothing to send here", "/", "Leave the body out");
    }
    if (!route_.into.empty()) {
        const RouteField& field = *find(route_.into, Place::Whole);
        SIGNALBOX_TRY(Value whole, wholeBody(field, match, body));
        params.set(route_.into, std::move(whole));
        return {};
    }
    if (body.isUndefined()) return {};
    if (!body.isObject()) return fail("request.body", "The body must be a JSON object", "/");
    SIGNALBOX_CHECK(checkMembers(bodySchema_, body));
    for (const auto& [name, value] : body.members()) params.set(name, value);
    return {};
}

Result<Value> RouteParams::build(const RouteMatch& match, std::string_view query, const Value& body,
                                 std::string* wait) const {
    ObjectBuilder params;
    SIGNALBOX_CHECK(addQuery(params, query, wait));
    SIGNALBOX_CHECK(addBody(params, match, body));
    for (const auto& field : fields_) {
        if (field.place != Place::Path) continue;
        SIGNALBOX_TRY(Value value, pathValueOf(field.name, pathValue(match, field.name), field.schema));
        params.set(field.name, std::move(value));
    }
    if (!route_.fixed.empty()) params.set(route_.fixed, Value(route_.fixedValue));
    return std::move(params).build();
}

}  // namespace signalbox::gateway
