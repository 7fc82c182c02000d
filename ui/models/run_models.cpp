#include "ui/models/run_models.h"

#include <limits>

#include "base/json.h"
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

LogModel::LogModel(RunSession& session, QObject* parent) : QAbstractTableModel(parent), session_(session) {
    connect(&session, &RunSession::logged, this, &LogModel::append);
    connect(&session, &RunSession::opened, this, [this] {
        // The first state of a run that is starting is no new run: lines of its log may be here already.
        const bool same = session_.isOpen() && (run_.isEmpty() || run_ == session_.runId()) && !session_.isStarting();
        if (!same) {
            beginResetModel();
            lines_.clear();
            dropped_ = 0;
            endResetModel();
        }
        run_ = session_.runId();
    });
}

void LogModel::append(const std::vector<protocol::EventDto>& lines) {
    const int first = static_cast<int>(lines_.size());
    beginInsertRows({}, first, first + static_cast<int>(lines.size()) - 1);
    lines_.insert(lines_.end(), lines.begin(), lines.end());
    endInsertRows();
    const int over = static_cast<int>(lines_.size()) - kMostLines;
    if (over <= 0) return;
    beginRemoveRows({}, 0, over - 1);
    lines_.erase(lines_.begin(), lines_.begin() + over);
    dropped_ += static_cast<quint64>(over);
    endRemoveRows();
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

int LogModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& line = lines_[static_cast<std::size_t>(index.row())];
    if (role == IdRole) return toQString(line.nodeId);
    if (role == Qt::ToolTipRole && index.column() == Text) {
        return line.data.isObject() || line.data.isArray()
                   ? toQString(writeJson(line.data, JsonStyle::Pretty)).left(4000)
                   : QVariant();
    }
    if (role == Qt::ForegroundRole) {
        if (index.column() == Text) return {};
        if (index.column() != Level) return static_cast<int>(ColourRole::Muted);
        if (line.level == "error") return static_cast<int>(ColourRole::Error);
        return static_cast<int>(line.level == "warning" || line.level == "warn" ? ColourRole::Warn : ColourRole::Muted);
    }
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Time:
            return formatTimeOfDay(line.wall);
        case Level:
            return line.kind == "refused" ? tr("refused") : toQString(line.level);
        case Node:
            return session_.titleOf(toQString(line.nodeId));
        case Text:
            return toQString(line.text).simplified().left(2000);
        default:
            return {};
    }
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
    switch (section) {
        case Time:
            return tr("Time");
        case Level:
            return tr("Level");
        case Node:
            return tr("Node");
        case Text:
            return tr("Message");
        default:
            return {};
    }
}

}  // namespace signalbox::ui
