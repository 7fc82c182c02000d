#include "ui/widgets/diff_model.h"

namespace signalbox::ui {

void DiffModel::setLines(const QList<DiffLine>& lines) {
    beginResetModel();
    lines_ = lines;
    rows_.clear();
    const int count = static_cast<int>(lines_.size());
    for (int i = 0; i < count;) {
        int end = i;
        while (end < count && lines_[end].kind == DiffKind::Same) ++end;
        const int keepBefore = i == 0 ? 0 : kContext;
        const int keepAfter = end == count ? 0 : kContext;
        // A fold that hides one line would only hide it.
        const bool fold = end - i > keepBefore + keepAfter + 1 && end - i < count;
        for (int j = i; j < end; ++j) {
            if (fold && j == i + keepBefore) {
                rows_ << Row{j, end - i - keepBefore - keepAfter};
                j = end - keepAfter - 1;
            } else {
                rows_ << Row{j, 1};
            }
        }
        for (i = end; i < count && lines_[i].kind != DiffKind::Same; ++i) rows_ << Row{i, 1};
    }
    endResetModel();
}

void DiffModel::unfold(int row) {
    if (row < 0 || row >= rows_.size() || rows_[row].count == 1) return;
    const auto fold = rows_[row];
    beginRemoveRows({}, row, row);
    rows_.removeAt(row);
    endRemoveRows();
    beginInsertRows({}, row, row + fold.count - 1);
    for (int i = 0; i < fold.count; ++i) rows_.insert(row + i, Row{fold.line + i, 1});
    endInsertRows();
}

bool DiffModel::isChange(int row) const { return lines_[rows_[row].line].kind != DiffKind::Same; }

int DiffModel::changeFrom(int row, int step) const {
    for (int i = row + step; i >= 0 && i < rows_.size(); i += step) {
        const bool begins = i == 0 || !isChange(i - 1);
        if (isChange(i) && begins) return i;
    }
    return -1;
}

int DiffModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

QVariant DiffModel::data(const QModelIndex& index, int role) const {
    if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
    const auto& row = rows_[index.row()];
    const auto& line = lines_[row.line];
    switch (role) {
        case Qt::DisplayRole:
            return row.count > 1 ? tr("%n unchanged line(s)", nullptr, row.count) : line.text;
        case Qt::AccessibleTextRole:
            if (row.count > 1) return data(index, Qt::DisplayRole);
            if (line.kind == DiffKind::Added) return tr("Added: %1").arg(line.text);
            return line.kind == DiffKind::Removed ? tr("Removed: %1").arg(line.text) : line.text;
        case KindRole:
            return static_cast<int>(line.kind);
        case LeftRole:
            return line.left;
        case RightRole:
            return line.right;
        case FoldedRole:
            return row.count > 1 ? row.count : 0;
        default:
            return {};
    }
}

}  // namespace signalbox::ui
