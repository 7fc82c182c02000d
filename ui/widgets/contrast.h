// Which colours the console puts on which, so that a test can measure every pair in every theme.
#pragma once

#include <QList>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

/// A colour on a ground. What is not declared here is not drawn.
struct ContrastPair {
    const char* use;  ///< for the message of a failing test: "muted text on a raised area"
    QColor foreground;
    QColor background;
    bool isText = true;  ///< text needs 4.5, in high contrast 7; marks and lines that carry meaning need 3
};

/// Every pair that style, delegates and widgets use, with the mixed colours (hover, tints, disabled aside) computed as
/// they are drawn.
[[nodiscard]] QList<ContrastPair> contrastPairs(const ThemeColours& theme);
/// The least ratio the pair needs in that theme (WCAG 2.1, 1.4.3, 1.4.6 and 1.4.11).
[[nodiscard]] double neededContrast(const ContrastPair& pair, const ThemeColours& theme);

}  // namespace signalbox::ui
