#include "ui/models/list_models.h"

#include <algorithm>

#include "ui/text/format.h"
#include "ui/text/states.h"

namespace signalbox::ui {

namespace {

template <class Item>
const Item* itemAt(const std::vector<Item>& items, const QModelIndex& index) {
    const auto row = static_cast<std::size_t>(index.row());
    return index.isValid() && row < items.size() ? &items[row] : nullptr;
}

int severityRank(const std::string& severity) {
    if (severity == "error") return 0;
    return severity == "warning" ? 1 : 2;
}

}  // namespace

void WorkflowListModel::setWorkflows(std::vector<protocol::WorkflowSummary> workflows) {
    const bool sameRows = std::equal(workflows.begin(), workflows.end(), workflows_.begin(), workflows_.end(),
                                     [](const auto& a, const auto& b) { return a.id == b.id; });
    if (sameRows) {
        workflows_.swap(workflows);
        for (std::size_t i = 0; i < workflows_.size(); ++i) {
            const auto changed = index(static_cast<int>(i));
            if (workflows_[i] != workflows[i]) Q_EMIT dataChanged(changed, changed);
        }
        return;
    }
    beginResetModel();
    workflows_ = std::move(workflows);
    endResetModel();
}

const protocol::WorkflowSummary* WorkflowListModel::find(const QString& id) const {
    const int row = rowOf(id);
    return row < 0 ? nullptr : &workflows_[static_cast<std::size_t>(row)];
}

QStringList WorkflowListModel::tags() const {
    QStringList tags;
    for (const auto& workflow : workflows_) {
        for (const auto& tag : workflow.tags) tags << toQString(tag);
    }
    tags.removeDuplicates();
    tags.sort(Qt::CaseInsensitive);
    return tags;
}

int WorkflowListModel::rowOf(const QString& id) const {
    for (std::size_t i = 0; i < workflows_.size(); ++i) {
        if (toQString(workflows_[i].id) == id) return static_cast<int>(i);
    }
    return -1;
}

int WorkflowListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(workflows_.size());
}

QVariant WorkflowListModel::data(const QModelIndex& index, int role) const {
    const auto* workflow = itemAt(workflows_, index);
    if (!workflow) return {};
    switch (role) {
        case Qt::DisplayRole:
            return toQString(workflow->name.empty() ? workflow->id : workflow->name);
        case IdRole:
            return toQString(workflow->id);
        case TagsRole: {
            QStringList tags;
            for (const auto& tag : workflow->tags) tags << toQString(tag);
            return tags;
        }
        case BadgeRole:
            return QStringLiteral("v%1").arg(workflow->version);
        case Qt::ToolTipRole: {
            QStringList lines;
            if (!workflow->description.empty()) lines << toQString(workflow->description);
            lines << toQString(workflow->file);
            return lines.join(QLatin1Char('\n'));
        }
        case DetailRole: {
            QStringList parts{tr("%n node(s)", nullptr, static_cast<int>(workflow->nodeCount))};
            if (workflow->errors > 0) parts << tr("%n error(s)", nullptr, static_cast<int>(workflow->errors));
            if (workflow->warnings > 0) parts << tr("%n warning(s)", nullptr, static_cast<int>(workflow->warnings));
            for (const auto& tag : workflow->tags) parts << QLatin1Char('#') + toQString(tag);
            return parts.join(QStringLiteral(" · "));
        }
        case SeverityRole:
            if (workflow->errors > 0) return QStringLiteral("error");
            return workflow->warnings > 0 ? QVariant(QStringLiteral("warning")) : QVariant();
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2").arg(data(index, Qt::DisplayRole).toString(),
                                                data(index, DetailRole).toString());
        default:
            return {};
    }
}

RunListModel::RunListModel(std::function<std::int64_t()> clock, QObject* parent)
    : QAbstractListModel(parent), clock_(std::move(clock)) {}

void RunListModel::setRuns(std::vector<protocol::RunSummaryDto> runs) {
    beginResetModel();
    runs_ = std::move(runs);
    endResetModel();
}

int RunListModel::rowOf(const QString& id) const {
    for (std::size_t i = 0; i < runs_.size(); ++i) {
        if (toQString(runs_[i].runId) == id) return static_cast<int>(i);
    }
    return -1;
}

void RunListModel::update(const protocol::RunSummaryDto& run) {
    const int row = rowOf(toQString(run.runId));
    if (row >= 0) {
        runs_[static_cast<std::size_t>(row)] = run;
        Q_EMIT dataChanged(index(row), index(row));
        return;
    }
    beginInsertRows({}, 0, 0);
    runs_.insert(runs_.begin(), run);
    endInsertRows();
}

int RunListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(runs_.size());
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
    const auto* run = itemAt(runs_, index);
    if (!run) return {};
    const auto status = toQString(run->status);
    switch (role) {
        case Qt::DisplayRole:
            return stateLook(status).word;
        case StatusRole:
            return status;
        case IdRole:
            return toQString(run->runId);
        case BadgeRole:
            return formatRelative(run->created, clock_());
        case Qt::ToolTipRole:
            return QStringLiteral("%1\n%2").arg(formatDateTime(run->created), toQString(run->runId));
        case DetailRole: {
            QStringList parts;
            if (run->started > 0 && run->finished > 0) parts << formatDuration(run->finished - run->started);
            if (!run->errorCode.empty()) {
                parts << toQString(run->errorCode);
            } else if (!isFinalRunStatus(status)) {
                parts << tr("%1 of %2 nodes").arg(run->nodesDone).arg(run->nodesTotal);
            } else {
                parts << tr("%n node(s)", nullptr, static_cast<int>(run->nodesTotal));
            }
            if (!run->startedBy.empty()) parts << toQString(run->startedBy);
            return parts.join(QStringLiteral(" · "));
        }
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1, %2, %3")
                .arg(stateLook(status).word, data(index, BadgeRole).toString(), data(index, DetailRole).toString());
        default:
            return {};
    }
}

void FindingsModel::setFindings(std::vector<protocol::FindingDto> findings) {
    beginResetModel();
    findings_ = std::move(findings);
    std::stable_sort(findings_.begin(), findings_.end(),
                     [](const auto& a, const auto& b) { return severityRank(a.severity) < severityRank(b.severity); });
    endResetModel();
}

const protocol::FindingDto* FindingsModel::finding(int row) const {
    return row >= 0 && row < rowCount() ? &findings_[static_cast<std::size_t>(row)] : nullptr;
}

int FindingsModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(findings_.size());
}

QVariant FindingsModel::data(const QModelIndex& index, int role) const {
    const auto* finding = itemAt(findings_, index);
    if (!finding) return {};
    switch (role) {
        case Qt::DisplayRole:
            return toQString(finding->message);
        case IdRole:
            return toQString(finding->node);
        case SeverityRole:
            return toQString(finding->severity);
        case Qt::ToolTipRole: {
            QStringList lines{toQString(finding->message)};
            if (!finding->hint.empty()) lines << toQString(finding->hint);
            lines << toQString(finding->code);
            return lines.join(QLatin1Char('\n'));
        }
        case DetailRole: {
            QStringList parts;
            if (!finding->node.empty()) parts << toQString(finding->node);
            if (finding->line > 0) parts << tr("line %1, column %2").arg(finding->line).arg(finding->column);
            parts << (finding->hint.empty() ? toQString(finding->code) : toQString(finding->hint));
            return parts.join(QStringLiteral(" · "));
        }
        case Qt::AccessibleTextRole:
            return QStringLiteral("%1: %2").arg(toQString(finding->severity), toQString(finding->message));
        default:
            return {};
    }
}

}  // namespace signalbox::ui
