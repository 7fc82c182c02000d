#include "protocol/errors.h"

namespace signalbox::protocol {

ErrorDto toDto(const Error& error) { return {error.code, error.message, error.where, error.hint, error.retryable}; }

Error toError(const ErrorDto& dto) { return {dto.code, dto.message, dto.where, dto.hint, dto.retryable}; }

}  // namespace signalbox::protocol
