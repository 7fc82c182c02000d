// Which workflows of the list are shown: words of the name, the id or a tag, and "tag:" terms.
#pragma once

#include <QSortFilterProxyModel>

#include "ui/text/filter_query.h"

namespace signalbox::ui {

/// Over a WorkflowListModel. Every word must be found; a term is met by any tag of the workflow.
class WorkflowFilter : public QSortFilterProxyModel {
    Q_OBJECT
public:
    using QSortFilterProxyModel::QSortFilterProxyModel;
    void setQuery(const FilterQuery& query);

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    FilterQuery query_;
};

}  // namespace signalbox::ui
