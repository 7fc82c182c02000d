// The search of the command palette over 50,000 entries, letter by letter, beside a plain search for a substring.
#include <QElapsedTimer>
#include <QString>
#include <algorithm>
#include <cstdio>
#include <vector>

#include "ui/shell/palette/palette_search.h"

namespace {

using namespace signalbox::ui;

constexpr int kEntries = 50'000;
constexpr int kRounds = 5;

std::vector<PaletteItem> makeItems() {
    static const char* const kVerbs[] = {"Fetch", "Parse", "Store",    "Check",  "Notify",
                                         "Merge", "Rerun", "Validate", "Publish"};
    static const char* const kThings[] = {"orders",   "packages",    "hosts",   "invoices",
                                          "releases", "failed runs", "sections"};
    static const char* const kPlaces[] = {"from warehouse", "by region", "of last night", "to archive", "in staging"};
    std::vector<PaletteItem> items;
    items.reserve(kEntries);
    for (int i = 0; i < kEntries; ++i) {
        const auto title = QStringLiteral("%1 %2 %3 %4")
                               .arg(QLatin1String(kVerbs[i % 9]), QLatin1String(kThings[i / 9 % 7]),
                                    QLatin1String(kPlaces[i / 63 % 5]))
                               .arg(i);
        items.push_back({QString::number(i), title, {}, QStringLiteral("node%1 HttpRequestNode").arg(i), {}});
    }
    return items;
}

template <class Work>
double milliseconds(Work work) {
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        work();
        best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return best;
}

// Every prefix of the text is searched for anew: nothing to narrow.
double cold(PaletteSearch& search, const QString& query) {
    return milliseconds([&] {
        search.setRecent(0, {});
        search.find(query, -1);
    });
}

// The last letter is typed when all before it have been.
double typed(PaletteSearch& search, const QString& query) {
    double best = 1e9;
    for (int round = 0; round < kRounds; ++round) {
        search.setRecent(0, {});
        for (qsizetype i = 0; i < query.size(); ++i) search.find(query.left(i), -1);
        QElapsedTimer timer;
        timer.start();
        search.find(query, -1);
        best = std::min(best, static_cast<double>(timer.nsecsElapsed()) / 1e6);
    }
    return best;
}

double substring(const std::vector<PaletteItem>& items, const QString& query) {
    std::size_t found = 0;
    const double took = milliseconds([&] {
        found = 0;
        for (const auto& item : items) found += item.title.contains(query, Qt::CaseInsensitive) ? 1U : 0U;
    });
    return found > items.size() ? 0 : took;
}

}  // namespace

int main() {
    const auto items = makeItems();
    PaletteSearch search;
    const int block = search.addBlock();
    QElapsedTimer building;
    building.start();
    search.setItems(block, items);
    std::printf("%d entries made ready in %.1f ms\n", kEntries, static_cast<double>(building.nsecsElapsed()) / 1e6);
    std::printf("%-16s %10s %10s %10s %8s\n", "query", "at once ms", "typed ms", "substr ms", "ratio");
    double worst = 0;
    for (const auto* text : {"", "r", "re", "rer", "rerun", "rerun f", "rerun failed 4", "e", "a e i o", "fhw", "zzz",
                             "publish releases"}) {
        const auto query = QString::fromLatin1(text);
        const double once = cold(search, query);
        const double last = typed(search, query);
        const double plain = substring(items, query);
        worst = std::max({worst, once, last});
        std::printf("%-16s %10.2f %10.2f %10.2f %8.2f\n", text, once, last, plain, last / plain);
    }
    std::printf("slowest answer %.2f ms of 16 ms\n", worst);
    return worst < 16 ? 0 : 1;
}
