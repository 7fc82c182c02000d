// The nodes behind Values on the heap. Included by the files that implement Value only.
#pragma once

#include <memory>
#include <new>
#include <span>
#include <string_view>
#include <vector>

#include "base/value.h"

namespace signalbox {

/// String or Bytes, the characters right behind the header.
struct TextRep : HeapNode {
    std::size_t size;

    TextRep(Value::Kind nodeKind, std::size_t length) noexcept : HeapNode(nodeKind), size(length) {}
    [[nodiscard]] static TextRep* make(Value::Kind kind, std::string_view text);
    static void free(TextRep* rep) noexcept {
        rep->~TextRep();
        ::operator delete(rep);
    }
    [[nodiscard]] char* data() noexcept { return reinterpret_cast<char*>(this + 1); }
    [[nodiscard]] std::string_view view() const noexcept { return {reinterpret_cast<const char*>(this + 1), size}; }
};

/// What arrays and objects share: their size and depth are summed up once, when they are built.
struct ContainerRep : HeapNode {
    std::uint64_t bytes;

    ContainerRep(Value::Kind nodeKind, std::uint64_t ownBytes) noexcept : HeapNode(nodeKind), bytes(ownBytes) {
        depth = 1;
    }
    void account(const Value& child, std::size_t extra) noexcept;
};

/// The items right behind the header: one allocation an array.
struct ArrayRep : ContainerRep {
    std::size_t count;

    explicit ArrayRep(std::size_t size) noexcept : ContainerRep(Value::Kind::Array, sizeof(ArrayRep)), count(size) {}
    /// Takes the items over.
    [[nodiscard]] static ArrayRep* make(std::span<Value> items);
    /// The items' references have been given up before.
    static void free(ArrayRep* rep) noexcept {
        rep->~ArrayRep();
        ::operator delete(rep);
    }
    [[nodiscard]] Value* items() noexcept { return reinterpret_cast<Value*>(this + 1); }
    [[nodiscard]] const Value* items() const noexcept { return reinterpret_cast<const Value*>(this + 1); }
};
static_assert(sizeof(ArrayRep) % alignof(Value) == 0);

/// Finds members by key: a scan among a few, open addressing past that. The members themselves lie elsewhere, in a
/// contiguous list that only grows at its end.
class MemberIndex {
public:
    static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

    [[nodiscard]] static std::size_t find(std::span<const Member> members, std::span<const std::uint32_t> slots,
                                          std::string_view key) noexcept;
    /// To be called after a member was added at the end.
    static void added(std::span<const Member> members, std::vector<std::uint32_t>& slots);

private:
    static void insert(std::span<const Member> members, std::vector<std::uint32_t>& slots, std::size_t place) noexcept;
};

/// Members in insertion order right behind the header, and their index.
struct ObjectRep : ContainerRep {
    std::size_t count;
    std::vector<std::uint32_t> slots;

    ObjectRep(std::size_t size, std::vector<std::uint32_t>&& index) noexcept
        : ContainerRep(Value::Kind::Object, sizeof(ObjectRep) + index.size() * sizeof(std::uint32_t)),
          count(size),
          slots(std::move(index)) {}
    /// Takes the members over; their keys are unique.
    [[nodiscard]] static ObjectRep* make(std::span<Member> members, std::vector<std::uint32_t>&& index);
    /// The members' values have been given up before.
    static void free(ObjectRep* rep) noexcept {
        std::destroy_n(rep->data(), rep->count);
        rep->~ObjectRep();
        ::operator delete(rep);
    }
    [[nodiscard]] Member* data() noexcept { return reinterpret_cast<Member*>(this + 1); }
    [[nodiscard]] std::span<const Member> members() const noexcept {
        return {reinterpret_cast<const Member*>(this + 1), count};
    }
};
static_assert(sizeof(ObjectRep) % alignof(Member) == 0);

/// Makes Values of nodes, for those who build nodes themselves.
struct ValueAccess {
    [[nodiscard]] static Value array(std::span<Value> items) {
        return items.empty() ? Value(Value::Kind::Array) : Value(Value::Kind::Array, ArrayRep::make(items));
    }
    [[nodiscard]] static Value object(std::span<Member> members, std::vector<std::uint32_t>&& index) {
        return members.empty() ? Value(Value::Kind::Object)
                               : Value(Value::Kind::Object, ObjectRep::make(members, std::move(index)));
    }
};

}  // namespace signalbox
