#include <algorithm>

#include "base/value_rep.h"
#include "expr/item.h"

namespace signalbox::expr {

namespace {

constexpr std::size_t kIndexedMembers = 16;  ///< from here on a Record looks members up by hash

/// The index of a member, given where its value lies.
std::size_t placeAmong(const Value& object, const Value* value) {
    const auto* first = reinterpret_cast<const char*>(&object.members().front().second);
    return static_cast<std::size_t>(reinterpret_cast<const char*>(value) - first) / sizeof(Member);
}

bool names(std::span<const Value> keys, std::string_view key) {
    return std::any_of(keys.begin(), keys.end(), [&](const Value& each) { return each.asString() == key; });
}

}  // namespace

Value objectOf(std::vector<Member>&& members) {
    constexpr std::size_t kFew = 8;  // these are found without an index
    return members.size() > kFew ? Value::object(std::move(members)) : ValueAccess::object(members, {});
}

Record::Record(Value object, std::vector<Ref<Rich>> parts)
    : Rich(RichKind::Record), object_(std::move(object)), parts_(std::move(parts)) {
    const auto members = object_.members();
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!parts_.empty() && parts_[i]) {
            contains(Item(parts_[i]));
        } else {
            const Value& value = members[i].second;
            depth = std::max<std::uint32_t>(depth, 1);
            weight += 1 + (value.isArray() || value.isObject() ? value.size() : 0);
        }
    }
}

Item Record::viewed(std::size_t index) const {
    if (!parts_.empty() && parts_[index]) return Item(parts_[index]);
    return Item(object_.members()[index].second);
}

const Item* Record::find(std::string_view key) const noexcept {
    if (!index_) {
        for (const Entry& entry : entries_) {
            if (entry.first == key) return &entry.second;
        }
        return nullptr;
    }
    const auto found = index_->find(std::string(key));
    return found == index_->end() ? nullptr : &entries_[found->second].second;
}

Item Record::get(std::string_view key) const {
    if (!isView()) {
        const Item* found = find(key);
        return found ? *found : Item();
    }
    const Value* found = object_.find(key);
    if (!found) return Item();
    return parts_.empty() ? Item(*found) : viewed(placeAmong(object_, found));
}

Place Record::placeOf(std::string_view key) const noexcept {
    static const Value kUndefined = Value::undefined();
    if (!isView()) {
        const Item* found = find(key);
        return found ? Place(*found) : Place(kUndefined);
    }
    const Value* found = object_.find(key);
    if (!found) return Place(kUndefined);
    if (parts_.empty()) return Place(*found);
    const auto& part = parts_[placeAmong(object_, found)];
    if (!part) return Place(*found);
    Place place;
    if (part->kind() == RichKind::Record) place.record = static_cast<const Record*>(part.get());
    return place;
}

void Record::own() {
    if (!isView()) return;
    entries_.reserve(object_.size() + 2);
    for (std::size_t i = 0; i < object_.size(); ++i) entries_.emplace_back(object_.members()[i].first, viewed(i));
    object_ = Value::undefined();
    parts_.clear();
    reindex();
}

void Record::reindex() {
    index_.reset();
    if (entries_.size() < kIndexedMembers) return;
    index_ = std::make_unique<std::unordered_map<std::string, std::size_t>>();
    for (std::size_t i = 0; i < entries_.size(); ++i) index_->emplace(entries_[i].first, i);
}

const std::vector<Record::Entry>& Record::entries() {
    own();
    return entries_;
}

void Record::set(std::string_view key, Item item) {
    own();
    contains(item);
    if (const Item* present = find(key)) {
        const_cast<Item&>(*present) = std::move(item);
        return;
    }
    entries_.emplace_back(std::string(key), std::move(item));
    if (index_) {
        index_->emplace(entries_.back().first, entries_.size() - 1);
    } else if (entries_.size() == kIndexedMembers) {
        reindex();
    }
}

void Record::erase(std::string_view key) {
    own();
    const auto found = std::find_if(entries_.begin(), entries_.end(), [&](const Entry& e) { return e.first == key; });
    if (found == entries_.end()) return;
    entries_.erase(found);
    reindex();
}

void Record::change(std::vector<Member>&& set, std::span<const Value> erasedKeys) {
    if (!isView()) {
        for (auto& [key, value] : set) this->set(key, Item(std::move(value)));
        for (const Value& key : erasedKeys) erase(key.asString());
        return;
    }
    for (const auto& [key, value] : set) contains(Item(value));
    const auto old = object_.members();
    std::vector<Member> members;
    members.reserve(old.size() + set.size());
    std::vector<Ref<Rich>> parts;
    for (std::size_t i = 0; i < old.size(); ++i) {
        const auto& key = old[i].first;
        const auto replaced =
            std::find_if(set.begin(), set.end(), [&](const Member& member) { return member.first == key; });
        if (names(erasedKeys, key)) continue;
        if (replaced != set.end()) {
            members.emplace_back(key, std::move(replaced->second));
        } else {
            members.push_back(old[i]);
            if (!parts_.empty() && parts_[i]) {
                parts.resize(members.size());
                parts.back() = parts_[i];
            }
        }
    }
    for (auto& member : set) {
        if (!object_.find(member.first) && !names(erasedKeys, member.first)) members.push_back(std::move(member));
    }
    if (!parts.empty()) parts.resize(members.size());
    parts_ = std::move(parts);
    object_ = objectOf(std::move(members));
}

Value Record::freeze() const {
    if (isView()) return parts_.empty() ? object_ : freezeView();
    std::vector<Member> members;
    members.reserve(entries_.size());
    for (const auto& [key, item] : entries_) {
        Value value = expr::freeze(item);
        if (value.isDefined()) members.emplace_back(key, std::move(value));
    }
    return objectOf(std::move(members));
}

Value Record::freezeView() const {
    std::vector<Value> frozen(parts_.size());
    bool same = true;
    const auto members = object_.members();
    for (std::size_t i = 0; i < parts_.size(); ++i) {
        frozen[i] = parts_[i] ? expr::freeze(Item(parts_[i])) : members[i].second;
        same = same && frozen[i].sameIdentity(members[i].second);
    }
    if (same) return object_;
    std::vector<Member> changed;
    changed.reserve(frozen.size());
    for (std::size_t i = 0; i < frozen.size(); ++i) changed.emplace_back(members[i].first, std::move(frozen[i]));
    return objectOf(std::move(changed));
}

}  // namespace signalbox::expr
