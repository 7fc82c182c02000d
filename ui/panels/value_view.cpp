#include "ui/panels/value_view.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QTreeView>
#include <QVBoxLayout>
#include <algorithm>

#include "base/json.h"
#include "base/text.h"
#include "ui/expression/expression_field.h"
#include "ui/expression/result_text.h"
#include "ui/panels/search_bar.h"
#include "ui/text/format.h"
#include "ui/widgets/empty_state.h"
#include "ui/widgets/icon_set.h"
#include "ui/widgets/item_delegate.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr std::size_t kWrittenWhole = 4U << 20U;  ///< up to this the length of the text is counted, not estimated
constexpr int kTextWidth = 100;

}  // namespace

ValueView::ValueView(const QString& name, const QString& accessibleName, QWidget* parent)
    : QWidget(parent),
      bar_(new QWidget),
      stack_(new QStackedWidget),
      tree_(new QTreeView),
      table_(new QTableView),
      text_(new QPlainTextEdit),
      empty_(new EmptyState(QStringLiteral("json"))),
      summary_(new ThemedLabel(ColourRole::Muted)),
      modes_(new QButtonGroup(this)),
      query_(nullptr),
      field_(new ExpressionField(name + QStringLiteral("Query"), tr("Query on the value"))),
      searchBar_(new SearchBar(name)) {
    buildBar(name);
    buildQuery(name);
    buildTree(name, accessibleName);
    buildTable(name, accessibleName);
    buildText(name, accessibleName);
    buildSearch();
    stack_->addWidget(empty_);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(bar_);
    layout->addWidget(queryRow_);
    layout->addWidget(searchBar_);
    layout->addWidget(stack_, 1);
    connect(&Theme::current(), &Theme::changed, this, &ValueView::restyle);
    restyle();
    setNothing(tr("No value"), {});
}

ValueView::~ValueView() = default;

QToolButton* ValueView::addButton(const QString& name, const QString& icon, const QString& words) {
    auto* button = new QToolButton;
    button->setObjectName(name);
    button->setIcon(themedIcon(icon, ColourRole::Muted));
    button->setToolTip(words);
    button->setAccessibleName(words);
    button->setAutoRaise(true);
    bar_->layout()->addWidget(button);
    return button;
}

void ValueView::buildBar(const QString& name) {
    const int unit = Theme::current().unit();
    auto* row = new QHBoxLayout(bar_);
    row->setContentsMargins(unit * 3 / 2, unit / 4, unit / 2, unit / 4);
    row->setSpacing(unit / 4);
    summary_->setObjectName(name + QStringLiteral("Summary"));
    // Cut where there is no room: words of a result must not widen the dock.
    summary_->setElided(true);
    row->addWidget(summary_, 1);
    const auto addMode = [&](Mode mode, const char* suffix, const char* icon, const QString& words) {
        auto* button = addButton(name + QLatin1String(suffix), QLatin1String(icon), words);
        button->setCheckable(true);
        modes_->addButton(button, static_cast<int>(mode));
    };
    addMode(Mode::Tree, "AsTree", "tree", tr("Show as tree"));
    addMode(Mode::Table, "AsTable", "table", tr("Show as table"));
    addMode(Mode::Text, "AsText", "text", tr("Show as text"));
    modes_->button(static_cast<int>(Mode::Tree))->setChecked(true);
    connect(modes_, &QButtonGroup::idClicked, this, [this](int id) { setMode(static_cast<Mode>(id)); });
    row->addSpacing(unit);
    query_ = addButton(name + QStringLiteral("OpenQuery"), QStringLiteral("filter"), tr("Query (Ctrl+E)"));
    query_->setCheckable(true);
    connect(query_, &QToolButton::clicked, this, [this](bool on) { on ? openQuery() : closeQuery(); });
    auto* find = addButton(name + QStringLiteral("OpenSearch"), QStringLiteral("search"), tr("Search (Ctrl+F)"));
    connect(find, &QToolButton::clicked, this, &ValueView::openSearch);
    auto* copy = addButton(name + QStringLiteral("Copy"), QStringLiteral("copy"), tr("Copy as JSON (Ctrl+C)"));
    connect(copy, &QToolButton::clicked, this, &ValueView::copyPart);
}

void ValueView::buildQuery(const QString& name) {
    const int unit = Theme::current().unit();
    field_->setPreview(ExpressionField::Preview::Hidden);
    field_->setTakesEscape(true);
    field_->setPlaceholder(tr("JSONata, such as items[price > 10].name"));
    queryRow_ = new QWidget;
    queryRow_->setObjectName(name + QStringLiteral("QueryRow"));
    auto* row = new QHBoxLayout(queryRow_);
    row->setContentsMargins(unit, unit / 4, unit, unit / 2);
    row->addWidget(field_);
    queryRow_->hide();
    connect(field_, &ExpressionField::evaluated, this, [this](const Value& result) {
        if (!queryRow_->isHidden()) showShown(result, true);
    });
    connect(field_, &ExpressionField::edited, this, [this] {
        if (field_->text().trimmed().isEmpty() && ofQuery_) showShown(value_, false);
    });
    connect(field_, &ExpressionField::escaped, this, &ValueView::closeQuery);
}

void ValueView::buildTree(const QString& name, const QString& accessibleName) {
    tree_->setObjectName(name + QStringLiteral("Tree"));
    tree_->setAccessibleName(accessibleName);
    tree_->setModel(&treeModel_);
    tree_->setItemDelegate(new ItemDelegate(tree_));
    tree_->setFrameShape(QFrame::NoFrame);
    tree_->setHeaderHidden(true);
    tree_->setUniformRowHeights(true);
    tree_->setTabKeyNavigation(false);
    tree_->setMouseTracking(true);
    tree_->header()->setStretchLastSection(true);
    tree_->header()->setSectionResizeMode(0, QHeaderView::Interactive);
    tree_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(tree_, &QWidget::customContextMenuRequested, this, &ValueView::showMenu);
    connect(tree_, &QTreeView::activated, &treeModel_, &ValueTreeModel::showMore);
    connect(tree_, &QTreeView::clicked, &treeModel_, &ValueTreeModel::showMore);
    stack_->addWidget(tree_);
}

void ValueView::buildTable(const QString& name, const QString& accessibleName) {
    table_->setObjectName(name + QStringLiteral("Table"));
    table_->setAccessibleName(accessibleName);
    table_->setModel(&tableModel_);
    table_->setItemDelegate(new ItemDelegate(table_));
    table_->setFrameShape(QFrame::NoFrame);
    table_->setShowGrid(false);
    table_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table_->setSelectionMode(QAbstractItemView::SingleSelection);
    table_->setTabKeyNavigation(false);
    table_->setMouseTracking(true);
    table_->setWordWrap(false);
    table_->setCornerButtonEnabled(false);
    table_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table_->verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    table_->verticalHeader()->setFocusPolicy(Qt::NoFocus);
    table_->verticalHeader()->hide();
    table_->horizontalHeader()->setHighlightSections(false);
    table_->horizontalHeader()->setFocusPolicy(Qt::NoFocus);
    table_->horizontalHeader()->setSortIndicatorClearable(true);
    table_->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(table_, &QWidget::customContextMenuRequested, this, &ValueView::showMenu);
    stack_->addWidget(table_);
}

void ValueView::buildText(const QString& name, const QString& accessibleName) {
    text_->setObjectName(name + QStringLiteral("Text"));
    text_->setAccessibleName(accessibleName);
    text_->setReadOnly(true);
    text_->setTabChangesFocus(true);
    text_->setFrameShape(QFrame::NoFrame);
    text_->setLineWrapMode(QPlainTextEdit::NoWrap);
    text_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    stack_->addWidget(text_);
}

void ValueView::restyle() {
    const auto& theme = Theme::current();
    text_->setFont(theme.monospaceFont());
    // The match one is at is selected, and stands out among the other ones.
    auto colours = text_->palette();
    colours.setColor(QPalette::Highlight, theme.colour(ColourRole::Accent));
    colours.setColor(QPalette::HighlightedText, theme.colour(ColourRole::OnAccent));
    text_->setPalette(colours);
    text_->document()->setDocumentMargin(theme.unit() * 1.5);
    table_->verticalHeader()->setDefaultSectionSize(theme.rowHeight() * 7 / 8);
}

void ValueView::setValue(const Value& value) {
    if (value.isUndefined()) {
        setNothing(tr("No value"), {});
        return;
    }
    // The same again, as live updates bring it: what was opened and found stays.
    if (value_.isDefined() && value_.sameIdentity(value)) return;
    value_ = value;
    field_->setSample(value, {});
    bar_->show();
    const bool asked = !queryRow_->isHidden() && !field_->text().trimmed().isEmpty();
    // With a query the result on the new value follows at once; the old one goes on standing until then.
    if (!asked || !field_->isValid()) showShown(value, false);
}

void ValueView::setNothing(const QString& title, const QString& text) {
    value_ = Value::undefined();
    shown_ = Value::undefined();
    ofQuery_ = false;
    search_.cancel();
    treeModel_.setValue(Value::undefined());
    tableModel_.setValue(Value::undefined());
    text_->clear();
    field_->setSample(Value::undefined(), {});
    empty_->setTexts(title, text);
    bar_->hide();
    queryRow_->hide();
    query_->setChecked(false);
    searchBar_->hide();
    stack_->setCurrentWidget(empty_);
}

void ValueView::showShown(const Value& value, bool ofQuery) {
    shown_ = value;
    ofQuery_ = ofQuery;
    refreshView();
    refreshSummary();
    search();
}

void ValueView::setMode(Mode mode) {
    mode_ = mode;
    refreshView();
    search();
}

// A mode is filled when it is looked at: of three views of a large value one is wanted.
void ValueView::refreshView() {
    modes_->button(static_cast<int>(Mode::Table))->setEnabled(ValueTableModel::canShow(shown_));
    modes_->button(static_cast<int>(mode_))->setChecked(true);
    if (shown_.isUndefined()) {
        empty_->setTexts(tr("Nothing matches"), tr("Esc in the query brings the whole value back."));
        stack_->setCurrentWidget(empty_);
        return;
    }
    auto* view = viewOfMode();
    if (view == tree_) {
        fillTree();
    } else if (view == table_) {
        fillTable();
    } else {
        fillText();
    }
    stack_->setCurrentWidget(view);
}

QWidget* ValueView::viewOfMode() const {
    if (mode_ == Mode::Text) return text_;
    if (mode_ == Mode::Table && ValueTableModel::canShow(shown_)) return table_;
    return tree_;
}

void ValueView::fillTree() {
    if (treeModel_.value().sameIdentity(shown_)) return;
    treeModel_.setValue(shown_);
    // One level is open where that is short enough to take in.
    if (treeModel_.rowCount() <= 8) tree_->expandToDepth(0);
    tree_->resizeColumnToContents(0);
    const int unit = Theme::current().unit();
    tree_->setColumnWidth(0, std::clamp(tree_->columnWidth(0), unit * 10, unit * 24));
}

void ValueView::fillTable() {
    if (tableModel_.value().sameIdentity(shown_)) return;
    table_->setSortingEnabled(false);
    tableModel_.setValue(shown_);
    table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    table_->setSortingEnabled(tableModel_.canSort());
    table_->horizontalHeader()->setResizeContentsPrecision(50);
    table_->resizeColumnsToContents();
    const int unit = Theme::current().unit();
    for (int column = 0; column < tableModel_.columnCount(); ++column) {
        const auto title = tableModel_.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        const int header = QFontMetrics(Theme::current().captionFont()).horizontalAdvance(title) + unit * 5;
        table_->setColumnWidth(column, std::clamp(std::max(table_->columnWidth(column), header), unit * 6, unit * 36));
    }
}

void ValueView::fillText() {
    // Text of many lines is read as it is, everything else as JSON.
    std::string text;
    std::size_t whole = shown_.approximateSize();
    if (shown_.isString()) {
        whole = shown_.size();
        text = shown_.asString().substr(0, kMostText);
        text.resize(validUtf8Prefix(text));
    } else {
        if (whole < kWrittenWhole) whole = writeJson(shown_, JsonStyle::Pretty).size();
        text = writeLaidOut(shown_, kTextWidth, static_cast<int>(kMostText), kMostText).text.toStdString();
    }
    if (whole > kMostText) {
        text += "\n" +
                tr("the first %1 of %2; copy gives all").arg(formatBytes(kMostText), formatBytes(whole)).toStdString();
    }
    text_->setPlainText(toQString(text));
}

void ValueView::refreshSummary() {
    const bool holds = shown_.isArray() || shown_.isObject();
    auto told = holds ? summariseValue(shown_) : toQString(kindName(shown_.kind()));
    // What it takes in memory: near enough to be warned by, too rough for small ones.
    if (shown_.approximateSize() >= 4096) told += tr(" · about %1").arg(formatBytes(shown_.approximateSize()));
    if (ofQuery_) told = shown_.isUndefined() ? tr("Query") : tr("Query: %1").arg(told);
    summary_->setText(told);
}

void ValueView::openQuery() {
    if (value_.isUndefined()) return;
    queryRow_->show();
    query_->setChecked(true);
    field_->setSample(value_, {});
    field_->focusStop().setFocus(Qt::ShortcutFocusReason);
}

void ValueView::closeQuery() {
    if (queryRow_->isHidden()) return;
    const bool hadKeyboard = field_->focusStop().hasFocus();
    field_->setText({});
    queryRow_->hide();
    query_->setChecked(false);
    if (value_.isDefined()) showShown(value_, false);
    if (hadKeyboard) viewOfMode()->setFocus(Qt::OtherFocusReason);
}

bool ValueView::event(QEvent* event) {
    // Ours while the keyboard is in here, whatever the window uses the same keys for.
    if (event->type() == QEvent::ShortcutOverride && value_.isDefined()) {
        auto* key = static_cast<QKeyEvent*>(event);
        const bool control = key->modifiers() == Qt::ControlModifier;
        const bool shifted = key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier);
        const bool copies = key->key() == Qt::Key_C && (control || shifted);
        const bool opens = control && (key->key() == Qt::Key_F || key->key() == Qt::Key_E);
        const bool steps = key->key() == Qt::Key_F3 && !searchBar_->isHidden();
        const bool closes = key->key() == Qt::Key_Escape && (!searchBar_->isHidden() || !queryRow_->isHidden());
        if (copies || opens || steps || closes) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void ValueView::keyPressEvent(QKeyEvent* event) {
    const bool control = event->modifiers() == Qt::ControlModifier;
    const bool usable = value_.isDefined();
    if (usable && control && event->key() == Qt::Key_F) {
        openSearch();
    } else if (usable && control && event->key() == Qt::Key_E) {
        openQuery();
    } else if (event->key() == Qt::Key_F3 && !searchBar_->isHidden()) {
        stepTo(hit_ + ((event->modifiers() & Qt::ShiftModifier) ? -1 : 1));
    } else if (event->key() == Qt::Key_Escape && !searchBar_->isHidden()) {
        searchBar_->close();
    } else if (event->key() == Qt::Key_Escape && !queryRow_->isHidden()) {
        closeQuery();
    } else {
        QWidget::keyPressEvent(event);
    }
}

}  // namespace signalbox::ui
