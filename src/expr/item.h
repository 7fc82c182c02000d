// What the evaluator computes with: plain Values, and sequences, objects and functions that live only inside it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/value.h"
#include "expr/symbol.h"

namespace signalbox::expr {

class Item;

enum class RichKind : std::uint8_t { List, Record, Tuple, Function, Frame };

/// Base of everything counted inside one evaluation. One evaluation stays on one thread, so counts are not atomic.
class Rich {
public:
    explicit Rich(RichKind kind) noexcept : kind_(kind) {}
    Rich(const Rich&) = delete;
    Rich& operator=(const Rich&) = delete;
    virtual ~Rich() = default;
    [[nodiscard]] RichKind kind() const noexcept { return kind_; }
    void retain() noexcept { ++references_; }
    void release() noexcept {
        if (--references_ == 0) destroy(this);
    }
    [[nodiscard]] bool isShared() const noexcept { return references_ > 1; }
    /// Takes depth and weight of a part into account.
    inline void contains(const Item& part) noexcept;

    std::uint32_t depth = 0;   ///< containers below this one
    std::uint64_t weight = 0;  ///< items below this one, shared parts counted once per reference

private:
    /// Deletes without deep recursion: chains of closures may be a million long.
    static void destroy(Rich* object) noexcept;
    std::uint32_t references_ = 0;
    RichKind kind_;
};

/// Intrusive pointer to a Rich object.
template <class T>
class Ref {
public:
    Ref() noexcept = default;
    explicit Ref(T* object) noexcept : object_(object) {
        if (object_) object_->retain();
    }
    Ref(const Ref& other) noexcept : Ref(other.object_) {}
    Ref(Ref&& other) noexcept : object_(std::exchange(other.object_, nullptr)) {}
    template <class U>
    Ref(const Ref<U>& other) noexcept : Ref(other.get()) {}
    Ref& operator=(Ref other) noexcept {
        std::swap(object_, other.object_);
        return *this;
    }
    ~Ref() {
        if (object_) object_->release();
    }
    [[nodiscard]] T* get() const noexcept { return object_; }
    T* operator->() const noexcept { return object_; }
    T& operator*() const noexcept { return *object_; }
    explicit operator bool() const noexcept { return object_ != nullptr; }

private:
    T* object_ = nullptr;
};

template <class T, class... Args>
[[nodiscard]] Ref<T> make(Args&&... args) {
    return Ref<T>(new T(std::forward<Args>(args)...));
}

class List;
class Record;
class Tuple;
class Function;
struct Place;

/// One value in an evaluation: a plain Value, or a List, Record, Tuple or Function. Undefined by default.
class Item {
public:
    Item() noexcept : value_(Value::undefined()) {}
    Item(Value value) noexcept : value_(std::move(value)) {}
    template <class T>
    Item(Ref<T> rich) noexcept : value_(Value::undefined()), rich_(std::move(rich)) {}

    [[nodiscard]] bool isUndefined() const noexcept { return !rich_ && value_.isUndefined(); }
    [[nodiscard]] bool isDefined() const noexcept { return !isUndefined(); }
    [[nodiscard]] bool isPlain() const noexcept { return !rich_; }
    [[nodiscard]] bool isNull() const noexcept { return !rich_ && value_.isNull(); }
    [[nodiscard]] bool isBoolean() const noexcept { return !rich_ && value_.isBoolean(); }
    [[nodiscard]] bool isNumber() const noexcept { return !rich_ && value_.isNumber(); }
    [[nodiscard]] bool isString() const noexcept { return !rich_ && value_.isString(); }
    [[nodiscard]] bool isArray() const noexcept { return rich_ ? is(RichKind::List) : value_.isArray(); }
    [[nodiscard]] bool isObject() const noexcept { return rich_ ? is(RichKind::Record) : value_.isObject(); }
    [[nodiscard]] bool isFunction() const noexcept { return is(RichKind::Function); }
    [[nodiscard]] const Value& value() const noexcept { return value_; }  ///< Undefined unless isPlain()
    [[nodiscard]] List* list() const noexcept;                            ///< null unless a List
    [[nodiscard]] Record* record() const noexcept;                        ///< null unless a Record
    [[nodiscard]] Tuple* tuple() const noexcept;                          ///< null unless a Tuple
    [[nodiscard]] Function* function() const noexcept;                    ///< null unless a Function
    [[nodiscard]] bool isSequence() const noexcept;
    [[nodiscard]] bool isTupleStream() const noexcept;
    [[nodiscard]] bool isCons() const noexcept;  ///< made by an array constructor in a path: is not flattened
    [[nodiscard]] std::size_t arraySize() const noexcept;
    [[nodiscard]] Item arrayAt(std::size_t index) const;  ///< of an array; index < arraySize()
    [[nodiscard]] std::size_t depth() const noexcept { return rich_ ? rich_->depth : 0; }
    [[nodiscard]] std::uint64_t weight() const noexcept;
    [[nodiscard]] const Rich* identity() const noexcept { return rich_.get(); }
    [[nodiscard]] const Ref<Rich>& rich() const noexcept { return rich_; }

private:
    [[nodiscard]] bool is(RichKind kind) const noexcept { return rich_ && rich_->kind() == kind; }
    Value value_;
    Ref<Rich> rich_;
};

/// An array in the making or one that holds what a Value cannot: functions, flags of a result sequence.
class List final : public Rich {
public:
    List() noexcept : Rich(RichKind::List) {}
    void push(Item&& item) {
        contains(item);
        items.push_back(std::move(item));
    }
    void push(const Item& item) {
        contains(item);
        items.push_back(item);
    }
    void pushAll(const Item& array);  ///< the items of an array
    void measure();                   ///< sets depth and weight after items were changed in place

    std::vector<Item> items;     ///< in order
    bool sequence = false;       ///< a result sequence: of one item it is that item, of none it is nothing
    bool keepSingleton = false;  ///< [] was written: stays an array
    bool cons = false;
    bool outerWrapper = false;          ///< holds the input when that is an array
    bool tupleStream = false;           ///< holds Tuples
    Value origin = Value::undefined();  ///< the plain array this was made of, to be shared if nothing has changed
};

/// Where a value lies that need not be copied to be looked at: a plain Value, a Record, or (neither) anything else.
struct Place {
    Place() noexcept = default;
    explicit Place(const Value& plain) noexcept : value(&plain) {}
    inline explicit Place(const Item& item) noexcept;
    const Value* value = nullptr;
    const Record* record = nullptr;
};

/// An object in the making, keys in insertion order. It may begin as the view of a plain object: members are copied
/// only when the first of them is set or erased.
class Record final : public Rich {
public:
    using Entry = std::pair<std::string, Item>;
    Record() noexcept : Rich(RichKind::Record) {}
    /// A view of `object`. `parts` is empty or has a place for each member: a List or Record that stands for it, or
    /// null when it is what the object holds.
    Record(Value object, std::vector<Ref<Rich>> parts);
    [[nodiscard]] std::size_t size() const noexcept { return isView() ? object_.size() : entries_.size(); }
    [[nodiscard]] Item get(std::string_view key) const;                ///< Undefined when there is none
    [[nodiscard]] Place placeOf(std::string_view key) const noexcept;  ///< of Undefined when there is none
    void set(std::string_view key, Item item);
    void erase(std::string_view key);
    /// Sets members, whose keys are distinct, and then erases others: at one go, and a view stays one.
    void change(std::vector<Member>&& set, std::span<const Value> erasedKeys);
    [[nodiscard]] const std::vector<Entry>& entries();
    [[nodiscard]] Value freeze() const;  ///< the object itself while it is a view of which nothing was changed

    /// Calls back with key and item of each member until it returns false. Returns false if stopped.
    template <class Callback>
    bool forEach(Callback&& callback) const;

private:
    [[nodiscard]] bool isView() const noexcept { return object_.isObject(); }
    [[nodiscard]] Item viewed(std::size_t index) const;
    [[nodiscard]] Value freezeView() const;
    [[nodiscard]] const Item* find(std::string_view key) const noexcept;  ///< of no view
    void own();                                                           ///< ends being a view
    void reindex();
    std::vector<Entry> entries_;
    std::unique_ptr<std::unordered_map<std::string, std::size_t>> index_;  ///< only for large objects
    Value object_ = Value::undefined();                                    ///< what is viewed
    std::vector<Ref<Rich>> parts_;
};

/// A step of a path that binds variables: the context and what was bound on the way to it.
class Tuple final : public Rich {
public:
    Tuple() noexcept : Rich(RichKind::Tuple) {}
    void bind(const Symbol* symbol, Item item);
    Item at;
    std::vector<std::pair<const Symbol*, Item>> bindings;
};

inline std::uint64_t Item::weight() const noexcept {
    if (rich_) return rich_->weight;
    return value_.isArray() || value_.isObject() ? value_.size() : 0;
}

inline void Rich::contains(const Item& part) noexcept {
    depth = std::max(depth, static_cast<std::uint32_t>(part.depth() + 1));
    weight += 1 + part.weight();
}

inline List* Item::list() const noexcept { return is(RichKind::List) ? static_cast<List*>(rich_.get()) : nullptr; }
inline Record* Item::record() const noexcept {
    return is(RichKind::Record) ? static_cast<Record*>(rich_.get()) : nullptr;
}
inline Tuple* Item::tuple() const noexcept { return is(RichKind::Tuple) ? static_cast<Tuple*>(rich_.get()) : nullptr; }

inline Place::Place(const Item& item) noexcept {
    if (item.isPlain()) {
        value = &item.value();
    } else {
        record = item.record();
    }
}

template <class Callback>
bool Record::forEach(Callback&& callback) const {
    const Value held = object_;  // a callback that sets a member must not end the life of its key
    for (std::size_t i = 0; i < size(); ++i) {
        const bool more = isView() ? callback(std::string_view(held.members()[i].first), viewed(i))
                                   : callback(std::string_view(entries_[i].first), entries_[i].second);
        if (!more) return false;
    }
    return true;
}

/// Calls back with each item of an array until it returns false. Returns false if stopped.
template <class Callback>
bool forEachItem(const Item& array, Callback&& callback) {
    if (const List* list = array.list()) {
        for (std::size_t i = 0; i < list->items.size(); ++i) {
            if (!callback(list->items[i], i)) return false;
        }
        return true;
    }
    const auto values = array.value().items();
    for (std::size_t i = 0; i < values.size(); ++i) {
        const Item item(values[i]);
        if (!callback(item, i)) return false;
    }
    return true;
}

/// Calls back with key and item of each member of an object until it returns false.
template <class Callback>
bool forEachMember(const Item& object, Callback&& callback) {
    if (const Record* record = object.record()) return record->forEach(callback);
    for (const Member& member : object.value().members()) {
        const Item item(member.second);
        if (!callback(std::string_view(member.first), item)) return false;
    }
    return true;
}

[[nodiscard]] Item memberOf(const Item& object, std::string_view key);  ///< Undefined when there is none
/// The members of that name of an object, or of all objects in an array, joined.
[[nodiscard]] Item selectName(const Item& input, std::string_view name);
[[nodiscard]] std::size_t memberCount(const Item& object) noexcept;
[[nodiscard]] Ref<List> makeSequence();
[[nodiscard]] Ref<List> makeSequence(Item only);
/// A List with the items of the given array, or with the given item alone.
[[nodiscard]] Ref<List> listOf(const Item& itemOrArray);
/// Plain data of an item: functions become null in arrays, are left out of objects.
[[nodiscard]] Value freeze(const Item& item);
/// An object of members whose keys are distinct.
[[nodiscard]] Value objectOf(std::vector<Member>&& members);
[[nodiscard]] bool deepEqual(const Item& a, const Item& b);
[[nodiscard]] bool truthyItem(const Item& item);
/// a followed by b as the language joins values: nothing adds nothing, single items become arrays.
[[nodiscard]] Item appendItems(const Item& a, const Item& b);
/// A result sequence of one item is that item, an empty one is nothing.
void normaliseSequence(Item& item);

}  // namespace signalbox::expr
