// The gateways that are known, as a table: how each is reached, and what is known of it.
#pragma once

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>
#include <functional>
#include <vector>

#include "ui/models/gateway_book.h"
#include "ui/models/gateway_health.h"

namespace signalbox::ui {

/// IdRole gives the id, StatusRole the state for stateLook(), EnvironmentRole the environment. Ages go on by themselves
/// while it ticks. Health is what setHealth() was told.
class GatewaysModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { State, Name, Environment, Version, Latency, Health, LastHeard, Address, ColumnCount };
    enum Roles { EnvironmentRole = Qt::UserRole + 300 };
    GatewaysModel(GatewayBook& book, std::function<std::int64_t()> now, QObject* parent = nullptr);

    void setTicking(bool ticking);
    /// What the gateway says of itself.
    void setHealth(const QString& id, const HealthLook& look);
    [[nodiscard]] const GatewayPlace* place(int row) const;  ///< null: no such row
    [[nodiscard]] int rowOf(const QString& id) const;
    [[nodiscard]] client::ConnectionStatus status(const GatewayPlace& place) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    void reset();
    [[nodiscard]] QString text(const GatewayPlace& place, int column) const;
    [[nodiscard]] QString stateKey(const GatewayPlace& place) const;
    /// Status word of the mark in a cell; none: it has no mark.
    [[nodiscard]] QVariant markOf(const GatewayPlace& place, int column) const;

    GatewayBook& book_;
    std::function<std::int64_t()> now_;
    std::vector<GatewayPlace> places_;
    QHash<QString, HealthLook> health_;
    QTimer tick_;
};

}  // namespace signalbox::ui
