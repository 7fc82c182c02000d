#include "ui/widgets/contrast.h"

#include "ui/widgets/stale_strip.h"

namespace signalbox::ui {

namespace {

using Role = ColourRole;

/// Gathers pairs of one theme.
class Pairs {
public:
    explicit Pairs(const ThemeColours& theme) : theme_(theme) {}

    void text(const char* use, const QColor& foreground, const QColor& background) {
        pairs_ << ContrastPair{use, foreground, background, true};
    }
    void graphic(const char* use, const QColor& foreground, const QColor& background) {
        pairs_ << ContrastPair{use, foreground, background, false};
    }
    [[nodiscard]] QColor tint(Role role, double strength) const {
        return mixed(theme_[Role::Surface], theme_[role], strength);
    }
    [[nodiscard]] QColor hover() const { return mixed(theme_[Role::Surface], theme_[Role::Raised], 0.7); }

    // Words, numbers and marks on the plain areas.
    void areas() {
        for (const auto ground : {Role::Background, Role::Surface, Role::Raised}) {
            for (const auto role : {Role::Text, Role::Muted, Role::Accent, Role::Ok, Role::Warn, Role::Error,
                                    Role::Info, Role::Pending, Role::Idle}) {
                text("words and states on plain areas", theme_[role], theme_[ground]);
            }
        }
    }
    void rows() {
        for (const auto role :
             {Role::Text, Role::Muted, Role::Ok, Role::Warn, Role::Error, Role::Info, Role::Pending, Role::Idle}) {
            text("in a selected row", theme_[role], theme_[Role::Selection]);
            text("in a row under the pointer", theme_[role], hover());
        }
    }
    void controls() {
        const auto accent = theme_[Role::Accent];
        text("the main button", theme_[Role::OnAccent], accent);
        text("the main button under the pointer", theme_[Role::OnAccent], mixed(accent, theme_[Role::Text], 0.12));
        text("the main button held down", theme_[Role::OnAccent], mixed(accent, theme_[Role::Text], 0.24));
        text("a button held down", theme_[Role::Text], mixed(theme_[Role::Raised], theme_[Role::Background], 0.6));
        graphic("the mark in a check box", theme_[Role::OnAccent], accent);
        graphic("the outline of a check box", theme_[Role::Muted], theme_[Role::Surface]);
        for (const auto ground : {Role::Background, Role::Surface, Role::Raised}) {
            graphic("the ring of the focus", accent, theme_[ground]);
        }
        graphic("the ring of the focus in a selected row", accent, theme_[Role::Selection]);
    }
    // The strips of messages lie on a tenth of their colour, lines of a difference on an eighth, terms of a filter on a
    // sixth.
    void tints() {
        for (const auto role : {Role::Error, Role::Info, Role::Warn}) {
            text("words on a message strip", theme_[Role::Text], tint(role, 0.1));
            text("muted words on a message strip", theme_[Role::Muted], tint(role, 0.1));
            graphic("the icon on a message strip", theme_[role], tint(role, 0.1));
        }
        for (const auto role : {Role::Ok, Role::Error}) {
            text("a changed line", theme_[Role::Text], tint(role, 0.12));
            text("the sign of a changed line", theme_[role], tint(role, 0.12));
            text("the number of a changed line", theme_[Role::Muted], tint(role, 0.12));
        }
        // The tint lies over the words too.
        text("a term of a filter", mixed(theme_[Role::Text], theme_[Role::Accent], 0.16), tint(Role::Accent, 0.16));
    }
    void plots() {
        for (int i = 0; i < 8; ++i) {
            const auto role = static_cast<Role>(static_cast<int>(Role::Series1) + i);
            graphic("a line of a plot", theme_[role], theme_[Role::Surface]);
        }
    }
    // What is greyed for its age is still read.
    void stale() {
        if (theme_.highContrast) return;
        const auto veiled = [&](Role role) { return mixed(theme_[role], theme_[Role::Surface], StaleVeil::kStrength); };
        text("stale words", veiled(Role::Text), theme_[Role::Surface]);
        graphic("stale marks", veiled(Role::Muted), theme_[Role::Surface]);
    }
    [[nodiscard]] QList<ContrastPair> take() { return std::move(pairs_); }

private:
    const ThemeColours& theme_;
    QList<ContrastPair> pairs_;
};

}  // namespace

QList<ContrastPair> contrastPairs(const ThemeColours& theme) {
    Pairs pairs(theme);
    pairs.areas();
    pairs.rows();
    pairs.controls();
    pairs.tints();
    pairs.plots();
    pairs.stale();
    return pairs.take();
}

double neededContrast(const ContrastPair& pair, const ThemeColours& theme) {
    if (!pair.isText) return 3.0;
    return theme.highContrast ? 7.0 : 4.5;
}

}  // namespace signalbox::ui
