#include "ui/models/runs_model.h"

#include <algorithm>
#include <limits>

#include "ui/text/format.h"
#include "ui/text/roles.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

constexpr int kSettleMilliseconds = 40;
constexpr std::size_t kPagesAtOnce = 3;  // what one screen can touch

}  // namespace

RunsModel::RunsModel(client::GatewayClient& client, std::function<std::int64_t()> clock, QObject* parent)
    : QAbstractTableModel(parent), client_(client), clock_(std::move(clock)) {
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &RunsModel::fetchWanted);
}

void RunsModel::setFilter(const protocol::ListRuns& filter) {
    filter_ = filter;
    filter_.cursor.clear();
    filter_.offset = 0;
    filter_.asOf.clear();
    filter_.limit = kPageRows;
    showNewest();
}

void RunsModel::showNewest() {
    ++generation_;
    asOf_.clear();
    cursor_.clear();
    wanted_.clear();
    onTheWay_.clear();
    fetching_ = false;
    refreshing_ = false;
    load();
}

void RunsModel::load() {
    loading_ = true;
    client_.runs().list(filter_).then(this, [this, generation = generation_](const Result<protocol::RunList>& reply) {
        if (generation != generation_) return;
        loading_ = false;
        if (!reply) {
            Q_EMIT failed(reply.error());
            return;
        }
        takeFirst(*reply);
        Q_EMIT loaded();
    });
}

// The rows of before stay until the new ones are there.
void RunsModel::takeFirst(const protocol::RunList& list) {
    beginResetModel();
    pages_.clear();
    asOf_ = list.asOf;
    total_ = list.total;
    totalIsLeast_ = list.totalIsLeast;
    rows_ = static_cast<int>(std::min<quint64>(total_, std::numeric_limits<int>::max() / 2));
    if (isSequential()) rows_ = 0;
    endResetModel();
    if (isSequential()) {
        append(list);
    } else if (rows_ > 0) {
        pages_[0] = {list.runs, ++turn_};
        Q_EMIT dataChanged(index(0, 0), index(std::min(rows_, kPageRows) - 1, ColumnCount - 1));
    }
}

void RunsModel::append(const protocol::RunList& list) {
    cursor_ = list.nextCursor;
    const int count = static_cast<int>(list.runs.size());
    if (count == 0) return;
    beginInsertRows({}, rows_, rows_ + count - 1);
    for (const auto& run : list.runs) {
        auto& page = pages_[rows_ / kPageRows];
        page.runs.push_back(run);
        ++rows_;
    }
    total_ = std::max<quint64>(total_, static_cast<quint64>(rows_));
    endInsertRows();
}

bool RunsModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && isSequential() && !cursor_.empty() && !fetching_;
}

void RunsModel::fetchMore(const QModelIndex& parent) {
    if (!canFetchMore(parent)) return;
    fetching_ = true;
    auto request = filter_;
    request.cursor = cursor_;
    client_.runs().list(request).then(this, [this, generation = generation_](const Result<protocol::RunList>& reply) {
        if (generation != generation_) return;
        fetching_ = false;
        if (!reply) {
            cursor_.clear();  // asked again only by showNewest(): otherwise each picture would ask
            Q_EMIT failed(reply.error());
            return;
        }
        append(*reply);
        // The search ran out of its time with nothing found yet: it goes on where it stopped.
        if (reply->runs.empty()) fetchMore({});
        Q_EMIT loaded();
    });
}

void RunsModel::request(int page) const {
    if (isSequential() || onTheWay_.contains(page)) return;
    if (std::find(wanted_.begin(), wanted_.end(), page) != wanted_.end()) return;
    wanted_.push_back(page);
    if (!settle_.isActive()) settle_.start();
}

// The last that were asked for are on the screen; earlier ones were only passed.
void RunsModel::fetchWanted() {
    auto pages = std::exchange(wanted_, {});
    if (pages.size() > kPagesAtOnce) pages.erase(pages.begin(), pages.end() - kPagesAtOnce);
    for (const int page : pages) fetchPage(page);
}

void RunsModel::fetchPage(int page) {
    if (!onTheWay_.insert(page).second) return;
    auto request = filter_;
    request.offset = static_cast<std::uint64_t>(page) * kPageRows;
    request.asOf = asOf_;
    const auto take = [this, page, generation = generation_](const Result<protocol::RunList>& reply) {
        if (generation != generation_) return;
        onTheWay_.erase(page);
        refreshing_ = false;
        if (!reply) {
            Q_EMIT failed(reply.error());
            return;
        }
        takePage(page, *reply);
    };
    client_.runs().list(request).then(this, take);
}

void RunsModel::takePage(int page, const protocol::RunList& list) {
    pages_[page] = {list.runs, ++turn_};
    forgetOldPages();
    const int first = page * kPageRows;
    if (list.total < total_) {
        // Retention has removed some of the oldest.
        const int rows = static_cast<int>(list.total);
        if (rows < rows_) {
            beginRemoveRows({}, rows, rows_ - 1);
            rows_ = rows;
            endRemoveRows();
        }
        total_ = list.total;
    }
    if (first < rows_) {
        Q_EMIT dataChanged(index(first, 0), index(std::min(rows_, first + kPageRows) - 1, ColumnCount - 1));
    }
    Q_EMIT newerAvailable(static_cast<int>(list.newer));
}

void RunsModel::forgetOldPages() {
    while (pages_.size() > kMostPages) {
        auto oldest = pages_.begin();
        for (auto page = pages_.begin(); page != pages_.end(); ++page) {
            if (page->second.used < oldest->second.used) oldest = page;
        }
        pages_.erase(oldest);
    }
}

void RunsModel::refresh() {
    if (loading_ || refreshing_ || isSequential()) return;
    const auto latest = std::max_element(pages_.begin(), pages_.end(), [](const auto& left, const auto& right) {
        return left.second.used < right.second.used;
    });
    refreshing_ = true;
    fetchPage(latest == pages_.end() ? 0 : latest->first);
}

const protocol::RunSummaryDto* RunsModel::run(int row) const {
    if (row < 0 || row >= rows_) return nullptr;
    const auto page = pages_.find(row / kPageRows);
    if (page == pages_.end()) {
        request(row / kPageRows);
        return nullptr;
    }
    page->second.used = ++turn_;
    const auto place = static_cast<std::size_t>(row % kPageRows);
    return place < page->second.runs.size() ? &page->second.runs[place] : nullptr;
}

int RunsModel::rowCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : rows_; }
int RunsModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString RunsModel::text(const protocol::RunSummaryDto& run, int column) const {
    switch (column) {
        case State:
            return stateLook(toQString(run.status)).word;
        case Workflow:
            return run.workflowName.empty() ? toQString(run.workflowId) : toQString(run.workflowName);
        case Created:
            return formatRelative(run.created, clock_());
        case Duration:
            if (run.started == 0) return {};
            return formatDuration((run.finished > 0 ? run.finished : clock_()) - run.started);
        case Nodes:
            return tr("%1 of %2").arg(formatCount(run.nodesDone), formatCount(run.nodesTotal));
        case Problem:
            if (run.errorCode.empty()) return {};
            return run.errorNode.empty()
                       ? toQString(run.errorMessage)
                       : QStringLiteral("%1: %2").arg(toQString(run.errorNode), toQString(run.errorMessage));
        case By:
            return toQString(run.startedBy);
        case Id:
            return toQString(run.runId).right(8);
        default:
            return {};
    }
}

QVariant RunsModel::cell(const protocol::RunSummaryDto& run, int column, int role) const {
    switch (role) {
        case Qt::DisplayRole:
            return text(run, column);
        case StatusRole:
            return column == State ? QVariant(toQString(run.status)) : QVariant();
        case IdRole:
            return toQString(run.runId);
        case Qt::TextAlignmentRole: {
            const bool number = column == Duration || column == Nodes;
            return static_cast<int>(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
        }
        case Qt::ToolTipRole:
            if (column == Created) return formatDateTime(run.created);
            if (column == Id) return toQString(run.runId);
            if (column == Problem && !run.errorCode.empty()) {
                return QStringLiteral("%1\n%2").arg(text(run, column), toQString(run.errorCode));
            }
            return {};
        default:
            return {};
    }
}

QVariant RunsModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rows_) return {};
    if (role != Qt::DisplayRole && role != StatusRole && role != IdRole && role != Qt::TextAlignmentRole &&
        role != Qt::ToolTipRole) {
        return {};
    }
    const auto* shown = run(index.row());
    if (!shown) return role == Qt::DisplayRole && index.column() == Workflow ? QVariant(tr("…")) : QVariant();
    return cell(*shown, index.column(), role);
}

QVariant RunsModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        const bool number = section == Duration || section == Nodes;
        return static_cast<int>(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case State:
            return tr("State");
        case Workflow:
            return tr("Workflow");
        case Created:
            return tr("Created");
        case Duration:
            return tr("Duration");
        case Nodes:
            return tr("Nodes");
        case Problem:
            return tr("Error");
        case By:
            return tr("By");
        case Id:
            return tr("Run");
        default:
            return {};
    }
}

}  // namespace signalbox::ui
