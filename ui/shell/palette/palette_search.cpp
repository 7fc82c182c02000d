#include "ui/shell/palette/palette_search.h"

#include <algorithm>

namespace signalbox::ui {

namespace {

constexpr int kMostRecentBonus = 24;
constexpr std::size_t kMostSteps = 32;

}  // namespace

int PaletteSearch::addBlock() {
    blocks_.emplace_back();
    steps_.clear();
    return static_cast<int>(blocks_.size()) - 1;
}

void PaletteSearch::setItems(int block, std::vector<PaletteItem> items) {
    auto& target = blocks_[static_cast<std::size_t>(block)];
    target.items = std::move(items);
    target.entries.clear();
    target.entries.reserve(target.items.size());
    for (const auto& item : target.items) target.entries.push_back({FuzzyText(item.title), FuzzyText(item.keywords)});
    applyRecent(target);
    steps_.clear();
}

const PaletteItem& PaletteSearch::item(const Hit& hit) const {
    return blocks_[static_cast<std::size_t>(hit.block)].items[static_cast<std::size_t>(hit.item)];
}

void PaletteSearch::setRecent(int block, const QStringList& items) {
    auto& target = blocks_[static_cast<std::size_t>(block)];
    target.recent = items;
    applyRecent(target);
    steps_.clear();
}

void PaletteSearch::applyRecent(Block& block) {
    block.recency.assign(block.items.size(), 0);
    if (block.recent.isEmpty()) return;
    QHash<QString, std::uint16_t> bonus;
    for (qsizetype i = 0; i < block.recent.size(); ++i) {
        bonus.insert(block.recent[i], static_cast<std::uint16_t>(std::max<qsizetype>(1, kMostRecentBonus - i)));
    }
    for (std::size_t i = 0; i < block.items.size(); ++i) block.recency[i] = bonus.value(block.items[i].id, 0);
}

void PaletteSearch::consider(const FuzzyQuery& query, Hit hit, std::vector<Hit>& matches) const {
    const auto& block = blocks_[static_cast<std::size_t>(hit.block)];
    const auto at = static_cast<std::size_t>(hit.item);
    const auto& entry = block.entries[at];
    int score = query.score(entry.title);
    if (score < 0) {
        if (!query.startsWordsOf(entry.keywords)) return;
        score = 0;
    }
    hit.score = score + block.recency[at];
    matches.push_back(hit);
}

// The matches of the longest earlier query that this one narrows. Those of others are dropped.
const std::vector<PaletteSearch::Hit>* PaletteSearch::narrowable(const FuzzyQuery& query, int block) {
    while (!steps_.empty()) {
        const auto& last = steps_.back();
        if (last.block == block && query.narrows(last.query)) return &last.matches;
        steps_.pop_back();
    }
    return nullptr;
}

const std::vector<PaletteSearch::Hit>& PaletteSearch::find(const QString& text, int block) {
    FuzzyQuery query(text);
    std::vector<Hit> matches;
    if (const auto* earlier = narrowable(query, block)) {
        for (const auto& hit : *earlier) consider(query, hit, matches);
    } else {
        for (int b = 0; b < static_cast<int>(blocks_.size()); ++b) {
            if (block >= 0 && b != block) continue;
            const auto count = static_cast<int>(blocks_[static_cast<std::size_t>(b)].items.size());
            matches.reserve(matches.size() + static_cast<std::size_t>(count));
            for (int i = 0; i < count; ++i) consider(query, {b, i, 0}, matches);
        }
    }
    rank(matches);
    if (steps_.size() >= kMostSteps) steps_.erase(steps_.begin());
    steps_.push_back({std::move(query), block, std::move(matches)});
    return best_;
}

void PaletteSearch::rank(const std::vector<Hit>& matches) {
    matches_ = static_cast<int>(matches.size());
    best_.resize(std::min<std::size_t>(matches.size(), kMostHits));
    std::partial_sort_copy(matches.begin(), matches.end(), best_.begin(), best_.end(), [](const Hit& a, const Hit& b) {
        if (a.score != b.score) return a.score > b.score;
        return a.block != b.block ? a.block < b.block : a.item < b.item;
    });
}

}  // namespace signalbox::ui
