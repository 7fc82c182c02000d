#include "ui/models/run_journal.h"

#include "base/json.h"
#include "ui/models/run_session.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

namespace {

constexpr int kSettleMilliseconds = 500;
constexpr int kLongestToolTip = 4'000;

}  // namespace

RunJournalModel::RunJournalModel(client::GatewayClient& client, RunSession& session, QObject* parent)
    : QAbstractTableModel(parent), client_(client), session_(session), run_(session.runId()) {
    settle_.setSingleShot(true);
    settle_.setInterval(kSettleMilliseconds);
    connect(&settle_, &QTimer::timeout, this, &RunJournalModel::fetch);
    connect(&session, &RunSession::opened, this, [this] {
        if (session_.runId() != run_) reload();
    });
    const auto change = [this] {
        if (active_ && !more_ && !settle_.isActive()) settle_.start();
    };
    connect(&session, &RunSession::nodeChanged, this, change);
    connect(&session, &RunSession::statusChanged, this, change);
    connect(&session, &RunSession::refreshed, this, change);
}

void RunJournalModel::setActive(bool active) {
    active_ = active;
    if (active_ && (records_.empty() || (!more_ && !session_.isFinished()))) fetch();
}

void RunJournalModel::setFilter(const QString& node, const QString& kind) {
    if (node == node_ && kind == kind_) return;
    node_ = node;
    kind_ = kind;
    reload();
}

void RunJournalModel::reload() {
    clear();
    fetch();
}

void RunJournalModel::clear() {
    beginResetModel();
    ++turn_;
    run_ = session_.runId();
    records_.clear();
    next_ = 0;
    more_ = true;
    asking_ = false;
    endResetModel();
}

bool RunJournalModel::canFetchMore(const QModelIndex& parent) const {
    return !parent.isValid() && active_ && more_ && !asking_ && !records_.empty();
}

void RunJournalModel::fetchMore(const QModelIndex& /*parent*/) { fetch(); }

void RunJournalModel::fetch() {
    if (!active_ || asking_ || run_.isEmpty()) return;
    asking_ = true;
    protocol::GetRunJournal request;
    request.runId = run_.toStdString();
    request.fromSeq = next_;
    request.limit = kPageRecords;
    request.nodeId = node_.toStdString();
    if (!kind_.isEmpty()) request.kinds = {kind_.toStdString()};
    client_.runs().journal(request).then(this, [this, turn = ++turn_](const Result<protocol::JournalPage>& reply) {
        if (turn != turn_) return;
        asking_ = false;
        if (reply) {
            take(*reply);
        } else {
            Q_EMIT failed(reply.error());
        }
    });
}

void RunJournalModel::take(const protocol::JournalPage& page) {
    more_ = page.nextSeq > 0;
    next_ = more_ ? page.nextSeq : page.lastSeq + 1;
    if (!page.records.empty()) {
        const int first = static_cast<int>(records_.size());
        beginInsertRows({}, first, first + static_cast<int>(page.records.size()) - 1);
        records_.insert(records_.end(), page.records.begin(), page.records.end());
        endInsertRows();
    }
    Q_EMIT loaded();
}

const protocol::JournalRecordDto& RunJournalModel::record(int row) const {
    return records_[static_cast<std::size_t>(row)];
}

int RunJournalModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(records_.size());
}

int RunJournalModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString RunJournalModel::text(const protocol::JournalRecordDto& record, int column) const {
    switch (column) {
        case Seq:
            return QString::number(record.seq);
        case Time:
            return formatTimeOfDay(record.wall);
        case Kind:
            return toQString(record.kind);
        case Node: {
            const auto title = session_.titleOf(toQString(record.node));
            return record.item ? QStringLiteral("%1 [%2]").arg(title).arg(*record.item) : title;
        }
        case Attempt:
            return record.attempt > 0 ? QString::number(record.attempt) : QString();
        case Took:
            return record.took > 0 ? formatDuration(record.took) : QString();
        case Payload:
            return record.payload.isUndefined() || record.payload.isNull() ? QString() : summariseValue(record.payload);
        default:
            return {};
    }
}

QVariant RunJournalModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& entry = record(index.row());
    const int column = index.column();
    switch (role) {
        case Qt::DisplayRole:
            return text(entry, column);
        case IdRole:
            return toQString(entry.node);
        case Qt::TextAlignmentRole: {
            const bool number = column == Seq || column == Attempt || column == Took;
            return QVariant::fromValue<int>((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
        }
        case Qt::ForegroundRole:
            return column == Kind || column == Node ? QVariant() : static_cast<int>(ColourRole::Muted);
        case Qt::ToolTipRole:
            if (column == Time) return formatDateTime(entry.wall);
            if (column != Payload || entry.payload.isUndefined()) return {};
            return toQString(writeJson(entry.payload, JsonStyle::Pretty)).left(kLongestToolTip);
        default:
            return {};
    }
}

QVariant RunJournalModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Seq:
            return tr("No.");
        case Time:
            return tr("Time");
        case Kind:
            return tr("Kind");
        case Node:
            return tr("Node");
        case Attempt:
            return tr("Attempt");
        case Took:
            return tr("Took");
        case Payload:
            return tr("Content");
        default:
            return {};
    }
}

}  // namespace signalbox::ui
