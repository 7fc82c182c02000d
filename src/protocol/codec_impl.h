// The templates behind codec.h. Included only by the files that instantiate them.
#pragma once

#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>
#include <fmt/format.h>

#include "protocol/codec.h"
#include "protocol/required.h"

namespace signalbox::protocol::detail {

template <class T>
concept Described = boost::describe::has_describe_members<T>::value;
template <class T>
concept WholeNumber = std::integral<T> && !std::same_as<T, bool>;

template <class T>
inline constexpr bool kIsOptional = false;
template <class T>
inline constexpr bool kIsOptional<std::optional<T>> = true;
template <class T>
inline constexpr bool kIsVector = false;
template <class T>
inline constexpr bool kIsVector<std::vector<T>> = true;

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public>;

/// Undefined means: leave the member out.
template <class T>
Value write(const T& in) {
    if constexpr (std::same_as<T, Value>) {
        return in;
    } else if constexpr (kIsOptional<T>) {
        return in ? write(*in) : Value::undefined();
    } else if constexpr (kIsVector<T>) {
        ArrayBuilder items;
        items.reserve(in.size());
        for (const auto& item : in) items.push(write(item));
        return std::move(items).build();
    } else if constexpr (Described<T>) {
        ObjectBuilder object;
        boost::mp11::mp_for_each<Members<T>>([&](auto member) {
            Value value = write(in.*member.pointer);
            if (value.isDefined()) object.set(member.name, std::move(value));
        });
        return std::move(object).build();
    } else if constexpr (std::same_as<T, double>) {
        return std::isfinite(in) ? Value(in) : Value::undefined();
    } else {
        return Value(in);
    }
}

[[nodiscard]] inline Status wrongType(const char* wanted, const Value& got) {
    return fail("protocol.type", fmt::format("Expected {}, got {}", wanted, kindName(got.kind())));
}

template <WholeNumber T>
Status readWhole(T& out, const Value& value) {
    if (!value.isInteger()) return wrongType("an integer", value);
    const std::int64_t number = value.asInteger();
    if (!std::in_range<T>(number)) return fail("protocol.range", fmt::format("{} is out of range", number));
    out = static_cast<T>(number);
    return {};
}

/// Errors get their place on the way out, so that a good message costs nothing.
[[nodiscard]] inline Status at(Status status, std::string_view step) {
    if (!status) status.error().where = fmt::format("/{}{}", step, status.error().where);
    return status;
}

template <class T>
Status read(T& out, const Value& value);

template <class T>
Status readItems(std::vector<T>& out, const Value& value) {
    if (!value.isArray()) return wrongType("an array", value);
    out.clear();
    out.resize(value.size());
    for (std::size_t i = 0; i < out.size(); ++i) {
        SIGNALBOX_CHECK(at(read(out[i], value.at(i)), std::to_string(i)));
    }
    return {};
}

template <Described T>
Status readMembers(T& out, const Value& value) {
    if (!value.isObject()) return wrongType("an object", value);
    Status status;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        if (!status) return;
        if (const Value* found = value.find(member.name)) status = at(read(out.*member.pointer, *found), member.name);
    });
    return status;
}

template <class T>
Status read(T& out, const Value& value) {
    if constexpr (std::same_as<T, Value>) {
        out = value;
    } else if constexpr (kIsOptional<T>) {
        using Inner = typename T::value_type;
        if (value.isNull() && !std::same_as<Inner, Value>) {
            out.reset();
            return {};
        }
        return read(out.emplace(), value);
    } else if constexpr (kIsVector<T>) {
        return readItems(out, value);
    } else if constexpr (Described<T>) {
        return readMembers(out, value);
    } else if constexpr (std::same_as<T, std::string>) {
        if (!value.isString()) return wrongType("a string", value);
        out = std::string(value.asString());
    } else if constexpr (std::same_as<T, bool>) {
        if (!value.isBoolean()) return wrongType("a boolean", value);
        out = value.asBoolean();
    } else if constexpr (std::same_as<T, double>) {
        if (!value.isNumber()) return wrongType("a number", value);
        out = value.asNumber();
    } else {
        return readWhole(out, value);
    }
    return {};
}

template <WholeNumber T>
Value wholeSchema() {
    Value schema = Value::object({{"type", "integer"}});
    // The ends of 64 bits are past what JSON numbers hold exactly elsewhere.
    if constexpr (std::unsigned_integral<T> || sizeof(T) < sizeof(std::int64_t)) {
        schema = schema.with("minimum", Value(std::numeric_limits<T>::min()));
    }
    if constexpr (sizeof(T) < sizeof(std::int64_t))
        schema = schema.with("maximum", Value(std::numeric_limits<T>::max()));
    return schema;
}

template <class T>
Value schema();

template <Described T>
Value objectSchema() {
    const T defaults{};
    ObjectBuilder properties;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Field = std::remove_cvref_t<decltype(defaults.*member.pointer)>;
        Value field = schema<Field>();
        if constexpr (std::is_arithmetic_v<Field>) field = field.with("default", write(defaults.*member.pointer));
        properties.set(member.name, std::move(field));
    });
    Value object = Value::object({{"type", "object"}, {"properties", std::move(properties).build()}});
    if constexpr (!kRequired<T>.empty()) {
        ArrayBuilder required;
        for (const std::string_view name : kRequired<T>) required.push(Value(name));
        object = object.with("required", std::move(required).build());
    }
    return object;
}

template <class T>
Value schema() {
    if constexpr (std::same_as<T, Value> || std::same_as<T, std::optional<Value>>) {
        return Value::object();
    } else if constexpr (kIsOptional<T>) {
        return Value::object(
            {{"anyOf", Value::array({schema<typename T::value_type>(), Value::object({{"type", "null"}})})}});
    } else if constexpr (kIsVector<T>) {
        return Value::object({{"type", "array"}, {"items", schema<typename T::value_type>()}});
    } else if constexpr (Described<T>) {
        return objectSchema<T>();
    } else if constexpr (std::same_as<T, std::string>) {
        return Value::object({{"type", "string"}});
    } else if constexpr (std::same_as<T, bool>) {
        return Value::object({{"type", "boolean"}});
    } else if constexpr (std::same_as<T, double>) {
        return Value::object({{"type", "number"}});
    } else {
        return wholeSchema<T>();
    }
}

}  // namespace signalbox::protocol::detail

namespace signalbox::protocol {

template <class T>
Value toValue(const T& dto) {
    return detail::write(dto);
}

template <class T>
Result<T> fromValue(const Value& value) {
    T dto;
    SIGNALBOX_CHECK(detail::read(dto, value));
    return dto;
}

template <class T>
Value schemaOf() {
    return detail::schema<T>();
}

}  // namespace signalbox::protocol

#define SIGNALBOX_INSTANTIATE_CODEC(Type)                \
    namespace signalbox::protocol {                      \
    template Value toValue<Type>(const Type&);           \
    template Result<Type> fromValue<Type>(const Value&); \
    template Value schemaOf<Type>();                     \
    }
