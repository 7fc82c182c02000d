#include "ui/widgets/diff_view.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QListView>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/widgets/diff_model.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {

/// Numbers of both sides, the sign, the text in the monospace font. Code runs from the left in every language.
class DiffDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        const auto& theme = Theme::current();
        const auto kind = static_cast<DiffKind>(index.data(DiffModel::KindRole).toInt());
        const bool folded = index.data(DiffModel::FoldedRole).toInt() > 0;
        const auto role = kind == DiffKind::Added ? ColourRole::Ok : ColourRole::Error;
        const auto ground = mixed(theme.colour(ColourRole::Surface), theme.colour(role), 0.12);
        painter->save();
        painter->setLayoutDirection(Qt::LeftToRight);
        painter->setClipRect(option.rect);
        if (option.state & QStyle::State_Selected) {
            painter->fillRect(option.rect, theme.colour(ColourRole::Selection));
        } else if (kind != DiffKind::Same) {
            painter->fillRect(option.rect, ground);
        }
        painter->setFont(theme.monospaceFont());
        const QFontMetrics metrics(theme.monospaceFont());
        const int column = metrics.horizontalAdvance(QLatin1Char('0')) * 5;
        const int unit = theme.unit();
        painter->setPen(theme.colour(ColourRole::Muted));
        if (folded) {
            painter->setFont(theme.captionFont());
            painter->drawText(option.rect.adjusted(2 * column + unit * 4, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft,
                              QStringLiteral("⋯ ") + index.data().toString());
        } else {
            paintNumber(*painter, option.rect, 0, column, index.data(DiffModel::LeftRole).toInt());
            paintNumber(*painter, option.rect, column, column, index.data(DiffModel::RightRole).toInt());
            paintText(*painter, option.rect.adjusted(2 * column + unit, 0, 0, 0), kind, index.data().toString());
        }
        painter->restore();
        if (option.state & QStyle::State_HasFocus) {
            QStyleOptionFocusRect focus;
            focus.QStyleOption::operator=(option);
            option.widget->style()->drawPrimitive(QStyle::PE_FrameFocusRect, &focus, painter, option.widget);
        }
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        Q_UNUSED(option);
        const auto& theme = Theme::current();
        const QFontMetrics metrics(theme.monospaceFont());
        const int cell = metrics.horizontalAdvance(QLatin1Char('0'));
        const auto length = static_cast<int>(std::min<qsizetype>(index.data().toString().size(), 2000));
        const bool folded = index.data(DiffModel::FoldedRole).toInt() > 0;
        // Denser than a table: it is read as a text. What can be clicked is as high as one can hit.
        return {cell * (14 + length) + theme.unit() * 3,
                folded ? theme.unit() * 3 : metrics.height() + theme.unit() / 4};
    }

private:
    static void paintNumber(QPainter& painter, const QRect& row, int left, int width, int number) {
        if (number == 0) return;
        painter.drawText(QRect(row.left() + left, row.top(), width - 2, row.height()),
                         Qt::AlignVCenter | Qt::AlignRight, QString::number(number));
    }
    static void paintText(QPainter& painter, const QRect& area, DiffKind kind, const QString& text) {
        const auto& theme = Theme::current();
        const int unit = theme.unit();
        if (kind != DiffKind::Same) {
            painter.setPen(theme.colour(kind == DiffKind::Added ? ColourRole::Ok : ColourRole::Error));
            painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                             kind == DiffKind::Added ? QStringLiteral("+") : QStringLiteral("−"));
        }
        painter.setPen(theme.colour(ColourRole::Text));
        painter.drawText(area.adjusted(unit * 2, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
    }
};

}  // namespace

DiffView::DiffView(QWidget* parent)
    : QWidget(parent),
      beforeName_(tr("Before")),
      afterName_(tr("After")),
      model_(new DiffModel(this)),
      view_(new QListView),
      header_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)) {
    setObjectName(QStringLiteral("diffView"));
    header_->setObjectName(QStringLiteral("diffHeader"));
    header_->setElided(true);
    view_->setObjectName(QStringLiteral("diffList"));
    view_->setModel(model_);
    view_->setItemDelegate(new DiffDelegate(view_));
    view_->setFrameShape(QFrame::NoFrame);
    view_->setEditTriggers(QAbstractItemView::NoEditTriggers);
    view_->setSelectionMode(QAbstractItemView::ExtendedSelection);
    view_->setLayoutDirection(Qt::LeftToRight);
    view_->setTabKeyNavigation(false);
    view_->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    view_->installEventFilter(this);
    const auto unit = Theme::current().unit();
    header_->setContentsMargins(unit, unit / 2, unit, unit / 2);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(header_);
    column->addWidget(view_, 1);
    const auto unfold = [this](const QModelIndex& index) { model_->unfold(index.row()); };
    connect(view_, &QListView::clicked, this, unfold);
    connect(view_, &QListView::activated, this, unfold);
    connect(&Theme::current(), &Theme::changed, view_, &QListView::doItemsLayout);
    setLines({});
}

void DiffView::setTexts(const QString& before, const QString& after) { setLines(diffLines(before, after)); }

void DiffView::setValues(const Value& before, const Value& after) { setLines(diffValues(before, after)); }

void DiffView::setNames(const QString& before, const QString& after) {
    beforeName_ = before;
    afterName_ = after;
    setLines(model_->lines());
}

void DiffView::setLines(const QList<DiffLine>& given) {
    const auto lines = given;  // it may be the model's own
    added_ = static_cast<int>(
        std::count_if(lines.begin(), lines.end(), [](const DiffLine& line) { return line.kind == DiffKind::Added; }));
    removed_ = static_cast<int>(
        std::count_if(lines.begin(), lines.end(), [](const DiffLine& line) { return line.kind == DiffKind::Removed; }));
    model_->setLines(lines);
    const auto change =
        added_ + removed_ == 0 ? tr("no difference") : QStringLiteral("+%1 −%2").arg(added_).arg(removed_);
    header_->setText(tr("%1 → %2 · %3").arg(beforeName_, afterName_, change));
    view_->setAccessibleName(tr("Difference between %1 and %2: %3").arg(beforeName_, afterName_, change));
}

QString DiffView::plainText() const {
    QString text;
    for (const auto& line : model_->lines()) {
        text += line.kind == DiffKind::Added     ? QStringLiteral("+ ")
                : line.kind == DiffKind::Removed ? QStringLiteral("- ")
                                                 : QStringLiteral("  ");
        text += line.text + QLatin1Char('\n');
    }
    return text;
}

void DiffView::next() { go(1); }
void DiffView::previous() { go(-1); }

void DiffView::go(int step) {
    const auto current = view_->currentIndex();
    const int row = model_->changeFrom(current.isValid() ? current.row() : -1, step);
    if (row < 0) return;
    view_->setCurrentIndex(model_->index(row));
    view_->scrollTo(model_->index(row), QAbstractItemView::PositionAtCenter);
}

bool DiffView::eventFilter(QObject* watched, QEvent* event) {
    if (watched != view_ || event->type() != QEvent::KeyPress) return QWidget::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const bool back = key->modifiers() & Qt::ShiftModifier;
    if (key->key() == Qt::Key_F7) {
        go(back ? -1 : 1);
        return true;
    }
    if (key->modifiers() == Qt::NoModifier && (key->key() == Qt::Key_N || key->key() == Qt::Key_P)) {
        go(key->key() == Qt::Key_P ? -1 : 1);
        return true;
    }
    if (key->matches(QKeySequence::Copy)) {
        QGuiApplication::clipboard()->setText(plainText());
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace signalbox::ui
