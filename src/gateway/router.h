// Which route a method and path belong to: a radix tree over the patterns.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace signalbox::gateway {

/// HEAD is GET without the body, OPTIONS is asked of every path.
enum class Method : std::uint8_t { Get, Post, Put, Delete };
inline constexpr std::size_t kMethodCount = 4;
[[nodiscard]] std::string_view methodName(Method method) noexcept;  ///< "GET"

/// Where a request goes.
struct RouteMatch {
    enum class Kind : std::uint8_t { Found, Options, WrongMethod, NotFound };
    static constexpr std::size_t kMostParameters = 4;

    Kind kind = Kind::NotFound;
    std::size_t route = 0;                                       ///< of Found
    std::array<std::string_view, kMostParameters> parameters{};  ///< parts of the path, in the pattern's order
    std::size_t parameterCount = 0;
    std::string allow;  ///< of Options and WrongMethod: "GET, HEAD, OPTIONS"
};

/// Immutable once routes are added; then thread-safe. What is spelt out goes before a parameter.
class Router {
public:
    Router();
    Router(const Router&) = delete;
    Router& operator=(const Router&) = delete;
    ~Router();

    /// "/api/v1/runs/{runId}/nodes/{nodeId}": a parameter is one whole segment. Errors "route.pattern",
    /// "route.duplicate".
    [[nodiscard]] Status add(Method method, std::string_view pattern, std::size_t route);
    /// The match refers to `path`.
    [[nodiscard]] RouteMatch find(std::string_view method, std::string_view path) const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace signalbox::gateway
