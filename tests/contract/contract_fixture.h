// What a contract test is made of: each of its functions runs over every way to a gateway, on a workspace of its own.
#pragma once

#include <QObject>
#include <QTest>
#include <memory>

#include "contract/contract_bench.h"

Q_DECLARE_METATYPE(signalbox::contract::Way)

namespace signalbox::contract {

class ContractTest : public QObject {
    Q_OBJECT
protected:
    [[nodiscard]] client::GatewayClient& client() const { return bench_->client(); }

    std::unique_ptr<Bench> bench_;

private Q_SLOTS:
    void initTestCase_data() {
        QTest::addColumn<Way>("way");
        QTest::newRow("embedded") << Way::Embedded;
        QTest::newRow("embedded + codec") << Way::EmbeddedCodec;
        QTest::newRow("WebSocket") << Way::WebSocket;
    }
    void init() {
        QFETCH_GLOBAL(Way, way);
        bench_ = std::make_unique<Bench>(way);
    }
    void cleanup() { bench_.reset(); }
};

}  // namespace signalbox::contract
