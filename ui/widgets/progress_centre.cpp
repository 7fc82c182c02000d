#include "ui/widgets/progress_centre.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <algorithm>
#include <cmath>

#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr int kTickMilliseconds = 100;
constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMeasureEvery = kSecond / 5;
constexpr double kSmoothing = 5.0 * kSecond;   ///< how long a burst weighs in the estimate
constexpr std::int64_t kGuessAfter = kSecond;  ///< before that an estimate would be a guess

std::int64_t machineMonotonic() {
    static const QElapsedTimer kStart = [] {
        QElapsedTimer timer;
        timer.start();
        return timer;
    }();
    return kStart.nsecsElapsed() / 1000;
}

}  // namespace

ProgressCentre::ProgressCentre(QObject* parent) : QAbstractListModel(parent), now_(machineMonotonic) {
    tick_.setSingleShot(true);
    tick_.setInterval(kTickMilliseconds);
    connect(&tick_, &QTimer::timeout, this, [this] {
        if (!works_.isEmpty()) Q_EMIT dataChanged(index(0), index(rowCount() - 1));
        Q_EMIT changed();
    });
}

void ProgressCentre::setClock(std::function<std::int64_t()> now) { now_ = std::move(now); }

void ProgressCentre::touch() {
    if (!tick_.isActive()) tick_.start();
}

quint64 ProgressCentre::begin(const QString& label, std::function<void()> cancel) {
    Work work;
    work.id = ++lastId_;
    work.label = label;
    work.cancel = std::move(cancel);
    work.started = work.measuredAt = now_();
    beginInsertRows({}, rowCount(), rowCount());
    works_ << work;
    endInsertRows();
    Q_EMIT changed();
    return work.id;
}

void ProgressCentre::update(quint64 id, std::int64_t done, std::int64_t total) {
    const int row = rowOf(id);
    if (row < 0) return;
    auto& work = works_[row];
    if (total != work.total || done < work.done) {
        // Another measure: what was known of its speed says nothing about it.
        work.rate = 0;
        work.measuredAt = now_();
        work.measuredDone = done;
    }
    work.total = std::max<std::int64_t>(0, total);
    work.done = std::clamp<std::int64_t>(done, 0, work.total > 0 ? work.total : std::max<std::int64_t>(done, 0));
    measure(work);
    touch();
}

void ProgressCentre::measure(Work& work) const {
    const auto now = now_();
    const auto passed = now - work.measuredAt;
    if (passed < kMeasureEvery) return;
    const auto current = static_cast<double>(work.done - work.measuredDone) / static_cast<double>(passed);
    const auto weight = 1.0 - std::exp(-static_cast<double>(passed) / kSmoothing);
    work.rate = work.rate == 0 ? current : work.rate + weight * (current - work.rate);
    work.measuredAt = now;
    work.measuredDone = work.done;
}

void ProgressCentre::setLabel(quint64 id, const QString& label) {
    const int row = rowOf(id);
    if (row < 0) return;
    works_[row].label = label;
    touch();
}

void ProgressCentre::end(quint64 id) {
    const int row = rowOf(id);
    if (row < 0) return;
    beginRemoveRows({}, row, row);
    works_.removeAt(row);
    endRemoveRows();
    Q_EMIT changed();
}

void ProgressCentre::cancel(quint64 id) {
    const int row = rowOf(id);
    if (row < 0 || !works_[row].cancel || works_[row].cancelling) return;
    works_[row].cancelling = true;
    // A copy: what is called may say end() at once.
    const auto ask = works_[row].cancel;
    touch();
    ask();
}

int ProgressCentre::rowOf(quint64 id) const {
    const auto found = std::find_if(works_.begin(), works_.end(), [id](const Work& work) { return work.id == id; });
    return found == works_.end() ? -1 : static_cast<int>(found - works_.begin());
}

std::optional<int> ProgressCentre::percentOf(const Work& work) {
    if (work.total <= 0) return std::nullopt;
    return static_cast<int>(100.0 * static_cast<double>(work.done) / static_cast<double>(work.total));
}

std::optional<std::int64_t> ProgressCentre::remainingOf(const Work& work) {
    if (work.total <= 0 || work.rate <= 0 || work.measuredAt - work.started < kGuessAfter) return std::nullopt;
    return static_cast<std::int64_t>(static_cast<double>(work.total - work.done) / work.rate);
}

ProgressCentre::Overall ProgressCentre::overall() const {
    Overall all;
    all.count = rowCount();
    if (all.count == 0) return all;
    const auto& first = works_.first();
    all.label = all.count == 1 ? first.label : tr("%n task(s)", nullptr, all.count);
    all.cancellable = all.count == 1 && first.cancel && !first.cancelling;
    int sum = 0;
    bool known = true;
    bool estimated = true;
    std::int64_t longest = 0;
    for (const auto& work : works_) {
        known = known && percentOf(work);
        estimated = estimated && remainingOf(work);
        sum += percentOf(work).value_or(0);
        longest = std::max(longest, remainingOf(work).value_or(0));
    }
    if (known) all.percent = sum / all.count;
    if (estimated) all.remaining = longest;
    return all;
}

QString ProgressCentre::describe(const Overall& overall) const {
    if (overall.count == 1 && works_.first().cancelling) return tr("Cancelling…");
    if (!overall.percent) return tr("Working…");
    const auto percent = tr("%1 %").arg(*overall.percent);
    if (!overall.remaining) return percent;
    // To the second: the estimate is no better than that.
    const auto seconds = (*overall.remaining + kSecond - 1) / kSecond;
    const auto left = seconds < 60 ? tr("%1 s").arg(seconds) : formatDuration(seconds * kSecond);
    return tr("%1 · %2 left").arg(percent, left);
}

QString ProgressCentre::describe(int row) const {
    if (row < 0 || row >= rowCount()) return {};
    const auto& work = works_[row];
    if (work.cancelling) return tr("Cancelling…");
    Overall one;
    one.count = 2;  // not the only one: the row speaks for itself
    one.percent = percentOf(work);
    one.remaining = remainingOf(work);
    return describe(one);
}

int ProgressCentre::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(works_.size());
}

QVariant ProgressCentre::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& work = works_[index.row()];
    switch (role) {
        case Qt::DisplayRole:
            return work.label;
        case WorkIdRole:
            return work.id;
        case PercentRole:
            return percentOf(work) ? QVariant(*percentOf(work)) : QVariant();
        case RemainingRole:
            return remainingOf(work) ? QVariant(static_cast<qint64>(*remainingOf(work))) : QVariant();
        case CancellableRole:
            return work.cancel && !work.cancelling;
        default:
            return {};
    }
}

}  // namespace signalbox::ui
