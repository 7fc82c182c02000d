#include "ui/widgets/icon_set.h"

#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QPointer>
#include <QSvgRenderer>

#include "ui/widgets/resources.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kMostPixmaps = 2000;
constexpr double kGrid = 16;       ///< of the files
constexpr double kLargeSize = 20;  ///< Theme::largeIconSize() at 96 dpi

QString iconPath(const QString& name) { return QStringLiteral(":/signalbox/icons/%1.svg").arg(name); }

/// Draws from the theme's icons in the colours of the moment.
class ThemedIconEngine : public QIconEngine {
public:
    ThemedIconEngine(Theme& theme, QString name, ColourRole role)
        : theme_(&theme), name_(std::move(name)), role_(role) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State state) override {
        Q_UNUSED(state);
        const int side = std::min(rect.width(), rect.height());
        const auto drawn = pixmapAt(side, painter->device()->devicePixelRatioF(), mode);
        painter->drawPixmap(rect.x() + (rect.width() - side) / 2, rect.y() + (rect.height() - side) / 2, drawn);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override {
        return scaledPixmap(size, mode, state, 1.0);
    }
    QPixmap scaledPixmap(const QSize& size, QIcon::Mode mode, QIcon::State state, qreal scale) override {
        Q_UNUSED(state);
        // Qt asks in device pixels here.
        const auto side = static_cast<qreal>(std::min(size.width(), size.height()));
        auto drawn = pixmapAt(qRound(side / scale), scale, mode);
        return drawn;
    }
    QSize actualSize(const QSize& size, QIcon::Mode, QIcon::State) override { return size; }
    QString key() const override { return QStringLiteral("signalbox"); }
    QIconEngine* clone() const override { return theme_ ? new ThemedIconEngine(*theme_, name_, role_) : nullptr; }

private:
    QPixmap pixmapAt(int side, qreal ratio, QIcon::Mode mode) {
        if (!theme_) return {};
        auto colour = theme_->colour(role_);
        if (mode == QIcon::Disabled)
            colour = mixed(theme_->colour(ColourRole::Surface), theme_->colour(ColourRole::Muted), 0.5);
        return theme_->icons().pixmap(name_, side, ratio, colour);
    }

    QPointer<Theme> theme_;
    QString name_;
    ColourRole role_;
};

}  // namespace

bool IconSet::contains(const QString& name) {
    initResources();
    return !name.isEmpty() && QFile::exists(iconPath(name));
}

QByteArray IconSet::source(const QString& name) {
    initResources();
    if (const auto known = sources_.constFind(name); known != sources_.constEnd()) return *known;
    QFile file(iconPath(contains(name) ? name : QStringLiteral("node")));
    QByteArray text;
    if (file.open(QIODevice::ReadOnly)) text = file.readAll();
    sources_.insert(name, text);
    return text;
}

QPixmap IconSet::pixmap(const QString& name, int size, qreal devicePixelRatio, const QColor& colour) {
    const auto key = QStringLiteral("%1/%2/%3/%4").arg(name).arg(size).arg(devicePixelRatio).arg(colour.rgba(), 0, 16);
    if (const auto known = pixmaps_.constFind(key); known != pixmaps_.constEnd()) return *known;
    auto text = source(name);
    // QSvgRenderer knows no currentColor to inherit, so the colour is put in its place.
    text.replace("currentColor", colour.name(QColor::HexRgb).toLatin1());
    // In the larger size of controls strokes are as thin as in the small one; beyond it they grow with the picture.
    const auto stroke = kGrid / std::clamp(static_cast<double>(size), kGrid, kLargeSize);
    text.replace("stroke-width=\"1.5\"", "stroke-width=\"" + QByteArray::number(1.5 * stroke) + "\"");
    QSvgRenderer renderer(text);
    const int side = std::max(1, qCeil(size * devicePixelRatio));
    QPixmap drawn(side, side);
    drawn.fill(Qt::transparent);
    QPainter painter(&drawn);
    painter.setRenderHint(QPainter::Antialiasing);
    renderer.render(&painter, QRectF(0, 0, side, side));
    painter.end();
    drawn.setDevicePixelRatio(devicePixelRatio);
    if (pixmaps_.size() >= kMostPixmaps) pixmaps_.clear();
    pixmaps_.insert(key, drawn);
    return drawn;
}

QIcon themedIcon(const QString& name, ColourRole role) {
    return QIcon(new ThemedIconEngine(Theme::current(), name, role));
}

}  // namespace signalbox::ui
