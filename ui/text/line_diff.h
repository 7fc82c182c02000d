// What changed between two texts, line by line.
#pragma once

#include <QList>
#include <QString>

#include "base/value.h"

namespace signalbox::ui {

enum class DiffKind : quint8 { Same, Removed, Added };

struct DiffLine {
    DiffKind kind = DiffKind::Same;
    QString text;
    int left = 0;   ///< number in the old text, from 1; 0 for an added line
    int right = 0;  ///< number in the new text, from 1; 0 for a removed line
    bool operator==(const DiffLine&) const = default;
};

/// Myers' O(ND) difference (Algorithmica 1, 1986) on lines. Removed lines come before the added ones that replace them.
/// Texts that differ in more than a few thousand lines are shown as wholly replaced between their common ends.
[[nodiscard]] QList<DiffLine> diffLines(const QString& before, const QString& after);
/// Both as indented JSON with sorted members, so that only what differs in value differs in text.
[[nodiscard]] QList<DiffLine> diffValues(const Value& before, const Value& after);

}  // namespace signalbox::ui
