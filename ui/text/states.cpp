#include "ui/text/states.h"

#include <QCoreApplication>
#include <array>

namespace signalbox::ui {

namespace {

struct Entry {
    const char* status;
    const char* word;
    const char16_t* glyph;
    StateShape shape;
    ColourRole role;
    bool active;
};

constexpr std::array<Entry, 26> kEntries = {{
    {"queued", QT_TRANSLATE_NOOP("State", "Queued"), u"\u25CC", StateShape::DottedRing, ColourRole::Pending, false},
    {"pending", QT_TRANSLATE_NOOP("State", "Pending"), u"\u25CC", StateShape::DottedRing, ColourRole::Idle, false},
    {"ready", QT_TRANSLATE_NOOP("State", "Ready"), u"\u25CC", StateShape::DottedRing, ColourRole::Pending, false},
    {"running", QT_TRANSLATE_NOOP("State", "Running"), u"\u25CF", StateShape::Disc, ColourRole::Info, true},
    {"backoff", QT_TRANSLATE_NOOP("State", "Retrying"), u"\u21BB", StateShape::Arrow, ColourRole::Warn, true},
    {"waiting", QT_TRANSLATE_NOOP("State", "Waiting"), u"\u23F8", StateShape::Bars, ColourRole::Warn, true},
    {"paused", QT_TRANSLATE_NOOP("State", "Paused"), u"\u23F8", StateShape::Bars, ColourRole::Pending, false},
    {"succeeded", QT_TRANSLATE_NOOP("State", "Done"), u"\u2713", StateShape::Check, ColourRole::Ok, false},
    {"failed", QT_TRANSLATE_NOOP("State", "Failed"), u"\u2715", StateShape::Cross, ColourRole::Error, false},
    {"skipped", QT_TRANSLATE_NOOP("State", "Skipped"), u"\u2013", StateShape::Dash, ColourRole::Idle, false},
    {"cancelled", QT_TRANSLATE_NOOP("State", "Cancelled"), u"\u25A0", StateShape::Square, ColourRole::Idle, false},
    {"reused", QT_TRANSLATE_NOOP("State", "Reused"), u"\u25C6", StateShape::Diamond, ColourRole::Ok, false},
    {"quarantined", QT_TRANSLATE_NOOP("State", "Quarantined"), u"\u25B2", StateShape::Triangle, ColourRole::Error,
     false},
    {"starting", QT_TRANSLATE_NOOP("State", "Starting"), u"\u25CC", StateShape::DottedRing, ColourRole::Info, true},
    {"gateway.connecting", QT_TRANSLATE_NOOP("State", "Connecting"), u"\u25CC", StateShape::DottedRing,
     ColourRole::Info, false},
    {"gateway.authenticating", QT_TRANSLATE_NOOP("State", "Authenticating"), u"\u25CC", StateShape::DottedRing,
     ColourRole::Pending, false},
    {"gateway.credentials", QT_TRANSLATE_NOOP("State", "Sign-in needed"), u"\u23F8", StateShape::Bars, ColourRole::Warn,
     false},
    {"gateway.trust", QT_TRANSLATE_NOOP("State", "Trust needed"), u"\u25B2", StateShape::Triangle, ColourRole::Warn,
     false},
    {"gateway.live", QT_TRANSLATE_NOOP("State", "Live"), u"\u25CF", StateShape::Disc, ColourRole::Ok, false},
    {"gateway.stale", QT_TRANSLATE_NOOP("State", "Stale"), u"\u25C6", StateShape::Diamond, ColourRole::Warn, false},
    {"gateway.lost", QT_TRANSLATE_NOOP("State", "Lost"), u"\u2715", StateShape::Cross, ColourRole::Error, false},
    {"gateway.incompatible", QT_TRANSLATE_NOOP("State", "Incompatible"), u"\u25A0", StateShape::Square,
     ColourRole::Error, false},
    {"gateway.detached", QT_TRANSLATE_NOOP("State", "Not attached"), u"\u2013", StateShape::Dash, ColourRole::Idle,
     false},
    {"gateway.ready", QT_TRANSLATE_NOOP("State", "Ready"), u"\u2713", StateShape::Check, ColourRole::Ok, false},
    {"gateway.not-ready", QT_TRANSLATE_NOOP("State", "Not ready"), u"\u25B2", StateShape::Triangle, ColourRole::Warn,
     false},
    {"", QT_TRANSLATE_NOOP("State", "Not run"), u"", StateShape::None, ColourRole::Idle, false},
}};

}  // namespace

StateLook stateLook(const QString& status) {
    for (const auto& entry : kEntries) {
        if (status == QLatin1String(entry.status)) {
            return {QCoreApplication::translate("State", entry.word), QString::fromUtf16(entry.glyph), entry.shape,
                    entry.role, entry.active};
        }
    }
    return {status, QStringLiteral("?"), StateShape::DottedRing, ColourRole::Idle, false};
}

bool isFinalRunStatus(const QString& status) {
    return status == QLatin1String("succeeded") || status == QLatin1String("failed") ||
           status == QLatin1String("cancelled") || status == QLatin1String("quarantined");
}

bool isFinalNodeStatus(const QString& status) {
    return status == QLatin1String("succeeded") || status == QLatin1String("failed") ||
           status == QLatin1String("cancelled") || status == QLatin1String("skipped") ||
           status == QLatin1String("reused");
}

}  // namespace signalbox::ui
