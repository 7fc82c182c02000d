// DTOs to Values (and so to JSON) and back, and their JSON Schemas, all derived from the one Boost.Describe
// description.
#pragma once

#include "base/result.h"
#include "base/value.h"
#include "protocol/codec_types.h"

namespace signalbox::protocol {

// Defined for every type that codec_types.h lists; compiled once, in codec_dto.cpp and codec_calls.cpp.

/// An object with every member of the struct. Left out are empty optionals, undefined Values and numbers that are not
/// finite.
template <class T>
[[nodiscard]] Value toValue(const T& dto);

/// Members that the struct does not have are ignored and missing ones keep their defaults, so that both sides may grow.
/// Errors "protocol.type" and "protocol.range" (an integer that does not fit) with an RFC 6901 pointer in where.
template <class T>
[[nodiscard]] Result<T> fromValue(const Value& value);

/// JSON Schema (draft 7) that accepts what toValue writes.
template <class T>
[[nodiscard]] Value schemaOf();

}  // namespace signalbox::protocol
