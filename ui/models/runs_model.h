// All runs of a gateway as a table that fetches what is looked at: a million rows cost what one screen of them does.
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <functional>
#include <map>
#include <set>
#include <vector>

#include "base/result.h"
#include "client/gateway_client.h"
#include "protocol/run_requests.h"

namespace signalbox::ui {

/// Rows are ranks in the list as it was at one moment, so that what comes meanwhile shifts nothing; newerAvailable()
/// tells of it and showNewest() takes it in. With a text to search for in errors rows come one page after another
/// instead (canFetchMore), because the search takes time. Pages that were not looked at for long are let go. Window
/// thread only.
class RunsModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column : int { State, Workflow, Created, Duration, Nodes, Problem, By, Id, ColumnCount };

    RunsModel(client::GatewayClient& client, std::function<std::int64_t()> clock, QObject* parent = nullptr);

    /// Of the request only what filters counts. Loads anew.
    void setFilter(const protocol::ListRuns& filter);
    [[nodiscard]] const protocol::ListRuns& filter() const { return filter_; }
    /// Loads anew, with what has come since.
    void showNewest();
    /// Asks again for the pages that were looked at last if something in them goes on, and whether there is news.
    void refresh();

    [[nodiscard]] quint64 total() const { return total_; }
    [[nodiscard]] bool totalIsLeast() const { return totalIsLeast_; }
    [[nodiscard]] bool isLoading() const { return loading_; }
    /// Null while its page is on the way.
    [[nodiscard]] const protocol::RunSummaryDto* run(int row) const;
    [[nodiscard]] int pageCount() const { return static_cast<int>(pages_.size()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    static constexpr int kPageRows = 200;
    static constexpr int kMostPages = 50;

Q_SIGNALS:
    void loaded();  ///< the first rows of a filter are there, or it is known that there are none
    void newerAvailable(int count);
    void failed(const signalbox::Error& error);

private:
    struct Page {
        std::vector<protocol::RunSummaryDto> runs;
        quint64 used = 0;  ///< turn of the clock below
    };
    [[nodiscard]] bool isSequential() const { return !filter_.errorText.empty(); }
    [[nodiscard]] QString text(const protocol::RunSummaryDto& run, int column) const;
    [[nodiscard]] QVariant cell(const protocol::RunSummaryDto& run, int column, int role) const;
    void request(int page) const;
    void fetchWanted();
    void fetchPage(int page);
    void takePage(int page, const protocol::RunList& list);
    void takeFirst(const protocol::RunList& list);
    void append(const protocol::RunList& list);
    void load();
    void forgetOldPages();

    client::GatewayClient& client_;
    std::function<std::int64_t()> clock_;
    protocol::ListRuns filter_;
    std::string asOf_;
    std::string cursor_;  ///< of the next page of a search
    mutable std::map<int, Page> pages_;
    mutable std::vector<int> wanted_;  ///< looked at, but not there
    std::set<int> onTheWay_;
    mutable QTimer settle_;  ///< while one scrolls fast only the place where one stops is fetched
    mutable quint64 turn_ = 0;
    quint64 generation_ = 0;  ///< replies about an earlier filter are dropped
    quint64 total_ = 0;
    int rows_ = 0;
    bool totalIsLeast_ = false;
    bool loading_ = false;
    bool fetching_ = false;
    bool refreshing_ = false;
};

}  // namespace signalbox::ui
