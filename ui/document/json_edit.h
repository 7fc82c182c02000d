// Changes of a JSON document as data: what stood at a place and what stands there now, so that each can be undone.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/value.h"

namespace signalbox::ui {

/// One change at one place. Without a value before, a member or item is added there; without one after, it is taken
/// away and what follows in an array moves up.
struct Change {
    std::string pointer;                ///< RFC 6901; "" is the document itself
    Value before = Value::undefined();  ///< must stand there when the change is made
    Value after = Value::undefined();
    std::optional<std::size_t> place;  ///< of a member among its siblings; filled in when one is taken away
};

/// The document after a change. Errors: "edit.stale" when something else stands at the place, "edit.place" when the
/// place cannot be (in a text, past the end of an array). Notes the place of a member that is taken away.
[[nodiscard]] Result<Value> applied(const Value& root, Change& change);
/// After all changes in their order, or the error of the first that does not fit.
[[nodiscard]] Result<Value> applied(const Value& root, std::vector<Change>& changes);
/// What undoes the changes: each turned around, the last one first.
[[nodiscard]] std::vector<Change> reversed(const std::vector<Change>& changes);

/// Sets a place; objects on the way to it that are missing are made.
[[nodiscard]] Change setting(const Value& root, std::string_view pointer, Value value);
/// Takes a place away, and with it objects on the way that are empty then, but nothing at `keep` or above it.
[[nodiscard]] Change unsetting(const Value& root, std::string_view pointer, std::string_view keep);

[[nodiscard]] std::string childPointer(std::string_view parent, std::string_view name);
[[nodiscard]] std::string childPointer(std::string_view parent, std::size_t index);
/// The pointer without its last part; "" of "".
[[nodiscard]] std::string_view parentPointer(std::string_view pointer);
/// The last part, with ~0 and ~1 read.
[[nodiscard]] std::string lastPart(std::string_view pointer);
/// Whether a place is another one or lies inside it.
[[nodiscard]] bool isWithin(std::string_view pointer, std::string_view outer);

}  // namespace signalbox::ui
