#include "expr/function.h"

#include <algorithm>

#include "expr/builtins.h"

namespace signalbox::expr {

void FrameRegistry::clear() noexcept {
    while (first_) {
        const Ref<Frame> frame(first_);
        frame->clear();
        first_ = frame->next_;
        if (first_) first_->previous_ = nullptr;
        frame->next_ = nullptr;
        frame->registry_ = nullptr;
        --size_;
    }
}

Frame::Frame(FrameRegistry& registry, Ref<Frame> parent)
    : Rich(RichKind::Frame), parent_(std::move(parent)), registry_(&registry), next_(registry.first_) {
    if (next_) next_->previous_ = this;
    registry.first_ = this;
    ++registry.size_;
}

Frame::~Frame() {
    if (!registry_) return;
    if (previous_) previous_->next_ = next_;
    if (next_) next_->previous_ = previous_;
    if (registry_->first_ == this) registry_->first_ = next_;
    --registry_->size_;
}

const Item* Frame::findOwn(const Symbol* symbol) const noexcept {
    for (const auto& [name, bound] : first_) {
        if (!name) return nullptr;
        if (sameSymbol(name, symbol)) return &bound;
    }
    for (const auto& [name, bound] : more_) {
        if (sameSymbol(name, symbol)) return &bound;
    }
    return nullptr;
}

void Frame::bind(const Symbol* symbol, Item item) {
    if (const Item* present = findOwn(symbol)) {
        const_cast<Item&>(*present) = std::move(item);
        return;
    }
    for (auto& free : first_) {
        if (free.first) continue;
        free = {symbol, std::move(item)};
        return;
    }
    more_.emplace_back(symbol, std::move(item));
}

const Item* Frame::find(const Symbol* symbol) const noexcept {
    for (const Frame* frame = this; frame; frame = frame->parent_.get()) {
        if (const Item* found = frame->findOwn(symbol)) return found;
    }
    return nullptr;
}

void Frame::clear() noexcept {
    // Moved out first: what is released here may reach this frame again.
    const auto first = std::exchange(first_, {});
    const auto more = std::exchange(more_, {});
    const Ref<Frame> parent = std::move(parent_);
}

Function::Function(Body what) : Rich(RichKind::Function), body(std::move(what)) {
    if (const auto* partial = std::get_if<PartialBody>(&body)) contains(partial->target);
    if (const auto* chain = std::get_if<ChainBody>(&body)) {
        contains(chain->first);
        contains(chain->second);
    }
}

std::size_t Function::arity() const noexcept {
    if (const auto* lambda = std::get_if<LambdaBody>(&body)) return lambda->node->parameters.size();
    if (const auto* builtin = std::get_if<BuiltinBody>(&body)) return builtin->builtin->arity;
    if (const auto* partial = std::get_if<PartialBody>(&body)) {
        return static_cast<std::size_t>(
            std::count_if(partial->fixed.begin(), partial->fixed.end(), [](const auto& place) { return !place; }));
    }
    return 1;
}

}  // namespace signalbox::expr
