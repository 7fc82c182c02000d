// The journal of the followed run as a table, page by page.
#pragma once

#include <QAbstractTableModel>
#include <QTimer>
#include <vector>

#include "client/gateway_client.h"
#include "protocol/requests.h"

namespace signalbox::ui {

class RunSession;

/// Records in their order; the view fetches the next page when it gets to the end. Asks nothing until it is active;
/// while the run goes on, new records are fetched a moment after an event.
class RunJournalModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Seq, Time, Kind, Node, Attempt, Took, Payload, ColumnCount };
    static constexpr int kPageRecords = 1'000;
    RunJournalModel(client::GatewayClient& client, RunSession& session, QObject* parent = nullptr);

    void setActive(bool active);
    /// Empty: of all nodes, of all kinds.
    void setFilter(const QString& node, const QString& kind);
    /// From the first record again.
    void reload();
    [[nodiscard]] const protocol::JournalRecordDto& record(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

Q_SIGNALS:
    void loaded();  ///< a page has come
    void failed(const signalbox::Error& error);

private:
    void clear();
    void fetch();
    void take(const protocol::JournalPage& page);
    [[nodiscard]] QString text(const protocol::JournalRecordDto& record, int column) const;

    client::GatewayClient& client_;
    RunSession& session_;
    QTimer settle_;
    std::vector<protocol::JournalRecordDto> records_;
    QString run_;
    QString node_;
    QString kind_;
    std::uint64_t next_ = 0;  ///< first record of the next page
    quint64 turn_ = 0;        ///< replies to earlier questions are dropped
    bool active_ = false;
    bool asking_ = false;
    bool more_ = true;  ///< there is a next page already
};

}  // namespace signalbox::ui
