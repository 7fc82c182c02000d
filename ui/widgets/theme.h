// The look of the application: colours by role, fonts, spacing and density, switchable while it runs.
#pragma once

#include <QColor>
#include <QFont>
#include <QObject>
#include <QPalette>
#include <array>
#include <memory>
#include <optional>

#include "base/result.h"
#include "ui/text/roles.h"

class QApplication;

namespace signalbox::ui {

class DesktopLook;
class IconSet;

/// The colours of one theme file (resources/themes/*.json).
struct ThemeColours {
    QString name;
    bool dark = false;
    bool highContrast = false;
    std::array<QColor, kColourRoleCount> colours;

    [[nodiscard]] const QColor& operator[](ColourRole role) const { return colours[static_cast<std::size_t>(role)]; }
    /// Reads a theme. Errors: "theme.unreadable", "theme.syntax", "theme.colour" (a role is missing or no colour).
    [[nodiscard]] static Result<ThemeColours> load(const QString& path);
    [[nodiscard]] QPalette palette() const;
};

/// Contrast of two opaque colours by WCAG 2.1: 1 (none) to 21.
[[nodiscard]] double contrastRatio(const QColor& a, const QColor& b);
/// `over` mixed into `under`: 0 gives under, 1 gives over.
[[nodiscard]] QColor mixed(const QColor& under, const QColor& over, double amount);

/// One an application, owned by it, because style, palette and font are the application's. Window thread only.
class Theme : public QObject {
    Q_OBJECT
public:
    enum class Mode : quint8 { System, Light, Dark, HighContrast };
    enum class Density : quint8 { Comfortable, Compact };

    /// The theme of the application; the first call sets style, fonts and palette.
    static Theme& of(QApplication& application);
    static Theme& current();  ///< of(*qApp)
    ~Theme() override;

    [[nodiscard]] QColor colour(ColourRole role) const { return colours_[role]; }
    [[nodiscard]] bool isDark() const { return colours_.dark; }
    [[nodiscard]] bool isHighContrast() const { return colours_.highContrast; }
    [[nodiscard]] Mode mode() const { return mode_; }
    void setMode(Mode mode);
    [[nodiscard]] Density density() const { return density_; }
    void setDensity(Density density);
    /// As the desktop has it, until it is set here.
    [[nodiscard]] bool reducedMotion() const;
    void setReducedMotion(bool reduced);

    /// Follows the desktop on another bus than the session's: an open QDBusConnection of that name.
    void followDesktop(const QString& connectionName);

    [[nodiscard]] IconSet& icons() const { return *icons_; }

    // Fonts: the desktop's own where it has one, otherwise the first installed of a list.
    [[nodiscard]] QFont bodyFont() const { return body_; }
    [[nodiscard]] QFont strongFont() const;  ///< the body's, heavier: for names and headings
    [[nodiscard]] QFont captionFont() const;
    [[nodiscard]] QFont titleFont() const;
    [[nodiscard]] QFont numberFont() const;  ///< the one number of a tile
    [[nodiscard]] QFont monospaceFont() const { return monospace_; }

    /// The unit of all spacing: half the height of the body font, 8 at 96 dpi. In logical pixels.
    [[nodiscard]] int unit() const;
    [[nodiscard]] int rowHeight() const;
    [[nodiscard]] int iconSize() const { return unit() * 2; }
    [[nodiscard]] int largeIconSize() const { return unit() * 5 / 2; }
    [[nodiscard]] int radius() const { return unit() * 3 / 4; }

Q_SIGNALS:
    /// Colours, density or motion are others now; widgets that paint themselves update.
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    explicit Theme(QApplication& application);
    void chooseFonts();
    void apply();
    void desktopChanged();
    [[nodiscard]] QString fileName() const;

    QApplication& application_;
    ThemeColours colours_;
    std::unique_ptr<IconSet> icons_;
    QFont body_;
    QFont monospace_;
    Mode mode_ = Mode::System;
    Density density_ = Density::Comfortable;
    std::optional<bool> reducedMotion_;
    bool paletteIsDark_ = false;  ///< what the desktop paints without us, for when the portal does not know
    std::unique_ptr<DesktopLook> desktop_;
};

}  // namespace signalbox::ui
