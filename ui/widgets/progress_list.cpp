#include "ui/widgets/progress_list.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/progress_centre.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ProgressList::ProgressList(ProgressCentre& centre, QWidget* parent) : QWidget(parent), centre_(centre) {
    setObjectName(QStringLiteral("progressList"));
    setAccessibleName(tr("Work in progress"));
    const auto unit = Theme::current().unit();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 3 / 2, unit, unit, unit);
    column->setSpacing(unit);
    connect(&centre, &ProgressCentre::changed, this, &ProgressList::refresh);
    refresh();
}

QSize ProgressList::sizeHint() const { return {Theme::current().unit() * 46, layout()->sizeHint().height()}; }

QWidget* ProgressList::makeRow(quint64 id) {
    const auto unit = Theme::current().unit();
    auto* row = new QWidget;
    auto* label = new ThemedLabel(ColourRole::Text);
    label->setObjectName(QStringLiteral("label"));
    label->setElided(true);
    auto* numbers = new NumberLabel(ColourRole::Muted);
    numbers->setObjectName(QStringLiteral("numbers"));
    auto* bar = new QProgressBar;
    bar->setObjectName(QStringLiteral("bar"));
    bar->setTextVisible(false);
    bar->setRange(0, 100);
    auto* cancel = new QToolButton;
    cancel->setObjectName(QStringLiteral("cancel"));
    cancel->setIcon(themedIcon(QStringLiteral("close"), ColourRole::Muted));
    cancel->setAutoRaise(true);
    cancel->setFocusPolicy(Qt::StrongFocus);
    connect(cancel, &QToolButton::clicked, this, [this, id] { centre_.cancel(id); });
    auto* texts = new QHBoxLayout;
    texts->setSpacing(unit);
    texts->addWidget(label, 1);
    texts->addWidget(numbers);
    auto* column = new QVBoxLayout;
    column->setSpacing(unit / 2);
    column->addLayout(texts);
    column->addWidget(bar);
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(unit);
    line->addLayout(column, 1);
    line->addWidget(cancel);
    return row;
}

void ProgressList::fillRow(QWidget& row, int index) const {
    const auto at = centre_.index(index);
    const auto text = at.data().toString();
    const auto percent = at.data(ProgressCentre::PercentRole);
    row.findChild<ThemedLabel*>(QStringLiteral("label"))->setText(text);
    row.findChild<NumberLabel*>(QStringLiteral("numbers"))->setText(centre_.describe(index));
    auto* bar = row.findChild<QProgressBar*>(QStringLiteral("bar"));
    bar->setValue(percent.toInt());
    bar->setAccessibleName(text);
    auto* cancel = row.findChild<QToolButton*>(QStringLiteral("cancel"));
    cancel->setEnabled(at.data(ProgressCentre::CancellableRole).toBool());
    cancel->setToolTip(tr("Cancel"));
    cancel->setAccessibleName(tr("Cancel “%1”").arg(text));
}

void ProgressList::refresh() {
    auto gone = rows_;
    for (int i = 0; i < centre_.rowCount(); ++i) {
        const auto id = centre_.index(i).data(ProgressCentre::WorkIdRole).toULongLong();
        auto*& row = rows_[id];
        if (!row) layout()->addWidget(row = makeRow(id));
        gone.remove(id);
        fillRow(*row, i);
    }
    for (auto row = gone.begin(); row != gone.end(); ++row) {
        rows_.remove(row.key());
        layout()->removeWidget(*row);
        (*row)->deleteLater();
        (*row)->hide();
    }
    updateGeometry();
}

}  // namespace signalbox::ui
