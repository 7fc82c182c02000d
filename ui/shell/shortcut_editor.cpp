#include "ui/shell/shortcut_editor.h"

#include <QAction>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/actions/action_registry.h"
#include "ui/shell/key_recorder.h"
#include "ui/shell/shortcut_model.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

QPushButton* button(const char* name, const QString& text) {
    auto* made = new QPushButton(text);
    made->setObjectName(QLatin1String(name));
    auto plain = text;
    made->setAccessibleName(plain.remove(QLatin1Char('&')));
    made->setAutoDefault(false);
    return made;
}

}  // namespace

ShortcutEditor::ShortcutEditor(ActionRegistry& actions, QWidget* parent)
    : QDialog(parent),
      actions_(actions),
      model_(new ShortcutModel(actions, this)),
      search_(new QLineEdit),
      table_(new QTableView),
      title_(new ThemedLabel(ColourRole::Text, ThemedLabel::Kind::Strong)),
      recorder_(new KeyRecorder),
      message_(new ThemedLabel(ColourRole::Muted)),
      assign_(button("shortcutAssign", tr("&Assign"))),
      clear_(button("shortcutClear", tr("Remo&ve"))),
      reset_(button("shortcutReset", tr("&Reset"))) {
    setObjectName(QStringLiteral("shortcutEditor"));
    setWindowTitle(tr("Keyboard shortcuts"));
    build();
    connect(search_, &QLineEdit::textChanged, this, [this](const QString& text) {
        filtered_.setFilterFixedString(text);
        table_->selectRow(0);
    });
    connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &ShortcutEditor::showCurrent);
    connect(&actions_, &ActionRegistry::shortcutsChanged, this, &ShortcutEditor::showCurrent);
    connect(recorder_, &KeyRecorder::recorded, this, &ShortcutEditor::consider);
    connect(assign_, &QPushButton::clicked, this, &ShortcutEditor::assign);
    connect(clear_, &QPushButton::clicked, this, &ShortcutEditor::clearKeys);
    connect(reset_, &QPushButton::clicked, this, [this] {
        if (auto* action = current()) actions_.resetShortcuts(actions_.spec(*action).id);
    });
    table_->selectRow(0);
    showCurrent();
}

void ShortcutEditor::build() {
    const int unit = Theme::current().unit();
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit * 2, unit * 2, unit * 2, unit * 2);
    column->setSpacing(unit);
    column->addWidget(search_);
    column->addWidget(buildTable(), 1);
    column->addWidget(buildEditor());
    column->addWidget(buildButtons());
    resize(unit * 90, unit * 80);
}

QWidget* ShortcutEditor::buildTable() {
    search_->setObjectName(QStringLiteral("shortcutSearch"));
    search_->setAccessibleName(tr("Search actions and keys"));
    search_->setPlaceholderText(search_->accessibleName());
    makeSearchLine(*search_);
    filtered_.setSourceModel(model_);
    filtered_.setFilterKeyColumn(-1);
    filtered_.setFilterCaseSensitivity(Qt::CaseInsensitive);
    table_->setObjectName(QStringLiteral("shortcutTable"));
    table_->setAccessibleName(tr("Shortcuts"));
    table_->setModel(&filtered_);
    table_->setItemDelegate(new ItemDelegate(table_));
    table_->setSelectionBehavior(QAbstractItemView::SelectRows);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setSortingEnabled(true);
    // Within a menu by name: the second sort keeps what the first one did.
    table_->sortByColumn(ShortcutModel::ActionColumn, Qt::AscendingOrder);
    table_->sortByColumn(ShortcutModel::CategoryColumn, Qt::AscendingOrder);
    table_->setTabKeyNavigation(false);
    table_->setShowGrid(false);
    table_->verticalHeader()->hide();
    table_->verticalHeader()->setDefaultSectionSize(Theme::current().rowHeight());
    table_->horizontalHeader()->setSectionResizeMode(ShortcutModel::ActionColumn, QHeaderView::Stretch);
    table_->setColumnWidth(ShortcutModel::KeysColumn, Theme::current().unit() * 32);
    return table_;
}

QWidget* ShortcutEditor::buildEditor() {
    recorder_->setObjectName(QStringLiteral("shortcutRecorder"));
    title_->setElided(true);
    message_->setObjectName(QStringLiteral("shortcutMessage"));
    auto* row = new QHBoxLayout;
    row->addWidget(recorder_, 1);
    row->addWidget(assign_);
    row->addWidget(clear_);
    row->addWidget(reset_);
    auto* area = new QWidget;
    auto* column = new QVBoxLayout(area);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Theme::current().unit() / 2);
    column->addWidget(title_);
    column->addLayout(row);
    column->addWidget(message_);
    return area;
}

QWidget* ShortcutEditor::buildButtons() {
    auto* resetAll = button("shortcutResetAll", tr("Reset a&ll"));
    auto* sheet = button("shortcutSheetButton", tr("&Sheet to print"));
    auto* close = button("shortcutClose", tr("&Close"));
    auto* box = new QWidget;
    auto* row = new QHBoxLayout(box);
    row->setContentsMargins(0, Theme::current().unit(), 0, 0);
    row->addWidget(resetAll);
    row->addWidget(sheet);
    row->addStretch(1);
    row->addWidget(close);
    connect(resetAll, &QPushButton::clicked, &actions_, &ActionRegistry::resetAllShortcuts);
    connect(sheet, &QPushButton::clicked, this, &ShortcutEditor::sheetRequested);
    connect(close, &QPushButton::clicked, this, &QDialog::accept);
    return box;
}

QAction* ShortcutEditor::current() const { return model_->actionAt(filtered_.mapToSource(table_->currentIndex())); }

void ShortcutEditor::showCurrent() {
    const auto* action = current();
    for (auto* widget :
         {static_cast<QWidget*>(recorder_), static_cast<QWidget*>(clear_), static_cast<QWidget*>(reset_)}) {
        widget->setEnabled(action != nullptr);
    }
    assign_->setEnabled(false);
    assign_->setText(tr("&Assign"));
    message_->setRole(ColourRole::Muted);
    if (!action) {
        title_->setText(tr("No action matches"));
        message_->setText({});
        return;
    }
    const auto& spec = actions_.spec(*action);
    title_->setText(ActionRegistry::plainText(*action));
    recorder_->setKeys(action->shortcut());
    recorder_->setAccessibleName(tr("New shortcut of %1").arg(title_->text()));
    clear_->setEnabled(!action->shortcuts().isEmpty());
    reset_->setEnabled(actions_.isCustom(spec.id));
    QStringList defaults;
    for (const auto& keys : spec.shortcuts) defaults << keys.toString(QKeySequence::NativeText);
    message_->setText(defaults.isEmpty() ? tr("By default it has none.")
                                         : tr("By default: %1").arg(defaults.join(tr(" or "))));
}

void ShortcutEditor::consider(const QKeySequence& keys) {
    const auto* action = current();
    if (!action) return;
    assign_->setText(tr("&Assign"));
    if (!KeyRecorder::isUsable(keys)) {
        assign_->setEnabled(false);
        message_->setRole(ColourRole::Warn);
        message_->setText(tr("%1 alone is for typing. Add Ctrl, Alt or Meta, or use a function key.")
                              .arg(keys.toString(QKeySequence::NativeText)));
        return;
    }
    assign_->setEnabled(true);
    if (const auto* owner = actions_.ownerOf(keys, action)) {
        message_->setRole(ColourRole::Warn);
        message_->setText(tr("%1 belongs to “%2”, which would lose it.")
                              .arg(keys.toString(QKeySequence::NativeText), ActionRegistry::plainText(*owner)));
        assign_->setText(tr("Move it &here"));
    } else {
        message_->setRole(ColourRole::Muted);
        message_->setText(tr("%1 is free.").arg(keys.toString(QKeySequence::NativeText)));
    }
}

void ShortcutEditor::assign() {
    const auto* action = current();
    const auto keys = recorder_->keys();
    if (!action || !KeyRecorder::isUsable(keys)) return;
    const auto id = actions_.spec(*action).id;
    while (auto* owner = actions_.ownerOf(keys, action)) {
        auto rest = owner->shortcuts();
        if (rest.removeIf([&keys](const QKeySequence& taken) { return taken.matches(keys) || keys.matches(taken); }) ==
            0)
            break;
        actions_.setShortcuts(actions_.spec(*owner).id, rest);
    }
    actions_.setShortcuts(id, {keys});
    recorder_->setFocus();
}

void ShortcutEditor::clearKeys() {
    if (const auto* action = current()) actions_.setShortcuts(actions_.spec(*action).id, {});
}

}  // namespace signalbox::ui
