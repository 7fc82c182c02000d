#include "ui/models/gateway_health.h"

#include <QCoreApplication>
#include <utility>

#include "ui/models/gateway_book.h"
#include "ui/text/format.h"

namespace signalbox::ui {

namespace {

constexpr int kInterval = 10'000;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(GatewayHealth)
};

QString checkWord(const std::string& name) {
    if (name == "store") return Words::tr("store");
    if (name == "recovery") return Words::tr("recovery");
    if (name == "disk") return Words::tr("disk");
    return toQString(name);
}

}  // namespace

HealthLook healthLook(const Result<protocol::GatewayHealth>& told) {
    HealthLook look;
    if (!told) {
        look.word = Words::tr("Not told");
        look.reasons << toQString(told.error().message);
        return look;
    }
    QStringList failed;
    for (const auto& check : told->checks) {
        if (check.passed) continue;
        failed << checkWord(check.name);
        look.reasons << QStringLiteral("%1: %2").arg(failed.last(), toQString(check.reason));
    }
    look.good = told->ready;
    look.word = look.good          ? Words::tr("Ready")
                : failed.isEmpty() ? Words::tr("Not ready")
                                   : Words::tr("Not ready: %1").arg(failed.join(QStringLiteral(", ")));
    return look;
}

GatewayHealthWatch::GatewayHealthWatch(GatewayBook& book, QObject* parent) : QObject(parent), book_(book) {
    timer_.setInterval(kInterval);
    connect(&timer_, &QTimer::timeout, this, &GatewayHealthWatch::askAll);
    connect(&book_, &GatewayBook::statusChanged, this, [this](const QString& id) {
        const auto* connection = book_.connection(id);
        const bool live = connection && connection->status().state == client::ConnectionState::Live;
        if (!live) {
            asked_.remove(id);
            return learn(id, {});
        }
        // What was asked before is not asked again with every word about the connection.
        if (timer_.isActive() && !asked_.contains(id) && known_.value(id).word.isEmpty()) ask(id);
    });
}

void GatewayHealthWatch::setActive(bool active) {
    if (active == timer_.isActive()) return;
    if (!active) return timer_.stop();
    timer_.start();
    askAll();
}

void GatewayHealthWatch::askAll() {
    for (const auto& place : book_.places()) {
        if (!asked_.contains(place.id)) {
            ask(place.id);
        } else {
            learn(place.id,
                  {Words::tr("No answer"), {Words::tr("It has not said for 10 s whether it is ready.")}, false});
        }
    }
}

void GatewayHealthWatch::ask(const QString& id) {
    auto* client = book_.client(id);
    const auto* connection = book_.connection(id);
    if (!client || connection->status().state != client::ConnectionState::Live) return;
    const auto question = asked_[id] = ++questions_;
    client->health().then(this, [this, id, question](const Result<protocol::GatewayHealth>& reply) {
        if (asked_.value(id) != question) return;
        asked_.remove(id);
        learn(id, healthLook(reply));
    });
}

void GatewayHealthWatch::learn(const QString& id, const HealthLook& look) {
    if (known_.value(id) == look) return;
    known_.insert(id, look);
    Q_EMIT changed(id);
}

}  // namespace signalbox::ui
