#include "ui/document/node_types.h"

#include "ui/text/format.h"

namespace signalbox::ui {

NodeTypes::NodeTypes(client::GatewayClient& client, QObject* parent) : QObject(parent), client_(client) {}

QStringList NodeTypes::types() const {
    auto names = manifests_.keys();
    names.sort();
    return names;
}

void NodeTypes::load() {
    client_.nodes().list().then(this, [this](const Result<protocol::NodeTypeList>& reply) {
        if (!reply) {
            Q_EMIT failed(reply.error());
            return;
        }
        manifests_.clear();
        for (const auto& manifest : reply->manifests)
            manifests_.insert(toQString(manifest["type"].asString()), manifest);
        loaded_ = true;
        Q_EMIT loaded();
    });
}

}  // namespace signalbox::ui
