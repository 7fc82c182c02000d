#include "ui/widgets/progress_indicator.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QToolButton>

#include "ui/widgets/icon_set.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/popover.h"
#include "ui/widgets/progress_centre.h"
#include "ui/widgets/progress_list.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ProgressIndicator::ProgressIndicator(ProgressCentre& centre, QWidget* parent)
    : QWidget(parent),
      centre_(centre),
      label_(new ThemedLabel(ColourRole::Muted)),
      bar_(new QProgressBar),
      numbers_(new NumberLabel(ColourRole::Muted)),
      cancel_(new QToolButton),
      list_(new QToolButton) {
    setObjectName(QStringLiteral("progressIndicator"));
    setSizePolicy(QSizePolicy::Maximum, QSizePolicy::Preferred);
    build();
    connect(&centre, &ProgressCentre::changed, this, &ProgressIndicator::refresh);
    connect(cancel_, &QToolButton::clicked, this,
            [this] { centre_.cancel(centre_.index(0).data(ProgressCentre::WorkIdRole).toULongLong()); });
    connect(list_, &QToolButton::clicked, this, &ProgressIndicator::openList);
    refresh();
}

void ProgressIndicator::build() {
    const auto unit = Theme::current().unit();
    label_->setObjectName(QStringLiteral("progressLabel"));
    label_->setElided(true);
    label_->setMaximumWidth(unit * 30);
    bar_->setObjectName(QStringLiteral("progressBar"));
    bar_->setTextVisible(false);
    bar_->setRange(0, 100);
    bar_->setFixedWidth(unit * 10);
    numbers_->setObjectName(QStringLiteral("progressNumbers"));
    cancel_->setObjectName(QStringLiteral("progressCancel"));
    cancel_->setIcon(themedIcon(QStringLiteral("close"), ColourRole::Muted));
    cancel_->setToolTip(tr("Cancel"));
    list_->setObjectName(QStringLiteral("progressShowAll"));
    list_->setIcon(themedIcon(QStringLiteral("chevron-up"), ColourRole::Muted));
    list_->setToolTip(tr("Show all work"));
    list_->setAccessibleName(tr("Show all work"));
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(unit);
    row->addWidget(label_);
    row->addWidget(bar_);
    row->addWidget(numbers_);
    for (auto* button : {cancel_, list_}) {
        button->setAutoRaise(true);
        button->setFocusPolicy(Qt::TabFocus);
        row->addWidget(button);
    }
}

void ProgressIndicator::refresh() {
    const auto all = centre_.overall();
    setVisible(all.count > 0);
    if (all.count == 0) {
        if (popover_) popover_->dismiss();
        return;
    }
    const auto text = centre_.describe(all);
    label_->setText(all.label);
    numbers_->setText(text);
    bar_->setVisible(all.percent.has_value());
    bar_->setValue(all.percent.value_or(0));
    bar_->setAccessibleName(all.label);
    cancel_->setVisible(all.count == 1);
    cancel_->setEnabled(all.cancellable);
    cancel_->setAccessibleName(tr("Cancel “%1”").arg(all.label));
    list_->setVisible(all.count > 1);
    setAccessibleName(QStringLiteral("%1, %2").arg(all.label, text));
}

void ProgressIndicator::openList() {
    if (popover_) {
        popover_->dismiss();
        return;
    }
    popover_ = Popover::open(*list_, *new ProgressList(centre_));
}

}  // namespace signalbox::ui
