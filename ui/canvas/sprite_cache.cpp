#include "ui/canvas/sprite_cache.h"

#include <QPainter>
#include <cmath>

#include "ui/widgets/paint.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

enum class SpriteKind : quint64 { Card, Mark, Port };

quint64 keyOf(SpriteKind kind, quint64 a, quint64 b, quint64 c) {
    return static_cast<quint64>(kind) << 60U | a << 40U | b << 20U | c;
}

quint64 sixteenths(double length) { return static_cast<quint64>(std::lround(length * 16)); }

}  // namespace

ColourRole familyRole(PortFamily family) {
    switch (family) {
        case PortFamily::Value:
            return ColourRole::Series6;
        case PortFamily::List:
            return ColourRole::Series7;
        case PortFamily::Object:
            return ColourRole::Series4;
        case PortFamily::Binary:
            return ColourRole::Series5;
        case PortFamily::Control:
            return ColourRole::Idle;
    }
    return ColourRole::Idle;
}

void SpriteCache::begin(const Theme& theme, double zoom, qreal devicePixelRatio) {
    if (&theme != theme_ || zoom != zoom_ || devicePixelRatio != ratio_) sprites_.clear();
    theme_ = &theme;
    zoom_ = zoom;
    ratio_ = devicePixelRatio;
}

QPixmap SpriteCache::blank(const QSizeF& size) const {
    QPixmap pixmap((size * ratio_).toSize().expandedTo({1, 1}));
    pixmap.setDevicePixelRatio(ratio_);
    pixmap.fill(Qt::transparent);
    return pixmap;
}

QPixmap SpriteCache::drawCard(const QSizeF& size, CardLook look) const {
    const auto surface = theme_->colour(ColourRole::Surface);
    const auto line = mixed(theme_->colour(ColourRole::Line), theme_->colour(ColourRole::Muted),
                            theme_->isHighContrast() ? 0.0 : 0.12);
    auto border = line;
    auto fill = surface;
    double width = 1;
    const auto signal = [&](ColourRole role, double share) {
        border = theme_->colour(role);
        fill = mixed(surface, border, theme_->isHighContrast() ? 0.0 : share);
        width = std::max(1.0, 1.5 * std::min(zoom_, 1.0));
    };
    switch (look) {
        case CardLook::Rest:
            break;
        case CardLook::Hovered:
            border = theme_->colour(ColourRole::Muted);
            break;
        case CardLook::Running:
            signal(ColourRole::Info, 0.07);
            break;
        case CardLook::Failed:
            signal(ColourRole::Error, 0.08);
            break;
        case CardLook::Waiting:
            signal(ColourRole::Warn, 0.07);
            break;
        case CardLook::Done:
            break;
        case CardLook::Skipped:
            fill = theme_->colour(ColourRole::Background);
            break;
    }
    auto pixmap = blank(size);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen(border, width);
    if (look == CardLook::Skipped) pen.setDashPattern({3, 3});
    painter.setPen(pen);
    painter.setBrush(fill);
    const auto radius = theme_->radius() * zoom_;
    const auto half = width / 2;
    painter.drawRoundedRect(QRectF(QPointF(), size).adjusted(half, half, -half, -half), radius, radius);
    return pixmap;
}

const QPixmap& SpriteCache::card(const QSizeF& size, CardLook look) {
    const auto key =
        keyOf(SpriteKind::Card, static_cast<quint64>(look), sixteenths(size.width()), sixteenths(size.height()));
    auto found = sprites_.find(key);
    if (found == sprites_.end()) found = sprites_.insert(key, drawCard(size, look));
    return *found;
}

const QPixmap& SpriteCache::mark(StateShape shape, ColourRole role, double side) {
    const auto key = keyOf(SpriteKind::Mark, static_cast<quint64>(shape), static_cast<quint64>(role), sixteenths(side));
    auto found = sprites_.find(key);
    if (found == sprites_.end()) {
        auto pixmap = blank({side, side});
        QPainter painter(&pixmap);
        drawStateMark(painter, QRectF(0, 0, side, side), shape, theme_->colour(role));
        painter.end();
        found = sprites_.insert(key, pixmap);
    }
    return *found;
}

const QPixmap& SpriteCache::port(PortFamily family, bool wired, double side) {
    const auto key = keyOf(SpriteKind::Port, static_cast<quint64>(family), wired ? 1 : 0, sixteenths(side));
    auto found = sprites_.find(key);
    if (found == sprites_.end()) {
        auto pixmap = blank({side, side});
        QPainter painter(&pixmap);
        painter.setRenderHint(QPainter::Antialiasing);
        const auto width = std::max(1.0, side * 0.16);
        // A rim in the colour of the ground parts the disc from card and wire.
        const auto rim = wired ? theme_->colour(ColourRole::Background) : theme_->colour(ColourRole::Muted);
        painter.setPen(QPen(rim, width));
        painter.setBrush(wired ? theme_->colour(familyRole(family)) : theme_->colour(ColourRole::Background));
        const auto inset = width / 2;
        painter.drawEllipse(QRectF(inset, inset, side - 2 * inset, side - 2 * inset));
        painter.end();
        found = sprites_.insert(key, pixmap);
    }
    return *found;
}

}  // namespace signalbox::ui
