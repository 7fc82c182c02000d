#include "ui/canvas/live_state.h"

#include <QCoreApplication>

#include "ui/text/format.h"

namespace signalbox::ui {

QString liveLine(const NodeLive& live, std::int64_t nowMicros) {
    const auto& status = live.status;
    if (status.isEmpty() || status == QLatin1String("pending")) return {};
    QStringList parts{stateLook(status).word};
    if (status == QLatin1String("failed") && !live.errorCode.isEmpty()) parts << live.errorCode;
    const bool going = !isFinalNodeStatus(status);
    if (live.started > 0 && (going || live.finished > 0) && status != QLatin1String("skipped")) {
        parts << formatDuration((live.finished > 0 ? live.finished : nowMicros) - live.started);
    }
    if (live.itemsTotal > 0) {
        parts << QStringLiteral("%1/%2").arg(formatCount(live.itemsDone), formatCount(live.itemsTotal));
    }
    if (live.generation > 0) parts << QCoreApplication::translate("Canvas", "round %1").arg(live.generation + 1);
    if (live.attempt > 1) parts << QCoreApplication::translate("Canvas", "attempt %1").arg(live.attempt);
    return parts.join(QStringLiteral(" · "));
}

void LiveStates::reset(int nodes) {
    const auto count = static_cast<std::size_t>(nodes);
    live_.assign(count, {});
    shape_.assign(count, StateShape::None);
    role_.assign(count, ColourRole::Idle);
    active_ = 0;
    shown_ = false;
}

void LiveStates::set(int node, NodeLive live) {
    const auto index = static_cast<std::size_t>(node);
    const auto look = stateLook(live.status);
    active_ -= stateLook(live_[index].status).active ? 1 : 0;
    active_ += look.active ? 1 : 0;
    shown_ = shown_ || !live.status.isEmpty();
    shape_[index] = look.shape;
    role_[index] = look.role;
    live_[index] = std::move(live);
}

}  // namespace signalbox::ui
