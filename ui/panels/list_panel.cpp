#include "ui/panels/list_panel.h"

#include <QVBoxLayout>

#include "ui/text/roles.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/notice_bar.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ListPanel::ListPanel(const QString& name, const QString& emptyIcon, QWidget* parent)
    : Panel(parent),
      view_(new QListView),
      stack_(new QStackedWidget),
      empty_(new EmptyState(emptyIcon)),
      notice_(new NoticeBar),
      loading_(new ThemedLabel(ColourRole::Muted)) {
    view_->setObjectName(name);
    view_->setItemDelegate(new ItemDelegate(view_));
    view_->setFrameShape(QFrame::NoFrame);
    view_->setMouseTracking(true);
    view_->setUniformItemSizes(false);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    view_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view_->setTabKeyNavigation(false);
    loading_->setAlignment(Qt::AlignTop | Qt::AlignLeft);
    loading_->setMargin(Theme::current().unit());
    stack_->addWidget(view_);
    stack_->addWidget(empty_);
    stack_->addWidget(loading_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(notice_);
    layout->addWidget(stack_, 1);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::Base);
    const auto choose = [this](const QModelIndex& index) { Q_EMIT chosen(index.data(IdRole).toString()); };
    // A click chooses at once; QListView::activated would wait for a second one on some desktops.
    connect(view_, &QListView::clicked, this, choose);
    connect(view_, &QListView::activated, this, choose);
    connect(&Theme::current(), &Theme::changed, view_, &QListView::doItemsLayout);
}

void ListPanel::setHeader(QWidget* header) {
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(0, header);
}

void ListPanel::showLoading(const QString& text) {
    loading_->setText(text);
    // Rows that are there already stay until the new ones come.
    if (!view_->model() || view_->model()->rowCount() == 0) stack_->setCurrentWidget(loading_);
}

void ListPanel::showRows(bool any) { stack_->setCurrentWidget(any ? static_cast<QWidget*>(view_) : empty_); }

}  // namespace signalbox::ui
