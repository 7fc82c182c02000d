#include "base/value.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/value_rep.h"

namespace signalbox {

namespace {

constexpr double kTwoTo63 = 9223372036854775808.0;

std::uint64_t saturatingAdd(std::uint64_t a, std::uint64_t b) {
    return a > std::numeric_limits<std::uint64_t>::max() - b ? std::numeric_limits<std::uint64_t>::max() : a + b;
}

}  // namespace

constinit const Value Value::kUndefined{Kind::Undefined};

void ContainerRep::account(const Value& child, std::size_t extra) noexcept {
    bytes = saturatingAdd(bytes, saturatingAdd(child.approximateSize(), extra));
    depth = std::max(depth, static_cast<std::uint32_t>(std::min<std::size_t>(child.depth() + 1, 0xffffffffU)));
}

TextRep* TextRep::make(Value::Kind kind, std::string_view text) {
    void* memory = ::operator new(sizeof(TextRep) + text.size());
    auto* rep = new (memory) TextRep(kind, text.size());
    std::memcpy(rep->data(), text.data(), text.size());
    return rep;
}

ArrayRep* ArrayRep::make(std::span<Value> items) {
    void* memory = ::operator new(sizeof(ArrayRep) + items.size_bytes());
    auto* rep = new (memory) ArrayRep(items.size());
    auto* place = rep->items();
    for (auto& item : items) {
        rep->account(item, 0);
        new (place++) Value(std::move(item));
    }
    return rep;
}

ObjectRep* ObjectRep::make(std::span<Member> members, std::vector<std::uint32_t>&& index) {
    constexpr std::size_t kSmallStringCapacity = 15;
    void* memory = ::operator new(sizeof(ObjectRep) + members.size_bytes());
    auto* rep = new (memory) ObjectRep(members.size(), std::move(index));
    auto* place = rep->data();
    for (auto& member : members) {
        const auto size = member.first.size();
        rep->account(member.second, sizeof(std::string) + (size > kSmallStringCapacity ? size + 1 : 0));
        new (place++) Member(std::move(member));
    }
    return rep;
}

Value::Value(unsigned long value) noexcept : Value(Kind::Integer) {
    if (value <= static_cast<unsigned long>(std::numeric_limits<std::int64_t>::max())) {
        put(static_cast<std::int64_t>(value));
    } else {
        cell_.kind = Kind::Number;
        put(static_cast<double>(value));
    }
}

Value::Value(double value) noexcept : Value(Kind::Null) {
    if (!std::isfinite(value)) return;
    if (value >= -kTwoTo63 && value < kTwoTo63 && value == std::trunc(value)) {
        cell_.kind = Kind::Integer;
        put(static_cast<std::int64_t>(value));
    } else {
        cell_.kind = Kind::Number;
        put(value);
    }
}

Value::Value(std::string_view text) : Value(Kind::String, text) {}

Value::Value(Kind kind, std::string_view text) : Value(kind) {
    if (text.size() <= kInlineCapacity) {
        std::copy(text.begin(), text.end(), cell_.data);
        cell_.inlineSize = static_cast<std::uint8_t>(text.size());
    } else {
        put(static_cast<HeapNode*>(TextRep::make(kind, text)));
        cell_.inlineSize = kOnHeap;
    }
}

Value Value::bytes(std::string_view data) { return Value(Kind::Bytes, data); }

Value Value::array(std::vector<Value> items) { return ValueAccess::array(items); }

Value Value::object(std::vector<Member> members) {
    ObjectBuilder builder;
    builder.reserve(members.size());
    for (auto& [key, value] : members) builder.set(key, std::move(value));
    return std::move(builder).build();
}

Value Value::object(std::initializer_list<Member> members) {
    ObjectBuilder builder;
    builder.reserve(members.size());
    for (const auto& [key, value] : members) builder.set(key, value);
    return std::move(builder).build();
}

void Value::releaseChild(Value& child, HeapNode*& dead) noexcept {
    if (!child.isHeap()) return;
    auto* node = child.get<HeapNode*>();
    child.forget();
    if (node->references.fetch_sub(1, std::memory_order_acq_rel) != 1) return;
    if (node->kind == Kind::String || node->kind == Kind::Bytes) {
        TextRep::free(static_cast<TextRep*>(node));
        return;
    }
    // Nobody else can see this node any more, so its counter serves as the link of the list of dead nodes.
    node->references.store(reinterpret_cast<std::uintptr_t>(dead), std::memory_order_relaxed);
    dead = node;
}

// Frees a node and all that only it held, with a list instead of recursion: nesting may be of any depth.
void Value::destroy(HeapNode* node) noexcept {
    node->references.store(0, std::memory_order_relaxed);
    HeapNode* dead = node;
    while (dead != nullptr) {
        auto* current = dead;
        dead = reinterpret_cast<HeapNode*>(
            static_cast<std::uintptr_t>(current->references.load(std::memory_order_relaxed)));
        if (current->kind == Kind::Array) {
            auto* rep = static_cast<ArrayRep*>(current);
            for (std::size_t i = 0; i < rep->count; ++i) releaseChild(rep->items()[i], dead);
            ArrayRep::free(rep);
        } else if (current->kind == Kind::Object) {
            auto* rep = static_cast<ObjectRep*>(current);
            for (std::size_t i = 0; i < rep->count; ++i) releaseChild(rep->data()[i].second, dead);
            ObjectRep::free(rep);
        } else {
            TextRep::free(static_cast<TextRep*>(current));
        }
    }
}

std::int64_t Value::asInteger() const noexcept {
    if (isInteger()) return get<std::int64_t>();
    if (cell_.kind != Kind::Number) return 0;
    const auto number = get<double>();
    if (number >= kTwoTo63) return std::numeric_limits<std::int64_t>::max();
    if (number < -kTwoTo63) return std::numeric_limits<std::int64_t>::min();
    return static_cast<std::int64_t>(number);
}

double Value::asNumber() const noexcept {
    if (isInteger()) return static_cast<double>(get<std::int64_t>());
    return cell_.kind == Kind::Number ? get<double>() : 0.0;
}

std::string_view Value::asString() const noexcept {
    if (!isString() && !isBytes()) return {};
    if (!isHeap()) return {cell_.data, cell_.inlineSize};
    return static_cast<const TextRep*>(get<HeapNode*>())->view();
}

std::span<const Value> Value::items() const noexcept {
    if (!isArray() || !isHeap()) return {};
    const auto* rep = static_cast<const ArrayRep*>(get<HeapNode*>());
    return {rep->items(), rep->count};
}

std::span<const Member> Value::members() const noexcept {
    if (!isObject() || !isHeap()) return {};
    return static_cast<const ObjectRep*>(get<HeapNode*>())->members();
}

std::size_t Value::size() const noexcept {
    switch (cell_.kind) {
        case Kind::String:
        case Kind::Bytes:
            return asString().size();
        case Kind::Array:
            return items().size();
        case Kind::Object:
            return members().size();
        default:
            return 0;
    }
}

const Value* Value::find(std::string_view key) const noexcept {
    if (!isObject() || !isHeap()) return nullptr;
    const auto* rep = static_cast<const ObjectRep*>(get<HeapNode*>());
    const auto place = MemberIndex::find(rep->members(), rep->slots, key);
    return place == MemberIndex::kNone ? nullptr : &rep->members()[place].second;
}

const Value& Value::operator[](std::string_view key) const noexcept {
    const auto* found = find(key);
    return found != nullptr ? *found : kUndefined;
}

const Value& Value::at(std::size_t index) const noexcept {
    const auto list = items();
    return index < list.size() ? list[index] : kUndefined;
}

Value Value::with(std::string_view key, Value value) const {
    ObjectBuilder builder;
    builder.reserve(size() + 1);
    if (isObject() && isHeap()) {
        const auto* rep = static_cast<const ObjectRep*>(get<HeapNode*>());
        builder.members_.insert(builder.members_.end(), rep->members().begin(), rep->members().end());
        builder.slots_ = rep->slots;
    }
    builder.set(key, std::move(value));
    return std::move(builder).build();
}

Value Value::without(std::string_view key) const {
    const auto* found = find(key);
    if (found == nullptr) return isObject() ? *this : object();
    ObjectBuilder builder;
    builder.reserve(size());
    for (const auto& member : members()) {
        if (&member.second != found) builder.set(member.first, member.second);
    }
    return std::move(builder).build();
}

std::size_t Value::approximateSize() const noexcept {
    if (!isHeap()) return sizeof(Value);
    const auto* node = get<const HeapNode*>();
    if (isArray() || isObject()) return saturatingAdd(sizeof(Value), static_cast<const ContainerRep*>(node)->bytes);
    return sizeof(Value) + sizeof(TextRep) + static_cast<const TextRep*>(node)->size;
}

std::size_t Value::depth() const noexcept {
    if (!isArray() && !isObject()) return 0;
    return isHeap() ? get<const HeapNode*>()->depth : 1;
}

bool Value::sameIdentity(const Value& other) const noexcept {
    if (cell_.kind != other.cell_.kind || cell_.inlineSize != other.cell_.inlineSize) return false;
    switch (cell_.kind) {
        case Kind::Undefined:
        case Kind::Null:
            return true;
        case Kind::String:
        case Kind::Bytes:
            if (!isHeap()) return asString() == other.asString();
            [[fallthrough]];
        default:
            return get<std::int64_t>() == other.get<std::int64_t>();
    }
}

// Compares all but the children; descend says whether those of a and b are still to be compared.
bool Value::equalShallow(const Value& a, const Value& b, bool& descend) noexcept {
    descend = false;
    if (a.cell_.kind != b.cell_.kind) return false;
    switch (a.cell_.kind) {
        case Kind::String:
        case Kind::Bytes:
            return a.asString() == b.asString();
        case Kind::Array:
        case Kind::Object:
            if (a.sameIdentity(b)) return true;
            if (a.size() != b.size() || a.depth() != b.depth()) return false;
            descend = true;
            return true;
        case Kind::Number:
            return a.get<double>() == b.get<double>();
        default:
            return a.sameIdentity(b);
    }
}

bool operator==(const Value& a, const Value& b) noexcept {
    bool descend = false;
    if (!Value::equalShallow(a, b, descend)) return false;
    if (!descend) return true;
    std::vector<std::pair<const Value*, const Value*>> open{{&a, &b}};
    const auto compare = [&open](const Value& left, const Value& right) {
        bool deeper = false;
        if (!Value::equalShallow(left, right, deeper)) return false;
        if (deeper) open.emplace_back(&left, &right);
        return true;
    };
    while (!open.empty()) {
        const auto [left, right] = open.back();
        open.pop_back();
        if (left->isArray()) {
            const auto others = right->items();
            for (std::size_t i = 0; i < others.size(); ++i) {
                if (!compare(left->items()[i], others[i])) return false;
            }
            continue;
        }
        for (const auto& [key, value] : left->members()) {
            const auto* other = right->find(key);
            if (other == nullptr || !compare(value, *other)) return false;
        }
    }
    return true;
}

std::string_view kindName(Value::Kind kind) noexcept {
    constexpr std::string_view kNames[] = {"undefined", "null",  "boolean", "integer", "number",
                                           "string",    "bytes", "array",   "object"};
    return kNames[static_cast<std::size_t>(kind)];
}

}  // namespace signalbox
