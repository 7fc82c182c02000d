// A value that is one of a closed list of structs, as std::variant is, for lists of many dozens: a variant's copies,
// moves and ends are compiled in every source that touches one, and their names hold the whole list. Here they are one
// pointer's, so that only who visits all alternatives pays for all of them.
#pragma once

#include <cstddef>
#include <memory>
#include <type_traits>
#include <utility>

#include <boost/mp11/algorithm.hpp>
#include <boost/mp11/list.hpp>

namespace signalbox::protocol {

namespace detail {

struct Held {
    Held() = default;
    Held(const Held&) = default;
    Held& operator=(const Held&) = delete;
    virtual ~Held() = default;
    [[nodiscard]] virtual std::unique_ptr<Held> copy() const = 0;
};

template <class T>
struct HeldAs final : Held {
    explicit HeldAs(T given) : value(std::move(given)) {}
    [[nodiscard]] std::unique_ptr<Held> copy() const override { return std::make_unique<HeldAs>(value); }
    T value;
};

[[noreturn]] void failWrongAlternative();

}  // namespace detail

/// LIST is a struct whose member Types is an mp_list of different structs; its name stands for all of them wherever a
/// compiler writes names. Owns its value; after a move it can only be assigned or ended. No thread safety of its own.
template <class List>
class OneOf {
public:
    using Types = typename List::Types;
    static constexpr std::size_t kSize = boost::mp11::mp_size<Types>::value;
    template <class T>
    static constexpr std::size_t kIndexOf = boost::mp11::mp_find<Types, T>::value;
    template <class T>
    static constexpr bool kHas = kIndexOf<T> < kSize;

    template <class T>
    requires(kHas<T>)
        OneOf(T value)  // NOLINT(google-explicit-constructor): an alternative is a value, as with std::variant
        : index_(kIndexOf<T>), held_(std::make_unique<detail::HeldAs<T>>(std::move(value))) {}
    OneOf(const OneOf& other) : index_(other.index_), held_(other.held_->copy()) {}
    OneOf(OneOf&&) noexcept = default;
    OneOf& operator=(const OneOf& other) {
        if (this != &other) *this = OneOf(other);
        return *this;
    }
    OneOf& operator=(OneOf&&) noexcept = default;
    ~OneOf() = default;

    /// The alternative's place in the list.
    [[nodiscard]] std::size_t index() const noexcept { return index_; }
    template <class T>
    [[nodiscard]] bool is() const noexcept {
        static_assert(kHas<T>);
        return index_ == kIndexOf<T>;
    }
    /// Null when it is another alternative. Valid as long as this.
    template <class T>
    [[nodiscard]] T* get() noexcept {
        return is<T>() ? &value<T>() : nullptr;
    }
    template <class T>
    [[nodiscard]] const T* get() const noexcept {
        return is<T>() ? &value<T>() : nullptr;
    }
    /// Throws std::bad_variant_access when it is another alternative: a fault of the program, never of a peer.
    template <class T>
    [[nodiscard]] T& as() & {
        return checked<T>().template value<T>();
    }
    template <class T>
    [[nodiscard]] const T& as() const& {
        if (!is<T>()) detail::failWrongAlternative();
        return value<T>();
    }
    template <class T>
    [[nodiscard]] T&& as() && {
        return std::move(checked<T>().template value<T>());
    }

    /// VISITOR is called with the alternative; it returns the same type for each.
    template <class Visitor>
    decltype(auto) visit(Visitor&& visitor) const {
        return visitAs(visitor, static_cast<Types*>(nullptr));
    }

private:
    template <class T>
    OneOf& checked() {
        if (!is<T>()) detail::failWrongAlternative();
        return *this;
    }
    template <class T>
    T& value() noexcept {
        return static_cast<detail::HeldAs<T>&>(*held_).value;
    }
    template <class T>
    const T& value() const noexcept {
        return static_cast<const detail::HeldAs<T>&>(*held_).value;
    }
    template <class Visitor, class First, class... Rest>
    decltype(auto) visitAs(Visitor& visitor, boost::mp11::mp_list<First, Rest...>*) const {
        using Answer = std::invoke_result_t<Visitor&, const First&>;
        using Call = Answer (*)(Visitor&, const OneOf&);
        static constexpr Call kCalls[] = {&visitOne<Answer, Visitor, First>, &visitOne<Answer, Visitor, Rest>...};
        return kCalls[index_](visitor, *this);
    }
    template <class Answer, class Visitor, class T>
    static Answer visitOne(Visitor& visitor, const OneOf& self) {
        return visitor(self.value<T>());
    }

    std::size_t index_;
    std::unique_ptr<detail::Held> held_;
};

}  // namespace signalbox::protocol
