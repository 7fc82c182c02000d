// The one data type that flows through workflows: immutable, cheap to copy, shared by reference count.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace signalbox {

class Value;
struct HeapNode;
struct ArrayRep;
struct ObjectRep;
struct TextRep;

/// An object's members in insertion order. Keys are unique.
using Member = std::pair<std::string, Value>;

/// Null, boolean, integer, number, string, bytes, array or object, and "undefined", which means no value at all
/// (a port that was not written, a JSONata path that selects nothing).
///
/// 16 bytes; strings up to 14 bytes lie inside, everything larger is an immutable, atomically counted node, so a
/// copy costs one increment and values may be read from any number of threads at once. A double that is a whole
/// number below 2^63 is stored as an integer, so that 3 and 3.0 are one value and text round-trips exactly.
class Value {
public:
    enum class Kind : std::uint8_t { Undefined, Null, Boolean, Integer, Number, String, Bytes, Array, Object };

    Value() noexcept : Value(nullptr) {}
    Value(std::nullptr_t) noexcept : Value(Kind::Null) {}
    Value(bool value) noexcept : Value(Kind::Boolean) { put(static_cast<std::int64_t>(value)); }
    Value(int value) noexcept : Value(static_cast<std::int64_t>(value), IntegerTag{}) {}
    Value(unsigned value) noexcept : Value(static_cast<std::int64_t>(value), IntegerTag{}) {}
    Value(long value) noexcept : Value(static_cast<std::int64_t>(value), IntegerTag{}) {}
    Value(long long value) noexcept : Value(static_cast<std::int64_t>(value), IntegerTag{}) {}
    Value(unsigned long value) noexcept;  ///< past 2^63 - 1 the nearest double
    Value(double value) noexcept;         ///< not finite becomes null; whole becomes Integer
    Value(const char* text) : Value(std::string_view(text)) {}
    Value(std::string_view text);
    Value(const std::string& text) : Value(std::string_view(text)) {}
    /// No other pointer may slip in as a boolean.
    template <class T>
    requires(!std::is_same_v<std::remove_cv_t<T>, char>) Value(T*)
    = delete;
    Value(const Value& other) noexcept : cell_(other.cell_) { retain(); }
    Value(Value&& other) noexcept : cell_(other.cell_) { other.forget(); }
    Value& operator=(const Value& other) noexcept {
        Value copy(other);  // first of all: other may lie inside what this holds
        std::swap(cell_, copy.cell_);
        return *this;
    }
    Value& operator=(Value&& other) noexcept {
        Value taken(std::move(other));
        std::swap(cell_, taken.cell_);
        return *this;
    }
    ~Value() { release(); }

    static Value undefined() noexcept { return Value(Kind::Undefined); }
    static Value bytes(std::string_view data);
    static Value array(std::vector<Value> items = {});
    static Value object(std::vector<Member> members = {});  ///< of equal keys the last wins
    static Value object(std::initializer_list<Member> members);

    [[nodiscard]] Kind kind() const noexcept { return cell_.kind; }
    [[nodiscard]] bool isUndefined() const noexcept { return cell_.kind == Kind::Undefined; }
    [[nodiscard]] bool isDefined() const noexcept { return cell_.kind != Kind::Undefined; }
    [[nodiscard]] bool isNull() const noexcept { return cell_.kind == Kind::Null; }
    [[nodiscard]] bool isBoolean() const noexcept { return cell_.kind == Kind::Boolean; }
    [[nodiscard]] bool isInteger() const noexcept { return cell_.kind == Kind::Integer; }
    [[nodiscard]] bool isNumber() const noexcept { return cell_.kind == Kind::Integer || cell_.kind == Kind::Number; }
    [[nodiscard]] bool isString() const noexcept { return cell_.kind == Kind::String; }
    [[nodiscard]] bool isBytes() const noexcept { return cell_.kind == Kind::Bytes; }
    [[nodiscard]] bool isArray() const noexcept { return cell_.kind == Kind::Array; }
    [[nodiscard]] bool isObject() const noexcept { return cell_.kind == Kind::Object; }

    // Of another kind these give the neutral value: false, 0, "", empty.
    [[nodiscard]] bool asBoolean() const noexcept { return isBoolean() && get<std::int64_t>() != 0; }
    [[nodiscard]] std::int64_t asInteger() const noexcept;        ///< a Number is truncated and clamped
    [[nodiscard]] double asNumber() const noexcept;               ///< of Integer or Number
    [[nodiscard]] std::string_view asString() const noexcept;     ///< of String or Bytes; valid while this Value lives
    [[nodiscard]] std::span<const Value> items() const noexcept;  ///< of Array
    [[nodiscard]] std::span<const Member> members() const noexcept;  ///< of Object

    [[nodiscard]] std::size_t size() const noexcept;  ///< bytes of text, items or members; otherwise 0
    [[nodiscard]] bool empty() const noexcept { return size() == 0; }
    /// The member of that name, or null when there is none (or this is no Object). O(1) for large objects.
    [[nodiscard]] const Value* find(std::string_view key) const noexcept;
    /// As find, but gives Undefined when there is none.
    [[nodiscard]] const Value& operator[](std::string_view key) const noexcept;
    /// The item at that place, Undefined past the end.
    [[nodiscard]] const Value& at(std::size_t index) const noexcept;

    /// A new object with one member set (added at the end or replaced in place); of no Object, one of that member
    /// alone.
    [[nodiscard]] Value with(std::string_view key, Value value) const;
    /// A new object without that member.
    [[nodiscard]] Value without(std::string_view key) const;

    /// Deep equality; 1 and 1.0 are equal, member order does not matter.
    friend bool operator==(const Value& a, const Value& b) noexcept;

    /// Bytes held, shared parts counted once per reference: an estimate for limits and cache sizes. O(1), saturating.
    [[nodiscard]] std::size_t approximateSize() const noexcept;
    /// How many arrays and objects lie within each other: 0 for a scalar, 1 for [] and [1], 2 for [[]]. O(1).
    [[nodiscard]] std::size_t depth() const noexcept;
    /// Whether both share the same node or inline content; equal identity implies equality.
    [[nodiscard]] bool sameIdentity(const Value& other) const noexcept;

private:
    friend struct ValueAccess;
    struct IntegerTag {};
    static constexpr std::size_t kInlineCapacity = 14;
    static constexpr std::uint8_t kOnHeap = 0xff;  ///< inlineSize of a value whose data is a pointer to a HeapNode
    struct Cell {
        alignas(8) char data[kInlineCapacity];  ///< inline text, or an int64, a double or a HeapNode*
        std::uint8_t inlineSize;
        Kind kind;
    };

    constexpr explicit Value(Kind kind) noexcept : cell_{{}, 0, kind} {}
    Value(std::int64_t value, IntegerTag) noexcept : Value(Kind::Integer) { put(value); }
    Value(Kind kind, std::string_view text);
    Value(Kind kind, HeapNode* node) noexcept : Value(kind) {
        cell_.inlineSize = kOnHeap;
        put(node);
    }
    template <class T>
    void put(T value) noexcept {
        std::memcpy(cell_.data, &value, sizeof value);
    }
    template <class T>
    [[nodiscard]] T get() const noexcept {
        T value;
        std::memcpy(&value, cell_.data, sizeof value);
        return value;
    }
    [[nodiscard]] bool isHeap() const noexcept { return cell_.inlineSize == kOnHeap; }
    inline void retain() const noexcept;
    inline void release() noexcept;
    void forget() noexcept {
        cell_.kind = Kind::Null;
        cell_.inlineSize = 0;
    }
    static void destroy(HeapNode* node) noexcept;
    static void releaseChild(Value& child, HeapNode*& dead) noexcept;
    static bool equalShallow(const Value& a, const Value& b, bool& descend) noexcept;

    static const Value kUndefined;
    Cell cell_;
};

/// What every node on the heap starts with. The counter is the only part that changes after building.
struct HeapNode {
    std::atomic<std::uint64_t> references{1};
    std::uint32_t depth = 0;
    Value::Kind kind;
    explicit HeapNode(Value::Kind nodeKind) noexcept : kind(nodeKind) {}
};

inline void Value::retain() const noexcept {
    if (isHeap()) get<HeapNode*>()->references.fetch_add(1, std::memory_order_relaxed);
}

inline void Value::release() noexcept {
    if (!isHeap()) return;
    auto* node = get<HeapNode*>();
    // A sole owner need not write the counter; acquire pairs with the release of whoever let go before.
    if (node->references.load(std::memory_order_acquire) == 1 ||
        node->references.fetch_sub(1, std::memory_order_acq_rel) == 1) {
        destroy(node);
    }
}

static_assert(sizeof(Value) == 16);

/// "null", "boolean", "integer", "number", "string", "bytes", "array", "object", "undefined".
[[nodiscard]] std::string_view kindName(Value::Kind kind) noexcept;

/// Builds an array step by step.
class ArrayBuilder {
public:
    void reserve(std::size_t count) { items_.reserve(count); }
    void push(Value value) { items_.push_back(std::move(value)); }
    [[nodiscard]] std::size_t size() const noexcept { return items_.size(); }
    [[nodiscard]] Value build() && { return Value::array(std::move(items_)); }

private:
    std::vector<Value> items_;
};

/// Builds an object step by step; set() of an existing key replaces it, in O(1) on average.
class ObjectBuilder {
public:
    ObjectBuilder& set(std::string_view key, Value value);
    /// Adds a member and gives its place, valid until the next one is added; null when the key is there already.
    [[nodiscard]] Value* add(std::string_view key, Value value);
    [[nodiscard]] Value* find(std::string_view key) noexcept;
    [[nodiscard]] std::size_t size() const noexcept { return members_.size(); }
    void reserve(std::size_t count) { members_.reserve(count); }
    [[nodiscard]] Value build() &&;

private:
    friend class Value;
    std::vector<Member> members_;
    std::vector<std::uint32_t> slots_;  ///< open addressing over members_, only past a few members
};

}  // namespace signalbox
