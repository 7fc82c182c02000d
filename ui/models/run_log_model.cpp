#include <algorithm>
#include <array>

#include "base/json.h"
#include "ui/models/run_models.h"
#include "ui/models/run_session.h"
#include "ui/text/format.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

namespace {

constexpr std::uint32_t kPageLines = 1000;
constexpr int kStoredAfterMilliseconds = 700;
const std::string kRefused = "refused";  ///< in place of a level: the node's sandbox refused something

protocol::LogLineDto lineOf(const protocol::EventDto& event) {
    protocol::LogLineDto line;
    line.wall = event.wall;
    line.level = event.kind == kRefused ? kRefused : event.level;
    line.nodeId = event.nodeId;
    line.item = event.item;
    line.attempt = event.attempt;
    line.text = event.text;
    line.data = event.data;
    return line;
}

int rankOf(const std::string& level) {
    static const std::array<std::string, 4> kLevels{"debug", "info", "warning", "error"};
    const auto found = std::find(kLevels.begin(), kLevels.end(), level == "warn" ? kLevels[2] : level);
    return level.empty() ? 0 : static_cast<int>(found - kLevels.begin());
}

bool sameLine(const protocol::LogLineDto& a, const protocol::LogLineDto& b) {
    return a.wall == b.wall && a.nodeId == b.nodeId && a.text == b.text;
}

}  // namespace

LogModel::LogModel(client::GatewayClient& client, RunSession& session, QObject* parent) : LogModel(session, parent) {
    client_ = &client;
}

LogModel::LogModel(RunSession& session, QObject* parent) : QAbstractTableModel(parent), session_(session) {
    again_.setSingleShot(true);
    again_.setInterval(kStoredAfterMilliseconds);
    connect(&again_, &QTimer::timeout, this, &LogModel::load);
    connect(&session, &RunSession::logged, this, &LogModel::append);
    connect(&session, &RunSession::eventsLost, this, [this] {
        complete_ = false;
        reload();
    });
    connect(&session, &RunSession::opened, this, &LogModel::noticeRun);
    noticeRun();
}

void LogModel::noticeRun() {
    // The first state of a run that is starting is no new run: lines of its log may be here already.
    const bool same = session_.isOpen() && (run_.isEmpty() || run_ == session_.runId()) && !session_.isStarting();
    const bool made = session_.isStarting() && session_.runId().isEmpty();
    if (!same) {
        ++turn_;
        asking_ = false;
        again_.stop();
        recent_.clear();
        dropped_ = 0;
        complete_ = made;
        wanted_ = session_.isOpen() && !made;
        show({});
    } else if (run_.isEmpty() && !complete_) {
        wanted_ = true;
    }
    run_ = session_.runId();
    if (wanted_) load();
}

void LogModel::setActive(bool active) {
    active_ = active;
    if (active_ && wanted_) load();
}

void LogModel::setFilter(const LogFilter& filter) {
    if (filter == filter_) return;
    filter_ = filter;
    if (complete_ && dropped_ == 0) {
        show({recent_.begin(), recent_.end()});
    } else {
        reload();
    }
}

bool LogModel::matches(const protocol::LogLineDto& line) const {
    if (!filter_.node.isEmpty() && toQString(line.nodeId) != filter_.node) return false;
    if (rankOf(line.level) < rankOf(filter_.level.toStdString())) return false;
    return filter_.text.isEmpty() || toQString(line.text).contains(filter_.text, Qt::CaseInsensitive);
}

// Of the lines, those that match.
void LogModel::show(std::vector<protocol::LogLineDto> lines) {
    beginResetModel();
    lines_.clear();
    std::copy_if(lines.begin(), lines.end(), std::back_inserter(lines_), [this](const auto& l) { return matches(l); });
    stored_ = earlier_ = false;
    endResetModel();
    Q_EMIT pageChanged();
}

void LogModel::append(const std::vector<protocol::EventDto>& events) {
    std::vector<protocol::LogLineDto> fresh;
    for (const auto& event : events) {
        recent_.push_back(lineOf(event));
        if (matches(recent_.back())) fresh.push_back(recent_.back());
    }
    while (recent_.size() > kMostLines) {
        recent_.pop_front();
        ++dropped_;
    }
    if (fresh.empty()) return;
    const int first = static_cast<int>(lines_.size());
    beginInsertRows({}, first, first + static_cast<int>(fresh.size()) - 1);
    lines_.insert(lines_.end(), fresh.begin(), fresh.end());
    endInsertRows();
    trim();
}

void LogModel::trim() {
    const int over = static_cast<int>(lines_.size()) - kMostLines;
    if (over <= 0) return;
    beginRemoveRows({}, 0, over - 1);
    lines_.erase(lines_.begin(), lines_.begin() + over);
    endRemoveRows();
    Q_EMIT pageChanged();
}

protocol::GetRunLogs LogModel::request() const {
    protocol::GetRunLogs request;
    request.runId = run_.toStdString();
    request.limit = kPageLines;
    request.backwards = true;
    request.level = filter_.level.toStdString();
    request.nodeId = filter_.node.toStdString();
    request.text = filter_.text.toStdString();
    return request;
}

void LogModel::reload() {
    wanted_ = true;
    load();
}

void LogModel::load() {
    if (!client_ || !active_ || run_.isEmpty()) return;
    wanted_ = false;
    asking_ = true;
    client_->runs().logs(request()).then(this, [this, turn = ++turn_](const Result<protocol::RunLogPage>& reply) {
        if (turn != turn_) return;
        asking_ = false;
        if (reply) {
            take(*reply);
        } else {
            Q_EMIT failed(reply.error());
        }
    });
}

// Behind what is stored come the live lines that are not stored yet.
void LogModel::take(const protocol::RunLogPage& page) {
    const auto& stored = page.lines;
    const bool before = std::exchange(stored_, true);
    beginResetModel();
    lines_.assign(stored.begin(), stored.end());
    for (const auto& line : recent_) {
        if (!matches(line) || (!stored.empty() && line.wall < stored.back().wall)) continue;
        if (std::none_of(stored.rbegin(), stored.rend(), [&](const auto& kept) { return sameLine(kept, line); })) {
            lines_.push_back(line);
        }
    }
    earlier_ = page.more;
    storeDropped_ = page.dropped;
    endResetModel();
    Q_EMIT pageChanged();
    if (!before && !session_.isFinished()) again_.start();
}

void LogModel::loadEarlier() {
    // Lines that came live have no numbers to go back from; the same lines from the store have.
    if (!stored_) return reload();
    if (!client_ || !earlier_ || asking_ || lines_.empty() || lines_.front().line <= 1) return;
    asking_ = true;
    auto question = request();
    question.fromLine = lines_.front().line - 1;
    client_->runs().logs(question).then(this, [this, turn = ++turn_](const Result<protocol::RunLogPage>& reply) {
        if (turn != turn_) return;
        asking_ = false;
        if (reply) {
            prepend(*reply);
        } else {
            Q_EMIT failed(reply.error());
        }
    });
}

void LogModel::prepend(const protocol::RunLogPage& page) {
    again_.stop();
    earlier_ = page.more;
    storeDropped_ = page.dropped;
    if (!page.lines.empty()) {
        beginInsertRows({}, 0, static_cast<int>(page.lines.size()) - 1);
        lines_.insert(lines_.begin(), page.lines.begin(), page.lines.end());
        endInsertRows();
    }
    Q_EMIT pageChanged();
}

int LogModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(lines_.size());
}

int LogModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QVariant LogModel::colourOf(const protocol::LogLineDto& line, int column) const {
    if (column == Text) return {};
    if (column != Level) return static_cast<int>(ColourRole::Muted);
    if (line.level == "error") return static_cast<int>(ColourRole::Error);
    return static_cast<int>(line.level == "warning" || line.level == "warn" ? ColourRole::Warn : ColourRole::Muted);
}

QVariant LogModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const auto& line = lines_[static_cast<std::size_t>(index.row())];
    if (role == IdRole) return toQString(line.nodeId);
    if (role == Qt::ToolTipRole && index.column() == Text) {
        return line.data.isObject() || line.data.isArray()
                   ? toQString(writeJson(line.data, JsonStyle::Pretty)).left(4000)
                   : QVariant();
    }
    if (role == Qt::ForegroundRole) return colourOf(line, index.column());
    if (role != Qt::DisplayRole) return {};
    switch (index.column()) {
        case Time:
            return formatTimeOfDay(line.wall);
        case Level:
            return line.level == kRefused ? tr("refused") : toQString(line.level);
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
