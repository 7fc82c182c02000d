#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QStyledItemDelegate>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include "ui/panels/inspector_editors.h"
#include "ui/panels/inspector_rows_model.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kMostRowsShown = 8;

/// A list to choose from where the column has one; otherwise a line of text.
class CellDelegate : public QStyledItemDelegate {
public:
    explicit CellDelegate(const ObjectRowsModel& model, QObject* parent) : QStyledItemDelegate(parent), model_(model) {}

    QWidget* createEditor(QWidget* parent, const QStyleOptionViewItem& option,
                          const QModelIndex& index) const override {
        const auto& spec = model_.column(index.column());
        QStringList choices;
        for (std::size_t i = 0; i < spec.schema["enum"].size(); ++i) choices << choiceTitle(spec.schema, i);
        if (spec.kind == FieldKind::Boolean) choices = {QStringLiteral("true"), QStringLiteral("false")};
        if (choices.isEmpty()) {
            auto* editor = QStyledItemDelegate::createEditor(parent, option, index);
            editor->setAccessibleName(spec.title);
            editor->setObjectName(QStringLiteral("cellEditor"));
            return editor;
        }
        auto* box = new QComboBox(parent);
        box->setObjectName(QStringLiteral("cellEditor"));
        box->setAccessibleName(spec.title);
        box->addItems(choices);
        return box;
    }

    void setEditorData(QWidget* editor, const QModelIndex& index) const override {
        if (auto* box = qobject_cast<QComboBox*>(editor)) {
            box->setCurrentText(index.data(Qt::DisplayRole).toString());
        } else {
            QStyledItemDelegate::setEditorData(editor, index);
        }
    }

    void setModelData(QWidget* editor, QAbstractItemModel* model, const QModelIndex& index) const override {
        if (const auto* box = qobject_cast<QComboBox*>(editor)) {
            model->setData(index, box->currentText(), Qt::EditRole);
        } else {
            QStyledItemDelegate::setModelData(editor, model, index);
        }
    }

private:
    const ObjectRowsModel& model_;
};

QToolButton* toolButton(const QString& name, const QString& icon, const QString& text) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themedIcon(icon, ColourRole::Muted));
    button->setAutoRaise(true);
    button->setToolTip(text);
    button->setAccessibleName(text);
    button->setFocusPolicy(Qt::TabFocus);
    return button;
}

}  // namespace

TableEditor::TableEditor(const FieldSpec& spec, const QString& path, QWidget* parent)
    : FieldEditor(spec, parent), model_(new ObjectRowsModel(spec.members, this)), view_(new QTableView) {
    view_->setObjectName(path);
    view_->setAccessibleName(spec.title);
    view_->setAccessibleDescription(spec.help);
    view_->setModel(model_);
    view_->setItemDelegate(new CellDelegate(*model_, view_));
    view_->setTabKeyNavigation(false);
    view_->setSelectionBehavior(QAbstractItemView::SelectItems);
    view_->setSelectionMode(QAbstractItemView::SingleSelection);
    view_->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                           QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    view_->verticalHeader()->hide();
    view_->verticalHeader()->setDefaultSectionSize(Theme::current().rowHeight());
    view_->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    view_->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    view_->installEventFilter(this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(view_);
    column->addWidget(buildButtons(path));
    connect(model_, &ObjectRowsModel::edited, this, [this] {
        fitHeight();
        // No rows: as if there were none, unless an empty list means something else than the default.
        const bool means = spec_.defaultValue.isDefined() && !spec_.defaultValue.empty();
        Q_EMIT edited(model_->rowCount() == 0 && !means ? Value::undefined() : model_->rows());
    });
    connect(view_->selectionModel(), &QItemSelectionModel::currentChanged, this, &TableEditor::updateButtons);
    fitHeight();
}

QWidget* TableEditor::buildButtons(const QString& path) {
    add_ = toolButton(path + QStringLiteral(".add"), QStringLiteral("plus"), tr("Add a row"));
    remove_ = toolButton(path + QStringLiteral(".remove"), QStringLiteral("minus"), tr("Remove the row"));
    up_ = toolButton(path + QStringLiteral(".up"), QStringLiteral("chevron-up"), tr("Move the row up"));
    down_ = toolButton(path + QStringLiteral(".down"), QStringLiteral("chevron-down"), tr("Move the row down"));
    connect(add_, &QToolButton::clicked, this, &TableEditor::addRow);
    connect(remove_, &QToolButton::clicked, this, &TableEditor::removeRow);
    connect(up_, &QToolButton::clicked, this, [this] { moveRow(-1); });
    connect(down_, &QToolButton::clicked, this, [this] { moveRow(1); });
    auto* bar = new QWidget;
    auto* row = new QHBoxLayout(bar);
    row->setContentsMargins(0, Theme::current().unit() / 4, 0, 0);
    row->setSpacing(0);
    for (auto* button : {add_, remove_, up_, down_}) row->addWidget(button);
    row->addStretch(1);
    return bar;
}

void TableEditor::showValue(const Value& value) {
    model_->setRows(value.isArray() ? value : Value::array());
    fitHeight();
}

void TableEditor::setReadOnly(bool readOnly) {
    readOnly_ = readOnly;
    view_->setEditTriggers(readOnly ? QAbstractItemView::NoEditTriggers
                                    : QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed |
                                          QAbstractItemView::AnyKeyPressed | QAbstractItemView::SelectedClicked);
    updateButtons();
}

QWidget& TableEditor::stop() { return *view_; }

void TableEditor::fitHeight() {
    const int rows = std::clamp(model_->rowCount(), 1, kMostRowsShown);
    view_->setFixedHeight(view_->horizontalHeader()->sizeHint().height() + rows * Theme::current().rowHeight() +
                          2 * view_->frameWidth() + 1);
    updateButtons();
}

void TableEditor::updateButtons() {
    const int row = view_->currentIndex().row();
    const int rows = model_->rowCount();
    add_->setEnabled(!readOnly_);
    remove_->setEnabled(!readOnly_ && row >= 0);
    up_->setEnabled(!readOnly_ && row > 0);
    down_->setEnabled(!readOnly_ && row >= 0 && row + 1 < rows);
}

void TableEditor::addRow() {
    model_->add();
    const auto cell = model_->index(model_->rowCount() - 1, 0);
    view_->setFocus();
    view_->setCurrentIndex(cell);
    view_->edit(cell);
}

void TableEditor::removeRow() {
    const int row = view_->currentIndex().row();
    const int column = view_->currentIndex().column();
    model_->remove(row);
    if (model_->rowCount() > 0) view_->setCurrentIndex(model_->index(std::min(row, model_->rowCount() - 1), column));
}

void TableEditor::moveRow(int by) {
    const auto at = view_->currentIndex();
    model_->move(at.row(), by);
    view_->setCurrentIndex(model_->index(at.row() + by, at.column()));
}

// Insert adds a row and Ctrl+Delete removes it, as the buttons do.
bool TableEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && !readOnly_) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_Insert) {
            addRow();
            return true;
        }
        if (key->key() == Qt::Key_Delete && key->modifiers() == Qt::ControlModifier) {
            removeRow();
            return true;
        }
    }
    return FieldEditor::eventFilter(watched, event);
}

}  // namespace signalbox::ui
