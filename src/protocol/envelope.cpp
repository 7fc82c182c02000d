#include "protocol/envelope.h"

#include <algorithm>
#include <array>
#include <type_traits>
#include <utility>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <fmt/format.h>

#include "base/text.h"
#include "protocol/codec.h"
#include "protocol/errors.h"
#include "protocol/required.h"

namespace signalbox::protocol {

namespace {

/// One row a call: what the variant's type knows, by name.
struct Row {
    std::string_view name;
    std::string_view permission;
    Result<Request> (*decodeParams)(const Value&);
    Result<Reply> (*decodeResult)(const Value&);
    Value (*paramsSchema)();
    Value (*resultSchema)();
};

Status checkPresent(const Value& value, const auto& names, const std::string& pointer) {
    for (const std::string_view name : names) {
        if (value.find(name) != nullptr) continue;
        return fail("request.missing-member", fmt::format("\"{}\" is missing", name),
                    fmt::format("{}/{}", pointer, name), "Say it: there is no default for this");
    }
    return {};
}

template <class T>
Status checkRequired(const Value& value, const std::string& pointer = {}) {
    if (!value.isObject()) return {};
    SIGNALBOX_CHECK(checkPresent(value, kRequired<T>, pointer));
    if (!value["id"].asString().empty()) SIGNALBOX_CHECK(checkPresent(value, kRequiredOfChange<T>, pointer));
    Status status;
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(std::declval<T>().*member.pointer)>;
        if constexpr (boost::describe::has_describe_members<Field>::value) {
            const Value* const found = value.find(member.name);
            if (status && found != nullptr) {
                status = checkRequired<Field>(*found, fmt::format("{}/{}", pointer, member.name));
            }
        }
    });
    return status;
}

template <class Call>
Result<Request> decodeParams(const Value& value) {
    SIGNALBOX_TRY(Call call, fromValue<Call>(value));
    SIGNALBOX_CHECK(checkRequired<Call>(value));
    return Request(std::move(call));
}

template <class Dto>
Result<Reply> decodeResult(const Value& value) {
    SIGNALBOX_TRY(Dto dto, fromValue<Dto>(value));
    return Reply(std::move(dto));
}

template <class... Calls>
constexpr auto makeRows(std::type_identity<boost::mp11::mp_list<Calls...>>) {
    return std::array<Row, sizeof...(Calls)>{Row{Calls::kName, Calls::kPermission, decodeParams<Calls>,
                                                 decodeResult<typename Calls::Reply>, schemaOf<Calls>,
                                                 schemaOf<typename Calls::Reply>}...};
}
constexpr auto kRows = makeRows(std::type_identity<RequestTypes::Types>{});

Result<const Row*> findRow(std::string_view name) {
    const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& r) { return r.name == name; });
    if (row != kRows.end()) return row;
    std::vector<std::string> names;
    for (const Row& known : kRows) names.emplace_back(known.name);
    const auto meant = didYouMean(name, names);
    return fail(kUnknownCall, fmt::format("There is no call \"{}\"", name), "/call",
                meant ? fmt::format("Did you mean \"{}\"?", *meant) : std::string());
}

Error under(Error error, std::string_view member) {
    error.where = fmt::format("/{}{}", member, error.where);
    return error;
}

}  // namespace

std::string_view callName(const Request& request) { return kRows[request.index()].name; }

std::string_view permissionOf(const Request& request) { return kRows[request.index()].permission; }

Value encodeRequest(const Request& request) {
    Value params = request.visit([](const auto& call) { return toValue(call); });
    return Value::object({{"call", Value(callName(request))}, {"params", std::move(params)}});
}

Result<Request> decodeRequest(const Value& envelope) {
    if (!envelope.isObject()) return fail(kMalformed, "A request is a JSON object");
    const Value& name = envelope["call"];
    if (!name.isString()) return fail(kMalformed, "A request names its call", "/call");
    SIGNALBOX_TRY(const Row* row, findRow(name.asString()));
    const Value* params = envelope.find("params");
    auto request = row->decodeParams(params != nullptr ? *params : Value::object());
    if (!request) return fail(under(std::move(request).error(), "params"));
    return request;
}

Value encodeOutcome(const Result<Reply>& outcome) {
    if (!outcome) return Value::object({{"error", toValue(toDto(outcome.error()))}});
    return Value::object({{"result", outcome->visit([](const auto& reply) { return toValue(reply); })}});
}

Result<Reply> decodeOutcome(std::string_view call, const Value& envelope) {
    SIGNALBOX_TRY(const Row* row, findRow(call));
    if (const Value* error = envelope.find("error")) {
        auto dto = fromValue<ErrorDto>(*error);
        if (!dto) return fail(under(std::move(dto).error(), "error"));
        return fail(toError(*dto));
    }
    const Value* result = envelope.find("result");
    if (result == nullptr) return fail(kMalformed, "A reply holds a result or an error");
    auto reply = row->decodeResult(*result);
    if (!reply) return fail(under(std::move(reply).error(), "result"));
    return reply;
}

std::vector<CallInfo> calls() {
    std::vector<CallInfo> infos;
    infos.reserve(kRows.size());
    for (const Row& row : kRows) {
        infos.push_back({std::string(row.name), std::string(row.permission), row.paramsSchema(), row.resultSchema()});
    }
    return infos;
}

}  // namespace signalbox::protocol
