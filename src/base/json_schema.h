// JSON Schema (draft 7) over Values: node parameters, port refinements, ValidationNode.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "base/value.h"

namespace signalbox {

/// One place where a value breaks its schema.
struct SchemaViolation {
    std::string pointer;  ///< RFC 6901 pointer into the value; "" is the root
    std::string message;  ///< "is required but missing", "must be of type integer", ...
};

/// A compiled schema. Immutable; may be used from any thread.
class JsonSchema {
public:
    /// Error "schema.invalid". References are resolved inside the schema only; nothing is fetched.
    [[nodiscard]] static Result<JsonSchema> compile(const Value& schema);
    /// Empty when the value is valid; otherwise the leaf violations, most specific places first.
    [[nodiscard]] std::vector<SchemaViolation> validate(const Value& value) const;

private:
    struct Compiled;
    explicit JsonSchema(std::shared_ptr<const Compiled> compiled) : compiled_(std::move(compiled)) {}
    std::shared_ptr<const Compiled> compiled_;
};

}  // namespace signalbox
