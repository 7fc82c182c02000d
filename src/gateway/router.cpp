#include "gateway/router.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace signalbox::gateway {

namespace {

constexpr std::int32_t kNone = -1;

constexpr std::array<std::string_view, kMethodCount> kNames = {"GET", "POST", "PUT", "DELETE"};

}  // namespace

std::string_view methodName(Method method) noexcept { return kNames[static_cast<std::size_t>(method)]; }

struct Router::Node {
    std::string prefix;                           ///< of literal text; empty for root and parameters
    std::vector<std::unique_ptr<Node>> children;  ///< literals, each with another first character
    std::unique_ptr<Node> parameter;              ///< takes the rest of a segment
    std::array<std::int32_t, kMethodCount> routes{kNone, kNone, kNone, kNone};

    [[nodiscard]] bool isEnd() const {
        return std::any_of(routes.begin(), routes.end(), [](std::int32_t route) { return route != kNone; });
    }
    [[nodiscard]] std::int32_t of(std::string_view method) const {
        if (method == "HEAD") method = "GET";
        const auto found = std::find(kNames.begin(), kNames.end(), method);
        return found == kNames.end() ? kNone : routes[static_cast<std::size_t>(found - kNames.begin())];
    }
    [[nodiscard]] std::string allowed() const {
        std::string text;
        for (std::size_t i = 0; i < kMethodCount; ++i) {
            if (routes[i] == kNone) continue;
            text += fmt::format("{}, {}", kNames[i], i == 0 ? "HEAD, " : "");
        }
        return text + "OPTIONS";
    }
    Node& literal(std::string_view text);
    [[nodiscard]] const Node* find(std::string_view rest, RouteMatch& match) const;
};

/// The node at the end of that text below this one; splits what shares only a part of it.
Router::Node& Router::Node::literal(std::string_view text) {
    if (text.empty()) return *this;
    for (auto& child : children) {
        const auto [mine, its] = std::mismatch(text.begin(), text.end(), child->prefix.begin(), child->prefix.end());
        const auto common = static_cast<std::size_t>(mine - text.begin());
        if (common == 0) continue;
        if (its != child->prefix.end()) {
            auto upper = std::make_unique<Node>();
            upper->prefix = child->prefix.substr(0, common);
            child->prefix.erase(0, common);
            upper->children.push_back(std::move(child));
            child = std::move(upper);
        }
        return child->literal(text.substr(common));
    }
    children.push_back(std::make_unique<Node>());
    children.back()->prefix = text;
    return *children.back();
}

const Router::Node* Router::Node::find(std::string_view rest, RouteMatch& match) const {
    if (rest.empty()) return isEnd() ? this : nullptr;
    for (const auto& child : children) {
        if (child->prefix.front() != rest.front()) continue;
        if (!rest.starts_with(child->prefix)) break;
        if (const Node* const found = child->find(rest.substr(child->prefix.size()), match)) return found;
        break;
    }
    const std::size_t length = std::min(rest.find('/'), rest.size());
    if (parameter == nullptr || length == 0) return nullptr;
    const std::size_t place = match.parameterCount++;
    match.parameters[place] = rest.substr(0, length);
    if (const Node* const found = parameter->find(rest.substr(length), match)) return found;
    match.parameterCount = place;
    return nullptr;
}

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;

Status Router::add(Method method, std::string_view pattern, std::size_t route) {
    Node* node = root_.get();
    std::size_t parameters = 0;
    for (std::string_view rest = pattern; !rest.empty();) {
        const std::size_t open = std::min(rest.find('{'), rest.size());
        node = &node->literal(rest.substr(0, open));
        rest.remove_prefix(open);
        if (rest.empty()) break;
        const std::size_t close = rest.find('}');
        const bool isWhole = open > 0 && pattern[static_cast<std::size_t>(rest.data() - pattern.data()) - 1] == '/' &&
                             close != std::string_view::npos && close > 1 &&
                             (close + 1 == rest.size() || rest[close + 1] == '/');
        if (!isWhole || ++parameters > RouteMatch::kMostParameters) {
            return fail("route.pattern", "A parameter of a route is one whole segment", std::string(pattern));
        }
        if (!node->parameter) node->parameter = std::make_unique<Node>();
        node = node->parameter.get();
        rest.remove_prefix(close + 1);
    }
    auto& place = node->routes[static_cast<std::size_t>(method)];
    if (node == root_.get() || place != kNone) {
        return fail("route.duplicate", fmt::format("{} is there already", methodName(method)), std::string(pattern));
    }
    place = static_cast<std::int32_t>(route);
    return {};
}

RouteMatch Router::find(std::string_view method, std::string_view path) const {
    RouteMatch match;
    const Node* const node = root_->find(path, match);
    if (node == nullptr) return match;
    if (const std::int32_t route = node->of(method); route != kNone) {
        match.kind = RouteMatch::Kind::Found;
        match.route = static_cast<std::size_t>(route);
        return match;
    }
    match.kind = method == "OPTIONS" ? RouteMatch::Kind::Options : RouteMatch::Kind::WrongMethod;
    match.allow = node->allowed();
    return match;
}

}  // namespace signalbox::gateway
