// States of runs and nodes as people see them: a word, a shape and a colour role, never a colour alone.
#pragma once

#include <QString>

#include "ui/text/roles.h"

namespace signalbox::ui {

/// The mark that stands for a state.
enum class StateShape : quint8 {
    None,
    Disc,        ///< running
    Check,       ///< done
    Cross,       ///< failed
    Bars,        ///< waiting for somebody, or paused
    DottedRing,  ///< queued
    Dash,        ///< skipped
    Square,      ///< cancelled
    Arrow,       ///< about to try again
    Triangle,    ///< quarantined
    Diamond,     ///< result taken over from an earlier run
};

struct StateLook {
    QString word;   ///< translated, sentence case: "Running"
    QString glyph;  ///< the shape as a character, for plain text
    StateShape shape = StateShape::None;
    ColourRole role = ColourRole::Idle;
    bool active = false;  ///< something is going on right now
};

/// How a status of the protocol ("running", "succeeded", ...) is shown. An unknown one keeps its own word.
[[nodiscard]] StateLook stateLook(const QString& status);
/// Whether a run of this status will not change any more.
[[nodiscard]] bool isFinalRunStatus(const QString& status);
/// Whether a node of this status will not change any more, but for a loop.
[[nodiscard]] bool isFinalNodeStatus(const QString& status);

}  // namespace signalbox::ui
