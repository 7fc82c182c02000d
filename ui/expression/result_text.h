// Values written for a look: as much as fits, however large they are.
#pragma once

#include <QString>

#include "base/value.h"

namespace signalbox::ui {

/// A text, and whether all of the value is in it.
struct CutText {
    QString text;
    bool whole = true;
};

/// On one line, `{"a": 1, "b": [2, 3]}`, ending in "…" once it is longer than that many characters.
[[nodiscard]] CutText writeOnOneLine(const Value& value, int longest);
/// Laid out with two spaces a level, arrays and objects that fit into `width` on one line each; stops after so many
/// lines or bytes with a line "…". The work is bounded by what is written, not by the size of the value.
[[nodiscard]] CutText writeLaidOut(const Value& value, int width, int mostLines, std::size_t mostBytes);
/// "array of 3", "object with 2 members", "string, 12 B", "number", "nothing".
[[nodiscard]] QString describeKind(const Value& value);

}  // namespace signalbox::ui
