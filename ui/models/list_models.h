// Flat lists for views: workflows, runs and findings.
#pragma once

#include <QAbstractListModel>
#include <QStringList>
#include <functional>
#include <vector>

#include "protocol/dto.h"

namespace signalbox::ui {

/// Workflows of a workspace: name, what is in it, how many findings, tags. IdRole gives the id.
class WorkflowListModel : public QAbstractListModel {
    Q_OBJECT
public:
    enum Roles { TagsRole = Qt::UserRole + 200 };
    using QAbstractListModel::QAbstractListModel;
    /// The same workflows in the same order again keep their rows.
    void setWorkflows(std::vector<protocol::WorkflowSummary> workflows);
    [[nodiscard]] int rowOf(const QString& id) const;
    /// Null: it is not in the list. Valid until the next setWorkflows().
    [[nodiscard]] const protocol::WorkflowSummary* find(const QString& id) const;
    [[nodiscard]] QStringList tags() const;  ///< of all workflows, sorted, each once
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<protocol::WorkflowSummary> workflows_;
};

/// Runs, newest first. IdRole gives the id, StatusRole the status.
class RunListModel : public QAbstractListModel {
    Q_OBJECT
public:
    explicit RunListModel(std::function<std::int64_t()> clock, QObject* parent = nullptr);
    void setRuns(std::vector<protocol::RunSummaryDto> runs);
    /// A run that is followed live; it is added on top when it is new.
    void update(const protocol::RunSummaryDto& run);
    [[nodiscard]] int rowOf(const QString& id) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::function<std::int64_t()> clock_;
    std::vector<protocol::RunSummaryDto> runs_;
};

/// Findings of a document, worst first. IdRole gives the node, SeverityRole the severity.
class FindingsModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setFindings(std::vector<protocol::FindingDto> findings);
    /// In the order shown; null: no such row.
    [[nodiscard]] const protocol::FindingDto* finding(int row) const;
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<protocol::FindingDto> findings_;
};

}  // namespace signalbox::ui
