#include "ui/panels/value_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "base/json.h"
#include "base/text.h"
#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

ValueView::ValueView(const QString& name, const QString& accessibleName, QWidget* parent)
    : QWidget(parent),
      bar_(new QWidget),
      stack_(new QStackedWidget),
      tree_(new QTreeView),
      text_(new QPlainTextEdit),
      empty_(new EmptyState(QStringLiteral("json"))),
      size_(new NumberLabel(ColourRole::Muted)),
      asText_(new QToolButton),
      copy_(new QToolButton) {
    buildBar(name);
    buildViews(name, accessibleName);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar_);
    layout->addWidget(stack_, 1);
    setNothing(tr("No value"), {});
}

void ValueView::buildBar(const QString& name) {
    const int unit = Theme::current().unit();
    asText_->setObjectName(name + QStringLiteral("AsText"));
    asText_->setIcon(themedIcon(QStringLiteral("text"), ColourRole::Muted));
    asText_->setToolTip(tr("Show as text"));
    asText_->setAccessibleName(tr("Show as text"));
    asText_->setCheckable(true);
    asText_->setAutoRaise(true);
    copy_->setObjectName(name + QStringLiteral("Copy"));
    copy_->setIcon(themedIcon(QStringLiteral("copy"), ColourRole::Muted));
    copy_->setToolTip(tr("Copy as JSON"));
    copy_->setAccessibleName(tr("Copy as JSON"));
    copy_->setAutoRaise(true);
    auto* row = new QHBoxLayout(bar_);
    row->setContentsMargins(unit * 3 / 2, unit / 4, unit / 2, unit / 4);
    row->setSpacing(unit / 2);
    row->addWidget(size_);
    row->addStretch(1);
    row->addWidget(asText_);
    row->addWidget(copy_);
    connect(asText_, &QToolButton::toggled, this, [this](bool text) {
        if (text) refreshText();
        stack_->setCurrentWidget(text ? static_cast<QWidget*>(text_) : tree_);
    });
    connect(copy_, &QToolButton::clicked, this, &ValueView::copy);
}

void ValueView::buildViews(const QString& name, const QString& accessibleName) {
    tree_->setObjectName(name + QStringLiteral("Tree"));
    tree_->setAccessibleName(accessibleName);
    tree_->setModel(&model_);
    tree_->setItemDelegate(new ItemDelegate(tree_));
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setHeaderHidden(true);
    tree_->setUniformRowHeights(true);
    tree_->setTabKeyNavigation(false);
    tree_->setMouseTracking(true);
    tree_->header()->setStretchLastSection(true);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    text_->setObjectName(name + QStringLiteral("Text"));
    text_->setAccessibleName(accessibleName);
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setFont(Theme::current().monospaceFont());
    text_->document()->setDocumentMargin(Theme::current().unit() * 1.5);
    stack_->addWidget(tree_);
    stack_->addWidget(text_);
    stack_->addWidget(empty_);
}

void ValueView::setValue(const Value& value) {
    if (value.isUndefined()) {
        setNothing(tr("No value"), {});
        return;
    }
    model_.setValue(value);
    bar_->show();
    const bool holds = value.isArray() || value.isObject();
    auto told = holds ? summariseValue(value) : toQString(kindName(value.kind()));
    // What it takes in memory: near enough to be warned by, too rough for small ones.
    if (value.approximateSize() >= 4096) told += tr(" · about %1").arg(formatBytes(value.approximateSize()));
    size_->setText(told);
    // One level is open where that is short enough to take in.
    if (model_.rowCount() <= 8) tree_->expandToDepth(0);
    tree_->resizeColumnToContents(0);
    const int widest = Theme::current().unit() * 24;
    tree_->setColumnWidth(0, std::clamp(tree_->columnWidth(0), Theme::current().unit() * 10, widest));
    if (asText_->isChecked()) refreshText();
    stack_->setCurrentWidget(asText_->isChecked() ? static_cast<QWidget*>(text_) : tree_);
}

void ValueView::setNothing(const QString& title, const QString& text) {
    model_.setValue(Value::undefined());
    empty_->setTexts(title, text);
    bar_->hide();
    stack_->setCurrentWidget(empty_);
}

void ValueView::refreshText() {
    const auto& value = model_.value();
    // Text of many lines is read as it is, everything else as JSON.
    auto text = value.isString() ? std::string(value.asString()) : writeJson(value, JsonStyle::Pretty);
    const auto whole = text.size();
    if (whole > kMostText) {
        text.resize(validUtf8Prefix(std::string_view(text).substr(0, kMostText)));
        text += "\n… " +
                tr("the first %1 of %2; copy gives all").arg(formatBytes(kMostText), formatBytes(whole)).toStdString();
    }
    text_->setPlainText(toQString(text));
}

void ValueView::copy() {
    const auto selected = tree_->isVisible() ? tree_->currentIndex() : QModelIndex();
    const auto part = selected.isValid() ? model_.valueAt(selected) : model_.value();
    QGuiApplication::clipboard()->setText(
        toQString(writeJson(part.isDefined() ? part : model_.value(), JsonStyle::Pretty)));
}

}  // namespace signalbox::ui
