#include "ui/expression/completion_popup.h"

#include <QAccessible>
#include <QListView>
#include <QPainter>
#include <QScreen>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

constexpr int kMostRows = 8;

// What a row is, told by a sign and not by its colour alone.
QString kindSign(CodeCompletion::Kind kind) {
    switch (kind) {
        case CodeCompletion::Kind::Field:
            return QStringLiteral("•");
        case CodeCompletion::Kind::Variable:
            return QStringLiteral("$");
        case CodeCompletion::Kind::Function:
            return QStringLiteral("ƒ");
        case CodeCompletion::Kind::Keyword:
            return QStringLiteral("=");
    }
    return {};
}

// Sign and name in code, then the type, and the sample at the right end.
class CompletionDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
};

void CompletionDelegate::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const {
    const auto& theme = Theme::current();
    const int unit = theme.unit();
    if (option.state & QStyle::State_Selected) painter->fillRect(option.rect, theme.colour(ColourRole::Selection));
    auto area = option.rect.adjusted(unit, 0, -unit, 0);
    painter->save();
    const auto draw = [&](const QString& text, const QFont& font, ColourRole role, int most, Qt::Alignment side) {
        const QFontMetrics metrics(font);
        const auto shown = metrics.elidedText(text, Qt::ElideRight, std::min(most, area.width()));
        painter->setFont(font);
        painter->setPen(theme.colour(role));
        painter->drawText(area, static_cast<int>(side | Qt::AlignVCenter), shown);
        return metrics.horizontalAdvance(shown);
    };
    const auto kind = static_cast<CodeCompletion::Kind>(index.data(CompletionModel::KindRole).toInt());
    draw(kindSign(kind), theme.monospaceFont(), ColourRole::Muted, unit * 2, Qt::AlignLeft);
    area.setLeft(area.left() + unit * 2);
    const int used =
        draw(index.data().toString(), theme.monospaceFont(), ColourRole::Text, area.width() * 3 / 4, Qt::AlignLeft);
    area.setLeft(area.left() + used + unit);
    const auto type = index.data(CompletionModel::TypeRole).toString();
    const int typed = draw(type, theme.captionFont(), ColourRole::Muted, area.width(), Qt::AlignLeft);
    area.setLeft(area.left() + typed + unit * 2);
    draw(index.data(CompletionModel::SampleRole).toString(), theme.monospaceFont(), ColourRole::Muted, area.width(),
         Qt::AlignRight);
    painter->restore();
}

QSize CompletionDelegate::sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const {
    return {Theme::current().unit() * 20, Theme::current().unit() * 3};
}

}  // namespace

void CompletionModel::setItems(std::vector<CodeCompletion> items) {
    beginResetModel();
    items_ = std::move(items);
    endResetModel();
}

int CompletionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : static_cast<int>(items_.size());
}

QVariant CompletionModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid()) return {};
    const auto& row = item(index.row());
    switch (role) {
        case Qt::DisplayRole:
            return row.label;
        case Qt::AccessibleTextRole:
            return QStringList({row.label, row.type, row.sample, row.help}).join(QLatin1Char(' ')).simplified();
        case TypeRole:
            return row.type;
        case SampleRole:
            return row.sample;
        case KindRole:
            return static_cast<int>(row.kind);
        default:
            return {};
    }
}

CompletionPopup::CompletionPopup(const QString& name, QWidget* editor)
    : QFrame(editor, Qt::ToolTip | Qt::FramelessWindowHint),
      list_(new QListView),
      help_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)) {
    setObjectName(name);
    setFocusPolicy(Qt::NoFocus);
    setAttribute(Qt::WA_ShowWithoutActivating);
    list_->setObjectName(name + QStringLiteral("List"));
    list_->setAccessibleName(tr("Completions"));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setModel(&model_);
    list_->setItemDelegate(new CompletionDelegate(list_));
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list_->setMouseTracking(true);
    help_->setObjectName(name + QStringLiteral("Help"));
    const int unit = Theme::current().unit();
    help_->setContentsMargins(unit, unit / 2, unit, unit / 2);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->setSpacing(0);
    layout->addWidget(list_);
    layout->addWidget(help_);
    connect(list_, &QListView::clicked, this, &CompletionPopup::picked);
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &CompletionPopup::tellCurrent);
}

void CompletionPopup::open(std::vector<CodeCompletion> items, const QRect& caret, bool preselect) {
    // Room for help as soon as one row has some: the window does not jump while one moves in it.
    help_->setVisible(std::any_of(items.begin(), items.end(), [](const auto& item) { return !item.help.isEmpty(); }));
    model_.setItems(std::move(items));
    list_->setCurrentIndex(preselect ? model_.index(0) : QModelIndex());
    tellCurrent();
    place(caret);
    show();
    raise();
}

void CompletionPopup::place(const QRect& caret) {
    const int unit = Theme::current().unit();
    const int rows = std::min(kMostRows, model_.rowCount());
    const int help = help_->isHidden() ? 0 : help_->fontMetrics().lineSpacing() * 2 + unit;
    help_->setFixedHeight(help);
    // A list asks for more than one row by itself.
    list_->setFixedHeight(rows * unit * 3);
    // The least size of the window is still that of a longer list.
    layout()->activate();
    const QSize size(unit * 50, rows * unit * 3 + help + 2);
    const auto screen = parentWidget()->screen()->availableGeometry();
    QRect area(QPoint(caret.left(), caret.bottom() + unit / 2), size);
    if (area.bottom() > screen.bottom()) area.moveBottom(caret.top() - unit / 2);
    area.moveLeft(std::clamp(area.left(), screen.left(), std::max(screen.left(), screen.right() - size.width())));
    setGeometry(area);
}

void CompletionPopup::move(int rows) {
    const int count = model_.rowCount();
    if (count == 0) return;
    const auto now = list_->currentIndex();
    int row = now.isValid() ? now.row() + rows : (rows > 0 ? 0 : count - 1);
    // A single step goes around, a page stops at the end.
    if (rows == 1 || rows == -1) row = (row + count) % count;
    list_->setCurrentIndex(model_.index(std::clamp(row, 0, count - 1)));
}

int CompletionPopup::pageRows() const { return kMostRows - 1; }

const CodeCompletion* CompletionPopup::current() const {
    const auto index = list_->currentIndex();
    return isVisible() && index.isValid() ? &model_.item(index.row()) : nullptr;
}

void CompletionPopup::tellCurrent() {
    const auto index = list_->currentIndex();
    help_->setText(index.isValid() ? model_.item(index.row()).help
                                   : tr("Down chooses, Tab takes the first, Esc closes"));
    if (!index.isValid()) return;
    // The keyboard stays in the editor, so a screen reader has to be told where it is.
    QAccessibleEvent event(list_, QAccessible::Focus);
    event.setChild(index.row());
    QAccessible::updateAccessibility(&event);
}

void CompletionPopup::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const auto& theme = Theme::current();
    painter.setPen(theme.colour(ColourRole::Line));
    painter.setBrush(theme.colour(ColourRole::Raised));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace signalbox::ui
