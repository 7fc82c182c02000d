#include "ui/shell/layouts.h"

#include <QDockWidget>
#include <QGuiApplication>
#include <QMainWindow>
#include <algorithm>

#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

// QMainWindow's areas are sides of the screen; the layouts mean the start and the end of a line.
Qt::DockWidgetArea mirrored(Qt::DockWidgetArea area) {
    if (!QGuiApplication::isRightToLeft()) return area;
    if (area == Qt::LeftDockWidgetArea) return Qt::RightDockWidgetArea;
    return area == Qt::RightDockWidgetArea ? Qt::LeftDockWidgetArea : area;
}

constexpr int kStateVersion = 1;  ///< of QMainWindow::saveState
const auto kOwnPrefix = QStringLiteral("own:");

QString base64(const QByteArray& bytes) { return QString::fromLatin1(bytes.toBase64()); }
QByteArray bytes(const QJsonValue& text) { return QByteArray::fromBase64(text.toString().toLatin1()); }

}  // namespace

Layouts::Layouts(QMainWindow& window) : QObject(&window), window_(window) {}

void Layouts::declare(const LayoutSpec& spec) {
    specs_ << spec;
    Q_EMIT listChanged();
}

QList<Layouts::Entry> Layouts::entries() const {
    QList<Entry> all;
    for (const auto& spec : specs_) all << Entry{spec.id, spec.title, false};
    const auto designedCount = all.size();
    for (auto it = own_.constBegin(); it != own_.constEnd(); ++it) all << Entry{it.key(), it->title, true};
    std::sort(all.begin() + designedCount, all.end(),
              [](const Entry& a, const Entry& b) { return a.title.localeAwareCompare(b.title) < 0; });
    return all;
}

const LayoutSpec* Layouts::designed(const QString& id) const {
    const auto found =
        std::find_if(specs_.begin(), specs_.end(), [&id](const LayoutSpec& spec) { return spec.id == id; });
    return found == specs_.end() ? nullptr : &*found;
}

bool Layouts::includes(const QString& dock) const {
    if (const auto* spec = designed(current_)) {
        return std::any_of(spec->places.begin(), spec->places.end(),
                           [&dock](const DockPlace& place) { return place.dock == dock; });
    }
    const auto* widget = window_.findChild<QDockWidget*>(dock);
    return widget && !widget->isHidden();
}

QByteArray Layouts::arrangement() const { return window_.saveState(kStateVersion); }

bool Layouts::show(const QByteArray& arrangement) { return window_.restoreState(arrangement, kStateVersion); }

void Layouts::apply(const QString& id) {
    if (!designed(id) && !own_.contains(id)) return;
    if (!current_.isEmpty()) left_.insert(current_, arrangement());
    current_ = id;
    if (!left_.contains(id) || !show(left_.value(id))) reset();
    Q_EMIT currentChanged();
}

void Layouts::reset() {
    left_.remove(current_);
    if (const auto* spec = designed(current_)) {
        arrange(*spec);
    } else if (own_.contains(current_)) {
        show(own_.value(current_).saved);
    }
}

void Layouts::arrange(const LayoutSpec& spec) {
    for (auto* dock : window_.findChildren<QDockWidget*>(QString(), Qt::FindDirectChildrenOnly)) {
        dock->setFloating(false);
        window_.removeDockWidget(dock);
    }
    for (const auto& at : spec.places) {
        if (window_.findChild<QDockWidget*>(at.dock, Qt::FindDirectChildrenOnly)) place(at);
    }
    resizeDocks(spec);
    // A tab that was added lies in front of the one it was added to. Raised before, it would keep its area from taking
    // the size that was asked for.
    // From the last to the first: of tabs that are put behind each other the one that all began with is in front.
    for (auto at = spec.places.crbegin(); at != spec.places.crend(); ++at) {
        auto* front = at->how == DockPlace::How::Tab ? window_.findChild<QDockWidget*>(at->other) : nullptr;
        if (front) front->raise();
    }
}

void Layouts::resizeDocks(const LayoutSpec& spec) {
    const int unit = Theme::current().unit();
    QList<QDockWidget*> wide;
    QList<QDockWidget*> high;
    QList<int> widths;
    QList<int> heights;
    for (const auto& at : spec.places) {
        auto* dock = window_.findChild<QDockWidget*>(at.dock, Qt::FindDirectChildrenOnly);
        if (!dock) continue;
        if (at.width > 0) wide << dock, widths << at.width * unit;
        if (at.height > 0) high << dock, heights << at.height * unit;
    }
    window_.resizeDocks(wide, widths, Qt::Horizontal);
    window_.resizeDocks(high, heights, Qt::Vertical);
}

void Layouts::place(const DockPlace& place) {
    auto* dock = window_.findChild<QDockWidget*>(place.dock, Qt::FindDirectChildrenOnly);
    auto* other = window_.findChild<QDockWidget*>(place.other, Qt::FindDirectChildrenOnly);
    window_.addDockWidget(mirrored(place.area), dock);
    if (other && place.how == DockPlace::How::Below) window_.splitDockWidget(other, dock, Qt::Vertical);
    if (other && place.how == DockPlace::How::Right) window_.splitDockWidget(other, dock, Qt::Horizontal);
    if (other && place.how == DockPlace::How::Tab) window_.tabifyDockWidget(other, dock);
    dock->setVisible(place.open);
}

QString Layouts::saveAs(const QString& name) {
    const auto title = name.simplified();
    if (title.isEmpty()) return {};
    const auto id = kOwnPrefix + title.toLower();
    if (!current_.isEmpty()) left_.insert(current_, arrangement());
    left_.remove(id);
    own_.insert(id, {title, arrangement()});
    current_ = id;
    Q_EMIT listChanged();
    Q_EMIT currentChanged();
    return id;
}

void Layouts::remove(const QString& id) {
    if (own_.remove(id) == 0) return;
    left_.remove(id);
    if (current_ == id) {
        current_.clear();
        if (!specs_.isEmpty()) apply(specs_.first().id);
    }
    Q_EMIT listChanged();
}

QJsonObject Layouts::save() const {
    QJsonObject own;
    QJsonObject left;
    for (auto it = own_.constBegin(); it != own_.constEnd(); ++it) {
        own.insert(it.key(),
                   QJsonObject{{QStringLiteral("title"), it->title}, {QStringLiteral("docks"), base64(it->saved)}});
    }
    for (auto it = left_.constBegin(); it != left_.constEnd(); ++it) left.insert(it.key(), base64(it.value()));
    left.insert(current_, base64(arrangement()));
    return {{QStringLiteral("own"), own}, {QStringLiteral("left"), left}, {QStringLiteral("current"), current_}};
}

bool Layouts::restore(const QJsonObject& saved) {
    const auto own = saved.value(QStringLiteral("own")).toObject();
    for (auto it = own.begin(); it != own.end(); ++it) {
        const auto layout = it->toObject();
        const auto title = layout.value(QStringLiteral("title")).toString();
        const auto docks = bytes(layout.value(QStringLiteral("docks")));
        if (it.key().startsWith(kOwnPrefix) && !title.isEmpty() && !docks.isEmpty())
            own_.insert(it.key(), {title, docks});
    }
    const auto left = saved.value(QStringLiteral("left")).toObject();
    for (auto it = left.begin(); it != left.end(); ++it) {
        if (designed(it.key()) || own_.contains(it.key())) left_.insert(it.key(), bytes(*it));
    }
    Q_EMIT listChanged();
    const auto current = saved.value(QStringLiteral("current")).toString();
    if (!designed(current) && !own_.contains(current)) return false;
    const auto wanted = left_.value(current);
    current_ = current;
    const bool shown = !wanted.isEmpty() && show(wanted);
    if (!shown) reset();
    Q_EMIT currentChanged();
    return shown;
}

}  // namespace signalbox::ui
