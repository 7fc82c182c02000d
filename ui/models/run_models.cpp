#include "ui/models/run_models.h"

#include <limits>

#include "ui/models/run_session.h"
#include "ui/text/format.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

constexpr int kTickMilliseconds = 200;

}  // namespace

TimelineModel::TimelineModel(RunSession& session, QObject* parent) : QAbstractTableModel(parent), session_(session) {
    ticker_.setInterval(kTickMilliseconds);
    connect(&ticker_, &QTimer::timeout, this, &TimelineModel::tick);
    connect(&session, &RunSession::opened, this, &TimelineModel::reset);
    connect(&session, &RunSession::refreshed, this, &TimelineModel::reset);
    connect(&session, &RunSession::nodeChanged, this,
            [this](int row) { Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1)); });
    reset();
}

void TimelineModel::setTicking(bool ticking) {
    if (ticking == ticker_.isActive()) return;
    if (ticking) {
        ticker_.start();
    } else {
        ticker_.stop();
    }
}

void TimelineModel::reset() {
    beginResetModel();
    titles_.clear();
    QHash<QString, QString> titleById;
    for (const auto& node : session_.detail().graph.nodes) titleById.insert(toQString(node.id), toQString(node.title));
    for (const auto& state : session_.nodes()) {
        const auto id = toQString(state.nodeId);
        const auto title = titleById.value(id);
        titles_.push_back(title.isEmpty() ? id : title);
    }
    endResetModel();
}

void TimelineModel::tick() {
    for (std::size_t i = 0; i < session_.nodes().size(); ++i) {
        const auto& state = session_.nodes()[i];
        if (state.started == 0 || state.finished != 0) continue;
        const auto cell = index(static_cast<int>(i), Duration);
        Q_EMIT dataChanged(cell, cell);
    }
}

int TimelineModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(titles_.size());
}

int TimelineModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

std::int64_t TimelineModel::durationOf(const protocol::NodeStateDto& state) const {
    if (state.started == 0 || state.status == "skipped") return -1;
    if (state.finished == 0 && session_.isFinished()) return -1;
    return (state.finished > 0 ? state.finished : session_.now()) - state.started;
}

QString TimelineModel::text(const protocol::NodeStateDto& state, int column) const {
    switch (column) {
        case State:
            return stateLook(toQString(state.status)).word;
        case Started: {
            const auto begin = session_.detail().summary.started;
            if (state.started == 0 || begin == 0) return {};
            return QStringLiteral("+%1").arg(formatDuration(state.started - begin));
        }
        case Duration: {
            const auto duration = durationOf(state);
            return duration < 0 ? QString() : formatDuration(duration);
        }
        case Attempts:
            return state.attempt > 0 ? QString::number(state.attempt) : QString();
        default:
            return {};
    }
}

QVariant TimelineModel::sortValue(const protocol::NodeStateDto& state, int row, int column) const {
    switch (column) {
        case State:
            return stateLook(toQString(state.status)).word;
        case Node:
            return titles_[static_cast<std::size_t>(row)];
        // What has not started comes last, in the order of the graph.
        case Started:
            return QVariant::fromValue<qint64>(state.started > 0 ? state.started
                                                                 : std::numeric_limits<qint64>::max() / 2 + row);
        case Duration:
            return QVariant::fromValue<qint64>(durationOf(state));
        default:
            return state.attempt;
    }
}

QVariant TimelineModel::data(const QModelIndex& index, int role) const {
    const auto row = static_cast<std::size_t>(index.row());
    if (!index.isValid() || row >= session_.nodes().size() || row >= titles_.size()) return {};
    const auto& state = session_.nodes()[row];
    switch (role) {
        case Qt::DisplayRole:
            return index.column() == Node ? titles_[row] : text(state, index.column());
        case Qt::TextAlignmentRole:
            return QVariant::fromValue<int>((index.column() >= Started ? Qt::AlignRight : Qt::AlignLeft) |
                                            Qt::AlignVCenter);
        case StatusRole:
            return index.column() == State ? toQString(state.status) : QVariant();
        case IdRole:
            return toQString(state.nodeId);
        case ValueRole:
            return sortValue(state, index.row(), index.column());
        case Qt::ToolTipRole:
            if (index.column() == Started) return formatDateTime(state.started);
            if (index.column() == State && state.error) {
                return QStringLiteral("%1\n%2").arg(toQString(state.error->message), toQString(state.error->code));
            }
            return {};
        default:
            return {};
    }
}

QVariant TimelineModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue<int>((section >= Started ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    switch (section) {
        case State:
            return tr("State");
        case Node:
            return tr("Node");
        case Started:
            return tr("Started");
        case Duration:
            return tr("Duration");
        case Attempts:
            return tr("Attempts");
        default:
            return {};
    }
}

}  // namespace signalbox::ui
