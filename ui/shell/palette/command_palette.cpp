#include "ui/shell/palette/command_palette.h"

#include <QAccessible>
#include <QApplication>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/shell/palette/palette_delegate.h"
#include "ui/shell/palette/palette_model.h"
#include "ui/text/format.h"
#include "ui/widgets/labels.h"
#include "ui/widgets/search_line.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

namespace {
constexpr int kMostRows = 12;
constexpr int kWidthUnits = 88;
}  // namespace

CommandPalette::CommandPalette(QWidget& window)
    : QFrame(&window),
      model_(new PaletteModel(this)),
      field_(new QLineEdit),
      list_(new QListView),
      hint_(new ThemedLabel(ColourRole::Muted, ThemedLabel::Kind::Caption)) {
    setObjectName(QStringLiteral("commandPalette"));
    setAccessibleName(tr("Command palette"));
    hide();
    build();
    connect(field_, &QLineEdit::textChanged, this, &CommandPalette::search);
    connect(list_, &QListView::clicked, this, [this](const QModelIndex& index) { choose(index.row()); });
    connect(model_, &PaletteModel::sourcesChanged, this, [this] {
        if (isVisible()) search();
    });
    connect(list_->selectionModel(), &QItemSelectionModel::currentChanged, this, &CommandPalette::announce);
    field_->installEventFilter(this);
    window.installEventFilter(this);
}

void CommandPalette::build() {
    const int unit = Theme::current().unit();
    field_->setObjectName(QStringLiteral("paletteField"));
    field_->setAccessibleName(tr("Search everything"));
    field_->setPlaceholderText(tr("Search actions, workflows, nodes, runs, settings"));
    makeSearchLine(*field_, false);
    list_->setObjectName(QStringLiteral("paletteList"));
    list_->setAccessibleName(tr("What was found"));
    list_->setModel(model_);
    list_->setItemDelegate(new PaletteDelegate(list_));
    list_->setFocusPolicy(Qt::NoFocus);
    list_->setFrameShape(QFrame::NoFrame);
    list_->setUniformItemSizes(true);
    list_->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    hint_->setObjectName(QStringLiteral("paletteHint"));
    hint_->setElided(true);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(unit, unit, unit, unit);
    column->setSpacing(unit / 2);
    column->addWidget(field_);
    column->addWidget(list_, 1);
    column->addWidget(hint_);
}

void CommandPalette::addSource(std::unique_ptr<PaletteSource> source) { model_->addSource(std::move(source)); }

void CommandPalette::open(const QString& text) {
    if (!isVisible()) before_ = window()->focusWidget();
    model_->open();
    if (field_->text() == text) {
        search();
    } else {
        field_->setText(text);
    }
    place();
    show();
    raise();
    field_->setFocus(Qt::PopupFocusReason);
    field_->deselect();
}

void CommandPalette::dismiss() {
    if (!isVisible()) return;
    const bool focused = isAncestorOf(QApplication::focusWidget());
    hide();
    if (focused && before_) before_->setFocus(Qt::PopupFocusReason);
}

void CommandPalette::search() {
    model_->setQuery(field_->text());
    list_->scrollToTop();
    list_->setCurrentIndex(model_->index(0, 0));
    if (model_->rowCount() == 0) {
        hint_->setText(tr("Nothing matches. ? tells how to look in one kind of things only."));
    } else {
        hint_->setText(tr("%1 found · Enter chooses · ? explains prefixes · Esc leaves")
                           .arg(formatCount(static_cast<std::uint64_t>(model_->matches()))));
    }
    place();
}

void CommandPalette::place() {
    const auto& theme = Theme::current();
    const int unit = theme.unit();
    auto* host = parentWidget();
    const int width = std::min(unit * kWidthUnits, host->width() - unit * 4);
    const int rows = std::clamp(model_->rowCount(), 1, kMostRows);
    list_->setFixedHeight(rows * theme.rowHeight() + 2);
    layout()->activate();
    const int top = unit * 9;
    const int height = std::min(sizeHint().height(), host->height() - top - unit * 2);
    setGeometry((host->width() - width) / 2, top, width, height);
}

void CommandPalette::choose(int row) {
    // What is chosen acts where the keyboard was before, and may take it elsewhere.
    const auto chosen = [this, row] {
        auto before = before_;
        if (before) before->setFocus(Qt::PopupFocusReason);
        return model_->choose(row);
    };
    const auto index = model_->index(row, 0);
    if (!index.isValid() || !index.data(PaletteModel::ReasonRole).toString().isEmpty()) return;
    field_->removeEventFilter(this);
    const auto done = chosen();
    field_->installEventFilter(this);
    if (!done.goOnWith.isEmpty()) return open(done.goOnWith);
    hide();
}

void CommandPalette::move(int steps) {
    const int count = model_->rowCount();
    if (count == 0) return;
    const int row = list_->currentIndex().row();
    const bool wraps = std::abs(steps) == 1;
    const int next = wraps ? (row + steps + count) % count : std::clamp(row + steps, 0, count - 1);
    list_->setCurrentIndex(model_->index(next, 0));
}

bool CommandPalette::handleKey(int key) {
    switch (key) {
        case Qt::Key_Escape:
            dismiss();
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
            choose(list_->currentIndex().row());
            return true;
        case Qt::Key_Down:
        case Qt::Key_Tab:
            move(1);
            return true;
        case Qt::Key_Up:
        case Qt::Key_Backtab:
            move(-1);
            return true;
        case Qt::Key_PageDown:
            move(kMostRows);
            return true;
        case Qt::Key_PageUp:
            move(-kMostRows);
            return true;
        default:
            return false;
    }
}

// The focus is in the field, so that a screen reader would not hear of the rows by itself.
void CommandPalette::announce() {
    const auto current = list_->currentIndex();
    field_->setAccessibleDescription(current.data(Qt::AccessibleTextRole).toString());
    if (!isVisible() || !current.isValid()) return;
    QAccessibleEvent event(list_, QAccessible::Focus);
    event.setChild(current.row());
    QAccessible::updateAccessibility(&event);
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize && isVisible()) place();
    if (watched != field_) return QFrame::eventFilter(watched, event);
    if (event->type() == QEvent::FocusOut &&
        static_cast<QFocusEvent*>(event)->reason() != Qt::ActiveWindowFocusReason) {
        hide();
    }
    if (event->type() == QEvent::ShortcutOverride && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        event->accept();
        return true;
    }
    if (event->type() == QEvent::KeyPress) return handleKey(static_cast<QKeyEvent*>(event)->key());
    return QFrame::eventFilter(watched, event);
}

void CommandPalette::paintEvent(QPaintEvent* /*event*/) {
    const auto& theme = Theme::current();
    QPainter painter(this);
    painter.fillRect(rect(), theme.colour(ColourRole::Raised));
    painter.setPen(theme.colour(ColourRole::Line));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

}  // namespace signalbox::ui
