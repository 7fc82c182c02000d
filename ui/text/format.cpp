#include "ui/text/format.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>
#include <algorithm>
#include <atomic>

#include "base/json.h"

namespace signalbox::ui {

namespace {

constexpr std::int64_t kMilli = 1'000;
constexpr std::int64_t kSecond = 1'000'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Format)
};

QString twoParts(std::int64_t large, const char* largeUnit, std::int64_t small, const char* smallUnit) {
    return QStringLiteral("%1 %2 %3 %4")
        .arg(large)
        .arg(Words::tr(largeUnit))
        .arg(small, 2, 10, QLatin1Char('0'))
        .arg(Words::tr(smallUnit));
}

std::atomic<TimeZone> chosenZone{TimeZone::Local};

}  // namespace

QString formatDuration(std::int64_t micros) {
    micros = std::max<std::int64_t>(micros, 0);
    const QLocale locale;
    if (micros < kMilli) return Words::tr("%1 µs").arg(micros);
    if (micros < kSecond) return Words::tr("%1 ms").arg((micros + kMilli / 2) / kMilli);
    if (micros < 60 * kSecond) {
        return Words::tr("%1 s").arg(locale.toString(static_cast<double>(micros) / kSecond, 'f', 2));
    }
    const auto seconds = micros / kSecond;
    if (seconds < 3600)
        return twoParts(seconds / 60, QT_TRANSLATE_NOOP("Format", "m"), seconds % 60, QT_TRANSLATE_NOOP("Format", "s"));
    if (seconds < 86400)
        return twoParts(seconds / 3600, QT_TRANSLATE_NOOP("Format", "h"), seconds / 60 % 60,
                        QT_TRANSLATE_NOOP("Format", "m"));
    return twoParts(seconds / 86400, QT_TRANSLATE_NOOP("Format", "d"), seconds / 3600 % 24,
                    QT_TRANSLATE_NOOP("Format", "h"));
}

void setTimeZone(TimeZone zone) { chosenZone = zone; }

TimeZone timeZone() { return chosenZone; }

QDateTime inTimeZone(std::int64_t wallMicros) {
    return QDateTime::fromMSecsSinceEpoch(wallMicros / kMilli, chosenZone == TimeZone::Utc ? Qt::UTC : Qt::LocalTime);
}

QString formatTimeOfDay(std::int64_t wallMicros) {
    if (wallMicros == 0) return {};
    return inTimeZone(wallMicros).toString(QStringLiteral("HH:mm:ss"));
}

QString formatDateTime(std::int64_t wallMicros) {
    if (wallMicros == 0) return {};
    const auto text = inTimeZone(wallMicros).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    return timeZone() == TimeZone::Utc ? text + QStringLiteral(" UTC") : text;
}

QString formatRelative(std::int64_t wallMicros, std::int64_t nowMicros) {
    if (wallMicros == 0) return {};
    const auto seconds = std::max<std::int64_t>(0, (nowMicros - wallMicros) / kSecond);
    if (seconds < 45) return Words::tr("just now");
    if (seconds < 3600) return Words::tr("%1 min ago").arg(std::max<std::int64_t>(1, seconds / 60));
    if (seconds < 86400) return Words::tr("%1 h ago").arg(seconds / 3600);
    if (seconds < 30 * 86400) return Words::tr("%1 d ago").arg(seconds / 86400);
    return inTimeZone(wallMicros).date().toString(Qt::ISODate);
}

QString formatAge(std::int64_t micros) {
    const auto seconds = std::max<std::int64_t>(0, micros) / kSecond;
    if (seconds < 120) return Words::tr("%1 s old").arg(seconds);
    if (seconds < 7200) return Words::tr("%1 min old").arg(seconds / 60);
    if (seconds < 2 * 86400) return Words::tr("%1 h old").arg(seconds / 3600);
    return Words::tr("%1 d old").arg(seconds / 86400);
}

QString formatCount(std::uint64_t count) { return QLocale().toString(static_cast<qulonglong>(count)); }

QString formatBytes(std::uint64_t bytes) {
    if (bytes < 1000) return Words::tr("%1 B").arg(bytes);
    static constexpr const char* kUnits[] = {"kB", "MB", "GB", "TB"};
    auto amount = static_cast<double>(bytes) / 1000.0;
    int unit = 0;
    while (amount >= 999.95 && unit < 3) {
        amount /= 1000.0;
        ++unit;
    }
    return QStringLiteral("%1 %2").arg(QLocale().toString(amount, 'f', 1), QLatin1String(kUnits[unit]));
}

QString summariseValue(const Value& value, int maxLength) {
    switch (value.kind()) {
        case Value::Kind::Undefined:
            return Words::tr("no value");
        case Value::Kind::Array:
            if (value.empty()) return QStringLiteral("[]");
            return Words::tr("%n item(s)", nullptr, static_cast<int>(value.size()));
        case Value::Kind::Object:
            if (value.empty()) return QStringLiteral("{}");
            return Words::tr("%n member(s)", nullptr, static_cast<int>(value.size()));
        case Value::Kind::Bytes:
            return Words::tr("%1 of bytes").arg(formatBytes(value.size()));
        case Value::Kind::String: {
            // Cut before it is converted: a value may hold many megabytes.
            const auto text = value.asString();
            const auto most = static_cast<std::size_t>(maxLength) * 4;
            auto shown = toQString(text.substr(0, most)).simplified();
            if (text.size() <= most && shown.size() <= maxLength) return shown;
            shown.truncate(maxLength);
            return Words::tr("%1… (%2)").arg(shown, formatBytes(text.size()));
        }
        default:
            return toQString(writeJson(value));
    }
}

}  // namespace signalbox::ui
