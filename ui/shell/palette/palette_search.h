// The search behind the command palette: the best of many thousand items, again after each letter.
#pragma once

#include <QHash>
#include <QString>
#include <QStringList>
#include <cstdint>
#include <vector>

#include "ui/actions/fuzzy.h"
#include "ui/shell/palette/palette_source.h"

namespace signalbox::ui {

/// Items in blocks, one for each source. While a query grows, only what matched before is looked at; going back a
/// letter finds the earlier matches still there.
class PaletteSearch {
public:
    static constexpr int kMostHits = 100;  ///< shown; the others are counted

    struct Hit {
        int block = 0;
        int item = 0;
        int score = 0;
    };

    int addBlock();
    void setItems(int block, std::vector<PaletteItem> items);
    [[nodiscard]] const PaletteItem& item(const Hit& hit) const;
    /// Used lately, newest first: they come first among equals, and at the top while nothing is typed.
    void setRecent(int block, const QStringList& items);

    /// Best first. `block` restricts it; -1 searches all.
    const std::vector<Hit>& find(const QString& query, int block);
    [[nodiscard]] int matches() const { return matches_; }  ///< of the last find(), beyond what is shown

private:
    struct Entry {
        FuzzyText title;
        FuzzyText keywords;
    };
    struct Block {
        std::vector<PaletteItem> items;
        std::vector<Entry> entries;
        std::vector<std::uint16_t> recency;  ///< bonus of each item, 0 for most
        QStringList recent;
    };
    struct Step {
        FuzzyQuery query;
        int block;
        std::vector<Hit> matches;  ///< all of them, in no order
    };
    void applyRecent(Block& block);
    [[nodiscard]] const std::vector<Hit>* narrowable(const FuzzyQuery& query, int block);
    void consider(const FuzzyQuery& query, Hit hit, std::vector<Hit>& matches) const;
    void rank(const std::vector<Hit>& matches);

    std::vector<Block> blocks_;
    std::vector<Step> steps_;
    std::vector<Hit> best_;
    int matches_ = 0;
};

}  // namespace signalbox::ui
