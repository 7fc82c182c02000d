// Errors on the wire, and the codes that the protocol itself uses.
#pragma once

#include "base/result.h"
#include "protocol/dto.h"

namespace signalbox::protocol {

[[nodiscard]] ErrorDto toDto(const Error& error);
[[nodiscard]] Error toError(const ErrorDto& dto);

inline constexpr const char* kTypeError = "protocol.type";
inline constexpr const char* kUnknownCall = "protocol.call-unknown";
inline constexpr const char* kMalformed = "protocol.malformed";

}  // namespace signalbox::protocol
