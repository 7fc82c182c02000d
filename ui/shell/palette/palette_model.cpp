#include "ui/shell/palette/palette_model.h"

#include <algorithm>

namespace signalbox::ui {

namespace {
constexpr QChar kHelp = u'?';
}

void PaletteModel::addSource(std::unique_ptr<PaletteSource> source) {
    const auto at = sources_.size();
    search_.addBlock();
    connect(source.get(), &PaletteSource::changed, this, [this, at] {
        stale_[at] = true;
        Q_EMIT sourcesChanged();
    });
    sources_.push_back(std::move(source));
    stale_.push_back(true);
}

void PaletteModel::open() {
    for (const auto& source : sources_) source->prepare();
    refreshSources();
    applyRecent();
}

void PaletteModel::refreshSources() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (!stale_[i]) continue;
        stale_[i] = false;
        search_.setItems(static_cast<int>(i), sources_[i]->items());
    }
}

void PaletteModel::setQuery(const QString& text) {
    refreshSources();
    beginResetModel();
    rows_.clear();
    auto words = text.trimmed();
    int only = -1;
    const QChar first = words.isEmpty() ? QChar() : words.front();
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        if (sources_[i]->prefix() == first) only = static_cast<int>(i);
    }
    if (only >= 0 || first == kHelp) words = words.mid(1).trimmed();
    words_ = words;
    matches_ = 0;
    if (first == kHelp) {
        explain();
    } else {
        const auto& hits = search_.find(words, only);
        matches_ = search_.matches();
        for (const auto& hit : hits) rows_.push_back({hit.block, -1, search_.item(hit)});
        for (std::size_t i = 0; i < sources_.size() && rows_.empty(); ++i) {
            if (only >= 0 && static_cast<int>(i) != only) continue;
            if (auto named = sources_[i]->literal(words)) rows_.push_back({static_cast<int>(i), -1, *std::move(named)});
        }
    }
    matches_ = std::max(matches_, static_cast<int>(rows_.size()));
    endResetModel();
}

void PaletteModel::explain() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto& source = *sources_[i];
        rows_.push_back({-1,
                         static_cast<int>(i),
                         {source.id(),
                          QStringLiteral("%1  %2").arg(source.prefix()).arg(source.name()),
                          tr("only these"),
                          {},
                          QStringLiteral("search")}});
    }
}

PaletteModel::Chosen PaletteModel::choose(int row) {
    if (row < 0 || row >= rowCount()) return {};
    const auto chosen = rows_[static_cast<std::size_t>(row)];
    if (chosen.source < 0) return {true, QString(sources_[static_cast<std::size_t>(chosen.about)]->prefix())};
    auto& source = *sources_[static_cast<std::size_t>(chosen.source)];
    if (!source.reason(chosen.item.id).isEmpty()) return {};
    const auto key = source.id() + QLatin1Char(':') + chosen.item.id;
    recent_.removeAll(key);
    recent_.prepend(key);
    setRecent(recent_, mostRecent_);
    Q_EMIT recentChanged();
    source.activate(chosen.item.id);
    return {true, {}};
}

void PaletteModel::setRecent(const QStringList& recent, int most) {
    mostRecent_ = std::max(0, most);
    recent_ = recent.mid(0, mostRecent_);
    applyRecent();
}

void PaletteModel::applyRecent() {
    for (std::size_t i = 0; i < sources_.size(); ++i) {
        const auto start = sources_[i]->id() + QLatin1Char(':');
        QStringList items;
        for (const auto& key : std::as_const(recent_)) {
            if (key.startsWith(start)) items << key.mid(start.size());
        }
        search_.setRecent(static_cast<int>(i), items);
    }
}

int PaletteModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

// As it is read to those who do not see the row.
QString PaletteModel::title(const Row& row) const {
    QStringList parts{row.item.title};
    if (!row.item.detail.isEmpty()) parts << row.item.detail;
    if (row.source >= 0) {
        const auto& source = *sources_[static_cast<std::size_t>(row.source)];
        const auto shortcut = source.shortcut(row.item.id);
        const auto reason = source.reason(row.item.id);
        if (!shortcut.isEmpty()) parts << shortcut;
        if (!reason.isEmpty()) parts << tr("not now: %1").arg(reason);
    }
    return parts.join(QStringLiteral(", "));
}

QVariant PaletteModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& row = rows_[static_cast<std::size_t>(index.row())];
    const auto* source = row.source < 0 ? nullptr : sources_[static_cast<std::size_t>(row.source)].get();
    switch (role) {
        case Qt::DisplayRole:
            return row.item.title;
        case Qt::AccessibleTextRole:
            return title(row);
        case Qt::WhatsThisRole:
            return row.item.detail;
        case IconNameRole:
            return row.item.icon;
        case ShortcutRole:
            return source ? source->shortcut(row.item.id) : QString();
        case ReasonRole:
            return source ? source->reason(row.item.id) : QString();
        case PlacesRole:
            return QVariant::fromValue(row.source < 0 ? QList<int>()
                                                      : FuzzyQuery(words_).places(FuzzyText(row.item.title)));
        default:
            return {};
    }
}

}  // namespace signalbox::ui
