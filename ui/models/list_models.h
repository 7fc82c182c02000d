// Flat lists for views: workflows, runs and findings.
#pragma once

#include <QAbstractListModel>
#include <functional>
#include <vector>

#include "protocol/dto.h"

namespace signalbox::ui {

/// Workflows of a workspace: name, what is in it, how many findings. IdRole gives the id.
class WorkflowListModel : public QAbstractListModel {
    Q_OBJECT
public:
    using QAbstractListModel::QAbstractListModel;
    void setWorkflows(std::vector<protocol::WorkflowSummary> workflows);
    [[nodiscard]] int rowOf(const QString& id) const;
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
    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;

private:
    std::vector<protocol::FindingDto> findings_;
};

}  // namespace signalbox::ui
