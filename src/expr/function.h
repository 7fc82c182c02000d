// Functions as values, and the frames that hold variables.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "expr/ast.h"
#include "expr/item.h"

namespace signalbox::expr {

class Frame;
class Regex;

/// Knows every living frame, so that cycles of closures can be broken when the evaluation ends.
class FrameRegistry {
public:
    FrameRegistry() = default;
    FrameRegistry(const FrameRegistry&) = delete;
    FrameRegistry& operator=(const FrameRegistry&) = delete;
    ~FrameRegistry() { clear(); }
    void clear() noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    friend class Frame;
    Frame* first_ = nullptr;
    std::size_t size_ = 0;
};

/// The variables of one block or call. Looking up goes on in the parent.
class Frame final : public Rich {
public:
    Frame(FrameRegistry& registry, Ref<Frame> parent);
    ~Frame() override;
    void bind(const Symbol* symbol, Item item);
    [[nodiscard]] const Item* find(const Symbol* symbol) const noexcept;
    void clear() noexcept;

private:
    friend class FrameRegistry;
    using Binding = std::pair<const Symbol*, Item>;
    [[nodiscard]] const Item* findOwn(const Symbol* symbol) const noexcept;

    std::array<Binding, 2> first_{};  ///< without a symbol when free
    std::vector<Binding> more_;
    Ref<Frame> parent_;
    FrameRegistry* registry_;  ///< null once it has let go of this frame
    Frame* previous_ = nullptr;
    Frame* next_ = nullptr;
};

struct LambdaBody {
    const LambdaNode* node;
    Ref<Frame> frame;
    Item input;
};
struct BuiltinBody {
    const Builtin* builtin;
};
struct PartialBody {
    Item target;
    std::vector<std::optional<Item>> fixed;  ///< an empty place is filled by the call
};
struct RegexBody {
    std::shared_ptr<const Regex> regex;
};
struct NextMatchBody {
    std::shared_ptr<const Regex> regex;
    Value text;
    std::size_t from;
};
struct ChainBody {
    Item first;
    Item second;
};
struct TransformBody {
    const TransformNode* node;
    Ref<Frame> frame;
};

/// Anything that can be called.
class Function final : public Rich {
public:
    using Body = std::variant<LambdaBody, BuiltinBody, PartialBody, RegexBody, NextMatchBody, ChainBody, TransformBody>;
    explicit Function(Body what);
    [[nodiscard]] std::size_t arity() const noexcept;  ///< how many arguments a higher-order function gives it
    Body body;
};

inline Function* Item::function() const noexcept {
    return isFunction() ? static_cast<Function*>(rich_.get()) : nullptr;
}

}  // namespace signalbox::expr
