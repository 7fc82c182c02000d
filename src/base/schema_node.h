// A JSON Schema compiled into nodes with resolved references. Included by the files that implement JsonSchema only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/json_schema.h"
#include "base/pattern.h"
#include "base/value.h"

namespace signalbox {

/// The types of JSON Schema as bits; "integer" is a number without fraction.
enum SchemaType : std::uint8_t {
    kTypeNull = 1U,
    kTypeBoolean = 2U,
    kTypeInteger = 4U,
    kTypeNumber = 8U,
    kTypeString = 16U,
    kTypeArray = 32U,
    kTypeObject = 64U,
};

/// Checks for one place of a value. What is not given is null, empty or zero and allows everything. Numbers are kept
/// as Values, Undefined when not given. Pointers lead into the same SchemaGraph.
struct SchemaNode {
    using Ref = const SchemaNode*;
    struct Dependency {
        std::string key;
        std::vector<std::string> required;
        Ref schema = nullptr;
    };

    bool never = false;  ///< the schema false
    Ref reference = nullptr;

    std::uint8_t types = 0;
    std::optional<std::vector<Value>> allowed;  ///< enum
    Value constant = Value::undefined();

    Value minimum = Value::undefined();
    Value maximum = Value::undefined();
    Value exclusiveMinimum = Value::undefined();
    Value exclusiveMaximum = Value::undefined();
    Value multipleOf = Value::undefined();

    std::optional<std::size_t> minLength;
    std::optional<std::size_t> maxLength;
    std::optional<Pattern> pattern;
    std::string format;

    Ref items = nullptr;
    std::vector<Ref> tuple;
    Ref additionalItems = nullptr;
    Ref contains = nullptr;
    std::optional<std::size_t> minItems;
    std::optional<std::size_t> maxItems;
    bool uniqueItems = false;

    std::vector<std::pair<std::string, Ref>> properties;
    std::vector<std::pair<Pattern, Ref>> patternProperties;
    Ref additionalProperties = nullptr;
    Ref propertyNames = nullptr;
    std::vector<std::string> required;
    std::vector<Dependency> dependencies;
    std::optional<std::size_t> minProperties;
    std::optional<std::size_t> maxProperties;

    std::vector<Ref> allOf;
    std::vector<Ref> anyOf;
    std::vector<Ref> oneOf;
    Ref forbidden = nullptr;  ///< not
    Ref condition = nullptr;  ///< if
    Ref whenTrue = nullptr;
    Ref whenFalse = nullptr;

    /// Those that look at the same place of the value as this one.
    [[nodiscard]] std::vector<Ref> inPlace() const;
    [[nodiscard]] Ref property(std::string_view key) const;
};

/// Owns the nodes; addresses stay.
struct SchemaGraph {
    std::deque<SchemaNode> nodes;
    const SchemaNode* root = nullptr;
};

[[nodiscard]] Result<SchemaGraph> compileSchema(const Value& schema);
[[nodiscard]] std::vector<SchemaViolation> checkSchema(const SchemaGraph& graph, const Value& value);

/// "integer or null"
[[nodiscard]] std::string typeNames(std::uint8_t types);
/// The bit for a name, 0 when it is none.
[[nodiscard]] std::uint8_t typeBit(std::string_view name);
/// What a text of that format must be ("a date such as 2026-03-01") when it is not; empty when it is, or when the
/// format is unknown.
[[nodiscard]] std::string_view formatExpectation(std::string_view format, std::string_view text);

}  // namespace signalbox
