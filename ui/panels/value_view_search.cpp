#include <QClipboard>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QMenu>
#include <QPlainTextEdit>
#include <QStackedWidget>
#include <QTableView>
#include <QTextBlock>
#include <QTreeView>

#include "base/json.h"
#include "ui/expression/expression_field.h"
#include "ui/expression/value_path.h"
#include "ui/panels/search_bar.h"
#include "ui/panels/value_view.h"
#include "ui/text/format.h"
#include "ui/widgets/theme.h"

namespace signalbox::ui {

void ValueView::buildSearch() {
    for (auto* view : {static_cast<QWidget*>(tree_), static_cast<QWidget*>(table_)}) view->installEventFilter(this);
    connect(searchBar_, &SearchBar::textChanged, this, &ValueView::search);
    connect(searchBar_, &SearchBar::stepRequested, this, [this](int step) { stepTo(hit_ + step); });
    connect(searchBar_, &SearchBar::closed, this, &ValueView::finishSearch);
    connect(&search_, &ValueSearch::found, this, &ValueView::takeHits);
}

void ValueView::openSearch() {
    if (value_.isUndefined()) return;
    searchBar_->open();
    search();
}

void ValueView::search() {
    search_.cancel();
    hits_.clear();
    textHits_.clear();
    hit_ = -1;
    const auto wanted = searchBar_->text();
    if (wanted.isEmpty() || shown_.isUndefined()) {
        text_->setExtraSelections({});
        searchBar_->setCount(-1, 0, false);
    } else if (viewOfMode() == text_) {
        searchText();
    } else {
        search_.start(shown_, wanted);
    }
}

void ValueView::searchText() {
    const auto wanted = searchBar_->text();
    const auto text = text_->toPlainText();
    moreHits_ = false;
    for (qsizetype at = 0; (at = text.indexOf(wanted, at, Qt::CaseInsensitive)) >= 0; at += wanted.size()) {
        moreHits_ = textHits_.size() == ValueSearch::kMost;
        if (moreHits_) break;
        textHits_.push_back(static_cast<int>(at));
    }
    if (textHits_.empty()) text_->setExtraSelections({});
    stepTo(0);
}

// All but the current one, which is selected.
void ValueView::markTextHits() {
    const auto& theme = Theme::current();
    const int length = static_cast<int>(searchBar_->text().size());
    QList<QTextEdit::ExtraSelection> marks;
    for (std::size_t i = 0; i < textHits_.size(); ++i) {
        if (static_cast<int>(i) == hit_) continue;
        QTextEdit::ExtraSelection mark;
        mark.cursor = QTextCursor(text_->document());
        mark.cursor.setPosition(textHits_[i]);
        mark.cursor.setPosition(textHits_[i] + length, QTextCursor::KeepAnchor);
        mark.format.setBackground(theme.colour(ColourRole::Selection));
        marks << mark;
    }
    text_->setExtraSelections(marks);
}

void ValueView::takeHits(const ValueHits& hits) {
    hits_ = hits.places;
    moreHits_ = hits.more;
    stepTo(0);
}

// Around at both ends.
void ValueView::stepTo(int hit) {
    const bool inText = viewOfMode() == text_;
    const int count = static_cast<int>(inText ? textHits_.size() : hits_.size());
    if (count == 0) {
        searchBar_->setCount(-1, 0, false);
        return;
    }
    hit_ = ((hit % count) + count) % count;
    searchBar_->setCount(hit_, count, moreHits_);
    const auto at = static_cast<std::size_t>(hit_);
    if (inText) {
        auto cursor = text_->textCursor();
        cursor.setPosition(textHits_[at]);
        cursor.setPosition(textHits_[at] + static_cast<int>(searchBar_->text().size()), QTextCursor::KeepAnchor);
        text_->setTextCursor(cursor);
        text_->centerCursor();
        markTextHits();
        return;
    }
    const auto index = itemView() == tree_ ? treeModel_.reveal(hits_[at]) : tableModel_.indexOf(hits_[at]);
    if (!index.isValid()) return;
    itemView()->setCurrentIndex(index);
    itemView()->scrollTo(index, QAbstractItemView::EnsureVisible);
}

void ValueView::finishSearch() {
    search();
    if (value_.isDefined()) viewOfMode()->setFocus(Qt::OtherFocusReason);
}

QAbstractItemView* ValueView::itemView() const {
    return viewOfMode() == table_ ? static_cast<QAbstractItemView*>(table_) : tree_;
}

ValuePlace ValueView::currentPlace() const {
    const auto view = viewOfMode();
    if (view == tree_) return treeModel_.placeOf(tree_->currentIndex());
    return view == table_ ? tableModel_.placeOf(table_->currentIndex()) : ValuePlace();
}

void ValueView::copyPart() {
    const auto part = valueAtPlace(shown_, currentPlace());
    QGuiApplication::clipboard()->setText(toQString(writeJson(part.isDefined() ? part : shown_, JsonStyle::Pretty)));
}

void ValueView::copyPath() { QGuiApplication::clipboard()->setText(pathExpression(shown_, currentPlace())); }

void ValueView::queryPart() {
    // Paths of a result are not paths of the value.
    if (ofQuery_) return;
    const auto path = pathExpression(shown_, currentPlace());
    openQuery();
    field_->setText(path);
}

void ValueView::showMenu(const QPoint& place) {
    auto* view = itemView();
    if (!view->currentIndex().isValid()) return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addAction(tr("&Copy value") + QStringLiteral("\tCtrl+C"), this, &ValueView::copyPart);
    menu->addAction(tr("Copy &path") + QStringLiteral("\tCtrl+Shift+C"), this, &ValueView::copyPath);
    menu->addSeparator();
    menu->addAction(tr("&Query from here"), this, &ValueView::queryPart)->setEnabled(!ofQuery_);
    menu->popup(view->viewport()->mapToGlobal(place));
}

// Tables and trees copy the words of a cell by themselves; a value is wanted as JSON.
bool ValueView::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event);
        if (key->key() == Qt::Key_C && key->modifiers() == Qt::ControlModifier) {
            copyPart();
            return true;
        }
        if (key->key() == Qt::Key_C && key->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)) {
            copyPath();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

}  // namespace signalbox::ui
