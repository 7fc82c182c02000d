#include "ui/document/json_edit.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/json.h"

namespace signalbox::ui {

namespace {

std::string unescaped(std::string_view part) {
    std::string out;
    out.reserve(part.size());
    for (std::size_t i = 0; i < part.size(); ++i) {
        const bool escape = part[i] == '~' && i + 1 < part.size() && (part[i + 1] == '0' || part[i + 1] == '1');
        out += escape ? (part[++i] == '1' ? '/' : '~') : part[i];
    }
    return out;
}

std::vector<std::string> partsOf(std::string_view pointer) {
    std::vector<std::string> parts;
    while (!pointer.empty()) {
        pointer.remove_prefix(1);
        const auto end = std::min(pointer.find('/'), pointer.size());
        parts.push_back(unescaped(pointer.substr(0, end)));
        pointer.remove_prefix(end);
    }
    return parts;
}

std::optional<std::size_t> indexOf(std::string_view part) {
    std::size_t index = 0;
    const auto [end, code] = std::from_chars(part.data(), part.data() + part.size(), index);
    if (code != std::errc() || end != part.data() + part.size()) return std::nullopt;
    return index;
}

/// Makes one change on the way down to its place.
class Maker {
public:
    explicit Maker(Change& change) : change_(change), parts_(partsOf(change.pointer)) {}

    Result<Value> at(const Value& node, std::size_t depth) {
        if (depth == parts_.size()) {
            if (!(node == change_.before)) return stale();
            return change_.after;
        }
        if (node.isObject()) return inObject(node, depth);
        if (node.isArray()) return inArray(node, depth);
        return fail("edit.place", "There is no such place in the document", change_.pointer);
    }

private:
    [[nodiscard]] tl::unexpected<Error> stale() const {
        return fail("edit.stale", "This place has been changed meanwhile", change_.pointer,
                    "Look at it again and repeat the change.");
    }

    Result<Value> inObject(const Value& node, std::size_t depth) {
        const auto& name = parts_[depth];
        const auto members = node.members();
        const auto found = std::find_if(members.begin(), members.end(), [&](const auto& m) { return m.first == name; });
        if (found != members.end()) {
            SIGNALBOX_TRY(Value made, at(found->second, depth + 1));
            if (made.isDefined()) return node.with(name, std::move(made));
            change_.place = static_cast<std::size_t>(found - members.begin());
            return node.without(name);
        }
        if (depth + 1 < parts_.size()) {
            return fail("edit.place", "There is no such place in the document", change_.pointer);
        }
        if (change_.before.isDefined()) return stale();
        if (change_.after.isUndefined()) return node;
        std::vector<Member> copy(members.begin(), members.end());
        const auto where = std::min(change_.place.value_or(copy.size()), copy.size());
        copy.emplace(copy.begin() + static_cast<std::ptrdiff_t>(where), name, change_.after);
        return Value::object(std::move(copy));
    }

    Result<Value> inArray(const Value& node, std::size_t depth) {
        const auto index = indexOf(parts_[depth]);
        const bool last = depth + 1 == parts_.size();
        const bool adds = last && change_.before.isUndefined();
        if (!index || *index > node.size() || (*index == node.size() && !adds)) {
            return fail("edit.place", "There is no such place in the document", change_.pointer);
        }
        std::vector<Value> items(node.items().begin(), node.items().end());
        const auto place = items.begin() + static_cast<std::ptrdiff_t>(*index);
        if (adds) {
            items.insert(place, change_.after);
            return Value::array(std::move(items));
        }
        SIGNALBOX_TRY(Value made, at(*place, depth + 1));
        if (made.isDefined()) {
            *place = std::move(made);
        } else {
            items.erase(place);
        }
        return Value::array(std::move(items));
    }

    Change& change_;
    std::vector<std::string> parts_;
};

}  // namespace

Result<Value> applied(const Value& root, Change& change) { return Maker(change).at(root, 0); }

Result<Value> applied(const Value& root, std::vector<Change>& changes) {
    Value made = root;
    for (auto& change : changes) {
        SIGNALBOX_TRY(made, applied(made, change));
    }
    return made;
}

std::vector<Change> reversed(const std::vector<Change>& changes) {
    std::vector<Change> back(changes.rbegin(), changes.rend());
    for (auto& change : back) std::swap(change.before, change.after);
    return back;
}

Change setting(const Value& root, std::string_view pointer, Value value) {
    // Up to the first place that is there, or whose parent is.
    while (!pointer.empty() && resolvePointer(root, parentPointer(pointer)).isUndefined()) {
        value = Value::object({{lastPart(pointer), std::move(value)}});
        pointer = parentPointer(pointer);
    }
    return {std::string(pointer), resolvePointer(root, pointer), std::move(value), {}};
}

Change unsetting(const Value& root, std::string_view pointer, std::string_view keep) {
    for (auto parent = parentPointer(pointer); isWithin(parent, keep) && parent != keep && !parent.empty();
         parent = parentPointer(pointer)) {
        const auto holder = resolvePointer(root, parent);
        if (!holder.isObject() || holder.size() > 1) break;
        pointer = parent;
    }
    return {std::string(pointer), resolvePointer(root, pointer), Value::undefined(), {}};
}

std::string childPointer(std::string_view parent, std::string_view name) {
    std::string out(parent);
    out += '/';
    for (const char c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out += c;
        }
    }
    return out;
}

std::string childPointer(std::string_view parent, std::size_t index) {
    return std::string(parent) + '/' + std::to_string(index);
}

std::string_view parentPointer(std::string_view pointer) {
    const auto slash = pointer.rfind('/');
    return slash == std::string_view::npos ? std::string_view() : pointer.substr(0, slash);
}

std::string lastPart(std::string_view pointer) {
    const auto slash = pointer.rfind('/');
    return slash == std::string_view::npos ? std::string() : unescaped(pointer.substr(slash + 1));
}

bool isWithin(std::string_view pointer, std::string_view outer) {
    return pointer.substr(0, outer.size()) == outer && (pointer.size() == outer.size() || pointer[outer.size()] == '/');
}

}  // namespace signalbox::ui
