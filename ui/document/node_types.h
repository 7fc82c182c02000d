// The manifests of the gateway's node types, asked for once.
#pragma once

#include <QHash>
#include <QObject>
#include <QString>

#include "base/value.h"
#include "client/gateway_client.h"

namespace signalbox::ui {

/// Lives in the window's thread; owned by the panels' context.
class NodeTypes : public QObject {
    Q_OBJECT
public:
    explicit NodeTypes(client::GatewayClient& client, QObject* parent = nullptr);
    /// The manifest of a type; Undefined while none is known.
    [[nodiscard]] Value manifest(const QString& type) const { return manifests_.value(type, Value::undefined()); }
    [[nodiscard]] QStringList types() const;  ///< sorted
    [[nodiscard]] bool isLoaded() const { return loaded_; }
    void load();

Q_SIGNALS:
    void loaded();
    void failed(const signalbox::Error& error);

private:
    client::GatewayClient& client_;
    QHash<QString, Value> manifests_;
    bool loaded_ = false;
};

}  // namespace signalbox::ui
