// The lines of a difference as rows, with unchanged stretches folded.
#pragma once

#include <QAbstractListModel>

#include "ui/text/line_diff.h"

namespace signalbox::ui {

/// Rows are lines, or a fold that stands for several. Three unchanged lines stay around each change.
class DiffModel : public QAbstractListModel {
    Q_OBJECT
public:
    static constexpr int kContext = 3;
    enum Roles : int { KindRole = Qt::UserRole + 300, LeftRole, RightRole, FoldedRole };
    using QAbstractListModel::QAbstractListModel;
    void setLines(const QList<DiffLine>& lines);
    [[nodiscard]] const QList<DiffLine>& lines() const { return lines_; }
    void unfold(int row);
    /// The next row from which a stretch of changes begins, in that direction; -1: none.
    [[nodiscard]] int changeFrom(int row, int step) const;

    [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;

private:
    struct Row {
        int line = 0;
        int count = 1;  ///< more than one: a fold
    };
    [[nodiscard]] bool isChange(int row) const;
    QList<DiffLine> lines_;
    QList<Row> rows_;
};

}  // namespace signalbox::ui
