#include "ui/widgets/theme.h"

#include <QApplication>
#include <QEvent>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QStyleHints>
#include <QToolTip>
#include <QWidget>

#include "ui/text/english_plurals.h"
#include "ui/widgets/desktop_look.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/style.h"

namespace signalbox::ui {

namespace {

constexpr double kDefaultPointSize = 10.0;
constexpr double kSmallestPointSize = 8.0;

// The first of the families that is installed, otherwise the family as it is.
QFont withInstalledFamily(QFont font, const QStringList& families) {
    const auto installed = QFontDatabase::families();
    for (const auto& family : families) {
        if (installed.contains(family)) {
            font.setFamilies({family});
            return font;
        }
    }
    return font;
}

// Platforms without a desktop name no font of their own, only what fontconfig falls back to.
bool desktopNamesFonts() {
    const auto platform = QGuiApplication::platformName();
    return platform != QLatin1String("offscreen") && platform != QLatin1String("minimal") &&
           platform != QLatin1String("vnc") && platform != QLatin1String("linuxfb");
}

bool isGenericFamily(const QString& family) {
    return family.isEmpty() || family.startsWith(QLatin1String("Sans"), Qt::CaseInsensitive) ||
           family.compare(QLatin1String("Monospace"), Qt::CaseInsensitive) == 0 || family == QLatin1String("fixed");
}

}  // namespace

Theme& Theme::of(QApplication& application) {
    // Theme is no QML type and there is one application: its child is the one place to look.
    if (auto* existing = application.findChild<Theme*>(QString(), Qt::FindDirectChildrenOnly)) return *existing;
    return *new Theme(application);
}

Theme& Theme::current() { return of(*qobject_cast<QApplication*>(QApplication::instance())); }

Theme::Theme(QApplication& application)
    : QObject(&application), application_(application), icons_(std::make_unique<IconSet>()) {
    setObjectName(QStringLiteral("theme"));
    paletteIsDark_ = QApplication::palette().color(QPalette::Window).lightness() < 128;
    if (qEnvironmentVariableIntValue("SIGNALBOX_REDUCED_MOTION") != 0) reducedMotion_ = true;
    chooseFonts();
    QCoreApplication::installTranslator(new EnglishPlurals(this));
    QApplication::setStyle(new Style(*this));
    apply();
    application_.installEventFilter(this);
    followDesktop({});
}

Theme::~Theme() = default;

void Theme::chooseFonts() {
    body_ = QFontDatabase::systemFont(QFontDatabase::GeneralFont);
    monospace_ = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    const bool chosenByDesktop = desktopNamesFonts();
    if (!chosenByDesktop || isGenericFamily(body_.family())) {
        body_ = withInstalledFamily(body_, {QStringLiteral("Inter"), QStringLiteral("Noto Sans"),
                                            QStringLiteral("Cantarell"), QStringLiteral("DejaVu Sans")});
    }
    if (!chosenByDesktop || isGenericFamily(monospace_.family())) {
        monospace_ =
            withInstalledFamily(monospace_, {QStringLiteral("Noto Sans Mono"), QStringLiteral("Noto Mono"),
                                             QStringLiteral("JetBrains Mono"), QStringLiteral("DejaVu Sans Mono")});
    }
    if (!chosenByDesktop || body_.pointSizeF() < kSmallestPointSize) body_.setPointSizeF(kDefaultPointSize);
    monospace_.setPointSizeF(body_.pointSizeF() * 0.95);
    monospace_.setStyleHint(QFont::Monospace);
    // Glyphs then have the same proportions at every zoom of the canvas and every scale of the screen.
    body_.setHintingPreference(QFont::PreferNoHinting);
    monospace_.setHintingPreference(QFont::PreferNoHinting);
    QApplication::setFont(body_);
}

QFont Theme::strongFont() const {
    QFont font = body_;
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::captionFont() const {
    QFont font = body_;
    font.setPointSizeF(body_.pointSizeF() * 0.85);
    return font;
}

QFont Theme::titleFont() const {
    QFont font = body_;
    font.setPointSizeF(body_.pointSizeF() * 1.25);
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont Theme::numberFont() const {
    QFont font = body_;
    font.setPointSizeF(body_.pointSizeF() * 1.9);
    return font;
}

int Theme::unit() const { return std::max(4, (QFontMetrics(body_).height() + 1) / 2); }

int Theme::rowHeight() const { return density_ == Density::Compact ? unit() * 3 : unit() * 4; }

QString Theme::fileName() const {
    switch (mode_) {
        case Mode::Light:
            return QStringLiteral("light");
        case Mode::Dark:
            return QStringLiteral("dark");
        case Mode::HighContrast:
            return QStringLiteral("high-contrast");
        case Mode::System:
            break;
    }
    if (desktop_ && desktop_->highContrast()) return QStringLiteral("high-contrast");
    const auto scheme = desktop_ ? desktop_->scheme() : DesktopLook::Scheme::Unknown;
    const bool dark = scheme == DesktopLook::Scheme::Unknown ? paletteIsDark_ : scheme == DesktopLook::Scheme::Dark;
    return dark ? QStringLiteral("dark") : QStringLiteral("light");
}

void Theme::apply() {
    auto loaded = ThemeColours::load(QStringLiteral(":/signalbox/themes/%1.json").arg(fileName()));
    if (!loaded) {
        qWarning("%s: %s", loaded.error().code.c_str(), loaded.error().message.c_str());
        return;
    }
    colours_ = *std::move(loaded);
    const auto palette = colours_.palette();
    QApplication::setPalette(palette);
    QToolTip::setPalette(palette);
    QToolTip::setFont(body_);
    Q_EMIT changed();
}

void Theme::setMode(Mode mode) {
    if (mode == mode_) return;
    mode_ = mode;
    apply();
}

void Theme::setDensity(Density density) {
    if (density == density_) return;
    density_ = density;
    Q_EMIT changed();
}

bool Theme::reducedMotion() const { return reducedMotion_.value_or(desktop_ && desktop_->reducedMotion()); }

void Theme::setReducedMotion(bool reduced) {
    const bool before = reducedMotion();
    reducedMotion_ = reduced;
    if (reduced != before) Q_EMIT changed();
}

void Theme::followDesktop(const QString& connectionName) {
    desktop_ = std::make_unique<DesktopLook>(nullptr, connectionName);
    connect(desktop_.get(), &DesktopLook::changed, this, &Theme::desktopChanged);
}

void Theme::desktopChanged() {
    if (mode_ == Mode::System && colours_.name != fileName()) {
        apply();
    } else if (!reducedMotion_) {
        Q_EMIT changed();
    }
}

bool Theme::eventFilter(QObject* watched, QEvent* event) {
    // The desktop changed its own look: what it would paint without us tells whether it is dark.
    if (watched == &application_ && event->type() == QEvent::ThemeChange && mode_ == Mode::System) {
        QApplication::setPalette(QPalette());
        paletteIsDark_ = QApplication::palette().color(QPalette::Window).lightness() < 128;
        apply();
    }
    return QObject::eventFilter(watched, event);
}

}  // namespace signalbox::ui
