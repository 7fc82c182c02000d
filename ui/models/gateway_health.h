// Whether gateways can take work in, as they say themselves.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include "base/result.h"
#include "protocol/engine_dto.h"

namespace signalbox::ui {

class GatewayBook;

struct HealthLook {
    QString word;         ///< "Ready", "Not ready: disk"; empty: not known
    QStringList reasons;  ///< a sentence for each check that has failed, or why it is not known
    bool good = true;     ///< not known is no alarm
    bool operator==(const HealthLook&) const = default;
};
[[nodiscard]] HealthLook healthLook(const Result<protocol::GatewayHealth>& told);

/// Asks the gateways that are live every ten seconds while it is active. One that has not answered when it is to be
/// asked again is told to be silent, and not asked until it has.
class GatewayHealthWatch : public QObject {
    Q_OBJECT
public:
    explicit GatewayHealthWatch(GatewayBook& book, QObject* parent = nullptr);
    void setActive(bool active);
    [[nodiscard]] HealthLook of(const QString& id) const { return known_.value(id); }
    void setInterval(int milliseconds) { timer_.setInterval(milliseconds); }

Q_SIGNALS:
    void changed(const QString& id);

private:
    void askAll();
    void ask(const QString& id);
    void learn(const QString& id, const HealthLook& look);

    GatewayBook& book_;
    QTimer timer_;
    QHash<QString, HealthLook> known_;
    QHash<QString, quint64> asked_;  ///< the question that is open, by gateway
    quint64 questions_ = 0;
};

}  // namespace signalbox::ui
