#include "ui/panels/workflow_filter.h"

#include <algorithm>

#include "ui/models/list_models.h"
#include "ui/text/roles.h"

namespace signalbox::ui {

void WorkflowFilter::setQuery(const FilterQuery& query) {
    query_ = query;
    invalidateFilter();
}

bool WorkflowFilter::filterAcceptsRow(int row, const QModelIndex& parent) const {
    const auto index = sourceModel()->index(row, 0, parent);
    const auto tags = index.data(WorkflowListModel::TagsRole).toStringList();
    const auto meets = [&](const FilterTerm& term) {
        const bool any = std::any_of(term.values.begin(), term.values.end(),
                                     [&](const QString& value) { return tags.contains(value, Qt::CaseInsensitive); });
        return any != term.negated;
    };
    if (!std::all_of(query_.terms.begin(), query_.terms.end(), meets)) return false;
    const auto text =
        QStringList{index.data().toString(), index.data(IdRole).toString(), tags.join(QLatin1Char(' '))}.join(
            QLatin1Char('\n'));
    const auto words = query_.text.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    return std::all_of(words.begin(), words.end(),
                       [&](const QString& word) { return text.contains(word, Qt::CaseInsensitive); });
}

}  // namespace signalbox::ui
