#include <QFile>
#include <cmath>

#include "base/json.h"
#include "ui/widgets/resources.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

double linear(double channel) {
    return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
    return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) + 0.0722 * linear(colour.blueF());
}

}  // namespace

double contrastRatio(const QColor& a, const QColor& b) {
    const auto first = luminance(a);
    const auto second = luminance(b);
    return (std::max(first, second) + 0.05) / (std::min(first, second) + 0.05);
}

QColor mixed(const QColor& under, const QColor& over, double amount) {
    const auto channel = [amount](int from, int to) {
        return from + static_cast<int>(std::lround((to - from) * amount));
    };
    return QColor(channel(under.red(), over.red()), channel(under.green(), over.green()),
                  channel(under.blue(), over.blue()));
}

Result<ThemeColours> ThemeColours::load(const QString& path) {
    initResources();
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return fail("theme.unreadable", file.errorString().toStdString(), path.toStdString());
    }
    const auto text = file.readAll();
    const auto parsed = parseJson(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));
    if (!parsed) return fail("theme.syntax", parsed.error().message, path.toStdString() + ", " + parsed.error().where);
    ThemeColours theme;
    theme.name = QString::fromStdString(std::string((*parsed)["name"].asString()));
    theme.dark = (*parsed)["dark"].asBoolean();
    theme.highContrast = (*parsed)["highContrast"].asBoolean();
    const auto& colours = (*parsed)["colours"];
    for (int i = 0; i < kColourRoleCount; ++i) {
        const auto name = colourRoleName(static_cast<ColourRole>(i)).toStdString();
        const QColor colour(QString::fromStdString(std::string(colours[name].asString())));
        if (!colour.isValid())
            return fail("theme.colour", "No colour for the role \"" + name + "\"", path.toStdString());
        theme.colours[static_cast<std::size_t>(i)] = colour;
    }
    return theme;
}

QPalette ThemeColours::palette() const {
    const auto& colour = *this;
    QPalette palette;
    const auto set = [&](QPalette::ColorRole role, const QColor& active, const QColor& disabled) {
        palette.setColor(QPalette::Active, role, active);
        palette.setColor(QPalette::Inactive, role, active);
        palette.setColor(QPalette::Disabled, role, disabled);
    };
    const auto same = [&](QPalette::ColorRole role, const QColor& value) { set(role, value, value); };
    const auto faded = mixed(colour[ColourRole::Surface], colour[ColourRole::Muted], highContrast ? 0.8 : 0.6);
    set(QPalette::WindowText, colour[ColourRole::Text], faded);
    set(QPalette::Text, colour[ColourRole::Text], faded);
    set(QPalette::ButtonText, colour[ColourRole::Text], faded);
    set(QPalette::BrightText, colour[ColourRole::Text], faded);
    set(QPalette::PlaceholderText, colour[ColourRole::Muted], faded);
    same(QPalette::Window, colour[ColourRole::Background]);
    same(QPalette::Base, colour[ColourRole::Surface]);
    same(QPalette::AlternateBase, colour[ColourRole::Surface]);
    same(QPalette::Button, colour[ColourRole::Raised]);
    same(QPalette::Light, colour[ColourRole::Raised]);
    same(QPalette::Midlight, colour[ColourRole::Raised]);
    same(QPalette::Mid, colour[ColourRole::Line]);
    same(QPalette::Dark, colour[ColourRole::Line]);
    same(QPalette::Shadow, colour[ColourRole::Line]);
    same(QPalette::Highlight, colour[ColourRole::Selection]);
    set(QPalette::HighlightedText, colour[ColourRole::Text], faded);
    same(QPalette::Link, colour[ColourRole::Accent]);
    same(QPalette::LinkVisited, colour[ColourRole::Accent]);
    same(QPalette::ToolTipBase, colour[ColourRole::Raised]);
    set(QPalette::ToolTipText, colour[ColourRole::Text], faded);
    return palette;
}

}  // namespace signalbox::ui
