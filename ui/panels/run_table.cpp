#include "ui/panels/run_table.h"

#include <QHeaderView>
#include <QTableView>

#include "ui/widgets/item_delegate.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

QTableView* makeRunTable(const QString& name, const QString& accessibleName) {
    auto* table = new QTableView;
    table->setObjectName(name);
    table->setAccessibleName(accessibleName);
    table->setItemDelegate(new ItemDelegate(table));
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setMouseTracking(true);
    table->setWordWrap(false);
    table->setCornerButtonEnabled(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    const auto setRows = [table] {
        table->verticalHeader()->setDefaultSectionSize(Theme::current().rowHeight() * 7 / 8);
    };
    setRows();
    QObject::connect(&Theme::current(), &Theme::changed, table, setRows);
    return table;
}

}  // namespace signalbox::ui
