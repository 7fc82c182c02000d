#include "ui/text/time_range.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QRegularExpression>
#include <limits>

#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kSecond = 1'000'000;
constexpr std::int64_t kMinute = 60 * kSecond;
constexpr std::int64_t kHour = 60 * kMinute;
constexpr std::int64_t kDay = 24 * kHour;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(TimeRange)
};

std::optional<std::int64_t> microsOf(const QDateTime& moment) {
    if (!moment.isValid()) return std::nullopt;
    return moment.toMSecsSinceEpoch() * 1000;
}

std::int64_t unitOf(QChar letter) {
    switch (letter.toLatin1()) {
        case 's':
            return kSecond;
        case 'm':
            return kMinute;
        case 'h':
            return kHour;
        default:
            return kDay;
    }
}

QString describeSpan(std::int64_t micros) {
    if (micros == kDay) return Words::tr("Last 24 h");
    if (micros % kDay == 0) return Words::tr("Last %n day(s)", nullptr, static_cast<int>(micros / kDay));
    if (micros % kHour == 0) return Words::tr("Last %1 h").arg(micros / kHour);
    if (micros % kMinute == 0) return Words::tr("Last %1 min").arg(micros / kMinute);
    return Words::tr("Last %1 s").arg(micros / kSecond);
}

}  // namespace

std::int64_t TimeRange::begin(std::int64_t now) const {
    switch (kind) {
        case Kind::Last:
            return now - last;
        case Kind::Absolute:
            return from;
        case Kind::All:
            break;
    }
    return 0;
}

std::int64_t TimeRange::end(std::int64_t now) const { return kind == Kind::Absolute ? to : now; }

QString describe(const TimeRange& range) {
    if (range.kind == TimeRange::Kind::All) return Words::tr("All time");
    if (range.kind == TimeRange::Kind::Last) return describeSpan(range.last);
    const auto from = inTimeZone(range.from);
    const auto to = inTimeZone(range.to);
    const auto seconds = from.time().second() != 0 || to.time().second() != 0;
    const auto time = seconds ? QStringLiteral("HH:mm:ss") : QStringLiteral("HH:mm");
    const auto whole = QStringLiteral("yyyy-MM-dd ") + time;
    return QStringLiteral("%1 – %2").arg(from.toString(whole), to.toString(from.date() == to.date() ? time : whole));
}

QString writeTimeRange(const TimeRange& range) {
    switch (range.kind) {
        case TimeRange::Kind::Last:
            return QStringLiteral("last:%1").arg(range.last / kSecond);
        case TimeRange::Kind::Absolute:
            return QStringLiteral("abs:%1-%2").arg(range.from).arg(range.to);
        case TimeRange::Kind::All:
            break;
    }
    return QStringLiteral("all");
}

std::optional<TimeRange> readTimeRange(const QString& text) {
    if (text == QLatin1String("all")) return TimeRange::all();
    bool good = false;
    if (text.startsWith(QLatin1String("last:"))) {
        const auto seconds = text.mid(5).toLongLong(&good);
        if (!good || seconds <= 0 || seconds > std::numeric_limits<std::int64_t>::max() / kSecond) return std::nullopt;
        return TimeRange::lastMicros(seconds * kSecond);
    }
    static const QRegularExpression kAbsolute(QStringLiteral("^abs:(\\d{1,18})-(\\d{1,18})$"));
    const auto match = kAbsolute.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const auto range = TimeRange::between(match.captured(1).toLongLong(), match.captured(2).toLongLong());
    if (range.from >= range.to) return std::nullopt;
    return range;
}

std::optional<std::int64_t> parseSpan(const QString& text) {
    static const QRegularExpression kSpan(QStringLiteral("^\\s*(\\d{1,6})\\s*(s|m|min|h|d)\\s*$"));
    const auto match = kSpan.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const auto span = match.captured(1).toLongLong() * unitOf(match.captured(2)[0]);
    if (span <= 0) return std::nullopt;
    return span;
}

std::optional<std::int64_t> parseMoment(const QString& given, std::int64_t now) {
    const auto text = given.trimmed();
    if (text == QLatin1String("now")) return now;
    if (text.startsWith(QLatin1String("now-"))) {
        const auto span = parseSpan(text.mid(4));
        if (!span) return std::nullopt;
        return now - *span;
    }
    for (const auto* format : {"HH:mm", "HH:mm:ss"}) {
        const auto time = QTime::fromString(text, QLatin1String(format));
        if (time.isValid()) return microsOf(QDateTime(inTimeZone(now).date(), time, inTimeZone(now).timeSpec()));
    }
    for (const auto* format : {"yyyy-MM-dd", "yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-ddTHH:mm:ss"}) {
        const auto moment = QDateTime::fromString(text, QLatin1String(format));
        if (moment.isValid()) return microsOf(QDateTime(moment.date(), moment.time(), inTimeZone(now).timeSpec()));
    }
    return std::nullopt;
}

}  // namespace signalbox::ui
