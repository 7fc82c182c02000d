// What signing in and setting up are sent.
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "base/value.h"

namespace signalbox::gateway {

struct LoginForm {
    std::string token;  ///< of setting up
    std::string login;
    std::string name;
    std::string password;
    bool cookie = false;  ///< for browsers: the session's token is given as a cookie only
};

/// JSON Schemas of the two bodies, and of the answer.
[[nodiscard]] Value loginSchema();
[[nodiscard]] Value setUpSchema();
[[nodiscard]] Value sessionSchema();
/// JSON Schema of what a caller is told of itself.
[[nodiscard]] Value whoSchema();

/// Errors "request.body", "request.unknown-member", "request.invalid" with a pointer.
[[nodiscard]] Result<LoginForm> readLoginForm(const Value& body, const Value& schema);

}  // namespace signalbox::gateway
