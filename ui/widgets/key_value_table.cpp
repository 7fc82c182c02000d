#include "ui/widgets/key_value_table.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStandardItemModel>
#include <algorithm>

#include "ui/text/roles.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

KeyValueTable::KeyValueTable(QWidget* parent) : QTableView(parent), rows_(new QStandardItemModel(0, 2, this)) {
    setObjectName(QStringLiteral("keyValueTable"));
    setModel(rows_);
    setItemDelegate(new ItemDelegate(this));
    setFrameShape(QFrame::NoFrame);
    setShowGrid(false);
    horizontalHeader()->hide();
    verticalHeader()->hide();
    horizontalHeader()->setSectionResizeMode(0, QHeaderView::ResizeToContents);
    horizontalHeader()->setStretchLastSection(true);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    setEditTriggers(QAbstractItemView::NoEditTriggers);
    setSelectionBehavior(QAbstractItemView::SelectRows);
    setTabKeyNavigation(false);
    setWordWrap(false);
    const auto restyle = [this] { verticalHeader()->setDefaultSectionSize(Theme::current().rowHeight()); };
    connect(&Theme::current(), &Theme::changed, this, restyle);
    restyle();
}

void KeyValueTable::setRows(const QList<Row>& rows) {
    bool same = rows.size() == rows_->rowCount();
    for (int i = 0; same && i < rows.size(); ++i) same = rows_->item(i, 0)->text() == rows[i].key;
    if (!same) rows_->setRowCount(0);
    for (int i = 0; i < rows.size(); ++i) {
        if (!same) {
            auto* key = new QStandardItem(rows[i].key);
            key->setData(static_cast<int>(ColourRole::Muted), Qt::ForegroundRole);
            rows_->appendRow({key, new QStandardItem});
        }
        auto* value = rows_->item(i, 1);
        if (value->text() != rows[i].value) value->setText(rows[i].value);
        value->setToolTip(rows[i].exact);
        value->setData(QStringLiteral("%1: %2").arg(rows[i].key, rows[i].value), Qt::AccessibleTextRole);
    }
    if (!same) updateGeometry();
}

QString KeyValueTable::value(const QString& key) const {
    for (int i = 0; i < rows_->rowCount(); ++i) {
        if (rows_->item(i, 0)->text() == key) return rows_->item(i, 1)->text();
    }
    return {};
}

QSize KeyValueTable::sizeHint() const {
    return {Theme::current().unit() * 36, Theme::current().rowHeight() * std::max(1, rows_->rowCount())};
}

void KeyValueTable::keyPressEvent(QKeyEvent* event) {
    if (!event->matches(QKeySequence::Copy)) {
        QTableView::keyPressEvent(event);
        return;
    }
    auto chosen = selectionModel()->selectedRows();
    std::sort(chosen.begin(), chosen.end());
    QStringList lines;
    for (const auto& index : std::as_const(chosen)) {
        lines << QStringLiteral("%1: %2").arg(index.data().toString(), index.siblingAtColumn(1).data().toString());
    }
    if (!lines.isEmpty()) QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

}  // namespace signalbox::ui
