#include "ui/models/gateways_model.h"

#include <algorithm>
#include <utility>

#include "ui/models/connection_look.h"
#include "ui/text/format.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

constexpr int kTickMilliseconds = 1000;

bool isNumber(int column) { return column == GatewaysModel::Latency; }

// Seconds count here: "just now" would contradict the age that the state tells.
QString heardText(std::int64_t heard, std::int64_t now) {
    constexpr std::int64_t kSecond = 1'000'000;
    const auto age = now - heard;
    if (age < 10 * kSecond || age >= 60 * kSecond) return formatRelative(heard, now);
    return GatewaysModel::tr("%1 s ago").arg(age / kSecond);
}

}  // namespace

GatewaysModel::GatewaysModel(GatewayBook& book, std::function<std::int64_t()> now, QObject* parent)
    : QAbstractTableModel(parent), book_(book), now_(std::move(now)), places_(book.places()) {
    tick_.setInterval(kTickMilliseconds);
    connect(&tick_, &QTimer::timeout, this, [this] {
        if (!places_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
    });
    connect(&book_, &GatewayBook::changed, this, &GatewaysModel::reset);
    connect(&book_, &GatewayBook::statusChanged, this, [this](const QString& id) {
        const int row = rowOf(id);
        if (row < 0) return;
        if (const auto place = book_.place(id)) places_[static_cast<std::size_t>(row)] = *place;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    });
}

void GatewaysModel::reset() {
    auto places = book_.places();
    const bool same = std::equal(places.begin(), places.end(), places_.begin(), places_.end(),
                                 [](const auto& a, const auto& b) { return a.id == b.id; });
    if (!same) beginResetModel();
    places_ = std::move(places);
    if (!same) return endResetModel();
    if (!places_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

void GatewaysModel::setTicking(bool ticking) { ticking ? tick_.start() : tick_.stop(); }

void GatewaysModel::setHealth(const QString& id, const HealthLook& look) {
    health_.insert(id, look);
    const int row = rowOf(id);
    if (row >= 0) Q_EMIT dataChanged(index(row, Health), index(row, Health));
}

const GatewayPlace* GatewaysModel::place(int row) const {
    return row >= 0 && row < rowCount() ? &places_[static_cast<std::size_t>(row)] : nullptr;
}

int GatewaysModel::rowOf(const QString& id) const {
    for (std::size_t i = 0; i < places_.size(); ++i) {
        if (places_[i].id == id) return static_cast<int>(i);
    }
    return -1;
}

client::ConnectionStatus GatewaysModel::status(const GatewayPlace& place) const {
    const auto* connection = book_.connection(place.id);
    return connection ? connection->status() : client::ConnectionStatus{};
}

QString GatewaysModel::stateKey(const GatewayPlace& place) const {
    if (!place.local && !book_.isAttached(place.id)) return QStringLiteral("gateway.detached");
    return connectionKey(status(place));
}

QVariant GatewaysModel::markOf(const GatewayPlace& place, int column) const {
    if (column == State) return stateKey(place);
    if (column != Health) return {};
    const auto look = health_.value(place.id);
    if (look.word.isEmpty()) return {};
    return look.good ? QStringLiteral("gateway.ready") : QStringLiteral("gateway.not-ready");
}

int GatewaysModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(places_.size());
}

int GatewaysModel::columnCount(const QModelIndex& parent) const { return parent.isValid() ? 0 : ColumnCount; }

QString GatewaysModel::text(const GatewayPlace& place, int column) const {
    const bool attached = place.local || book_.isAttached(place.id);
    const auto current = status(place);
    switch (column) {
        case State:
            return attached ? describeConnection(current, now_()) : stateLook(stateKey(place)).word;
        case Name:
            return place.name;
        case Environment:
            return place.local ? tr("This computer") : environmentWord(place.environment);
        case Version:
            return current.gateway ? toQString(current.gateway->version) : QString();
        case Latency:
            return formatLatency(current.latencyMs);
        case Health:
            return health_.value(place.id).word;
        case LastHeard:
            if (place.local || current.lastHeard == 0) return {};
            return heardText(current.lastHeard * 1000, now_());
        case Address:
            return place.address;
        default:
            return {};
    }
}

QVariant GatewaysModel::data(const QModelIndex& index, int role) const {
    const auto* place = this->place(index.row());
    if (!index.isValid() || !place) return {};
    switch (role) {
        case Qt::DisplayRole:
            return text(*place, index.column());
        case IdRole:
            return place->id;
        case EnvironmentRole:
            return place->local ? QString() : place->environment;
        case StatusRole:
            return markOf(*place, index.column());
        case Qt::TextAlignmentRole:
            return QVariant::fromValue<int>((isNumber(index.column()) ? Qt::AlignRight : Qt::AlignLeft) |
                                            Qt::AlignVCenter);
        case Qt::ToolTipRole:
            if (index.column() == LastHeard) return formatDateTime(status(*place).lastHeard * 1000);
            if (index.column() == Health && !health_.value(place->id).reasons.isEmpty()) {
                return health_.value(place->id).reasons.join(QLatin1Char('\n'));
            }
            return text(*place, index.column());
        case Qt::AccessibleTextRole:
            return index.column() == State ? QStringLiteral("%1, %2").arg(place->name, text(*place, State))
                                           : text(*place, index.column());
        default:
            return {};
    }
}

QVariant GatewaysModel::headerData(int section, Qt::Orientation orientation, int role) const {
    if (orientation != Qt::Horizontal) return {};
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue<int>((isNumber(section) ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
    }
    if (role != Qt::DisplayRole) return {};
    const QString titles[] = {tr("State"),   tr("Gateway"), tr("Environment"), tr("Version"),
                              tr("Latency"), tr("Health"),  tr("Last heard"),  tr("Address")};
    return section >= 0 && section < ColumnCount ? titles[section] : QVariant();
}

}  // namespace signalbox::ui
