// Types of node ports and the rule that says which wires are allowed.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/json_schema.h"
#include "base/result.h"
#include "base/value.h"

namespace signalbox::engine {

/// The type of what flows through a port: "any", "null", "boolean", "integer", "number", "string", "bytes",
/// "object", or "array<T>", optionally refined by a JSON Schema that is checked when a value arrives.
/// Immutable, cheap to copy.
class PortType {
public:
    enum class Kind : std::uint8_t { Any, Null, Boolean, Integer, Number, String, Bytes, Object, Array };

    PortType() = default;  ///< any
    explicit PortType(Kind kind) : kind_(kind) {}
    [[nodiscard]] static PortType arrayOf(PortType item);
    /// Error "port.type-syntax".
    [[nodiscard]] static Result<PortType> parse(std::string_view text);

    [[nodiscard]] Kind kind() const { return kind_; }
    [[nodiscard]] PortType item() const;  ///< of Array; any otherwise
    [[nodiscard]] std::string toString() const;
    /// Whether a value is of this type (the refinement aside). Undefined is of no type but any.
    [[nodiscard]] bool admits(const Value& value) const;
    bool operator==(const PortType& other) const;

private:
    Kind kind_ = Kind::Any;
    std::shared_ptr<const PortType> item_;
};

/// How an output of one type may feed an input of another.
enum class Compatibility : std::uint8_t {
    Always,     ///< every value fits: T to T, integer to number, T to any, array<T> to array<U> when T always fits U
    Sometimes,  ///< checked when the value arrives: any to T, number to integer, array<any> to array<T>
    Never,      ///< refused while drawing: string to number, object to array<...>
};
[[nodiscard]] Compatibility compatibility(const PortType& from, const PortType& to);

}  // namespace signalbox::engine
